internal import CXML

/// Stands between the source and the parser, which asks for some four kilobytes at a time.
final class XMLInput {
  private let source: any ByteSource
  private let isCancelled: () -> Bool
  private let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 131_072, alignment: 16)
  private var next = 0
  private var end = 0

  var context: UnsafeMutablePointer<xmlParserCtxt>?
  private(set) var total = 0
  private(set) var hasEnded = false
  private(set) var problem: BytesProblem?
  /// The first bytes, for telling what kind of file it is.
  private(set) var head: [UInt8] = []

  init(_ source: any ByteSource, isCancelled: @escaping () -> Bool) {
    self.source = source
    self.isCancelled = isCancelled
  }

  deinit { piece.deallocate() }

  /// Fills the buffer as long as the source gives bytes; fewer bytes mean the end.
  func read(_ buffer: UnsafeMutableRawBufferPointer) -> Int32 {
    var filled = 0
    while filled < buffer.count {
      if next == end, !refill() { break }
      let count = min(buffer.count - filled, end - next)
      UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: piece[next..<next + count]))
      filled += count
      next += count
    }
    return Int32(truncatingIfNeeded: filled)
  }

  private func refill() -> Bool {
    if hasEnded || problem != nil { return false }
    if context?.pointee.disableSAX == 1 { return false }
    if isCancelled() {
      context?.pointee.disableSAX = 1
      return false
    }
    do {
      let count = try source.read(into: piece)
      next = 0
      end = count
      total += count
      if count == 0 { hasEnded = true }
      if head.count < 8 { head.append(contentsOf: piece[..<min(count, 64)]) }
      return count > 0
    } catch let error as BytesProblem {
      problem = error
    } catch {
      problem = BytesProblem(.unreadable, ["error": "\(error)"])
    }
    return false
  }
}
