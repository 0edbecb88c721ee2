import Foundation
import Mandates
import Site
import Storage
import TestKit
import Testing
import Treaty

@Suite struct DataTests {
  @Test(arguments: TestSite.engines) func loadedWholeAndOnce(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      let counts = try await site.database.read { db in
        [
          try db.value("SELECT count(*) FROM treaty_provision", as: Int.self),
          try db.value("SELECT count(*) FROM mandates_clause", as: Int.self),
          try db.value("SELECT count(*) FROM directory_state", as: Int.self),
          try db.value("SELECT count(*) FROM directory_party", as: Int.self),
        ]
      }
      #expect(counts == [218, 46, 198, 792])
      #expect(try await Site.loadData(site.site.data, into: site.database) == false)
      let entries = try await site.database.read { try Audit.verify(in: $0) }
      #expect(entries.entries == 1 && entries.brokenAt == nil)
    }
  }

  /// Every kind of fault is found, all at once, and nothing is then loaded.
  @Test(arguments: TestSite.engines) func faultsAreFoundAndNothingIsLoaded(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      let copy = site.folder + "/data"
      try FileManager.default.copyItem(atPath: TestSite.data.path, toPath: copy)
      func edit(_ file: String, _ change: (String) -> String) throws {
        let path = "\(copy)/\(file)"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let changed = change(text)
        #expect(changed != text, "\(file)")
        try changed.write(toFile: path, atomically: true, encoding: .utf8)
      }
      try edit("treaty/provisions.csv") {
        $0.replacing("UNTOC-5.1,UNTOC-5,", with: "UNTOC-5.1,UNTOC-77,").replacing(
          "\nUNTOC-3,,", with: "\nUNTOC-2,,")
      }
      try edit("decision/decision-3-4.csv") { $0.replacing("D-a,D,", with: "D-a,D-a,") }
      try edit("directory/parties.csv") { $0.replacing("2003-09-24", with: "24.9.2003") }
      try FileManager.default.removeItem(atPath: "\(copy)/codelists/iati/2.03/activity_status.csv")
      let data = Site.Data(DataDirectory(copy))
      let rules = Set(data.faults.map(\.rule))
      #expect(
        rules.isSuperset(of: ["reference-unknown", "id-twice", "cycle", "date", "file-missing"]), "\(rules)")
      let t = site.site.translator("en")
      for rule in rules { #expect(t.has("treaty.data.\(rule)")) }
      await #expect(throws: DataFaults.self) {
        try await Site.loadData(DataDirectory(copy), into: site.database)
      }
      #expect(try await site.database.read { try Audit.verify(in: $0) }.entries == 1)
    }
  }

  /// An id that others may refer to cannot vanish from the files.
  @Test(arguments: TestSite.engines) func idsAreNeverRemoved(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      let copy = site.folder + "/data"
      try FileManager.default.copyItem(atPath: TestSite.data.path, toPath: copy)
      let path = "\(copy)/directory/parties.csv"
      let lines = try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: "\n")
      try lines.filter { !$0.hasPrefix("AFG,") }.joined(separator: "\n").write(
        toFile: path, atomically: true, encoding: .utf8)
      await #expect {
        _ = try await Site.loadData(DataDirectory(copy), into: site.database)
      } throws: { error in
        (error as? DataFaults)?.faults.map(\.rule) == ["id-removed"]
      }
    }
  }
}
