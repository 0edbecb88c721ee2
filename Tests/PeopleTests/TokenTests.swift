import Storage
import TestKit
import Testing

@testable import People
@testable import Web

@Suite struct TokenTests {
  private func bearer(_ token: String) -> [(String, String)] { [("Authorization", "Bearer " + token)] }

  @Test(arguments: TestSite.engines) func aTokenDoesNoMoreThanItsScopes(on engine: Engine) async throws {
    try await SignInSite.with(engine) { site in
      let made = try await site.person("Olga", "olga@example.test", .officer, .secretariat)
      let (secret, _) = try await site.secondFactor(made.person.id)
      let browser = try await site.signedIn("olga@example.test")
      // Not before the second factor.
      #expect(try await browser.get("/en/account/tokens").status == 303)
      _ = try await browser.post("/en/second-factor", [("code", site.code(secret))])
      let beyond = try await browser.post(
        "/en/account/tokens",
        [("name", "Feed"), ("days", "30"), ("scopes", "audit.read"), ("reading", "all")])
      #expect(beyond.status == 422)
      for days in ["0", "366", "x", ""] {
        let answer = try await browser.post(
          "/en/account/tokens", [("name", "Feed"), ("days", days), ("reading", "all")])
        #expect(answer.status == 422, "\(days)")
      }
      let fields = [("name", "Feed <b>"), ("days", "30"), ("scopes", "needs.import"), ("reading", "all")]
      // Whoever finds an open browser makes no key: the present code or the passphrase is asked for.
      for present in ["", "000000", "not the passphrase of Olga"] {
        let refused = try await browser.post("/en/account/tokens", fields + [("present", present)])
        #expect(refused.status == 422 && refused.text.contains("field-present"), "\(present)")
      }
      // Permissions in words, not in codes.
      let form = try await browser.get("/en/account/tokens").text
      #expect(form.contains("Take in needs from files") && !form.contains(">needs.import<"))
      let page = try await browser.post("/en/account/tokens", fields + [("present", SignInSite.words)])
      let token = String(try #require(page.text.firstMatch(of: /wasl_[A-Za-z0-9]{40,}/)).0)
      let list = try await browser.get("/en/account/tokens").text
      #expect(
        !list.contains(token) && list.contains("Feed &lt;b&gt;") && list.contains(String(token.prefix(9))))
      #expect(try await site.client.get("/api/v1/probe/import", bearer(token)).status == 200)
      #expect(try await site.client.get("/api/v1/probe/tokens", bearer(token)).status == 403)
      #expect(
        try await site.client.get("/api/v1/probe", bearer(token)).text.contains("person:\(made.person.id)"))
      // It manages no account: that needs a session.
      #expect(try await site.client.get("/en/account", bearer(token)).status == 403)
      // Beside a token a session counts for nothing, so no form goes without its own.
      let mixed = browser.headers + bearer(token + "x")
      #expect(try await site.client.get("/api/v1/probe", mixed).text.hasPrefix("\"guest|"))
      let uses = try await site.events().filter { $0 == "people.token-used" }.count
      #expect(uses == 1)
      site.time.pass(86_400)
      #expect(try await site.client.get("/api/v1/probe/import", bearer(token)).status == 200)
      #expect(try await site.events().filter { $0 == "people.token-used" }.count == 2)
      site.time.pass(29 * 86_400)
      #expect(try await site.client.get("/api/v1/probe/import", bearer(token)).status == 401)
    }
  }

  @Test(arguments: TestSite.engines) func revokedWrongAndEnded(on engine: Engine) async throws {
    try await SignInSite.with(engine) { site in
      let made = try await site.person("Amina", "amina@example.test", .focalPoint)
      let other = try await site.person("Bela", "bela@example.test", .focalPoint)
      let tokens = try await site.database.write(by: .system) { db in
        try (0..<2).map {
          try People.makeToken(
            "t\($0)", permissions: [], days: 10, account: made.account.id, isProved: false, in: db)
        }
      }
      let hashes = try await site.database.read {
        try $0.values("SELECT hash FROM people_token", as: String.self)
      }
      #expect(tokens.allSatisfy { !hashes.contains($0.token) })
      for made in tokens {
        #expect(try await site.client.get("/api/v1/probe/in", bearer(made.token)).status == 200)
      }
      let stranger = try await site.signedIn("bela@example.test")
      let path = "/en/account/tokens/\(tokens[0].id)/revoke"
      #expect(try await stranger.post(path, [], from: "/en/account").status == 404)
      let owner = try await site.signedIn("amina@example.test")
      #expect(try await owner.post(path, [], from: "/en/account").status == 303)
      #expect(try await site.client.get("/api/v1/probe/in", bearer(tokens[0].token)).status == 401)
      for wrong in [
        "wasl_", "wasl_x", tokens[1].token + "x", String(tokens[1].token.dropLast()),
        "wasl_" + String(repeating: "a", count: 900),
      ] {
        #expect(try await site.client.get("/api/v1/probe/in", bearer(wrong)).status == 401)
      }
      try await site.database.write(by: .system) { try People.end(made.account, why: "ended", in: $0) }
      #expect(try await site.client.get("/api/v1/probe/in", bearer(tokens[1].token)).status == 401)
      _ = other
    }
  }

  /// A formal act needs a second factor, by a key as by a browser.
  @Test(arguments: TestSite.engines) func noFormalActWithoutASecondFactor(on engine: Engine) async throws {
    try await SignInSite.with(engine) { site in
      let made = try await site.person("Amina", "amina@example.test", .focalPoint)
      let browser = try await site.signedIn("amina@example.test")
      // By passphrase alone the page of keys is closed, and so is the making of one.
      let door = try await browser.get("/en/account/tokens")
      #expect(door.status == 303 && door.header("Location")?.hasPrefix("/en/second-factor") == true)
      let fields = [
        ("name", "Feed"), ("days", "30"), ("scopes", "needs.state"), ("reading", "all"),
        ("present", SignInSite.words),
      ]
      let held = try await browser.post("/en/account/tokens", fields, from: "/en/account")
      #expect(held.status == 303 && held.header("Location") == "/en/second-factor")
      #expect(
        try await site.database.read { try $0.value("SELECT count(*) FROM people_token", as: Int.self) } == 0)
      // One that was made without proof, as before keys asked for it, acts and reads but does nothing formal.
      let tokens = try await site.database.write(by: .system) { db in
        try [false, true].map {
          try People.makeToken(
            "t", permissions: ["needs.state"], days: 10, account: made.account.id, isProved: $0, in: db
          ).token
        }
      }
      #expect(try await site.client.get("/api/v1/probe/in", bearer(tokens[0])).status == 200)
      let act = try await site.client.post("/api/v1/probe/act", [], bearer(tokens[0]))
      #expect(act.status == 403 && act.text.contains("web.proof-needed"))
      #expect(try await site.client.post("/api/v1/probe/act", [], bearer(tokens[1])).status == 200)
      // Once the person has a second factor, the unproved one is entitled to nothing.
      let (secret, _) = try await site.secondFactor(made.person.id)
      #expect(try await site.client.get("/api/v1/probe/in", bearer(tokens[0])).status == 403)
      #expect(try await site.client.get("/api/v1/probe", bearer(tokens[0])).text.contains("|-|public|"))
      // And the proof of a key goes with the factor under which it was made.
      _ = try await browser.post("/en/second-factor", [("code", site.code(secret))])
      site.time.pass(60)
      #expect(
        try await browser.post("/en/account/second-factor/remove", [("code", site.code(secret))]).status
          == 303)
      #expect(try await site.client.post("/api/v1/probe/act", [], bearer(tokens[1])).status == 403)
    }
  }

  /// A key can be made that reads nothing but what is public.
  @Test(arguments: TestSite.engines) func aKeyThatReadsWhatIsPublic(on engine: Engine) async throws {
    try await SignInSite.with(engine) { site in
      let made = try await site.person("Amina", "amina@example.test", .focalPoint)
      let probes = try await site.database.write(by: .system) { db in
        try People.Reading.allCases.map { reading in
          try People.makeToken(
            "t", permissions: ["needs.state"], reading: reading, days: 10, account: made.account.id,
            isProved: true, in: db
          ).token
        }
      }
      #expect(try await site.client.get("/api/v1/probe", bearer(probes[0])).text.contains("|KEN|public|"))
      #expect(
        try await site.client.get("/api/v1/probe", bearer(probes[1])).text.contains(
          "|KEN|parties+providers+public|"))
      let viewer = Viewer(role: .focalPoint, state: "KEN", sees: [.parties, .public])
      let narrow = viewer.narrowed(to: [], readingPublic: true)
      #expect(narrow.readState == nil && narrow.sees == [.public] && viewer.readState == "KEN")
      #expect(narrow.classKey != viewer.narrowed(to: []).classKey)
    }
  }
}
