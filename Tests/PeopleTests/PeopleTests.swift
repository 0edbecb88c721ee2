import Storage
import TestKit
import Testing
import Web

@testable import People

/// Accounts: validity, ending, handing over, the yearly question.
@Suite struct PeopleTests {
  @Test(arguments: [
    ("a@b.example", true), ("first.last+tag@sub.domain.example", true), ("o'neil@x.example", true),
    ("a@b.co", true), ("a@b", false), ("@b.example", false), ("a@", false), ("a b@c.example", false),
    ("a..b@c.example", false), (".a@c.example", false), ("a@-b.example", false), ("a@b-.example", false),
    ("a@b..example", false), ("a@b.example\n", false), ("\"a b\"@c.example", false), ("a@b@c.example", false),
    ("é@b.example", false), ("a@b.example,c@d.example", false), ("<a@b.example>", false), ("", false),
    (String(repeating: "a", count: 65) + "@b.example", false),
    ("a@" + String(repeating: "b", count: 260) + ".example", false),
  ])
  func addresses(_ text: String, _ isValid: Bool) { #expect(EmailAddress.isValid(text) == isValid) }

  /// First day, last day, and the days around them.
  @Test(arguments: TestSite.engines) func validityDates(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      let id = try await f.database.write(by: Actor("test")) { db in
        try People.openAccount(
          person: f.account("ken.focal").person, office: f.office("ken"), role: .focalPoint,
          from: "2026-07-01",
          until: "2026-07-31", in: db
        ).id
      }
      for (moment, isValid) in [
        ("2026-06-30T23:59:59Z", false), ("2026-07-01T00:00:00Z", true), ("2026-07-31T23:59:59Z", true),
        ("2026-08-01T00:00:00Z", false),
      ] {
        f.time.move(to: moment)
        #expect(try await f.database.read { try People.account(id, in: $0) != nil } == isValid, "\(moment)")
        let listed = try await f.database.read {
          try People.accounts(ofPerson: f.account("ken.focal").person, in: $0)
        }
        #expect(listed.contains { $0.id == id } == isValid, "\(moment)")
      }
      #expect(try await f.database.read { try People.account(0, in: $0) } == nil)
    }
  }

  @Test(arguments: TestSite.engines) func whoEndsWhichAccount(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      // Refused first, so that each target is still there.
      for (who, target, status) in [
        ("ken.focal", "ken.expert", 403), ("uga.mission", "ken.focal", 404), ("one.hq", "one.field", 403),
        ("officer", "admin", 403), ("officer", "auditor", 403), ("auditor", "officer", 403),
        ("ken.mission", "officer", 404),
        ("ken.mission", "ken.expert", 200), ("officer", "uga.focal", 200), ("admin", "one.field", 200),
        ("admin", "auditor", 200),
        ("admin", "admin2", 200),
      ] {
        let id = try f.account(target).id
        #expect(try await f.post("accounts/\(id)/end", as: who).status == status, "\(who) → \(target)")
        let isValid = try await f.database.read { try People.account(id, in: $0) != nil }
        #expect(isValid == (status != 200), "\(who) → \(target)")
      }
      let again = try await f.post("accounts/\(try f.account("uga.focal").id)/end", as: "officer")
      #expect(again.status == 409 && again.code == "people.account.ended-already")
      #expect(try await f.events("people.account-ended") == 5)
    }
  }

  @Test(arguments: TestSite.engines) func handOver(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      let office = try f.office("ken")
      let (old, next) = (try f.account("ken.focal").id, try f.account("ken.expert").id)
      let nomination = try await f.nominate()
      func fields(_ account: Int64, _ successor: String, _ until: String) -> [(String, String)] {
        [("account", String(account)), ("successor", successor), ("until", until)]
      }
      let path = "offices/\(office)/handover"
      let refused: [(who: String, fields: [(String, String)], fault: String)] = [
        (
          "ken.focal", fields(old, "account:\(old)", "2026-07-01"),
          "successor people.handover.successor-unknown"
        ),
        (
          "ken.focal", fields(old, "account:99999", "2026-07-01"),
          "successor people.handover.successor-unknown"
        ),
        (
          "ken.focal", fields(old, "nomination:99999", "2026-07-01"),
          "successor people.handover.successor-unknown"
        ),
        ("ken.focal", fields(old, "somebody", "2026-07-01"), "successor people.handover.successor-unknown"),
        ("ken.focal", fields(old, "account:\(next)", "2026-06-14"), "until people.handover.date-past"),
        ("ken.focal", fields(old, "account:\(next)", "2028-01-01"), "until people.handover.date-far"),
        (
          "ken.focal", fields(99999, "account:\(next)", "2026-07-01"),
          "account people.handover.account-unknown"
        ),
      ]
      for example in refused {
        let answer = try await f.post(path, example.fields, as: example.who)
        #expect(answer.faults == [example.fault], "\(example.fault): \(answer.text)")
      }
      #expect(
        try await f.post(path, fields(old, "account:\(next)", "2026-07-01"), as: "uga.focal").status == 404)
      #expect(
        try await f.post(path, fields(old, "account:\(next)", "2026-07-01"), as: "ken.expert").status == 403)
      // A focal point hands over the own account alone: not that of a colleague, whom it would put out.
      #expect(
        try await f.post(path, fields(next, "account:\(old)", "2026-07-01"), as: "ken.focal").faults == [
          "account people.handover.account-unknown"
        ])
      #expect(try await f.get("/api/v1/offices", as: "ken.mission").status == 200)
      let mission = "offices/\(try f.office("ken.mission"))/handover"
      let foreign = fields(
        try f.account("ken.mission").id, "account:\(try f.account("ken.delegate").id)", "2026-07-01")
      #expect(
        try await f.post(mission, foreign, as: "ken.focal").faults == [
          "account people.handover.account-unknown"
        ])

      let done = try await f.post(
        path, fields(old, "nomination:\(nomination)", "2026-06-30"), as: "ken.focal")
      #expect(done.status == 200, "\(done.text)")
      #expect(try await f.get("/api/v1/offices", as: "ken.focal").status == 200)
      f.time.move(to: "2026-06-30T23:00:00Z")
      #expect(try await f.get("/api/v1/offices", as: "ken.focal").status == 200)
      f.time.move(to: "2026-07-01T00:00:00Z")
      #expect(try await f.get("/api/v1/offices", as: "ken.focal").status == 401)
      #expect(try await f.post("nominations/\(nomination)/accept", as: "officer").status == 200)
      #expect(try await f.events("people.handed-over") == 1)
      // The last day stays the one that was agreed.
      let until = try await f.database.read {
        try $0.value("SELECT valid_until FROM people_account WHERE id = \(old)", as: String.self)
      }
      #expect(until == "2026-06-30")
    }
  }

  /// A hand-over gives nobody more time than the account has.
  @Test(arguments: TestSite.engines) func noLaterLastDayThanTheAccounts(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      let account = try f.account("ken.focal").id
      try await f.database.write(by: Actor("test")) { db in
        try db.run("UPDATE people_account SET valid_until = '2026-07-10' WHERE id = \(account)")
        db.record(Event("test.changed", subject: "account", record: "1"))
      }
      let path = "offices/\(try f.office("ken"))/handover"
      func fields(_ until: String) throws -> [(String, String)] {
        [
          ("account", String(account)), ("successor", "account:\(try f.account("ken.expert").id)"),
          ("until", until),
        ]
      }
      for who in ["ken.focal", "ken.mission", "officer"] {
        #expect(
          try await f.post(path, try fields("2026-07-11"), as: who).faults == [
            "until people.handover.date-beyond"
          ])
      }
      #expect(try await f.post(path, try fields("2026-07-10"), as: "ken.focal").status == 200)
    }
  }

  /// An administrator with a last day does not count as one who remains.
  @Test(arguments: TestSite.engines) func administratorsDoNotRunOut(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      try await f.database.write(by: Actor("test")) { db in
        try db.run(
          "UPDATE people_account SET valid_until = '2026-07-01' WHERE id = \(f.account("admin2").id)")
        db.record(Event("test.changed", subject: "account", record: "1"))
      }
      let last = try await f.post("accounts/\(try f.account("admin").id)/end", as: "admin2")
      #expect(last.status == 409 && last.code == "people.administrator.last")
      #expect(try await f.post("accounts/\(try f.account("admin2").id)/end", as: "admin").status == 200)
    }
  }

  @Test(arguments: TestSite.engines) func isThisStillYou(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      #expect(try await f.get("/en/accounts/confirm", as: "ken.focal").text.contains("nothing to confirm"))
      f.time.move(to: "2027-06-15T09:29:59Z")
      #expect(try await f.database.read { try People.accountsDue(in: $0) }.isEmpty)
      f.time.move(to: "2027-06-15T09:30:01Z")
      #expect(try await f.database.read { try People.accountsDue(in: $0) }.count == PeopleFixture.staff.count)
      let id = try f.account("ken.focal").id
      #expect(try await f.get("/en/accounts/confirm", as: "ken.focal").text.contains("Do you still act"))
      let silent = try await f.submit("accounts/confirm", [("account", String(id))], as: "ken.focal")
      #expect(silent.status == 422 && silent.text.contains("error-summary"))
      // Nobody answers for another.
      #expect(
        try await f.post("accounts/confirm", [("account", String(id)), ("answer", "left")], as: "ken.expert")
          .status == 404)
      #expect(
        try await f.post("accounts/confirm", [("account", String(id)), ("answer", "yes")], as: "ken.focal")
          .status == 200)
      #expect(try await f.events("people.account-confirmed") == 1)
      #expect(
        try await f.database.read { try People.accountsDue(ofPerson: f.account("ken.focal").person, in: $0) }
          .isEmpty)
      // Someone else now: whoever may hand over is sent there and keeps the account until then.
      let other = try await f.submit(
        "accounts/confirm", [("account", String(id)), ("answer", "other")], as: "ken.focal")
      let handover = "/en/offices/\(try f.office("ken"))/handover"
      #expect(other.status == 303 && other.header("Location") == handover)
      #expect(try await f.get("/api/v1/offices", as: "ken.focal").status == 200)
      // I have left.
      let delegate = try f.account("ken.delegate").id
      #expect(
        try await f.submit(
          "accounts/confirm", [("account", String(delegate)), ("answer", "other")], as: "ken.delegate"
        ).status == 303)
      #expect(try await f.database.read { try People.account(delegate, in: $0) } == nil)
      let mission = try f.account("ken.mission").id
      #expect(
        try await f.submit(
          "accounts/confirm", [("account", String(mission)), ("answer", "left")], as: "ken.mission"
        ).status == 303)
      #expect(try await f.get("/api/v1/offices", as: "ken.mission").status == 401)
      #expect(try await f.get("/en/accounts/confirm", as: nil).status == 403)
    }
  }

  /// Forms from elsewhere change nothing.
  @Test(arguments: TestSite.engines) func formsNeedTheirToken(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      let id = try await f.nominate()
      let form = TestSite.form()
      for fields in [[], [("_csrf", "x")], [("_csrf", TestSite.form("another").token)]] {
        let answer = try await f.client.post(
          "/en/nominations/\(id)/accept", fields, try f.bearer("officer") + [("Cookie", form.cookie)])
        #expect(answer.status == 403)
      }
      #expect(try await f.count("SELECT count(*) FROM people_nomination WHERE stage = 'received'") == 1)
      #expect(try await f.submit("nominations/\(id)/accept", [], as: "officer").status == 303)
    }
  }

  /// Formal acts of a State are for those who have shown a second factor in this session.
  @Test(arguments: TestSite.engines) func formalActsNeedTheSecondFactor(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      let id = try await f.nominate()
      let office = try f.office("ken")
      let client = TestClient(
        try f.mount.remade {
          $0.sessions = AccountSessions(database: f.database, roles: f.roles, isProved: false)
        })
      for path in [
        "nominations", "nominations/\(id)/withdraw", "offices/\(office)/handover",
        "accounts/\(try f.account("ken.focal").id)/end",
      ] {
        let answer = try await client.post("/api/v1/" + path, try f.nomination(), try f.bearer("ken.mission"))
        #expect(answer.status == 403 && answer.code == "web.proof-needed", "\(path)")
      }
      #expect(try await client.get("/api/v1/nominations", try f.bearer("ken.mission")).status == 200)
      #expect(try await client.get("/api/v1/nominations", try f.bearer("officer")).status == 403)
    }
  }
}
