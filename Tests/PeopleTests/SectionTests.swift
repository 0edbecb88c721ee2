import Storage
import TestKit
import Testing

@testable import People
@testable import Web

/// A section of a need, from the focal point's choice to the expert's text and back.
@Suite struct SectionTests {
  static let records = [
    People.SectionRecord(
      id: "123", reference: "KEN-2026-1", title: "Training of prosecutors", language: "en",
      texts: [.init(key: "needs.need.missing", text: "No unit for cooperation")]),
    People.SectionRecord(id: "124", reference: "KEN-2026-2", title: "Another", language: "fr"),
  ]
  static let kind = People.SectionKind(
    "need", "needs.trace.need", records: { state, _ in state == "KEN" ? records : [] },
    find: { id, state, _ in state == "KEN" ? records.first { $0.id == id } : nil }, path: { "needs/\($0)" })

  private func open(
    _ section: String, _ browser: Browser, days: String = "10"
  ) async throws -> (path: String, key: String) {
    let page = try await browser.post(
      "/en/sections", [("section", section), ("expert", "Dr. Wanjiru"), ("days", days)])
    let link = try #require(
      page.text.firstMatch(of: /http:\/\/localhost(\/en\/section\?key=([A-Za-z0-9_]+))/), "\(page.text)")
    return (String(link.1), String(link.2))
  }

  @Test(arguments: TestSite.engines) func aSectionForAnExpert(on engine: Engine) async throws {
    try await SignInSite.with(engine, sections: [Self.kind]) { site in
      let made = try await site.person("Amina", "amina@example.test", .focalPoint)
      try await site.person("Pilar", "pilar@example.test", .focalPoint, state: "PER")
      let browser = try await site.signedIn("amina@example.test")
      // Chosen among the State's own records by title and reference; what is none of them is refused.
      let form = try await browser.get("/en/sections").text
      #expect(form.contains("Training of prosecutors") && form.contains("KEN-2026-1"))
      for (section, days) in [
        ("need:123", "61"), ("need:99999", "5"), ("foo:bar", "5"), ("need 123", "5"), ("", "5"),
        ("need:123", "0"),
        ("need:", "5"), (":123", "5"),
      ] {
        let answer = try await browser.post(
          "/en/sections", [("section", section), ("expert", "Dr. Wanjiru"), ("days", days)])
        #expect(answer.status == 422, "\(section) \(days)")
      }
      let peru = try await site.signedIn("pilar@example.test")
      #expect(try await peru.get("/en/sections").text.contains("no record of which a section"))
      let foreign = try await peru.post(
        "/en/sections", [("section", "need:123"), ("expert", "X"), ("days", "5")], from: "/en/account")
      #expect(foreign.status == 422)

      let (link, key) = try await open("need:123", browser)
      let expert = site.browser("198.51.100.3")
      let door = try await expert.get(link).text
      #expect(
        door.contains("Dr. Wanjiru") && door.contains("Training of prosecutors") && !door.contains("need:123")
      )
      #expect(try await expert.probe().hasPrefix("\"guest|"))
      #expect(
        try await expert.post("/en/section", [("key", key)], from: link).header("Location")
          == "/en/section/open")
      // A link is no person of a party: it reads what is public, and its own section.
      #expect(try await expert.probe() == "\"expert|section:1|-|public|need:123\"")
      let work = try await expert.get("/en/section/open").text
      #expect(work.contains("Training of prosecutors") && work.contains("No unit for cooperation"))
      #expect(!work.contains("need:123"))
      // No account, so no page of one; and the State's other records are not open to a link.
      #expect(try await expert.get("/en/account").status == 403)
      #expect(try await expert.get("/en/sections").status == 403)
      let row = try await site.database.read {
        try $0.value("SELECT account FROM sys_session ORDER BY id DESC LIMIT 1", as: Int64.self)
      }
      #expect(row == -1)
      // Another State cannot take it back, its own can, and it closes at once.
      #expect(try await peru.post("/en/sections/1/revoke", [], from: "/en/account").status == 404)
      #expect(!(try await peru.get("/en/sections").text.contains("Wanjiru")))
      #expect(try await browser.post("/en/sections/1/revoke", [], from: "/en/sections").status == 303)
      #expect(try await expert.probe().hasPrefix("\"guest|"))
      #expect(try await site.client.get(link).status == 410)
      // One that ends by time, and one whose opener has gone.
      let second = try await open("need:124", browser)
      _ = try await expert.post("/en/section", [("key", second.key)], from: second.path)
      site.time.pass(60)
      #expect(try await expert.probe().contains("need:124"))
      try await site.database.write(by: .system) { try People.end(made.account, why: "ended", in: $0) }
      #expect(try await expert.probe().hasPrefix("\"guest|"))
      #expect(try await site.client.get(second.path).status == 410)
    }
  }

  /// Written, given back with a reason, written anew, accepted; each version stays.
  @Test(arguments: TestSite.engines) func aTextGoesToAndFro(on engine: Engine) async throws {
    try await SignInSite.with(engine, sections: [Self.kind]) { site in
      try await site.person("Amina", "amina@example.test", .focalPoint)
      try await site.person("Pilar", "pilar@example.test", .focalPoint, state: "PER")
      let browser = try await site.signedIn("amina@example.test")
      let (link, key) = try await open("need:123", browser)
      let expert = site.browser("198.51.100.3")
      _ = try await expert.post("/en/section", [("key", key)], from: link)
      let word = "ZQXCONTRIBUTION <b>"
      func write(_ language: String, _ text: String) async throws -> TestClient.Answer {
        try await expert.post(
          "/en/section/contribution", [("language", language), ("text", text)], from: "/en/section/open")
      }
      #expect(try await write("en", " ").status == 422)
      #expect(try await write("de", "Text").status == 422)
      #expect(try await write("fr", word).header("Location") == "/en/section/open?saved=yes")
      let mine = try await expert.get("/en/section/open?saved=yes").text
      #expect(mine.contains("Version 1") && mine.contains("Waiting to be decided") && !mine.contains("<b>"))
      // The focal point is told, and nobody else's trail or page holds the words.
      #expect(try await browser.get("/en/sections").text.contains("contribution-1"))
      let peru = try await site.signedIn("pilar@example.test")
      #expect(!(try await peru.get("/en/sections").text.contains("ZQX")))
      #expect(
        try await peru.post("/en/sections/contributions/1/accept", [], from: "/en/account").status == 404)
      let trail = try await site.database.read {
        try $0.values("SELECT detail FROM sys_audit", as: String.self).joined()
      }
      #expect(!trail.contains("ZQX"))
      // Given back only with a reason, which the expert reads.
      let path = "/en/sections/contributions/"
      #expect(try await browser.post(path + "1/refuse", [("reason", "")], from: "/en/account").status == 422)
      #expect(
        try await browser.post(path + "1/refuse", [("reason", "Say how many")], from: "/en/account").header(
          "Location") == "/en/needs/123")
      #expect(try await expert.get("/en/section/open").text.contains("Say how many"))
      _ = try await write("fr", "Twelve prosecutors")
      _ = try await write("fr", "Twelve prosecutors a year")
      #expect(try await browser.post(path + "2/accept", [], from: "/en/account").status == 409)
      #expect(try await browser.post(path + "3/accept", [], from: "/en/account").status == 303)
      #expect(try await expert.get("/en/section/open").text.contains("Accepted"))
      let stages = try await site.database.read {
        try $0.values("SELECT stage FROM people_contribution ORDER BY version", as: String.self)
      }
      #expect(stages == ["refused", "replaced", "accepted"])
      for event in ["people.contributed", "people.contribution-refused", "people.contribution-accepted"] {
        #expect(try await site.events().contains(event))
      }
      #expect(try await site.database.read { try Audit.verify(in: $0) }.brokenAt == nil)
      // The link is taken back while the expert writes: what is sent then is not kept.
      _ = try await browser.post("/en/sections/1/revoke", [], from: "/en/sections")
      #expect(
        try await expert.submit("/en/section/contribution", [("language", "fr"), ("text", "x")]).status == 403
      )
    }
  }

  /// What a link adds to what a guest reads is the one need of its section, on every face.
  @Test(arguments: TestSite.engines) func aLinkReadsOneNeedMore(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      var given: Int64 = 0
      for level in Visibility.allCases {
        for state in ["KEN", "BRA"] {
          let id = try await site.added(
            TestSite.need("N-\(state)-\(level.rawValue)", state: state, visibility: level))
          if state == "KEN", level == .state { given = id }
        }
      }
      let need = given
      let mount = try await site.mount { $0.sessions = TestViewers(section: ("need:\(need)", "KEN")) }
      let client = TestClient(mount)
      let token = TestViewers.header(TestViewers.sectionToken)
      func total(_ headers: [(String, String)]) async throws -> String? {
        try await client.get("/api/v1/needs", headers).text.firstMatch(of: /"total":(\d+)/).map {
          String($0.1)
        }
      }
      #expect(try await total([]) == "2")
      #expect(try await total(token) == "3")
      #expect(try await client.get("/api/v1/needs.csv", token).text.contains("N-KEN-state"))
      #expect(try await client.get("/en/needs/\(need)", token).status == 200)
      for level in [Visibility.parties, .providers, .secretariat] {
        #expect(!(try await client.get("/api/v1/needs.csv", token).text.contains("N-BRA-\(level.rawValue)")))
      }
    }
  }

  /// On the page of a need, for its own State's focal point alone.
  @Test(arguments: TestSite.engines) func besideTheNeed(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      let id = try await site.added(TestSite.need("N-1", visibility: .public))
      let client = TestClient(try await site.mount())
      for (token, isShown) in [
        (TestViewers.token(.focalPoint, "KEN"), true), (TestViewers.token(.focalPoint, "BRA"), false),
        (TestViewers.token(.mission, "KEN"), false), (TestViewers.token(.officer), false), (nil, false),
      ] {
        let page = try await client.get("/en/needs/\(id)", TestViewers.header(token)).text
        #expect(page.contains("Give a section to an expert") == isShown, "\(token ?? "guest")")
        #expect(page.contains("sections?section=need%3A\(id)") == isShown)
      }
      let preview = try await client.get(
        "/en/needs/\(id)?as=public", TestViewers.header(TestViewers.token(.focalPoint, "KEN")))
      #expect(preview.status == 200 && !preview.text.contains("Give a section to an expert"))
      let home = try await client.get("/en", TestViewers.header(TestViewers.token(.focalPoint, "KEN"))).text
      #expect(home.contains("href=\"/en/sections\""))
    }
  }
}
