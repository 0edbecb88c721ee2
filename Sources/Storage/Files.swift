import Foundation

/// Files by the SHA-256 of their bytes, under a directory outside the web root.
package struct FileStore: Sendable {
  package let directory: String
  package init(directory: String) { self.directory = directory }

  /// Why a file was not kept.
  package enum Refused: Error, Equatable, CustomStringConvertible {
    /// There is none, or it is a folder, a device or a pipe.
    case noFile(String)
    case tooLarge(limit: Int64)
    /// The directory cannot be written, or the disk is full.
    case notKept(String)
    package var description: String {
      switch self {
      case .noFile(let path): "\(path) is no file that could be kept."
      case .tooLarge(let limit): "The file is larger than \(limit) bytes, the limit of this site."
      case .notKept(let reason): "The file could not be kept, so nothing was done with it: \(reason)"
      }
    }
  }
  package struct Stored: Sendable {
    package let sha256: String
    package let bytes: Int64
    package init(sha256: String, bytes: Int64) {
      self.sha256 = sha256
      self.bytes = bytes
    }
  }
  package func path(of sha256: String) -> String {
    "\(directory)/\(sha256.prefix(2))/\(sha256.dropFirst(2))"
  }
  /// Copies the file in: written, flushed, renamed. Call before the transaction that records it.
  /// - Throws: `Refused`.
  package func keep(path: String, limit: Int64 = 8_000_000_000) throws -> Stored {
    var state = stat()
    guard stat(path, &state) == 0, state.st_mode & S_IFMT == S_IFREG else { throw Refused.noFile(path) }
    guard state.st_size <= limit else { throw Refused.tooLarge(limit: limit) }
    do {
      return try copy(path, limit: limit)
    } catch let refused as Refused {
      throw refused
    } catch {
      throw Refused.notKept((error as NSError).localizedDescription)
    }
  }
  private func copy(_ path: String, limit: Int64) throws -> Stored {
    let manager = FileManager.default
    let mode: [FileAttributeKey: Any] = [.posixPermissions: 0o700]
    try manager.createDirectory(atPath: directory, withIntermediateDirectories: true, attributes: mode)
    guard let source = FileHandle(forReadingAtPath: path) else { throw Refused.noFile(path) }
    defer { try? source.close() }
    let part = "\(directory)/part-\(UUID().uuidString)"
    guard manager.createFile(atPath: part, contents: nil, attributes: [.posixPermissions: 0o600]),
      let target = FileHandle(forWritingAtPath: part)
    else { throw Refused.notKept("\(directory) cannot be written") }
    defer { try? manager.removeItem(atPath: part) }
    var hasher = Digest.Hasher()
    var count: Int64 = 0
    while let chunk = try source.read(upToCount: 1 << 20), !chunk.isEmpty {
      chunk.withUnsafeBytes { hasher.add($0) }
      count += Int64(chunk.count)
      // A file may grow while it is read.
      if count > limit { throw Refused.tooLarge(limit: limit) }
      try target.write(contentsOf: chunk)
    }
    try target.synchronize()
    try target.close()
    let name = Digest.hex(hasher.finish())
    let place = self.path(of: name)
    try manager.createDirectory(
      atPath: String(place.prefix(upTo: place.lastIndex(of: "/") ?? place.endIndex)),
      withIntermediateDirectories: true, attributes: mode)
    if !manager.fileExists(atPath: place) { try manager.moveItem(atPath: part, toPath: place) }
    return Stored(sha256: name, bytes: count)
  }
  /// Bytes of a kept file; 0 when it is not there.
  package func size(of sha256: String) -> Int64 {
    var state = stat()
    return stat(path(of: sha256), &state) == 0 ? Int64(state.st_size) : 0
  }
  /// Takes away what a crash left half copied more than a day ago.
  package func sweep() {
    let manager = FileManager.default
    for name in (try? manager.contentsOfDirectory(atPath: directory)) ?? [] where name.hasPrefix("part-") {
      var state = stat()
      guard stat(directory + "/" + name, &state) == 0, state.st_mtim.tv_sec < time(nil) - 86_400 else {
        continue
      }
      try? manager.removeItem(atPath: directory + "/" + name)
    }
  }
  /// The row that points to a kept file.
  package static func record(_ stored: Stored, name: String, mediaType: String, in db: Writer) throws {
    try db.run(
      """
      INSERT INTO sys_file (sha256, bytes, media_type, name, stored_at)
      VALUES (\(stored.sha256), \(stored.bytes), \(mediaType), \(name), \(db.now)) ON CONFLICT (sha256) DO NOTHING
      """)
  }
}
