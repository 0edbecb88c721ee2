import Documents
import Foundation
package import Storage

extension Activities {
  package struct StandardOutcome: Sendable {
    package var schemas = 0
    package var lists = 0
    package var codes = 0
    package var rulesets = 0
    /// Files that are neither schema, code list nor ruleset.
    package var skipped: [String] = []
  }
  private struct Part: Sendable {
    let name: String
    let kind: String
    let stored: FileStore.Stored
    let codes: [(code: String, name: String, isWithdrawn: Bool)]
  }

  /// Keeps an operator's copy of the standard and takes in its codes; a second load replaces the first.
  package static func loadStandard(
    _ directory: String, files: FileStore, by actor: Actor, database: Database
  ) async throws -> StandardOutcome {
    var parts: [Part] = []
    var outcome = StandardOutcome()
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: directory)) ?? []
    for path in names.sorted() {
      let full = "\(directory)/\(path)"
      var isFolder = ObjCBool(false)
      guard FileManager.default.fileExists(atPath: full, isDirectory: &isFolder), !isFolder.boolValue else {
        continue
      }
      let name = (path as NSString).lastPathComponent
      if name.hasSuffix(".xsd") {
        parts.append(Part(name: name, kind: "schema", stored: try files.keep(path: full), codes: []))
        outcome.schemas += 1
      } else if name == "standard.json" {
        parts.append(Part(name: name, kind: "ruleset", stored: try files.keep(path: full), codes: []))
        outcome.rulesets += 1
      } else if name.hasSuffix(".csv"), let codes = codes(full) {
        parts.append(Part(name: name, kind: "codelist", stored: try files.keep(path: full), codes: codes))
        outcome.lists += 1
        outcome.codes += codes.count
      } else {
        outcome.skipped.append(path)
      }
    }
    let kept = parts
    if !kept.isEmpty {
      try await database.write(by: actor) { db in
        try db.run("DELETE FROM activities_code")
        try db.run("DELETE FROM activities_standard")
        for part in kept {
          try FileStore.record(part.stored, name: part.name, mediaType: "application/octet-stream", in: db)
          try db.run(
            """
            INSERT INTO activities_standard (file_name, kind, sha256, loaded_at)
            VALUES (\(part.name), \(part.kind), \(part.stored.sha256), \(db.now))
            ON CONFLICT (file_name) DO UPDATE SET sha256 = excluded.sha256
            """)
          for code in part.codes {
            try db.run(
              """
              INSERT INTO activities_code (list, code, name, withdrawn)
              VALUES (\(String(part.name.dropLast(4))), \(code.code), \(code.name), \(code.isWithdrawn))
              ON CONFLICT (list, code) DO UPDATE SET name = excluded.name, withdrawn = excluded.withdrawn
              """)
          }
        }
        db.record(standardLoaded(directory, files: kept.count))
      }
    }
    return outcome
  }

  /// The codes of a list, or nil when the file is no code list.
  private static func codes(_ path: String) -> [(code: String, name: String, isWithdrawn: Bool)]? {
    guard let bytes = FileManager.default.contents(atPath: path) else { return nil }
    let table = CSVTable(Array(bytes))
    guard table.header.contains("code"), table.header.contains("status") else { return nil }
    return table.rows.map { ($0["code"], $0["name_en"], $0["status"] == "withdrawn") }
  }
}
