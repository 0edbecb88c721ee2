import Foundation
import Secrets
import Storage
import TestKit
import Testing
import Web

/// Nothing typed is lost, and no one else gets it.
@Suite(.serialized) struct KeptFormTests {
  static let typed = "Typed with care: prosecutors need \"training\" & <time>"
  static let fields: [(String, String)] = [
    ("language", "en"), ("title", typed), ("missing", "What is missing"), ("areas", "ICOOP"),
    ("areas", "CRIM"),
    ("provisions", "UNTOC-18"), ("form", "legal_advice"), ("urgency", "high"), ("visibility", "secretariat"),
    ("authority", "Ministry of Justice"), ("beneficiaries", ""), ("stated_on-day", ""),
  ]
  static let shown = "Typed with care: prosecutors need &quot;training&quot; &amp; &lt;time&gt;"

  private func kept(_ site: TestSite) async throws -> Int {
    try await site.database.read { try $0.value("SELECT count(*) FROM sys_kept_form", as: Int.self) ?? 0 }
  }
  private func path(_ location: String?) -> String {
    location.map { $0.components(separatedBy: "to=").last ?? "" } ?? ""
  }

  @Test(arguments: TestSite.engines) func afterTheSessionIsOver(on engine: Engine) async throws {
    let time = MovingClock()
    try await TestSite.with(engine, clock: time.clock) { site in
      let amina = try await Visitor.person("amina@example.org", .focalPoint, site)
      let other = try await Visitor.person("omar@example.org", .focalPoint, site)
      let mount = try await site.mount(stored: true)
      let visitor = Visitor(mount)
      #expect(try await visitor.signIn("amina@example.org").status == 303)
      try await visitor.prove(amina.secret, at: time.seconds)
      let form = try await visitor.get("/en/needs/new")
      #expect(form.status == 200 && !form.text.contains(Self.shown))

      time.pass(hours: 9)
      let late = try await visitor.send("/en/needs", Self.fields)
      #expect(late.status == 403 && late.text.contains("kept for one day"), "\(late.text.prefix(1500))")
      #expect(late.text.contains("to=%2Fen%2Fneeds%2Fnew%3Fkept%3D1"))
      let cookie = try #require(late.headers("Set-Cookie").first { $0.hasPrefix("wasl_kept=") })
      #expect(cookie.contains("HttpOnly") && cookie.contains("Max-Age=86400"))
      #expect(try await kept(site) == 1)
      // The database alone tells nothing.
      let sealed = try await site.database.read {
        try $0.value("SELECT sealed FROM sys_kept_form", as: [UInt8].self)
      }
      #expect(!String(decoding: sealed ?? [], as: UTF8.self).contains("Typed"))

      // Another person at the same machine, with the same cookie.
      let key = try #require(visitor.cookies["wasl_kept"])
      let stranger = Visitor(mount)
      stranger.cookies["wasl_kept"] = key
      #expect(try await stranger.signIn("omar@example.org").status == 303)
      try await stranger.prove(other.secret, at: time.seconds)
      for address in ["/en/needs/new?kept=1", "/ar/needs/new?kept=1", "/en/offices?kept=1"] {
        let answer = try await stranger.get(address)
        #expect(answer.status == 200 && !answer.text.contains("Typed with care"), "\(address)")
      }
      #expect(try await Visitor(mount).get("/en/needs/new?kept=1").status == 403)
      #expect(try await kept(site) == 1)

      // The sender herself, in another language and more than once, until it is sent.
      #expect(try await visitor.signIn("amina@example.org", to: "/en/needs/new?kept=1").status == 303)
      let back = try await visitor.prove(amina.secret, at: time.seconds, to: "/en/needs/new?kept=1")
      #expect(back == "/en/needs/new?kept=1")
      for language in ["ar", "en"] {
        let page = try await visitor.get("/\(language)/needs/new?kept=1")
        #expect(page.status == 200 && page.text.contains(Self.shown), "\(page.text.prefix(3000))")
        #expect(page.text.matches(of: /type="checkbox"[^>]*checked/).count == 2)
        #expect(page.header("Cache-Control") == "private, no-store")
      }
      let page = try await visitor.get("/en/needs/new?kept=1")
      #expect(page.text.contains("Your form is back"))
      #expect(try await !visitor.get("/en/needs/new").text.contains(Self.shown))
      // Nor on another page of hers.
      #expect(try await !visitor.get("/en/receipts/check?kept=1").text.contains(Self.shown))

      #expect(try await visitor.send("/en/needs", Self.fields).status < 400)
      #expect(try await kept(site) == 0 && visitor.cookies["wasl_kept"] == nil)
      visitor.cookies["wasl_kept"] = key
      #expect(try await !visitor.get("/en/needs/new?kept=1").text.contains(Self.shown))
    }
  }

  @Test(arguments: TestSite.engines) func beforeTheSecondFactor(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      let mission = try await Visitor.person("mission@example.org", .mission, hasFactor: false, site)
      _ = try await Visitor.person("amina@example.org", .focalPoint, hasFactor: false, site)
      let mount = try await site.mount(stored: true)
      let sender = Visitor(mount)
      #expect(try await sender.signIn("mission@example.org").status == 303)
      for path in [
        "nominations/new", "offices/\(mission.office)/handover", "accounts/\(mission.account)/end",
      ] {
        #expect(try await sender.get("/en/" + path).status == 303, "\(path)")
      }
      let visitor = Visitor(mount)
      #expect(try await visitor.signIn("amina@example.org").status == 303)
      // The proof is asked for before the form is filled in.
      let early = try await visitor.get("/en/needs/new")
      #expect(early.status == 303)
      #expect(early.header("Location")?.hasSuffix("second-factor?to=%2Fen%2Fneeds%2Fnew") == true)
      // A page of before, or of another tab.
      try await visitor.get("/en/receipts/check")
      let answer = try await visitor.send("/en/needs", Self.fields)
      #expect(answer.status == 303, "\(answer.text.prefix(600))")
      #expect(
        answer.header("Location") == "/en/second-factor?to=%2Fen%2Fneeds%2Fnew%3Fkept%3D1",
        "\(answer.header("Location") ?? "")")
      #expect(try await kept(site) == 1)
    }
  }

  /// Signed in anew in another tab: the token of the first tab is of a session that is over.
  @Test(arguments: TestSite.engines) func withATokenOfBefore(on engine: Engine) async throws {
    let time = MovingClock()
    try await TestSite.with(engine, clock: time.clock) { site in
      let amina = try await Visitor.person("amina@example.org", .focalPoint, site)
      let visitor = Visitor(try await site.mount(stored: true))
      _ = try await visitor.signIn("amina@example.org")
      try await visitor.prove(amina.secret, at: time.seconds)
      try await visitor.get("/en/needs/new")
      let old = visitor.token
      time.pass(hours: 1)
      _ = try await visitor.signIn("amina@example.org")
      try await visitor.prove(amina.secret, at: time.seconds)
      visitor.token = old
      let again = try await visitor.send("/en/needs", Self.fields)
      #expect(
        again.status == 403 && again.text.contains(Self.shown) && again.text.contains("The form is too old"))
      #expect(visitor.token != old && again.text.contains("action=\"/en/needs\""))
      #expect(try await kept(site) == 0)
      #expect(try await visitor.send("/en/needs", Self.fields).status < 400)

      // From another site, or by who says nothing of where the form came from: refused, and nothing comes back.
      for origin in ["http://evil.example", nil] {
        visitor.token = old
        visitor.origin = origin
        let foreign = try await visitor.send("/en/needs", Self.fields)
        #expect(foreign.status == 403 && !foreign.text.contains("Typed with care"), "\(origin ?? "none")")
      }
      // A token of another person does not bring that person's words to this one.
      visitor.origin = "http://localhost"
      visitor.token = String(old.prefix(43)) + String(repeating: "A", count: 44)
      #expect(try await visitor.send("/en/needs", Self.fields).status == 403)
    }
  }

  /// The public form too, without any session.
  @Test func aGuestLosesNothing() async throws {
    try await TestSite.with(.sqlite) { site in
      let visitor = Visitor(try await site.mount(stored: true))
      try await visitor.get("/en/receipts/check")
      visitor.token = "of before"
      let answer = try await visitor.send("/en/receipts/check", [("receipt", Self.typed), ("code", "")])
      #expect(answer.status == 403 && answer.text.contains("Typed with care"))
      #expect(try await visitor.send("/en/receipts/check", [("receipt", Self.typed)]).status == 200)
    }
  }

  @Test(arguments: TestSite.engines) func boundsHold(on engine: Engine) async throws {
    let time = MovingClock()
    try await TestSite.with(engine, clock: time.clock) { site in
      let amina = try await Visitor.person("amina@example.org", .focalPoint, site)
      let mount = try await site.mount(stored: true)
      let visitor = Visitor(mount)
      _ = try await visitor.signIn("amina@example.org")
      try await visitor.prove(amina.secret, at: time.seconds)
      try await visitor.get("/en/needs/new")
      time.pass(hours: 9)
      // More than is kept, and more than is read at all.
      for size in [100_000, 300_000] {
        let answer = try await visitor.send(
          "/en/needs", [("title", String(repeating: "&", count: size))])
        #expect(answer.status == 403 && !answer.text.contains("kept for one day"), "\(size)")
      }
      #expect(try await kept(site) == 0)
      // A forged sender, a cross-site form.
      let token = visitor.token
      visitor.token = String(token.prefix(65)) + String(repeating: "B", count: 22)
      #expect(try await visitor.send("/en/needs", Self.fields).status == 403)
      visitor.token = token
      visitor.origin = "http://evil.example"
      #expect(try await visitor.send("/en/needs", Self.fields).status == 403)
      #expect(try await kept(site) == 0)
      visitor.origin = "http://localhost"
      for _ in 0..<9 {
        visitor.cookies["wasl_kept"] = nil
        _ = try await visitor.send("/en/needs", Self.fields)
      }
      #expect(try await kept(site) == 4)
      // After a day there is nothing left to find.
      time.pass(hours: 25)
      _ = try await visitor.signIn("amina@example.org")
      try await visitor.prove(amina.secret, at: time.seconds)
      #expect(try await !visitor.get("/en/needs/new?kept=1").text.contains(Self.shown))
    }
  }

  @Test func theFormSecretOutlivesARestart() async throws {
    try await TestSite.with(.sqlite) { site in
      let one = try site.site.formSecret()
      let other = try site.site.formSecret()
      #expect(one.count == 32 && one == other)
      let facts = try FileManager.default.attributesOfItem(atPath: site.site.keys + "/forms.key")
      #expect((facts[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    }
  }

  /// Each page form in which words are typed comes back; those that do not are named here with the reason.
  @Test func everyFormWithWordsComesBack() async throws {
    let routes = try await TestSite.with(.sqlite) { try await $0.mount().routes }
    let without = routes.filter { route in
      route.method == .post && route.faces.contains(.page) && route.formPage == nil
        && route.fields.contains { if case .text = $0.kind { !$0.isInQuery } else { false } }
    }.map(\.path)
    let reasons: Set<String> = [
      // Secrets and links: never kept.
      "sign-in", "second-factor", "account/second-factor", "account/second-factor/remove",
      "account/recovery", "account/passphrase", "invitation", "invitation/renew", "sign-in/link",
      "section", "sign-in/passphrase", "sign-in/help", "account/recovery/file",
      // A file, which a browser gives once; short words beside a decision.
      "imports", "accounts/:id/reset", "section/contribution", "sections/contributions/:id/refuse",
      // Before anyone has an account.
      "first-administrator",
    ]
    #expect(Set(without).subtracting(reasons).isEmpty, "\(Set(without).subtracting(reasons).sorted())")
  }
}
