import Foundation

/// Files by the SHA-256 of their bytes, under a directory outside the web root.
package struct FileStore: Sendable {
  package let directory: String
  package init(directory: String) { self.directory = directory }

  package struct Stored: Sendable {
    package let sha256: String
    package let bytes: Int64
  }
  package func path(of sha256: String) -> String {
    "\(directory)/\(sha256.prefix(2))/\(sha256.dropFirst(2))"
  }
  /// Copies the file in: written, flushed, renamed. Call before the transaction that records it.
  package func keep(path: String) throws -> Stored {
    let manager = FileManager.default
    try manager.createDirectory(
      atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    guard let source = FileHandle(forReadingAtPath: path) else { throw CocoaError(.fileReadNoSuchFile) }
    defer { try? source.close() }
    let part = "\(directory)/part-\(UUID().uuidString)"
    guard manager.createFile(atPath: part, contents: nil, attributes: [.posixPermissions: 0o600]),
      let target = FileHandle(forWritingAtPath: part)
    else {
      throw CocoaError(.fileWriteNoPermission)
    }
    defer { try? manager.removeItem(atPath: part) }
    var hasher = Digest.Hasher()
    var count: Int64 = 0
    while let chunk = try source.read(upToCount: 1 << 20), !chunk.isEmpty {
      chunk.withUnsafeBytes { hasher.add($0) }
      count += Int64(chunk.count)
      try target.write(contentsOf: chunk)
    }
    try target.synchronize()
    try target.close()
    let name = Digest.hex(hasher.finish())
    let place = self.path(of: name)
    try manager.createDirectory(
      atPath: String(place.prefix(upTo: place.lastIndex(of: "/") ?? place.endIndex)),
      withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    if !manager.fileExists(atPath: place) { try manager.moveItem(atPath: part, toPath: place) }
    return Stored(sha256: name, bytes: count)
  }
  /// The row that points to a kept file.
  package func record(_ stored: Stored, name: String, mediaType: String, in db: Writer) throws {
    try db.run(
      """
      INSERT INTO sys_file (sha256, bytes, media_type, name, stored_at)
      VALUES (\(stored.sha256), \(stored.bytes), \(mediaType), \(name), \(db.now)) ON CONFLICT (sha256) DO NOTHING
      """)
  }
}
