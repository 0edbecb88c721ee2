import Storage
import TestKit
import Testing
import Web

@testable import People

@Suite struct NominationTests {
  /// From the note verbale to the invitation, every step recorded.
  @Test(arguments: TestSite.engines) func fromNoteToInvitation(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      let answer = try await f.upload(
        "nominations", try f.nomination(), name: "note.pdf", Array("%PDF-1.7 note".utf8), as: "ken.mission")
      #expect(answer.status == 201, "\(answer.text)")
      let id = try #require(answer.header("Location")?.split(separator: "/").last.flatMap { Int64($0) })
      #expect(
        try await f.get("/api/v1/nominations/\(id)", as: "ken.focal").text.contains("\"stage\":\"received\""))

      #expect(try await f.post("nominations/\(id)/accept", as: "ken.mission").status == 403)
      let accepted = try await f.post("nominations/\(id)/accept", as: "officer")
      #expect(accepted.status == 200, "\(accepted.text)")
      let (person, accounts) = try await f.database.read { db in
        let person = try #require(try People.person(email: "AMINA@justice.example", in: db))
        return (person, try People.accounts(ofPerson: person.id, in: db))
      }
      #expect(person.name == "Amina Wanjiru" && person.language == "en")
      let account = try #require(accounts.first)
      #expect(accounts.count == 1 && account.role == .focalPoint && account.validFrom == "2026-06-15")
      #expect(account.nomination == id && account.function == "Director" && account.validUntil == nil)
      #expect(
        try await f.count(
          "SELECT count(*) FROM people_link WHERE nomination = \(id) AND purpose = 'invitation'") == 1)
      for event in ["people.nominated", "people.nomination-accepted"] {
        #expect(try await f.events(event) == 1)
      }
      // The office page tells of the person and of the invitation.
      let page = try await f.get("/en/offices/\(try f.office("ken"))", as: "ken.mission").text
      #expect(page.contains("Amina Wanjiru") && page.contains("Invitations"))
      // Nothing in the trail names the person.
      let trail = try await f.database.read {
        try $0.values("SELECT detail FROM sys_audit", as: String.self).joined()
      }
      #expect(!trail.contains("Amina") && !trail.contains("amina@justice"))
      #expect(trail.contains("NV/2026/17"))
      #expect(try await f.database.read { try Audit.verify(in: $0) }.brokenAt == nil)
      // Decided once.
      for act in ["accept", "refuse"] {
        let again = try await f.post("nominations/\(id)/\(act)", [("reason", "late")], as: "officer2")
        #expect(again.status == 409 && again.code == "people.nomination.settled", "\(act)")
      }
      #expect(try await f.post("nominations/\(id)/withdraw", as: "ken.mission").status == 409)
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let changes: [String: String]
    let fault: String
    var who = "ken.mission"
    var testDescription: String { name }
  }
  static let cases: [Case] = [
    Case(name: "no office", changes: ["office": ""], fault: "office web.field.missing"),
    Case(name: "no number", changes: ["office": "x"], fault: "office web.field.number"),
    Case(
      name: "no such office", changes: ["office": "99999"], fault: "office people.nomination.office-unknown"),
    Case(name: "no role", changes: ["role": ""], fault: "role web.field.missing"),
    Case(name: "unknown role", changes: ["role": "king"], fault: "role web.field.choice"),
    Case(
      name: "role of another kind of office", changes: ["role": "provider"],
      fault: "role people.nomination.role-office"),
    Case(
      name: "role for the Secretariat to name", changes: ["role": "expert"],
      fault: "role people.nomination.role-not-yours"),
    Case(name: "no name", changes: ["person_name": " "], fault: "person_name web.field.missing"),
    Case(
      name: "long name", changes: ["person_name": String(repeating: "x", count: 201)],
      fault: "person_name web.field.long"),
    Case(name: "no address", changes: ["email": ""], fault: "email web.field.missing"),
    Case(name: "no at", changes: ["email": "amina.justice.example"], fault: "email people.email-invalid"),
    Case(name: "two ats", changes: ["email": "a@b@c.example"], fault: "email people.email-invalid"),
    Case(name: "no dot", changes: ["email": "amina@localhost"], fault: "email people.email-invalid"),
    Case(
      name: "header in the address", changes: ["email": "a@b.example\r\nBcc: x@y.z"],
      fault: "email people.email-invalid"),
    Case(
      name: "another alphabet", changes: ["email": "аmina@justice.example"],
      fault: "email people.email-invalid"),
    Case(name: "language unknown", changes: ["language": "de"], fault: "language web.field.choice"),
    Case(name: "no reference", changes: ["reference": ""], fault: "reference web.field.missing"),
    Case(name: "no date", changes: ["noted_on": ""], fault: "noted_on web.field.missing"),
    Case(name: "no such date", changes: ["noted_on": "2026-02-30"], fault: "noted_on web.field.date"),
    Case(
      name: "of the future", changes: ["noted_on": "2026-06-17"],
      fault: "noted_on people.nomination.date-future"),
    Case(
      name: "replaces nobody", changes: ["replaces": "99999"],
      fault: "replaces people.nomination.replaces-unknown"),
    Case(
      name: "holds the role", changes: ["email": "KEN.focal@people.example"],
      fault: "email people.nomination.holds-already"),
  ]
  @Test(arguments: TestSite.engines, cases) func refused(on engine: Engine, _ example: Case) async throws {
    try await PeopleFixture.with(engine) { f in
      let answer = try await f.post("nominations", try f.nomination(example.changes), as: example.who)
      #expect(answer.status == 422 && answer.faults == [example.fault], "\(answer.status) \(answer.faults)")
      #expect(try await f.count("SELECT count(*) FROM people_nomination") == 0)
    }
  }

  @Test(arguments: TestSite.engines) func allFaultsAtOnceAndTheFormComesBack(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      let empty = try await f.post("nominations", [], as: "ken.mission")
      #expect(empty.status == 422)
      #expect(
        Set(empty.faults.compactMap { $0.split(separator: " ").first.map(String.init) })
          == ["office", "role", "person_name", "email", "language", "reference", "noted_on"])
      let page = try await f.submit(
        "nominations",
        try f.nomination(["email": "nobody", "noted_on": "2027-01-01", "reference": "NV \"<b>\""]),
        as: "ken.mission")
      #expect(page.status == 422)
      #expect(
        page.text.contains("error-summary") && page.text.contains("Amina Wanjiru")
          && page.text.contains("nobody"))
      #expect(page.text.contains("value=\"NV &quot;&lt;b&gt;&quot;\"") && !page.text.contains("<b>"))
      #expect(page.text.components(separatedBy: "href=\"#field-").count == 3)
      // The day that has begun somewhere on Earth is not of the future.
      #expect(try await f.nominate(["noted_on": "2026-06-15"]) > 0)
    }
  }

  @Test(arguments: TestSite.engines) func oneOpenNominationAnAddress(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      let first = try await f.nominate()
      let second = try await f.post(
        "nominations", try f.nomination(["email": "Amina@Justice.Example"]), as: "ken.mission")
      #expect(second.faults == ["email people.nomination.open-already"])
      // In another office, and again once it is withdrawn.
      #expect(
        try await f.nominate(["office": String(try f.office("ken.mission")), "role": "delegate"]) > first)
      #expect(try await f.post("nominations/\(first)/withdraw", as: "uga.mission").status == 404)
      #expect(try await f.post("nominations/\(first)/withdraw", as: "ken.mission").status == 200)
      #expect(try await f.nominate() > first)
    }
  }

  /// Who may nominate whom, asked of the running routes.
  @Test(arguments: TestSite.engines) func whoNominatesWhom(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      // person, office, role → status; 422 where the office is hidden or the role is not theirs.
      let table: [(String, String, String, Int)] = [
        ("ken.mission", "ken", "focal_point", 201), ("ken.mission", "ken.mission", "mission", 201),
        ("ken.mission", "ken.delegation", "delegate", 201), ("ken.mission", "ken", "expert", 422),
        ("ken.mission", "ken.delegation", "chair", 422), ("ken.mission", "uga", "focal_point", 422),
        ("ken.mission", "secretariat", "officer", 422), ("ken.mission", "one.field", "provider_field", 422),
        ("one.hq", "one.field", "provider_field", 201), ("one.hq", "one.hq", "provider", 422),
        ("one.hq", "ken", "focal_point", 422), ("two.hq", "one.field", "provider_field", 422),
        ("officer", "ken", "expert", 201), ("officer", "secretariat", "officer", 201),
        ("officer", "secretariat", "administrator", 422), ("officer", "secretariat", "auditor", 422),
        ("admin", "secretariat", "administrator", 201), ("admin", "secretariat", "auditor", 201),
        ("admin", "ken", "focal_point", 422),
        ("officer", "one.hq", "provider", 201), ("officer", "ken", "officer", 422),
        ("ken.focal", "ken", "focal_point", 403), ("ken.delegate", "ken", "focal_point", 403),
        ("one.field", "one.field", "provider_field", 403), ("admin", "secretariat", "officer", 201),
        ("auditor", "secretariat", "officer", 403),
      ]
      for (index, (who, office, role, status)) in table.enumerated() {
        let fields = try f.nomination(
          ["office": String(try f.office(office)), "role": role, "email": "n\(index)@justice.example"])
        let answer = try await f.post("nominations", fields, as: who)
        #expect(answer.status == status, "\(who) → \(office) \(role): \(answer.text)")
      }
      #expect(try await f.post("nominations", try f.nomination(), as: nil).status == 401)
      let made = table.filter { $0.3 == 201 }.count
      #expect(try await f.count("SELECT count(*) FROM people_nomination") == made)
    }
  }

  @Test(arguments: TestSite.engines) func fourEyes(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      let id = try await f.nominate(as: "officer")
      for act in ["accept", "refuse"] {
        let own = try await f.post("nominations/\(id)/\(act)", [("reason", "x")], as: "officer")
        #expect(own.status == 403 && own.code == "people.nomination.own", "\(act)")
      }
      let page = try await f.get("/en/nominations/\(id)", as: "officer").text
      #expect(page.contains("another person must check it") && !page.contains("/accept\""))
      #expect(try await f.get("/en/nominations/\(id)", as: "officer2").text.contains("/accept\""))
      #expect(try await f.post("nominations/\(id)/accept", as: "officer2").status == 200)
      // Nor does anyone check the nomination of themselves.
      let promotion = try await f.nominate(
        [
          "office": String(try f.office("secretariat")), "role": "administrator",
          "email": "officer2@people.example",
        ],
        as: "admin")
      let own = try await f.post("nominations/\(promotion)/accept", as: "officer2")
      #expect(own.status == 403 && own.code == "people.nomination.self")
      #expect(try await f.count("SELECT count(*) FROM people_account WHERE role = 'administrator'") == 2)
    }
  }

  /// Two officers make no administrator, not even by a nomination that stands in the register already.
  @Test(arguments: TestSite.engines) func whoRunsTheSystemIsNamedByAnAdministrator(on engine: Engine)
    async throws
  {
    try await PeopleFixture.with(engine) { f in
      let office = try f.office("secretariat")
      let recorder = try f.account("officer").person
      let admin = try f.account("admin").person
      let ids = try await f.database.write(by: Actor("test")) { db -> [Int64] in
        defer { db.record(Event("test.made", subject: "nomination", record: "1")) }
        return try [recorder, admin].enumerated().map { index, person in
          try db.insert(
            """
            INSERT INTO people_nomination (office, role, person_name, email, language, reference, noted_on, stage,
              recorded_by, recorded_at) VALUES (\(office), 'administrator', 'New', \("n\(index)@x.example"), 'en', 'NV 1',
              '2026-06-01', 'received', \("person:\(person)"), \(db.now)) RETURNING id
            """)
        }
      }
      for who in ["officer2", "admin2"] {
        for act in ["accept", "refuse"] {
          let answer = try await f.post("nominations/\(ids[0])/\(act)", [("reason", "x")], as: who)
          #expect(answer.status == 403 && answer.code == "people.nomination.guarded", "\(who) \(act)")
        }
      }
      #expect(!(try await f.get("/en/nominations/\(ids[0])", as: "officer2").text.contains("/accept\"")))
      // Of an administrator who has gone meanwhile it is no better.
      #expect(try await f.post("accounts/\(try f.account("admin").id)/end", as: "admin2").status == 200)
      #expect(
        try await f.post("nominations/\(ids[1])/accept", as: "officer2").code == "people.nomination.guarded")
      #expect(try await f.count("SELECT count(*) FROM people_account WHERE role = 'administrator'") == 2)
      let id = try await f.nominate(
        ["office": String(office), "role": "administrator", "email": "n2@x.example"], as: "admin2")
      #expect(try await f.post("nominations/\(id)/accept", as: "officer").status == 200)
    }
  }

  /// A term that the note verbale gives: a delegate for one session.
  @Test(arguments: TestSite.engines) func aTerm(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      for (from, until, fault) in [
        ("", "2026-06-14", "valid_until people.nomination.until-past"),
        ("2026-07-10", "2026-07-09", "valid_until people.nomination.until-before"),
        ("2026-02-30", "", "valid_from web.field.date"),
      ] {
        let answer = try await f.post(
          "nominations", try f.nomination(["valid_from": from, "valid_until": until]), as: "ken.mission")
        #expect(answer.faults == [fault], "\(from) \(until) \(answer.text)")
      }
      let id = try await f.nominate([
        "office": String(try f.office("ken.mission")), "role": "delegate", "valid_from": "2026-07-06",
        "valid_until": "2026-07-10",
      ])
      let data = try await f.get("/api/v1/nominations/\(id)", as: "officer").text
      #expect(
        data.contains("\"valid_from\":\"2026-07-06\"") && data.contains("\"valid_until\":\"2026-07-10\""))
      #expect(try await f.get("/en/nominations/\(id)", as: "officer").text.contains("10 July 2026"))
      #expect(try await f.post("nominations/\(id)/accept", as: "officer").status == 200)
      let account = try await f.database.read {
        try #require(
          try $0.row("SELECT * FROM people_account WHERE nomination = \(id)", as: People.Account.self))
      }
      #expect(account.validFrom == "2026-07-06" && account.validUntil == "2026-07-10")
      // The invitation works before the first day; the account from then on, and to the last.
      #expect(try await f.database.read { try People.hasProspect(account.person, in: $0) })
      for (moment, isValid) in [
        ("2026-07-05T23:59:59Z", false), ("2026-07-06T00:00:00Z", true), ("2026-07-10T23:59:59Z", true),
        ("2026-07-11T00:00:00Z", false),
      ] {
        f.time.move(to: moment)
        #expect(
          try await f.database.read { try People.account(account.id, in: $0) != nil } == isValid, "\(moment)")
      }
      #expect(try await f.database.read { try People.hasProspect(account.person, in: $0) } == false)
      // One that is over before it was checked lets nobody in.
      f.time.move(to: "2026-06-15T09:30:00Z")
      let late = try await f.nominate(["email": "late@x.example", "valid_until": "2026-06-20"])
      f.time.move(to: "2026-06-21T09:30:00Z")
      #expect(
        try await f.post("nominations/\(late)/accept", as: "officer").code == "people.nomination.term-over")
    }
  }

  /// The Secretariat sends an invitation again; the letter before does not leave any more.
  @Test(arguments: TestSite.engines) func invitedAgain(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      let id = try await f.nominate()
      #expect(try await f.post("nominations/\(id)/invite", as: "officer").code == "people.invitation.none")
      #expect(try await f.post("nominations/\(id)/accept", as: "officer").status == 200)
      try await f.database.runJobs()
      #expect(try await f.post("nominations/\(id)/invite", as: "ken.mission").status == 403)
      #expect(try await f.post("nominations/\(id)/invite", as: "officer2").status == 200)
      try await f.database.runJobs()
      let states = try await f.database.read {
        try $0.values("SELECT state FROM mail_letter ORDER BY queued_at, key", as: String.self)
      }
      #expect(states.sorted() == ["waiting", "withdrawn"], "\(states)")
      let page = try await f.get("/en/nominations/\(id)", as: "officer").text
      #expect(page.contains("Replaced by a newer one") && page.contains("Send the invitation again"))
      #expect(
        try await f.get("/en/offices/\(try f.office("ken"))", as: "officer").text.contains(
          "Replaced by a newer"))
      try await f.database.write(by: Actor("test")) { db in
        try db.run("UPDATE people_link SET used_at = \(db.now) WHERE lapsed IS NULL")
        db.record(Event("test.changed", subject: "link", record: "1"))
      }
      #expect(try await f.post("nominations/\(id)/invite", as: "officer").code == "people.invitation.used")
      #expect(
        !(try await f.get("/en/nominations/\(id)", as: "officer").text.contains("Send the invitation again")))
    }
  }

  @Test(arguments: TestSite.engines) func refusalSaysWhy(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      let id = try await f.nominate()
      let silent = try await f.post("nominations/\(id)/refuse", as: "officer")
      #expect(silent.faults == ["reason people.nomination.reason-missing"])
      let back = try await f.submit("nominations/\(id)/refuse", [("reason", " ")], as: "officer")
      #expect(back.status == 422 && back.text.contains("error-summary"))
      #expect(
        try await f.post("nominations/\(id)/refuse", [("reason", "The name differs")], as: "officer").status
          == 200)
      let seen = try await f.get("/en/nominations/\(id)", as: "ken.mission").text
      #expect(seen.contains("The name differs") && seen.contains("A person of another office"))
      #expect(!seen.contains("Person officer"))
      #expect(try await f.get("/en/nominations/\(id)", as: "officer2").text.contains("Person officer"))
      #expect(try await f.database.read { try People.person(email: "amina@justice.example", in: $0) } == nil)
      let trail = try await f.database.read {
        try $0.values("SELECT detail FROM sys_audit", as: String.self).joined()
      }
      #expect(!trail.contains("The name differs"))
    }
  }

  @Test(arguments: TestSite.engines) func theOneReplacedEndsWithTheSuccessorsBeginning(on engine: Engine)
    async throws
  {
    try await PeopleFixture.with(engine) { f in
      let old = try f.account("ken.focal")
      try await f.database.write(by: Actor("test")) { db in
        try db.run(
          """
          INSERT INTO people_section (account, state, section, expert, hash, made_at, expires_at)
          VALUES (\(old.id), 'KEN', 'need:1', 'An expert', 'h', \(db.now), '2026-12-01T00:00:00Z')
          """)
        db.record(Event("test.section", subject: "section", record: "1"))
      }
      let id = try await f.nominate(["replaces": String(old.id)])
      #expect(try await f.get("/api/v1/offices", as: "ken.focal").status == 200)
      #expect(try await f.post("nominations/\(id)/accept", as: "officer").status == 200)
      #expect(try await f.get("/api/v1/offices", as: "ken.focal").status == 401)
      let heir = try await f.count("SELECT account FROM people_section")
      #expect(heir != Int(old.id))
      #expect(
        try await f.count("SELECT count(*) FROM people_account WHERE id = \(heir) AND nomination = \(id)")
          == 1)
    }
  }

  /// A person is known by the address, however it is written; the name in the register stays.
  @Test(arguments: TestSite.engines) func aKnownPersonIsNotMadeTwice(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      let before = try await f.count("SELECT count(*) FROM people_person")
      let id = try await f.nominate(["email": "Uga.Focal@PEOPLE.example", "person_name": "Another Spelling"])
      // The mission does not learn that the address is known; who checks does.
      let mission = try await f.get("/en/nominations/\(id)", as: "ken.mission").text
      #expect(!mission.contains("Office uga"))
      #expect(try await f.get("/en/nominations/\(id)", as: "officer").text.contains("Office uga"))
      #expect(try await f.post("nominations/\(id)/accept", as: "officer").status == 200)
      #expect(try await f.count("SELECT count(*) FROM people_person") == before)
      let person = try f.account("uga.focal").person
      let accounts = try await f.database.read { try People.accounts(ofPerson: person, in: $0) }
      #expect(accounts.map(\.role) == [.focalPoint, .focalPoint] && Set(accounts.map(\.office)).count == 2)
    }
  }

  /// Recorded twice before either is accepted: the second finds the role held.
  @Test(arguments: TestSite.engines) func noRoleTwice(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      let id = try await f.nominate()
      try await f.database.write(by: Actor("test")) { db in
        let person = try People.savePerson(name: "A", email: "amina@justice.example", language: "en", in: db)
        try People.openAccount(person: person.id, office: f.office("ken"), role: .focalPoint, in: db)
      }
      let answer = try await f.post("nominations/\(id)/accept", as: "officer")
      #expect(answer.status == 409 && answer.code == "people.nomination.holds-already")
      #expect(try await f.count("SELECT count(*) FROM people_nomination WHERE stage = 'received'") == 1)
    }
  }
}
