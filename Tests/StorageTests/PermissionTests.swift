import Foundation
import Storage
import TestKit
import Testing

/// What is kept is for its owner alone.
@Suite struct PermissionTests {
  private func mode(_ path: String) throws -> Int {
    try (FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue ?? -1
  }
  private func folder<T>(_ body: (String) async throws -> T) async throws -> T {
    let path = FileManager.default.temporaryDirectory.path + "/wasl-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try await body(path)
  }

  @Test func filesOfTheDatabase() async throws {
    try await folder { folder in
      let path = folder + "/wasl.sqlite"
      let database = try Database(.sqlite(path: path))
      try await database.migrate([])
      for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
        #expect(try mode(folder + "/" + name) == 0o600, "\(name)")
      }
      #expect(FileManager.default.fileExists(atPath: path))
      try database.close()
    }
  }

  @Test func receivedFiles() async throws {
    try await folder { folder in
      try Data("x".utf8).write(to: URL(fileURLWithPath: folder + "/in"))
      let files = FileStore(directory: folder + "/files")
      let stored = try files.keep(path: folder + "/in")
      #expect(try mode(files.path(of: stored.sha256)) == 0o600)
      for place in [folder + "/files", String(files.path(of: stored.sha256).dropLast(63))] {
        #expect(try mode(place) == 0o700, "\(place)")
      }
    }
  }
}
