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
        "/en/account/tokens", [("name", "Feed"), ("days", "30"), ("scopes", "audit.read")])
      #expect(beyond.status == 422)
      for days in ["0", "366", "x", ""] {
        let answer = try await browser.post("/en/account/tokens", [("name", "Feed"), ("days", days)])
        #expect(answer.status == 422, "\(days)")
      }
      let page = try await browser.post(
        "/en/account/tokens", [("name", "Feed <b>"), ("days", "30"), ("scopes", "needs.import")])
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
          try People.makeToken("t\($0)", permissions: [], days: 10, account: made.account.id, in: db)
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
      #expect(try await stranger.post(path, [], from: "/en/account/tokens").status == 404)
      let owner = try await site.signedIn("amina@example.test")
      #expect(try await owner.post(path, [], from: "/en/account/tokens").status == 303)
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

  @Test(arguments: TestSite.engines) func aSectionForAnExpert(on engine: Engine) async throws {
    try await SignInSite.with(engine) { site in
      let made = try await site.person("Amina", "amina@example.test", .focalPoint)
      try await site.person("Pilar", "pilar@example.test", .focalPoint, state: "PER")
      let browser = try await site.signedIn("amina@example.test")
      for (section, days) in [
        ("need:123", "61"), ("need 123", "5"), ("needs/1", "5"), ("", "5"), ("need:1", "0"),
      ] {
        let answer = try await browser.post(
          "/en/sections", [("section", section), ("expert", "Dr. Wanjiru"), ("days", days)])
        #expect(answer.status == 422, "\(section) \(days)")
      }
      func open(_ section: String) async throws -> String {
        let page = try await browser.post(
          "/en/sections", [("section", section), ("expert", "Dr. Wanjiru"), ("days", "10")])
        return String(
          try #require(page.text.firstMatch(of: /http:\/\/localhost(\/en\/section\?key=[A-Za-z0-9_]+)/)).1)
      }
      let link = try await open("need:123")
      let key = String(link.split(separator: "=")[1])
      let expert = site.browser("198.51.100.3")
      #expect(try await expert.get(link).text.contains("Dr. Wanjiru"))
      #expect(try await expert.probe().hasPrefix("\"guest|"))
      #expect(
        try await expert.post("/en/section", [("key", key)], from: link).header("Location")
          == "/en/section/open")
      #expect(try await expert.probe() == "\"expert|section:1|-|parties+providers+public|need:123\"")
      #expect(try await expert.get("/en/section/open").text.contains("need:123"))
      // No account, so no page of one; and the State's other records are not open to a link.
      #expect(try await expert.get("/en/account").status == 403)
      #expect(try await expert.get("/en/sections").status == 403)
      let row = try await site.database.read {
        try $0.value("SELECT account FROM sys_session ORDER BY id DESC LIMIT 1", as: Int64.self)
      }
      #expect(row == -1)
      // Another State cannot take it back, its own can, and it closes at once.
      let peru = try await site.signedIn("pilar@example.test")
      #expect(try await peru.post("/en/sections/1/revoke", [], from: "/en/sections").status == 404)
      #expect(!(try await peru.get("/en/sections").text.contains("Wanjiru")))
      #expect(try await browser.post("/en/sections/1/revoke", [], from: "/en/sections").status == 303)
      #expect(try await expert.probe().hasPrefix("\"guest|"))
      #expect(try await site.client.get(link).status == 410)
      // One that ends by time, and one whose opener has gone.
      let second = try await open("need:124")
      _ = try await expert.post(
        "/en/section", [("key", String(second.split(separator: "=")[1]))], from: second)
      site.time.pass(60)
      #expect(try await expert.probe().contains("need:124"))
      try await site.database.write(by: .system) { try People.end(made.account, why: "ended", in: $0) }
      #expect(try await expert.probe().hasPrefix("\"guest|"))
      #expect(try await site.client.get(second).status == 410)
    }
  }
}
