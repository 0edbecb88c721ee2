import Language
import Storage
import TestKit
import Testing
import Web

@testable import People

@Suite struct OfficeTests {
  /// Each sees only what the scope reaches, in page, JSON and CSV alike.
  @Test(arguments: TestSite.engines) func whoSeesWhichOffices(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      let kenya = ["ken", "ken.mission", "ken.delegation"]
      let all = PeopleFixture.places.map(\.key)
      let reach: [(who: String, offices: [String])] = [
        ("ken.focal", kenya), ("ken.mission", kenya), ("uga.focal", ["uga", "uga.mission"]),
        ("uga.mission", ["uga", "uga.mission"]), ("one.hq", ["one.hq", "one.field"]), ("two.hq", ["two.hq"]),
        ("officer", all), ("admin", all), ("auditor", all),
      ]
      var compared = 0
      for (who, seen) in reach {
        for path in ["/en/offices", "/api/v1/offices", "/api/v1/offices.csv"] {
          let answer = try await f.get(path, as: who)
          #expect(answer.status == 200, "\(who) \(path)")
          for place in all {
            #expect(
              answer.text.contains("Office \(place)") == seen.contains(place) || place == "ken"
                || place == "uga", "\(who) \(path) \(place)")
            compared += 1
          }
        }
        let list = try await f.get("/api/v1/offices", as: who).text
        #expect(list.contains("\"total\":\(seen.count)"), "\(who): \(list)")
        for place in all {
          let id = try f.office(place)
          let isSeen = seen.contains(place)
          for path in ["offices/\(id)", "offices/\(id)/accounts"] {
            let answer = try await f.get("/api/v1/" + path, as: who)
            #expect(answer.status == (isSeen ? 200 : 404), "\(who) \(path)")
            if !isSeen { #expect(!answer.text.contains("@people.example")) }
          }
          #expect(try await f.get("/en/offices/\(id)", as: who).status == (isSeen ? 200 : 404))
          compared += 3
        }
      }
      for who in ["ken.delegate", "ken.expert", "one.field"] {
        #expect(try await f.get("/api/v1/offices", as: who).status == 403)
        #expect(try await f.get("/api/v1/nominations", as: who).status == 403)
      }
      #expect(try await f.get("/api/v1/offices", as: nil).status == 401)
      #expect(try await f.get("/en/offices", as: nil).status == 403)
      print("summary: offices of \(reach.count) people compared on \(engine.rawValue): \(compared) answers")
    }
  }

  @Test(arguments: TestSite.engines) func nominationsFollowTheirOffice(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      let id = try await f.nominate()
      for (who, status) in [
        ("ken.focal", 200), ("officer", 200), ("auditor", 200), ("uga.mission", 404), ("one.hq", 404),
      ] {
        let one = try await f.get("/api/v1/nominations/\(id)", as: who)
        #expect(one.status == status, "\(who)")
        let list = try await f.get("/api/v1/nominations.csv", as: who).text
        #expect(list.contains("amina@justice.example") == (status == 200), "\(who)")
        let total = try await f.get("/api/v1/nominations", as: who).text
        #expect(total.contains("\"total\":\(status == 200 ? 1 : 0)"), "\(who)")
      }
      // A filter by another's office tells nothing of it.
      let other = try await f.get("/api/v1/nominations?office=\(try f.office("ken"))", as: "uga.mission").text
      #expect(other.contains("\"total\":0"))
    }
  }

  private static func next(_ json: String) -> String? {
    json.firstMatch(of: /"next":"([^"]+)"/).map { String($0.1).replacing("\\u0026", with: "&") }
  }
  @Test(arguments: TestSite.engines) func listsGoOnWhereTheyStopped(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      var seen: [String] = []
      var next: String? = "/api/v1/offices?limit=2"
      while let path = next {
        let answer = try await f.get(path, as: "officer").text
        seen += answer.matches(of: /"name":"([^"]+)"/).map { String($0.1) }
        next = Self.next(answer)
      }
      #expect(seen.count == 9 && Set(seen).count == 9)
      #expect(
        try await f.get("/api/v1/offices?state=KEN&kind=mission", as: "officer").text.contains("\"total\":1"))
      #expect(try await f.get("/api/v1/offices?state=XXX", as: "officer").status == 400)
      for index in 0..<3 { _ = try await f.nominate(["email": "n\(index)@x.example"]) }
      let first = try await f.get("/api/v1/nominations?limit=2", as: "officer").text
      let rest = try #require(Self.next(first))
      #expect(first.contains("n2@") && first.contains("n1@") && !first.contains("n0@"))
      #expect(try await f.get(rest, as: "officer").text.contains("n0@"))
      #expect(
        try await f.get("/api/v1/nominations?stage=accepted", as: "officer").text.contains("\"total\":0"))
    }
  }

  @Test(arguments: TestSite.engines) func enteredChangedClosed(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      let fields = [
        ("kind", "ministry"), ("state", "KEN"), ("name", "Ministry of Justice"), ("language", "en"),
      ]
      for who in ["ken.mission", "ken.focal", "one.hq", "auditor"] {
        #expect(try await f.post("offices", fields, as: who).status == 403, "\(who)")
      }
      let bad = try await f.post("offices", [("kind", "ministry"), ("email", "x")], as: "officer")
      #expect(
        bad.faults == [
          "state people.office.state-missing", "email people.email-invalid", "name web.field.missing",
          "language web.field.missing",
        ])
      #expect(
        try await f.post(
          "offices", [("kind", "provider_hq"), ("name", "P"), ("language", "en")], as: "officer"
        ).faults
          == ["organisation people.office.organisation-missing"])
      let made = try await f.post("offices", fields, as: "officer")
      #expect(made.status == 201)
      let id = try #require(made.header("Location")?.split(separator: "/").last)
      #expect(try await f.get("/api/v1/offices/\(id)", as: "ken.focal").text.contains("\"state\":\"KEN\""))

      let change = [("name", "Ministry of Justice and Law"), ("language", "en")]
      #expect(try await f.post("offices/\(id)", change, as: "officer").status == 428)
      #expect(try await f.post("offices/\(id)", change + [("version", "1")], as: "officer").status == 200)
      #expect(
        try await f.post(
          "offices/\(id)", [("name", "Old"), ("language", "en"), ("version", "1")], as: "admin"
        ).status == 412)
      #expect(try await f.get("/api/v1/offices/\(id)", as: "officer").text.contains("Justice and Law"))
      let form = try await f.submit(
        "offices/\(id)", [("name", ""), ("language", "en"), ("version", "2")], as: "officer")
      #expect(form.status == 422 && form.text.contains("error-summary"))
    }
  }

  /// Closing ends what lives in the office; what was done stays.
  @Test(arguments: TestSite.engines) func closingEndsAccountsAndNominations(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      let id = try f.office("ken")
      let nomination = try await f.nominate()
      #expect(try await f.post("offices/\(id)/close", as: "officer").status == 200)
      #expect(try await f.get("/api/v1/offices", as: "ken.focal").status == 401)
      #expect(
        try await f.get("/api/v1/nominations/\(nomination)", as: "ken.mission").text.contains(
          "\"stage\":\"withdrawn\""))
      let accounts = try await f.get("/api/v1/offices/\(id)/accounts", as: "ken.mission").text
      #expect(accounts.contains("Person ken.focal") && accounts.contains("\"valid_until\":\"2026-06-15\""))
      #expect(
        try await f.post("nominations", try f.nomination(), as: "ken.mission").faults == [
          "office people.nomination.office-closed"
        ])
      let again = try await f.post("offices/\(id)/close", as: "officer")
      #expect(again.status == 409 && again.code == "people.office.closed-already")
      // The Secretariat's own office holds the administrators: not for an officer, and never all of them.
      let own = try f.office("secretariat")
      #expect(try await f.post("offices/\(own)/close", as: "officer").status == 403)
      let all = try await f.post("offices/\(own)/close", as: "admin")
      #expect(all.status == 409 && all.code == "people.administrator.last")
      #expect(try await f.get("/api/v1/offices", as: "officer").status == 200)
    }
  }

  /// Everyone may leave; the office, what it holds and who was in it remain.
  @Test(arguments: TestSite.engines) func theOfficeOutlivesItsPeople(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      let id = try f.office("ken")
      for key in ["ken.focal", "ken.expert"] {
        #expect(try await f.post("accounts/\(try f.account(key).id)/end", as: "ken.mission").status == 200)
      }
      let page = try await f.get("/en/offices/\(id)", as: "ken.mission").text
      #expect(page.contains("Nobody works in this office yet") && page.contains("Person ken.focal"))
      let nomination = try await f.nominate()
      #expect(try await f.post("nominations/\(nomination)/accept", as: "officer").status == 200)
      let rows = try await f.get("/api/v1/offices/\(id)/accounts", as: "ken.mission").text
      #expect(rows.contains("Amina Wanjiru") && rows.contains("Person ken.expert"))
    }
  }

  @Test(arguments: TestSite.engines) func everyPageInEveryLanguage(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      let id = try await f.nominate(["replaces": String(try f.account("ken.focal").id)])
      let accepted = try await f.nominate(["email": "b@x.example", "role": "focal_point"])
      #expect(try await f.post("nominations/\(accepted)/accept", as: "officer").status == 200)
      let office = try f.office("ken")
      let paths = [
        "offices", "offices?closed=yes", "offices/new", "offices/\(office)", "offices/\(office)/edit",
        "offices/\(office)/handover", "nominations", "nominations?stage=refused", "nominations/new",
        "nominations/new?office=\(office)", "nominations/\(id)", "nominations/\(accepted)",
        "accounts/confirm",
        "accounts/\(try f.account("ken.focal").id)/end",
      ]
      for language in Language.all {
        for path in paths {
          let answer = try await f.get("/\(language.code)/\(path)", as: "officer")
          #expect(answer.status == 200, "\(path)")
          #expect(!answer.text.contains("⟦"), "\(language.code)/\(path) lacks a text")
          #expect(answer.text.components(separatedBy: "<h1").count == 2, "\(path)")
          #expect(answer.text.contains("dir=\"\(language.direction.rawValue)\""), "\(path)")
        }
      }
      #expect(f.site.site.catalogue.missing.isEmpty, "\(f.site.site.catalogue.missing)")
      // What a mission sees.
      for path in [
        "offices", "offices/\(office)", "nominations/new", "nominations/\(id)", "offices/\(office)/handover",
      ] {
        #expect(try await f.get("/ar/\(path)", as: "ken.mission").status == 200, "\(path)")
      }
      #expect(
        try await f.get("/en/nominations/new?office=\(try f.office("uga"))", as: "ken.mission").status == 404)
    }
  }

  @Test(arguments: TestSite.engines) func hostileTextIsText(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      let word = "<script>alert('x')</script>\"'; DROP TABLE people_office; --"
      let id = try await f.nominate(["person_name": word, "function": word, "reference": word])
      for path in ["nominations", "nominations/\(id)", "offices/\(try f.office("ken"))"] {
        let page = try await f.get("/en/\(path)", as: "officer")
        #expect(page.status == 200 && !page.text.contains("<script>alert"), "\(path)")
      }
      #expect(try await f.count("SELECT count(*) FROM people_office") == 9)
    }
  }

  @Test(arguments: TestSite.engines) func demonstration(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      let before = try await f.count("SELECT count(*) FROM people_account")
      for _ in 0..<2 {
        try await f.database.write(by: .system) { try People.demo(states: ["KEN", "UGA", "XXX"], in: $0) }
      }
      #expect(try await f.count("SELECT count(*) FROM people_office WHERE invented = 1") == 7)
      #expect(try await f.count("SELECT count(*) FROM people_account") == before)
      #expect(try await f.database.read { try People.hasInvented(in: $0) })
    }
  }
}
