import Activities
import Coverage
import Directory
import Foundation
import Mandates
import Needs
import People
import Proofs
import Search
package import Storage
import Translations
package import Treaty
package import Web

extension Site {
  /// Every word that a role can be granted; a test compares them with what routes ask for.
  package static let permissions: Set<Permission> =
    People.permissions.union(Proofs.permissions).union([
      Needs.importing, Needs.stating, Needs.showing, Activities.importing, Activities.judging,
      Translations.writing, Translations.reviewing, People.readingOutbox,
      "receipts.own",
    ])

  /// All data files, read and checked together.
  package struct Data: Sendable {
    let treaty: Treaty.Files
    let directory: Directory.Files
    let mandates: Mandates.Files
    let coverage: Coverage.Files
    package let faults: [DataFault]
    /// File → SHA-256.
    package let hashes: [String: String]

    package init(_ data: DataDirectory) {
      var faults: [DataFault] = []
      treaty = Treaty.Files(data, &faults)
      directory = Directory.Files(data, instruments: treaty.instrumentIDs, &faults)
      mandates = Mandates.Files(data, &faults)
      coverage = Coverage.Files(data, &faults)
      let activities = Activities.Files(data, &faults)
      _ = People.Files(data, permissions: Set(Site.permissions.map(\.rawValue)), &faults)
      activities.check(provisions: treaty.provisionIDs, areas: treaty.areaIDs, &faults)
      let clauses = mandates.clauseIDs
      for (row, column) in treaty.citedClauses {
        for clause in row.list(column) where !clauses.contains(clause) {
          faults.append(
            DataFault(
              file: row.file, line: row.line, column: column, rule: "reference-unknown", found: clause))
        }
      }
      self.faults = faults
      var hashes: [String: String] = [:]
      let names =
        Treaty.Files.names + Directory.Files.names + Mandates.Files.names + Coverage.Files.names
        + Activities.Files.names
        + People.Files.names
      for name in names {
        if let bytes = FileManager.default.contents(atPath: "\(data.path)/\(name)") {
          hashes[name] = Digest.hex(Digest.sha256(Array(bytes)))
        }
      }
      self.hashes = hashes
    }

    /// Ids that the database has and the files no longer have: others may refer to them, so they stay.
    func removed(in db: Reader) throws -> [DataFault] {
      var faults: [DataFault] = []
      func compare(_ file: String, _ known: Set<String>, _ stored: [String]) {
        for id in stored where !known.contains(id) {
          faults.append(DataFault(file: file, line: 0, column: "id", rule: "id-removed", found: id))
        }
      }
      compare(
        "treaty/provisions.csv", treaty.provisionIDs,
        try db.values("SELECT id FROM treaty_provision ORDER BY id"))
      compare(
        "treaty/instruments.csv", treaty.instrumentIDs,
        try db.values("SELECT id FROM treaty_instrument ORDER BY id"))
      compare(
        "treaty/forms_of_assistance.csv", treaty.formIDs,
        try db.values("SELECT id FROM treaty_form ORDER BY id"))
      compare(
        "directory/parties.csv", directory.stateIDs,
        try db.values("SELECT id FROM directory_state ORDER BY id"))
      compare(
        "decision/decision-3-4.csv", mandates.clauseIDs,
        try db.values("SELECT id FROM mandates_clause ORDER BY id"))
      return faults
    }
  }

  /// Loads the data files in one audited transaction.
  /// - Returns: false when the files are those loaded last.
  /// - Throws: `DataFaults` with every fault; nothing is then written.
  package static func loadData(_ directory: DataDirectory, into database: Database) async throws -> Bool {
    let data = Data(directory)
    guard data.faults.isEmpty else { throw DataFaults(faults: data.faults) }
    return try await database.write(by: .system) { db in
      let removed = try data.removed(in: db)
      guard removed.isEmpty else { throw DataFaults(faults: removed) }
      let event = Event("data.loaded", subject: "data", record: "data", after: data.hashes)
      if try Audit.isLatest(event, in: db) { return false }
      try db.registerKey()
      try data.treaty.load(in: db)
      try data.directory.load(in: db)
      try data.mandates.load(in: db)
      try data.coverage.load(in: db)
      try Search.indexData(in: db)
      db.record(event)
      return true
    }
  }
}
