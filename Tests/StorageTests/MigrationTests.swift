import Foundation
import Site
import Storage
import TestKit
import Testing

@Suite struct MigrationTests {
  @Test(arguments: TestSite.engines) func allApplyOnceAndEditsAreRefused(on engine: Engine) async throws {
    try await TestSite.withEmptyDatabase(engine) { database in
      let first = try await database.migrate(Site.migrations)
      #expect(first.count == (try Self.files().count))
      #expect(try await database.migrate(Site.migrations).isEmpty)
      let edited = [Migration("20261124-1-treaty", Array("SELECT 1;".utf8))] + Site.migrations.dropFirst()
      await #expect(throws: StorageError.self) { try await database.migrate(edited) }
      // A program that knows less than the database stops.
      await #expect(throws: StorageError.self) {
        try await database.migrate(Array(Site.migrations.dropLast()))
      }
    }
  }

  /// Every migration file is listed in its subject.
  @Test func everyFileIsListed() throws {
    let own = try Self.files("Storage")
    #expect(own.count >= 3)
    #expect(Set(try Self.files()) == Set(Site.migrations.map(\.name) + own))
  }
  private static func files(_ target: String = "") throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: TestSite.root + "/Sources/" + target)
      .filter { $0.hasSuffix(".sql") && ("/" + $0).contains("/Migrations/") }
      .map { String(($0 as NSString).lastPathComponent.dropLast(4)) }
  }

  /// Tables and columns are the same in both engines.
  @Test func schemasAgree() async throws {
    guard TestSite.engines.contains(.postgres) else {
      return print("summary: PostgreSQL absent, schemas not compared")
    }
    let sqlite = try await TestSite.withEmptyDatabase(.sqlite) { database in
      try await database.migrate(Site.migrations)
      return try await database.read {
        try $0.values(
          """
          SELECT m.name || '.' || c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c
          WHERE m.type = 'table' AND m.name NOT IN ('sqlite_sequence') AND m.name NOT GLOB 'sys_search_index*'
          ORDER BY 1
          """, as: String.self)
      }
    }
    let postgres = try await TestSite.withEmptyDatabase(.postgres) { database in
      try await database.migrate(Site.migrations)
      return try await database.read {
        try $0.values(
          """
          SELECT CAST(table_name || '.' || column_name AS TEXT) FROM information_schema.columns
          WHERE table_schema = 'public' AND table_name <> 'sys_search_index'
          ORDER BY CAST(table_name || '.' || column_name AS TEXT) COLLATE "C"
          """, as: String.self)
      }
    }
    #expect(sqlite == postgres)
    #expect(sqlite.count > 100)
  }
}
