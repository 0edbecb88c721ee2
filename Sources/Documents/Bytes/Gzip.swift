internal import CZlib

/// Packs bytes as one gzip member (RFC 1952).
package enum Gzip {
  /// - Parameters:
  ///   - level: 1 (quick) to 9 (small).
  ///   - padding: bytes of nothing put into the header, so that the length of the whole tells less of its content;
  ///     at most 65 000.
  /// - Returns: nil when the content is 4 GiB or more, or memory is short.
  package static func pack(_ bytes: UnsafeRawBufferPointer, level: Int = 6, padding: Int = 0) -> [UInt8]? {
    guard let count = UInt32(exactly: bytes.count), (0...65_000).contains(padding) else { return nil }
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    defer { stream.deallocate() }
    // 16 + 15: gzip wrapper, largest window.
    guard
      deflateInit2_(
        stream, Int32(level), Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { deflateEnd(stream) }
    let header = UnsafeMutablePointer<gz_header>.allocate(capacity: 1)
    let extra = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: padding + 4)
    defer {
      header.deallocate()
      extra.deallocate()
    }
    header.initialize(to: gz_header())
    if padding > 0 {
      extra.initialize(repeating: 0)
      // A subfield of our own: two letters and its length.
      extra[0] = UInt8(ascii: "w")
      extra[1] = UInt8(ascii: "l")
      extra[2] = UInt8(padding & 255)
      extra[3] = UInt8(padding >> 8)
      header.pointee.extra = extra.baseAddress
      header.pointee.extra_len = UInt32(padding + 4)
      header.pointee.os = 255
      guard deflateSetHeader(stream, header) == Z_OK else { return nil }
    }
    let room = Int(deflateBound(stream, UInt(bytes.count)))
    guard let space = UInt32(exactly: room) else { return nil }
    var isWhole = false
    let packed = [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
      // zlib reads `next_in` and never writes to it.
      stream.pointee.next_in = UnsafeMutablePointer(
        mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
      stream.pointee.avail_in = count
      stream.pointee.next_out = buffer.baseAddress
      stream.pointee.avail_out = space
      isWhole = deflate(stream, Z_FINISH) == Z_STREAM_END
      filled = room - Int(stream.pointee.avail_out)
    }
    return isWhole ? packed : nil
  }
}
