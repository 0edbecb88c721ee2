import CJose
import Foundation

/// Passphrases known from breaches, as lists of their hashes are published: one SHA-1 in hexadecimal digits a line, in
/// order, perhaps with `:` and a count. Looked up in the file itself; a list of a thousand million lines takes no memory.
package struct BreachedList: Sendable {
  private let path: String
  private let size: UInt64

  /// Nil when the file is none of this form.
  package init?(path: String) {
    guard let file = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? file.close() }
    guard let size = try? file.seekToEnd(), let first = Self.line(at: 0, of: file), Self.isHash(first) else {
      return nil
    }
    self.path = path
    self.size = size
  }

  /// - Throws: when the file cannot be read any more; nobody is told that an unread list knows nothing.
  package func contains(_ text: String) throws -> Bool {
    guard let file = FileHandle(forReadingAtPath: path) else { throw CocoaError(.fileReadNoSuchFile) }
    defer { try? file.close() }
    let wanted = Self.sha1(text)
    // The first line that begins in low..<high or after it is compared; both ends move towards the line sought.
    var (low, high) = (UInt64(0), size)
    while low < high {
      let middle = low + (high - low) / 2
      guard let start = Self.lineStart(from: middle, of: file), start < high,
        let found = Self.line(at: start, of: file)
      else {
        high = middle
        continue
      }
      let hash = found.prefix(40).uppercased()
      if hash == wanted { return true }
      if hash < wanted { low = start + UInt64(found.utf8.count) + 1 } else { high = middle }
    }
    return false
  }

  /// Where the first line at or after `offset` begins.
  private static func lineStart(from offset: UInt64, of file: FileHandle) -> UInt64? {
    if offset == 0 { return 0 }
    guard (try? file.seek(toOffset: offset - 1)) != nil, let bytes = try? file.read(upToCount: 128),
      let end = bytes.firstIndex(of: 10)
    else { return nil }
    return offset + UInt64(end - bytes.startIndex)
  }
  private static func line(at offset: UInt64, of file: FileHandle) -> String? {
    guard (try? file.seek(toOffset: offset)) != nil, let bytes = try? file.read(upToCount: 128),
      !bytes.isEmpty
    else { return nil }
    return String(decoding: bytes.prefix { $0 != 10 }, as: UTF8.self)
  }
  private static func isHash(_ line: String) -> Bool {
    let hash = line.prefix { $0 != ":" && $0 != "\r" }
    return hash.utf8.count == 40 && hash.allSatisfy(\.isHexDigit)
  }
  static func sha1(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var digest = [UInt8](repeating: 0, count: 20)
    var length = UInt32(0)
    guard EVP_Digest(bytes, bytes.count, &digest, &length, EVP_sha1(), nil) == 1, length == 20 else {
      preconditionFailure("SHA-1 is not there")
    }
    return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
  }
}
