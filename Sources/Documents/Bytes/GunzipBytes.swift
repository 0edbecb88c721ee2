internal import CZlib

/// Unpacks gzip (RFC 1952, also several members one after another) while it is read.
package final class GunzipBytes: ByteSource {
  private let source: any ByteSource
  private let limits: BytesLimits
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
  private var isOpen = false
  private var sourceEnded = false
  private var memberEnded = false
  private var packed = 0
  private var unpacked = 0

  package init(_ source: any ByteSource, limits: BytesLimits = BytesLimits()) {
    self.source = source
    self.limits = limits
    stream.initialize(to: z_stream())
  }

  deinit {
    if isOpen { inflateEnd(stream) }
    stream.deallocate()
    input.deallocate()
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    if !isOpen {
      // 16 + 15: gzip wrapper, largest window.
      guard inflateInit2_(stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
        throw damaged("init")
      }
      isOpen = true
    }
    let room = min(buffer.count, Int(UInt32.max))
    stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(room)
    while stream.pointee.avail_out > 0 {
      if stream.pointee.avail_in == 0, !sourceEnded { try fill() }
      if memberEnded {
        if stream.pointee.avail_in == 0 { break }
        guard inflateReset(stream) == Z_OK else { throw damaged("reset") }
        memberEnded = false
      }
      let result = inflate(stream, Z_NO_FLUSH)
      if result == Z_STREAM_END {
        memberEnded = true
      } else if result != Z_OK
        || (sourceEnded && stream.pointee.avail_in == 0 && stream.pointee.avail_out > 0)
      {
        // What came out before the damage is handed over first; the next call reports it.
        if stream.pointee.avail_out < UInt32(room) { break }
        throw damaged(stream.pointee.msg.map { String(cString: $0) } ?? "ends early")
      }
    }
    let count = room - Int(stream.pointee.avail_out)
    try charge(count)
    return count
  }

  private func fill() throws {
    let count = try source.read(into: input)
    packed += count
    sourceEnded = count == 0
    stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = UInt32(count)
  }

  private func charge(_ count: Int) throws {
    unpacked += count
    if unpacked > limits.total { throw BytesProblem(.tooLarge, ["limit": String(limits.total)]) }
    if unpacked > 1_000_000, unpacked / limits.ratio > packed {
      throw BytesProblem(.tooLarge, ["limit": String(limits.ratio * packed)])
    }
  }

  private func damaged(_ error: String) -> BytesProblem { BytesProblem(.gzipDamaged, ["error": error]) }
}
