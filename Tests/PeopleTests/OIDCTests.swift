import Documents
import Foundation
import Secrets
import Storage
import TestKit
import Testing

@testable import People
@testable import Web

/// Against the provider of `scripts/oidc-temporary`; skipped, loudly, where none runs.
@Suite struct OIDCTests {
  static let issuer = ProcessInfo.processInfo.environment["WASL_TEST_OIDC"].flatMap { $0.isEmpty ? nil : $0 }

  private func with<T>(
    _ engine: Engine, secret: String = "wasl-secret", proofs: Set<String> = [],
    domains: [String] = ["example.test"],
    _ body: (SignInSite) async throws -> T
  ) async throws -> T? {
    guard let issuer = Self.issuer else {
      print("OIDCTests: WASL_TEST_OIDC is not set; run under scripts/oidc-temporary run")
      return nil
    }
    let provider = OIDCProvider(
      id: "ministry", name: "Ministry", issuer: issuer, client: "wasl", secret: secret, proofs: proofs,
      domains: domains)
    // The provider's tokens carry the true time.
    let now = Clock.system.now()
    return try await SignInSite.with(engine, start: now, providers: [provider]) { site in
      try await site.person("Amina", "amina@example.test", .focalPoint)
      try await site.person("Proved", "proved@example.test", .officer, .secretariat)
      return try await body(site)
    }
  }

  /// What the person does at the provider. - Returns: the path to which it sends the browser back.
  private func consent(_ address: String, as person: String) throws -> String {
    let answer = try Exchange.send(address, form: "sub=" + person)
    #expect(answer.status == 302, "\(String(decoding: answer.bytes, as: UTF8.self))")
    #expect(answer.redirect.hasPrefix("http://localhost/sign-in/oidc/ministry/return?code="))
    return "/en" + answer.redirect.dropFirst("http://localhost".count)
  }
  private func begin(_ browser: Browser, to: String? = nil) async throws -> String {
    let answer = try await browser.get(Address.make("/en/sign-in/oidc/ministry", [("to", to)]))
    #expect(answer.status == 303)
    return try #require(answer.header("Location"))
  }

  @Test(arguments: TestSite.engines) func theWholeFlow(on engine: Engine) async throws {
    try await with(engine) { site in
      let browser = site.browser()
      #expect(try await browser.get("/en/sign-in").text.contains("/en/sign-in/oidc/ministry"))
      let address = try await begin(browser, to: "/en/probe")
      for part in [
        "response_type=code", "code_challenge_method=S256", "nonce=", "state=", "scope=openid%20email",
      ] {
        #expect(address.contains(part))
      }
      #expect(!address.contains("wasl-secret"))
      let back = try consent(address, as: "amina")
      let arrived = try await browser.get(back)
      #expect(arrived.status == 303 && arrived.header("Location") == "/en/probe", "\(arrived.text)")
      #expect(browser.cookies["wasl_oidc"] == nil)
      #expect(try await browser.probe().contains("focal_point"))
      #expect(try await site.events().contains("people.identity-linked"))
      // The same answer once more: the cookie is gone, and with it the code.
      let thief = site.browser()
      #expect(try await thief.get(back).status == 403)
      #expect(try await browser.get(back).status == 403)
      // Next time the identity is known, whatever the address says.
      try await site.database.write(by: .system) { db in
        try db.run(
          "UPDATE people_person SET email = 'new@example.test', email_key = 'new@example.test' WHERE name = 'Amina'"
        )
        db.record(Event("test.changed", subject: "test", record: "1"))
      }
      let second = site.browser()
      #expect(try await second.get(consent(begin(second), as: "amina")).header("Location") == "/en")
      #expect(try await second.probe().contains("focal_point"))
      #expect(try await second.get("/en/account").text.contains(Self.issuer ?? "-"))
    }
  }

  @Test(arguments: TestSite.engines) func whoIsNotLetIn(on engine: Engine) async throws {
    try await with(engine) { site in
      for (person, words) in [("unverified", "has not verified"), ("stranger", "Nobody was invited")] {
        let browser = site.browser()
        let answer = try await browser.get(consent(begin(browser), as: person))
        #expect(answer.status == 403 && answer.text.contains(words), "\(person)")
        #expect(try await browser.probe().hasPrefix("\"guest|"))
      }
      let first = site.browser()
      #expect(try await first.get(consent(begin(first), as: "amina")).status == 303)
      // Another subject that claims the same verified address gets no account that has its identity.
      let planted = site.browser()
      let answer = try await planted.get(consent(begin(planted), as: "planted"))
      #expect(answer.status == 403 && answer.text.contains("Another identity"))
      #expect(try await planted.probe().hasPrefix("\"guest|"))
    }
  }

  @Test(arguments: TestSite.engines) func aProviderSpeaksForItsDomainsAlone(on engine: Engine) async throws {
    try await with(engine, domains: ["mfa.example.test", "other.example"]) { site in
      let browser = site.browser()
      let answer = try await browser.get(consent(begin(browser), as: "amina"))
      #expect(answer.status == 403 && answer.text.contains("is not trusted"), "\(answer.text)")
      #expect(try await browser.probe().hasPrefix("\"guest|"))
      #expect(try await !site.events().contains("people.identity-linked"))
    }
    let provider = OIDCProvider(
      id: "m", name: "M", issuer: "https://m.example", client: "c", domains: ["gov.example"])
    for email in ["a@gov.example", "a@MFA.gov.example", "a@b@gov.example"] {
      #expect(provider.speaks(for: email))
    }
    for email in ["a@notgov.example", "gov.example", "a@gov.example.evil", "a@gov.example@evil.example"] {
      #expect(!provider.speaks(for: email), "\(email)")
    }
  }

  @Test(arguments: TestSite.engines) func answersThatDoNotBelong(on engine: Engine) async throws {
    try await with(engine) { site in
      // Another's code in this browser: the state differs (login forgery).
      let victim = site.browser()
      let attacker = site.browser()
      _ = try await begin(victim)
      let foreign = try consent(try await begin(attacker), as: "amina")
      #expect(try await victim.get(foreign).status == 403)
      // Without any beginning here.
      #expect(try await site.browser().get(foreign).status == 403)
      // The attacker's state with the victim's code: PKCE and nonce hold.
      let other = site.browser()
      let theirs = try consent(try await begin(other), as: "amina")
      let code = try #require(theirs.firstMatch(of: /code=([^&]+)/)).1
      let state = try #require(foreign.firstMatch(of: /state=([^&]+)/)).1
      let mixed = try await attacker.get("/en/sign-in/oidc/ministry/return?code=\(code)&state=\(state)")
      #expect(mixed.status == 403 && mixed.text.contains("did not confirm"))
      // Refused at the provider; no code; a wrong sender; a changed cookie; too late.
      let late = site.browser()
      let back = try consent(try await begin(late), as: "amina")
      let own = try #require(back.firstMatch(of: /state=([^&]+)/)).1
      #expect(
        try await late.get("/en/sign-in/oidc/ministry/return?error=access_denied&state=\(own)").status == 403)
      #expect(try await late.get(back + "&iss=https%3A%2F%2Fevil.example").status == 403)
      let cookie = try #require(late.cookies["wasl_oidc"])
      late.cookies["wasl_oidc"] =
        cookie.prefix(80) + (cookie.dropFirst(80).first == "A" ? "B" : "A") + cookie.dropFirst(81)
      #expect(try await late.get(back).status == 403)
      late.cookies["wasl_oidc"] = cookie
      site.time.pass(600)
      #expect(try await late.get(back).status == 403)
      #expect(try await late.probe().hasPrefix("\"guest|"))
      #expect(try await late.get("/en/sign-in/oidc/elsewhere").status == 404)
    }
  }

  @Test(arguments: TestSite.engines) func theSecondFactorOfAProvider(on engine: Engine) async throws {
    // Configured so, its word counts; else it does not.
    for (proofs, isProved) in [(Set(["otp"]), true), (Set<String>(), false)] {
      try await with(engine, proofs: proofs) { site in
        let browser = site.browser()
        let answer = try await browser.get(consent(begin(browser), as: "proved"))
        #expect(answer.header("Location") == (isProved ? "/en" : "/en/account/second-factor?to=%2Fen"))
        #expect(try await browser.get("/en/probe/import").status == (isProved ? 200 : 303))
      }
    }
  }

  @Test func aWrongSecretIsRefused() async throws {
    try await with(.sqlite, secret: "wrong") { site in
      let browser = site.browser()
      let answer = try await browser.get(consent(begin(browser), as: "amina"))
      #expect(answer.status == 403 && answer.text.contains("did not confirm"))
    }
  }

  @Test func aProviderThatIsNotThere() async throws {
    let provider = OIDCProvider(
      id: "ministry", name: "Ministry", issuer: "http://127.0.0.1:9", client: "wasl", secret: "s",
      domains: ["example.test"])
    try await SignInSite.with(.sqlite, providers: [provider]) { site in
      let answer = try await site.browser().get("/en/sign-in/oidc/ministry")
      #expect(answer.status == 502 && answer.text.contains("cannot be reached"))
    }
  }

  @Test func theFileOfProviders() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/wasl-oidc-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func read(_ text: String) throws -> [OIDCProvider] {
      try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/oidc.json"))
      return try OIDCProvider.read(folder + "/oidc.json")
    }
    let good = try read(
      #"{"providers":[{"id":"a","name":"A","issuer":"https://id.example","client":"c","scopes":["email"],"domains":["Gov.example"]}]}"#
    )
    #expect(
      good.count == 1 && good[0].scopes == ["openid", "email"] && good[0].secret == nil
        && good[0].domains == ["gov.example"])
    for bad in [
      "", "[]",
      #"{"providers":[{"id":"A b","name":"A","issuer":"https://x.example","client":"c","domains":["x.example"]}]}"#,
      #"{"providers":[{"id":"a","name":"A","issuer":"http://x.example","client":"c","domains":["x.example"]}]}"#,
      #"{"providers":[{"id":"a","name":"A","issuer":"http://localhost.evil.example","client":"c"}]}"#,
      #"{"providers":[{"id":"a","name":"","issuer":"https://x.example","client":"c","domains":["x.example"]}]}"#,
      #"{"providers":[{"id":"a","name":"A","issuer":"https://x.example","client":"c"}]}"#,
      #"{"providers":[{"id":"a","name":"A","issuer":"https://x.example","client":"c","domains":["@x.example"]}]}"#,
    ] {
      #expect(throws: People.SettingsError.self, "\(bad)") { _ = try read(bad) }
    }
  }
}
