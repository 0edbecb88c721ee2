import CZlib
import Glibc
import Testing

@testable import Documents

@Suite struct BytesTests {
  /// gzip by zlib itself.
  static func packed(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    deflateInit2_(
      &stream, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    var input = bytes
    var output = [UInt8](repeating: 0, count: bytes.count + 1_000)
    let count = output.count
    let written = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(count)
        deflate(&stream, Z_FINISH)
        return count - Int(stream.avail_out)
      }
    }
    deflateEnd(&stream)
    return Array(output[..<written])
  }

  static let text = Array((0..<20_000).map { "line \($0 * 7919 % 1000)\n" }.joined().utf8)

  @Test(arguments: [1, 2, 10, 1_000, Int.max]) func gzip(_ piece: Int) throws {
    let source = try Bytes.unpacked(MemoryBytes(Self.packed(Self.text), piece: piece))
    #expect(try Bytes.all(source) == Self.text)
  }

  @Test func severalMembers() throws {
    let packed = Self.packed(Array("one ".utf8)) + Self.packed([]) + Self.packed(Array("two".utf8))
    #expect(try Bytes.all(Bytes.unpacked(MemoryBytes(packed))) == Array("one two".utf8))
  }

  @Test func plainAndShort() throws {
    for text in ["", "\u{1F}", "<a/>"] {
      #expect(try Bytes.all(Bytes.unpacked(.text(text))) == Array(text.utf8))
    }
  }

  @Test func damaged() throws {
    let packed = Self.packed(Self.text)
    var flipped = packed
    flipped[packed.count / 2] ^= 0xFF
    for bytes in [Array(packed.dropLast(10)), Array(packed.prefix(12)), flipped] {
      #expect(throws: BytesProblem.self) { try Bytes.all(Bytes.unpacked(MemoryBytes(bytes))) }
    }
    do {
      _ = try Bytes.all(Bytes.unpacked(MemoryBytes(Array(packed.dropLast(10)))))
    } catch let problem as BytesProblem { #expect(problem.kind == .gzipDamaged) }
  }

  @Test func bomb() throws {
    let packed = Self.packed([UInt8](repeating: 0, count: 20_000_000))
    for limits in [BytesLimits(total: 1_000_000), BytesLimits(ratio: 100)] {
      do {
        _ = try Bytes.all(Bytes.unpacked(MemoryBytes(packed), limits: limits))
        Issue.record("not refused")
      } catch let problem as BytesProblem { #expect(problem.kind == .tooLarge) }
    }
    do {
      _ = try Bytes.all(Bytes.unpacked(MemoryBytes(Self.text), limits: BytesLimits(total: 1_000)))
      Issue.record("not refused")
    } catch let problem as BytesProblem { #expect(problem.kind == .tooLarge) }
  }

  @Test func files() throws {
    // Plain C calls: Foundation brings an ICU of its own that does not bear libxml2's headers in one module.
    let folder = "/tmp/wasl-bytes-\(UInt64.random(in: 0 ... .max))"
    #expect(mkdir(folder, 0o700) == 0)
    let path = folder + "/x"
    defer {
      unlink(path)
      rmdir(folder)
    }
    let packed = Self.packed(Self.text)
    let file = fopen(path, "wb")
    #expect(fwrite(packed, 1, packed.count, file) == packed.count)
    fclose(file)
    #expect(try Bytes.all(Bytes.open(path)) == Self.text)
    for (path, kind) in [
      (folder, BytesProblem.Kind.directory), (folder + "/none", .missing), (path + "/x", .missing),
    ] {
      do {
        _ = try Bytes.open(path)
        Issue.record("opened \(path)")
      } catch let problem as BytesProblem {
        #expect(problem.kind == kind)
        #expect(problem.arguments["path"] == path)
      }
    }
  }
}
