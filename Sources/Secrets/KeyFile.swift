import Foundation

/// Why a key file cannot be used, in the words of an operator.
package struct KeyFileError: Error, CustomStringConvertible, Equatable, Sendable {
  package let path: String
  package let reason: String
  package var description: String { "The key file \(path) \(reason)." }
}

/// A random key in a file that only its owner reads, made on first start.
package struct KeyFile: Sendable {
  /// The key in `path`; a new one when there is none. Several programs that start together get the same key.
  package static func loadOrMake(_ path: String, bytes count: Int) throws -> [UInt8] {
    if let key = try load(path, count) { return key }
    try make(path, Secret.random(count))
    guard let key = try load(path, count) else { throw fault(path, "vanished while it was being made") }
    return key
  }

  private static func load(_ path: String, _ count: Int) throws -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard file >= 0 else {
      if errno == ENOENT { return nil }
      throw fault(path, errno == ELOOP ? "is a link; name the file itself" : "cannot be read: \(reason())")
    }
    defer { close(file) }
    var facts = stat()
    guard fstat(file, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
      throw fault(path, "is not a file")
    }
    guard facts.st_mode & 0o077 == 0 else {
      throw fault(path, "can be read by others; allow its owner alone (chmod 600)")
    }
    var key = [UInt8](repeating: 0, count: count + 1)
    var filled = 0
    while filled < key.count {
      let more = key.withUnsafeMutableBytes {
        read(file, $0.baseAddress?.advanced(by: filled), $0.count - filled)
      }
      if more < 0 && errno == EINTR { continue }
      guard more >= 0 else { throw fault(path, "cannot be read: \(reason())") }
      if more == 0 { break }
      filled += more
    }
    guard filled == count else { throw fault(path, "does not hold \(count) bytes") }
    key.removeLast()
    return key
  }

  /// Whole or not at all: written beside, flushed, then given its name, unless another was faster.
  private static func make(_ path: String, _ key: [UInt8]) throws {
    let folder = (path as NSString).deletingLastPathComponent
    let place = folder.isEmpty ? "." : folder
    let draft = "\(path).\(Secret.hex(Secret.random(8)))"
    let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw fault(path, "cannot be made: \(reason())") }
    defer { unlink(draft) }
    let isKept = fchmod(file, 0o600) == 0 && write(file, key, key.count) == key.count && fsync(file) == 0
    let problem = reason()
    guard close(file) == 0, isKept else { throw fault(path, "cannot be written: \(problem)") }
    guard link(draft, path) == 0 || errno == EEXIST else { throw fault(path, "cannot be made: \(reason())") }
    let directory = open(place, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { throw fault(path, "cannot be made lasting: \(reason())") }
    defer { close(directory) }
    guard fsync(directory) == 0 else { throw fault(path, "cannot be made lasting: \(reason())") }
  }

  private static func reason() -> String { String(cString: strerror(errno)) }
  private static func fault(_ path: String, _ reason: String) -> KeyFileError {
    KeyFileError(path: path, reason: reason)
  }
}
