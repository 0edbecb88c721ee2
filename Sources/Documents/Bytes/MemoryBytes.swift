/// Bytes from memory, handed out at most `piece` at a time.
package final class MemoryBytes: ByteSource {
  private let bytes: [UInt8]
  private let piece: Int
  private var next = 0

  package init(_ bytes: [UInt8], piece: Int = .max) {
    self.bytes = bytes
    self.piece = max(1, piece)
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = min(min(buffer.count, piece), bytes.count - next)
    bytes.withUnsafeBytes {
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[next..<next + count]))
    }
    next += count
    return count
  }
}

/// A source whose first bytes can be looked at before they are read.
final class PeekedBytes: ByteSource {
  private let source: any ByteSource
  private var ahead: [UInt8] = []

  init(_ source: any ByteSource) { self.source = source }

  /// Up to `count` first bytes; fewer when the source is shorter.
  func peek(_ count: Int) throws -> [UInt8] {
    while ahead.count < count {
      var piece = [UInt8](repeating: 0, count: count - ahead.count)
      let got = try piece.withUnsafeMutableBytes { try source.read(into: $0) }
      if got == 0 { break }
      ahead.append(contentsOf: piece[..<got])
    }
    return Array(ahead.prefix(count))
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    if ahead.isEmpty { return try source.read(into: buffer) }
    let count = min(buffer.count, ahead.count)
    ahead.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    ahead.removeFirst(count)
    return count
  }
}

/// Stops a source that gives more than `total` bytes.
final class LimitedBytes: ByteSource {
  private let source: any ByteSource
  private let total: Int
  private var given = 0

  init(_ source: any ByteSource, total: Int) {
    self.source = source
    self.total = total
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = try source.read(into: buffer)
    given += count
    if given > total { throw BytesProblem(.tooLarge, ["limit": String(total)]) }
    return count
  }
}
