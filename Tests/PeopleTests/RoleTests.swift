import Foundation
import Storage
import TestKit
import Testing
import Treaty
import Web

@testable import People

@Suite struct RoleTests {
  static let known: Set<String> = [
    "needs.import", "activities.import", "activities.judge", "offices.read", "offices.manage",
    "nominations.record",
    "nominations.check", "accounts.handover", "accounts.end", "tokens.make", "sections.open", "needs.state",
    "needs.visibility", "audit.own", "audit.read", "outbox.read", "receipts.own", "receipts.read",
    "factors.reset", "translations.write", "translations.review",
  ]

  @Test func theFileHasNoFaults() throws {
    var faults: [DataFault] = []
    let files = People.Files(TestSite.data, permissions: Self.known, &faults)
    #expect(faults.isEmpty, "\(faults)")
    #expect(Set(files.rows.map { $0["permission"] }) == Self.known)
    #expect(Set(files.rows.map { $0["role"] }) == Set(People.Role.allCases.map(\.rawValue)))
    #expect(files.rows.allSatisfy { $0["reason_en"].hasSuffix(".") })
    #expect(Self.known.isSuperset(of: People.permissions.map(\.rawValue)))
  }

  @Test(arguments: [
    ("officer,offices.read,", "officier,offices.read,", "role", "value-unknown"),
    ("officer,offices.read,", "officer,offices.raed,", "permission", "value-unknown"),
    ("officer,offices.read,anywhere", "officer,offices.read,everywhere", "scope", "value-unknown"),
    ("officer,offices.read,anywhere", "officer,offices.read,ofOwn", "scope", "value-unknown"),
    ("officer,offices.manage,", "officer,offices.read,", "scope", "id-twice"),
    ("role,permission", "rolle,permission", "role", "column-missing"),
  ])
  func faultsAreFound(_ good: String, _ bad: String, _ column: String, _ rule: String) throws {
    let folder = FileManager.default.temporaryDirectory.path + "/wasl-roles-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let text = try String(contentsOfFile: TestSite.data.path + "/roles.csv", encoding: .utf8)
    #expect(text.contains(good))
    try text.replacing(good, with: bad, maxReplacements: 1).write(
      toFile: folder + "/roles.csv", atomically: true, encoding: .utf8)
    var faults: [DataFault] = []
    _ = People.Files(DataDirectory(folder), permissions: Self.known, &faults)
    #expect(faults.contains { $0.column == column && $0.rule == rule }, "\(faults.prefix(3))")
    // A table with faults lets nobody in; a permission that no route asks for harms nobody.
    if column != "permission" {
      #expect(throws: DataFaults.self) { try People.RoleBook(DataDirectory(folder)) }
    }
  }
  @Test func withoutTheFileNobodyIsLetIn() {
    #expect(throws: DataFaults.self) { try People.RoleBook(DataDirectory("/nowhere")) }
  }

  @Test func wordsAreTheSameEverywhere() {
    for role in People.Role.allCases { #expect(role.viewerRole.rawValue == role.rawValue) }
    for kind in People.OfficeKind.allCases { #expect(!kind.roles.isEmpty) }
    #expect(Set(People.OfficeKind.allCases.flatMap(\.roles)) == Set(People.Role.allCases))
    for kind in People.OfficeKind.allCases where kind.isOfState {
      #expect(
        Set(kind.roles).isDisjoint(with: [.officer, .administrator, .auditor, .provider, .providerField]))
    }
  }

  /// Levels of publication by role: rule 5, and running the system is no right to read.
  @Test(arguments: TestSite.engines) func whatEachRoleSees(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      let parties: Set<Visibility> = [.parties, .providers, .public]
      let expected: [String: Set<Visibility>] = [
        "officer": [.secretariat, .parties, .providers, .public], "admin": [.public], "auditor": [.public],
        "ken.focal": parties, "ken.expert": parties, "ken.mission": parties, "ken.delegate": parties,
        "one.hq": [.providers, .public], "one.field": [.providers, .public],
      ]
      for (who, sees) in expected { #expect(try await f.viewer(who).sees == sees, "\(who)") }
      // A State that is not a party, and a State's own records.
      let outside = try await f.database.read { db -> Viewer in
        let (account, office, _) = try #require(try People.account(f.account("ken.focal").id, in: db))
        return People.viewer(account: account, office: office, roles: f.roles, isParty: false)
      }
      #expect(outside.sees == [.public] && outside.state == "KEN")
      for (who, state) in [
        ("ken.focal", "KEN"), ("ken.expert", "KEN"), ("ken.mission", "KEN"), ("ken.delegate", nil),
        ("officer", nil),
      ] as [(String, String?)] {
        #expect(try await f.viewer(who).state == state, "\(who)")
      }
      #expect(try await f.viewer("one.hq").organisation == "XI-1")
      let focal = try await f.viewer("ken.focal")
      #expect(focal.name == "person:\(try f.account("ken.focal").person)")
      #expect(
        focal.may("needs.state", .ofOwnState) && !focal.may("needs.state") && !focal.may("nominations.check"))
      #expect(try await !f.viewer("admin").may("needs.state", .ofOwnState))
      #expect(try await f.viewer("officer").isSecretariat && !focal.isSecretariat)
    }
  }

  /// A role taken away holds for the next request, and for one that was already let in.
  @Test(arguments: TestSite.engines) func aRoleRemovedWhileSignedIn(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      let viewer = try await f.viewer("ken.mission")
      let id = try await f.nominate()
      let account = try f.account("ken.mission")
      #expect(try await f.post("accounts/\(account.id)/end", as: "officer").status == 200)
      #expect(try await f.get("/api/v1/offices", as: "ken.mission").status == 401)
      #expect(try await f.post("nominations/\(id)/withdraw", as: "ken.mission").status == 401)
      // The request that had passed the door before.
      await #expect {
        try await f.database.write(by: f.actor("ken.mission")) { try People.withdraw(id, by: viewer, in: $0) }
      } throws: {
        ($0 as? Problem)?.status == 403
      }
      #expect(try await f.count("SELECT count(*) FROM people_nomination WHERE stage = 'received'") == 1)
    }
  }

  /// Two administrators who remove each other in the same moment: one of them stays, whoever is first.
  @Test(arguments: TestSite.engines) func twoAdministratorsRemoveEachOther(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      let (one, two) = (try f.account("admin").id, try f.account("admin2").id)
      async let first = f.post("accounts/\(two)/end", as: "admin")
      async let second = f.post("accounts/\(one)/end", as: "admin2")
      let statuses = try await [first.status, second.status]
      #expect(statuses.filter { $0 == 200 }.count == 1, "\(statuses)")
      #expect(statuses.allSatisfy { [200, 401, 403, 409].contains($0) }, "\(statuses)")
      #expect(
        try await f.count(
          "SELECT count(*) FROM people_account WHERE role = 'administrator' AND ended_at IS NULL") == 1)
      // Both already past the door: the second transaction sees what the first did.
      let left = try await f.database.read {
        try $0.value(
          "SELECT id FROM people_account WHERE role = 'administrator' AND ended_at IS NULL", as: Int64.self)
          ?? 0
      }
      let key = left == one ? "admin" : "admin2"
      let last = try await f.post("accounts/\(left)/end", as: key)
      #expect(last.status == 409 && last.code == "people.administrator.last")
      #expect(try await f.get("/api/v1/offices", as: key).status == 200)
    }
  }
  /// The same with both viewers made before either acts.
  @Test(arguments: TestSite.engines) func bothWerePastTheDoor(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      // A third one, so that it is not the count that holds the second back.
      try await f.database.write(by: Actor("test")) { db in
        let person = try People.savePerson(name: "Third", email: "third@x.example", language: "en", in: db)
        try People.openAccount(
          person: person.id, office: f.office("secretariat"), role: .administrator, in: db)
      }
      let (viewer, viewer2) = (try await f.viewer("admin"), try await f.viewer("admin2"))
      let (one, two) = (try f.account("admin").id, try f.account("admin2").id)
      try await f.database.write(by: f.actor("admin")) { _ = try People.endAccount(two, by: viewer, in: $0) }
      await #expect {
        try await f.database.write(by: f.actor("admin2")) {
          _ = try People.endAccount(one, by: viewer2, in: $0)
        }
      } throws: { ($0 as? Problem)?.status == 403 }
      #expect(try await f.get("/api/v1/offices", as: "admin").status == 200)
    }
  }
}
