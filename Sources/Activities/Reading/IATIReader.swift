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
  /// - Parameter batch: activities per call of `each`; a batch may have fewer, or only findings.
  /// - Returns: what became of the file; a refused, malformed or truncated file is a summary with `problem`.
  /// - Throws: what `each` throws (the reading stops there).
  package func read(batch: Int = 64, each: (ReadingBatch) throws -> Void) throws -> ReadingSummary {
    try withoutActuallyEscaping(each) { each in
      var failure: (any Error)?
      var wasCancelled = false
      let settings = settings
      let state = UnsafeMutablePointer<ReadingState>.allocate(capacity: 1)
      let fresh = ReadingState(file: file, settings: settings, batchSize: batch) { batch in
        do { try each(batch) } catch { failure = error }
        if settings.isCancelled() { wasCancelled = true }
        return failure == nil && !wasCancelled
      }
      state.initialize(to: fresh)
      defer {
        // The closure of the state refers to `each`, which must not outlive this call.
        state.pointee.free()
        state.deinitialize(count: 1)
        state.deallocate()
      }
      let reader = XMLReader(source, limits: settings.xml) {
        if settings.isCancelled() { wasCancelled = true }
        return wasCancelled
      }
      let (bytes, problem) = reader.read(into: ReadingState.handler(of: state))
      state.pointee.summary.bytesRead = bytes
      if failure == nil, !wasCancelled { state.pointee.finish(problem) }
      if failure == nil { state.pointee.flush(nil) }
      var summary = state.pointee.summary
      summary.wasCancelled = wasCancelled
      if let failure { throw failure }
      return summary
    }
  }
}

extension ReadingState {
  /// What is to be said at the end of the file.
  mutating func finish(_ problem: XMLProblem?) {
    if let problem {
      end(with: ActivityRule(problem), line: problem.line, column: problem.column, problem.arguments)
    }
    if summary.problem == nil, summary.received == 0 { add(ofFile: .fileWithoutActivities, [:]) }
    if summary.findingsLeftOut > 0 {
      keptFindings = 0
      add(
        ofFile: .findingLimit,
        ["limit": String(settings.findingLimit), "count": String(summary.findingsLeftOut)])
    }
  }

  private mutating func add(ofFile rule: ActivityRule, _ arguments: [String: String]) {
    add(
      Finding(
        severity: rule.severity, rule: rule, file: file, line: 0, column: 0, path: "", activity: "",
        arguments: arguments))
  }
}

extension ActivityRule {
  /// What a problem of the document means for the file.
  init(_ problem: XMLProblem) {
    switch problem.kind {
    case .empty: self = .xmlEmpty
    case .notXML: self = .xmlNotXML
    case .html: self = .xmlHTML
    case .malformed: self = .xmlMalformed
    case .truncated: self = .xmlTruncated
    case .encoding: self = .xmlEncoding
    case .forbiddenCharacter: self = .xmlCharacter
    case .declarations: self = .xmlDeclarations
    case .undeclaredEntity: self = .xmlEntity
    case .tooDeep, .tooManyAttributes, .attributeTooLong, .textTooLong, .nameTooLong: self = .xmlLimit
    case .unreadable:
      switch problem.arguments["kind"].flatMap(BytesProblem.Kind.init) {
      case .directory: self = .fileDirectory
      case .gzipDamaged: self = .fileDamaged
      case .tooLarge: self = .fileTooLarge
      case .missing, .unreadable, nil: self = .fileUnreadable
      }
    }
  }
}
