import Storage
import TestKit
import Testing

@testable import People
@testable import Web

/// Device and recovery codes lost: two people give the way back.
@Suite struct ResetTests {
  private func withFactor(_ f: PeopleFixture, _ key: String) async throws {
    let person = try f.account(key).person
    try await f.database.write(by: Actor("test")) { db in
      try db.run(
        "UPDATE people_person SET totp = \([UInt8](repeating: 1, count: 40)), totp_confirmed_at = \(db.now) WHERE id = \(person)"
      )
      try db.run("INSERT INTO people_recovery (person, hash) VALUES (\(person), 'hash')")
      _ = try People.makeToken(
        "t", permissions: [], days: 9, account: f.account(key).id, isProved: true, in: db)
      try db.run(
        """
        INSERT INTO sys_session (hash, account, opened_at, seen_at, expires_at, proof, agent, network)
        VALUES (\("hash \(key)"), \(f.account(key).id), \(db.now), \(db.now), '2027-01-01T00:00:00Z', 'passphrase', '', '')
        """)
      db.record(Event("test.made", subject: "test", record: "1"))
    }
  }
  private func reset(_ f: PeopleFixture) async throws -> Int {
    try await f.count("SELECT max(id) FROM people_reset")
  }

  @Test(arguments: TestSite.engines) func twoPeople(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      let account = try f.account("ken.focal").id
      let reason = [("reason", "By telephone, at the number of the mission")]
      // Nothing to take away.
      #expect(
        try await f.post("accounts/\(account)/reset", reason, as: "officer").code == "people.reset.none")
      try await withFactor(f, "ken.focal")
      #expect(
        try await f.post("accounts/\(account)/reset", as: "officer").faults == [
          "reason people.reset.reason-missing"
        ])
      for who in ["ken.focal", "ken.mission", "auditor"] {
        #expect(try await f.post("accounts/\(account)/reset", reason, as: who).status == 403)
      }
      #expect(try await f.post("accounts/\(account)/reset", reason, as: "officer").status == 200)
      #expect(
        try await f.post("accounts/\(account)/reset", reason, as: "officer2").code == "people.reset.open")
      let id = try await reset(f)
      // Not by the one who asked.
      let own = try await f.post("resets/\(id)/confirm", as: "officer")
      #expect(own.status == 403 && own.code == "people.reset.own")
      #expect(!(try await f.get("/en/resets", as: "officer").text.contains("/resets/\(id)/confirm")))
      let page = try await f.get("/en/resets", as: "officer2").text
      #expect(page.contains("/resets/\(id)/confirm"))
      #expect(
        page.contains("By telephone, at the number of the mission") && page.contains("Person ken.focal"))
      #expect(try await f.post("resets/\(id)/confirm", as: "officer2").status == 200)
      let person = try f.account("ken.focal").person
      #expect(
        try await f.count("SELECT count(*) FROM people_person WHERE id = \(person) AND totp IS NULL") == 1)
      #expect(try await f.count("SELECT count(*) FROM people_recovery") == 0)
      #expect(try await f.count("SELECT count(*) FROM people_token WHERE proved = 1") == 0)
      #expect(try await f.count("SELECT count(*) FROM sys_session WHERE ended_at IS NULL") == 0)
      for act in ["confirm", "refuse"] {
        #expect(try await f.post("resets/\(id)/\(act)", as: "officer2").code == "people.reset.settled")
      }
      for event in ["people.factor-reset-asked", "people.factor-reset"] {
        #expect(try await f.events(event) == 1)
      }
      let trail = try await f.database.read {
        try $0.values("SELECT detail FROM sys_audit", as: String.self).joined()
      }
      #expect(!trail.contains("telephone"))
      // A letter when it was asked, so that it could be stopped, and one when it was done.
      try await f.database.runJobs()
      #expect(
        try await f.count("SELECT count(*) FROM mail_letter WHERE recipient = 'ken.focal@people.example'")
          == 2)
    }
  }

  @Test(arguments: TestSite.engines) func whoRunsTheSystem(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      let reason = [("reason", "In person")]
      for key in ["admin", "officer"] { try await withFactor(f, key) }
      let admin = try f.account("admin").id
      let officer = try f.account("officer").id
      #expect(
        try await f.post("accounts/\(admin)/reset", reason, as: "officer").code == "people.reset.guarded")
      // Nobody has a hand in the own.
      #expect(
        try await f.post("accounts/\(officer)/reset", reason, as: "officer").code == "people.reset.self")
      #expect(try await f.post("accounts/\(admin)/reset", reason, as: "admin2").status == 200)
      let id = try await reset(f)
      for (who, code) in [
        ("officer", "people.reset.guarded"), ("admin2", "people.reset.own"), ("admin", "people.reset.self"),
      ] {
        #expect(try await f.post("resets/\(id)/confirm", as: who).code == code)
      }
      #expect(try await f.post("accounts/\(officer)/reset", reason, as: "admin2").status == 200)
      #expect(try await f.post("resets/\(try await reset(f))/refuse", as: "officer2").status == 200)
      #expect(try await f.events("people.factor-reset-refused") == 1)
      #expect(try await f.count("SELECT count(*) FROM people_person WHERE totp IS NOT NULL") == 2)
      // Beside the database, by whoever runs the program.
      #expect(try await People.resetFactor(email: "ADMIN@people.example", in: f.database))
      #expect(try await People.resetFactor(email: "admin@people.example", in: f.database) == false)
      #expect(try await People.resetFactor(email: "nobody@people.example", in: f.database) == false)
    }
  }
}
