import FoundationEssentials
import Glibc

/// A file that came with a form: on disk under a name of ours, gone when nobody holds it any more.
package final class UploadedFile: Sendable {
  /// Name of the form's field.
  package let field: String
  /// The name it had at the sender, without folders and control characters; never used as a path.
  package let name: String
  /// What the sender says it is; judge by the content.
  package let contentType: String
  /// Where it lies until the call ends; move or read it before.
  package let path: String
  /// Bytes.
  package let size: Int

  init(field: String, name: String, contentType: String, path: String, size: Int) {
    self.field = field
    self.name = name
    self.contentType = contentType
    self.path = path
    self.size = size
  }
  deinit { unlink(path) }

  package func bytes() throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else { throw Problem.internalError }
    return Array(data)
  }

  /// The last part of what the sender called it, at most 200 characters.
  static func safeName(_ text: String) -> String {
    let last = text.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
    let kept = last.unicodeScalars.filter {
      !TextHygiene.isControl($0) && $0 != "\n" && $0 != "\t" && !isBidi($0)
    }
    var name = String(String.UnicodeScalarView(kept.prefix(200)))
    while name.hasPrefix(".") { name.removeFirst() }
    return name.isEmpty ? "file" : name
  }
  // A right-to-left override can make `exe.txt` out of `txt.exe`.
  private static func isBidi(_ scalar: Unicode.Scalar) -> Bool {
    (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
      || [0x200E, 0x200F, 0x061C].contains(scalar.value)
  }
}

/// A new file being written, readable by this user alone.
struct TemporaryFile: ~Copyable {
  let path: String
  private let descriptor: Int32
  private(set) var size = 0
  private var isKept = false

  init(in folder: String) throws {
    var template = Array((folder + "/wasl-upload-XXXXXX").utf8CString)
    let opened = template.withUnsafeMutableBufferPointer { $0.baseAddress.map { mkstemp($0) } ?? -1 }
    guard opened >= 0 else { throw Problem.internalError }
    _ = fcntl(opened, F_SETFD, FD_CLOEXEC)
    descriptor = opened
    path = template.withUnsafeBufferPointer { buffer in
      String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }
  deinit {
    close(descriptor)
    if !isKept { unlink(path) }
  }

  mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes
    while let start = rest.baseAddress, !rest.isEmpty {
      let written = Glibc.write(descriptor, start, rest.count)
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { throw Problem.internalError }
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
    size += bytes.count
  }
  /// Leaves the file in place for the one who takes it over.
  consuming func keep() -> (path: String, size: Int) {
    isKept = true
    return (path, size)
  }
}
