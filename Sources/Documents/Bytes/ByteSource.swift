/// Bytes that are read once, front to back, in pieces.
package protocol ByteSource: AnyObject {
  /// Fills the front of `buffer` (never empty) and says how many bytes it wrote; 0 at the end.
  ///
  /// - Throws: `BytesProblem`.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}

/// Why bytes could not be read.
package struct BytesProblem: Error, Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable {
    case missing, directory, unreadable
    /// gzip data that ends early, fails its check sum or is not deflate.
    case gzipDamaged
    /// Unpacks to more than the limits allow.
    case tooLarge
  }

  package var kind: Kind
  /// For the message: `path`, `limit`, `error`.
  package var arguments: [String: String]

  package init(_ kind: Kind, _ arguments: [String: String] = [:]) {
    self.kind = kind
    self.arguments = arguments
  }
}

/// What a source may cost. Nothing is trusted: a few kilobytes of gzip can unpack to gigabytes.
package struct BytesLimits: Sendable {
  /// Bytes after unpacking.
  package var total: Int
  /// Unpacked bytes per packed byte, looked at once a megabyte came out.
  package var ratio: Int

  package init(total: Int = 4_000_000_000, ratio: Int = 400) {
    self.total = total
    self.ratio = ratio
  }
}

extension ByteSource where Self == MemoryBytes {
  package static func memory(_ bytes: [UInt8]) -> MemoryBytes { MemoryBytes(bytes) }
  package static func text(_ text: String) -> MemoryBytes { MemoryBytes(Array(text.utf8)) }
}

/// Opens files and unpacks what is packed.
package enum Bytes {
  /// The bytes of a file; gzip is recognised by its first bytes, whatever the name.
  ///
  /// - Throws: `BytesProblem`.
  package static func open(_ path: String, limits: BytesLimits = BytesLimits()) throws -> any ByteSource {
    try unpacked(FileBytes(path), limits: limits)
  }

  /// The source itself, or its unpacked content when it starts as gzip does.
  package static func unpacked(_ source: any ByteSource, limits: BytesLimits = BytesLimits()) throws
    -> any ByteSource
  {
    let peeked = PeekedBytes(source)
    let first = try peeked.peek(2)
    if first == [0x1F, 0x8B] { return GunzipBytes(peeked, limits: limits) }
    return LimitedBytes(peeked, total: limits.total)
  }

  /// Everything, for small things and tests.
  package static func all(_ source: any ByteSource, limit: Int = 64_000_000) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = try piece.withUnsafeMutableBytes { try source.read(into: $0) }
      if count == 0 { return bytes }
      if bytes.count + count > limit { throw BytesProblem(.tooLarge, ["limit": String(limit)]) }
      bytes.append(contentsOf: piece[..<count])
    }
  }
}
