import CPostgres
import Foundation
import Site
import Storage
import Synchronization

/// Databases made once and copied for each test: migrated, with the data files loaded.
actor Templates {
  static let shared = Templates()
  private var making: [Engine: Task<String, any Error>] = [:]

  struct Copy: Sendable {
    let address: DatabaseAddress
    let remove: @Sendable () -> Void
  }

  func copy(_ engine: Engine, into folder: String) async throws -> Copy {
    let task = making[engine] ?? Task { try await Templates.make(engine) }
    making[engine] = task
    let template = try await task.value
    switch engine {
    case .sqlite:
      try FileManager.default.copyItem(atPath: template, toPath: folder + "/test.sqlite")
      return Copy(address: .sqlite(path: folder + "/test.sqlite"), remove: {})
    case .postgres: return try Templates.createPostgres(template: template)
    }
  }

  private static func make(_ engine: Engine) async throws -> String {
    switch engine {
    case .sqlite:
      let folder =
        FileManager.default.temporaryDirectory.path
        + "/wasl-template-\(ProcessInfo.processInfo.processIdentifier)"
      try? FileManager.default.removeItem(atPath: folder)
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try await fill(.sqlite(path: folder + "/template.sqlite"), folder)
      return folder + "/template.sqlite"
    case .postgres:
      let made = try createPostgres(template: "template0")
      guard case .postgres(let text) = made.address else {
        throw TestKitError(reason: "no PostgreSQL address")
      }
      try await fill(made.address, FileManager.default.temporaryDirectory.path)
      return String(text.split(separator: "/").last ?? "")
    }
  }
  private static func fill(_ address: DatabaseAddress, _ folder: String) async throws {
    let site = try await OpenSite(
      address, data: TestSite.data, files: FileStore(directory: folder + "/files"), keys: folder + "/keys",
      clock: TestSite.clock,
      statements: TestSite.statements)
    _ = try await Site.loadData(site.data, into: site.database)
    try site.close()
  }

  static func empty(_ engine: Engine, in folder: String) throws -> Copy {
    switch engine {
    case .sqlite: Copy(address: .sqlite(path: folder + "/test.sqlite"), remove: {})
    case .postgres: try createPostgres(template: "template0")
    }
  }

  private static let serial = Mutex(0)
  private static func createPostgres(template: String) throws -> Copy {
    guard let cluster = TestSite.postgres else { throw TestKitError(reason: "WASL_TEST_POSTGRES is not set") }
    let number = serial.withLock { count in
      count += 1
      return count
    }
    let name = "wasl_test_\(ProcessInfo.processInfo.processIdentifier)_\(number)"
    let base = cluster.hasSuffix("/") ? String(cluster.dropLast()) : cluster
    let root =
      base.split(separator: "/").count > 2
      ? base.split(separator: "/").dropLast().joined(separator: "/").replacing(
        "postgres:/", with: "postgres://") : base
    try execute(
      "\(root)/postgres",
      "CREATE DATABASE \(name) TEMPLATE \(template) ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'")
    return Copy(address: .postgres("\(root)/\(name)")) {
      try? execute("\(root)/postgres", "DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
    }
  }
  private static let one = Mutex(())
  private static func execute(_ address: String, _ statement: String) throws {
    // A template cannot be copied twice at once.
    try one.withLock { _ in
      guard let connection = PQconnectdb(address) else { throw TestKitError(reason: "out of memory") }
      defer { PQfinish(connection) }
      let result = PQexec(connection, statement)
      defer { PQclear(result) }
      guard PQresultStatus(result) == PGRES_COMMAND_OK else {
        throw TestKitError(reason: String(cString: PQerrorMessage(connection)))
      }
    }
  }
}

struct TestKitError: Error, CustomStringConvertible {
  let reason: String
  var description: String { reason }
}
