package import Documents

/// Reads an IATI activity file as a stream: constant memory whatever its size.
package struct IATIReader {
  /// Name of the file for findings.
  package var file: String
  private let source: any ByteSource
  private let settings: ReadingSettings

  package init(file: String, source: any ByteSource, settings: ReadingSettings) {
    self.file = file
    self.source = source
    self.settings = settings
  }

  /// Reads the source to its end once.
  ///
  /// - Parameter batch: activities per call of `each`; the last may have fewer, or only findings.
  /// - Returns: what became of the file; a refused, malformed or truncated file is a summary with `problem`.
  /// - Throws: what `each` throws (the reading stops there).
  package func read(batch: Int = 500, each: (ReadingBatch) throws -> Void) throws -> ReadingSummary {
    ReadingSummary()
  }
}
