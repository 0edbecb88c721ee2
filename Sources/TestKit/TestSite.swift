import CPostgres
import Foundation
import People
package import Site
package import Storage
import Synchronization
package import Treaty
package import Web

/// A site with data loaded, in a folder and a database of its own, gone after the test.
package struct TestSite: Sendable {
  package let site: OpenSite
  package let folder: String
  /// Of its own database.
  package let address: DatabaseAddress
  package var database: Database { site.database }

  /// All engines that tests run on; PostgreSQL where `WASL_TEST_POSTGRES` names a cluster.
  package static var engines: [Engine] { postgres == nil ? [.sqlite] : [.sqlite, .postgres] }
  /// `postgres://user@host:port/`: a cluster in which databases may be made.
  package static let postgres: String? = ProcessInfo.processInfo.environment["WASL_TEST_POSTGRES"].flatMap {
    $0.isEmpty ? nil : $0
  }

  /// Under which letters say that the site is reached.
  package static let address = "http://localhost:8080"
  package static let clock = Clock.fixed("2026-06-15T09:30:00Z")
  /// The package's own folder, from this file's place in it.
  package static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().path
  package static let data = DataDirectory(root + "/data")
  /// Every statement that tests have executed.
  package static let statements = StatementRegister()

  /// Other people's IATI files beside the package, or nil where they are absent.
  package static let shared: String? = {
    let place = ProcessInfo.processInfo.environment["WASL_SHARED"] ?? root + "/../shared"
    return FileManager.default.fileExists(atPath: place + "/iati") ? place : nil
  }()

  /// A site on a fresh copy of a database in which migrations and data files are loaded.
  package static func with<T>(
    _ engine: Engine, clock: Clock = TestSite.clock, data: DataDirectory = TestSite.data,
    _ body: (TestSite) async throws -> T
  ) async throws -> T {
    let folder = FileManager.default.temporaryDirectory.path + "/wasl-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let copy = try await Templates.shared.copy(engine, into: folder)
    defer { copy.remove() }
    let site = try await OpenSite(
      copy.address, data: data, files: FileStore(directory: folder + "/files"), keys: folder + "/keys",
      reachedAt: TestSite.address, clock: clock, readers: 2,
      migrating: false, statements: statements)
    do {
      let value = try await body(TestSite(site: site, folder: folder, address: copy.address))
      try site.close()
      return value
    } catch {
      try? site.close()
      throw error
    }
  }

  /// The address of an empty database (for SQLite, of a file that is not there yet) and a folder beside it.
  package static func withEmptyAddress<T>(
    _ engine: Engine, _ body: (DatabaseAddress, String) async throws -> T
  ) async throws -> T {
    let folder = FileManager.default.temporaryDirectory.path + "/wasl-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let copy = try Templates.empty(engine, in: folder)
    defer { copy.remove() }
    return try await body(copy.address, folder)
  }

  /// An empty database, not migrated.
  package static func withEmptyDatabase<T>(
    _ engine: Engine,
    _ context: DatabaseContext = DatabaseContext(clock: TestSite.clock, statements: TestSite.statements),
    _ body: (Database) async throws -> T
  ) async throws -> T {
    let folder = FileManager.default.temporaryDirectory.path + "/wasl-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let copy = try Templates.empty(engine, in: folder)
    defer { copy.remove() }
    let database = try Database(copy.address, context: context, readers: 2)
    do {
      let value = try await body(database)
      try database.close()
      return value
    } catch {
      try? database.close()
      throw error
    }
  }

  /// The pages and data of this site, asked in-process.
  package func client(operator key: String? = nil) async throws -> TestClient {
    let secret = [UInt8](repeating: 7, count: 32)
    let sessions = People.Operator(linkKey: nil, apiKey: key)
    var settings = WebSettings(secret: secret, assetDirectory: site.data.path + "/assets")
    settings.uploadDirectory = folder
    return TestClient(try await site.mount(settings, operators: sessions))
  }
}
