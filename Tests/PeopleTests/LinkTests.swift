import Storage
import TestKit
import Testing

@testable import People
@testable import Web

@Suite struct LinkTests {
  private func invite(_ made: SignInSite.Made, _ site: SignInSite) async throws -> String {
    try await site.database.write(by: .system) { db in
      try People.invite(made.person, nomination: nil, by: db.actor, in: db)
    }
    return try #require(try await site.letter(to: made.person.email))
  }
  private func key(_ link: String) -> String { String(link.split(separator: "=").last ?? "") }
  private func accept(_ link: String, _ browser: Browser) async throws -> TestClient.Answer {
    try await browser.post(
      "/en/invitation", [("key", key(link)), ("passphrase", SignInSite.words), ("again", SignInSite.words)],
      from: "/en/sign-in")
  }

  @Test(arguments: TestSite.engines) func anInvitationBegins(on engine: Engine) async throws {
    try await SignInSite.with(engine) { site in
      let made = try await site.person("Amina", "amina@example.test", .focalPoint, passphrase: nil)
      let link = try await invite(made, site)
      #expect(link.hasPrefix("/en/invitation?key=wasl_"))
      // Programs that look through mail open it, even often: it stays whole.
      for _ in 0..<3 {
        let page = try await site.client.get(link)
        #expect(
          page.status == 200 && page.text.contains("Office of Amina") && page.text.contains("Focal point"))
        #expect(!page.text.contains("amina@example.test"))
        #expect(
          page.header("Referrer-Policy") == "same-origin"
            && page.header("Cache-Control") == "private, no-store")
      }
      let browser = site.browser()
      let short = try await browser.post(
        "/en/invitation", [("key", key(link)), ("passphrase", "short"), ("again", "short")], from: link)
      #expect(short.status == 422 && !short.text.contains("value=\"short\""))
      #expect(try await accept(link, browser).header("Location") == "/en")
      #expect(try await browser.probe().contains("|KEN|"))
      // Used: it says so, and does nothing more.
      let again = try await site.client.get(link)
      #expect(again.status == 410 && again.text.contains("it works once"))
      #expect(try await accept(link, site.browser()).status == 410)
      let states = try await site.database.read { db in
        try db.row(
          "SELECT count(opened_at) AS opened, count(used_at) AS used FROM people_link", as: Flags.self)
      }
      #expect(states?.opened == true && states?.used == true)
      // Neither the token nor the address is in the trail.
      let trail = try await site.database.read {
        try $0.values("SELECT detail FROM sys_audit", as: String.self)
      }
      #expect(trail.allSatisfy { !$0.contains(key(link)) && !$0.contains("amina@") })
    }
  }
  private struct Flags: DecodableRow, Sendable {
    let opened: Bool
    let used: Bool
    init(row: Row) throws {
      let one: Int64 = try row["opened"]
      let other: Int64 = try row["used"]
      (opened, used) = (one != 0, other != 0)
    }
  }

  @Test(arguments: TestSite.engines) func whyALinkLapsed(on engine: Engine) async throws {
    try await SignInSite.with(engine) { site in
      let made = try await site.person("Amina", "amina@example.test", .focalPoint, passphrase: nil)
      let first = try await invite(made, site)
      let second = try await invite(made, site)
      #expect(first != second)
      #expect(try await site.client.get(first).text.contains("A newer link was sent"))
      site.time.pass(14 * 86_400 - 1)
      #expect(try await site.client.get(second).status == 200)
      site.time.pass(1)
      let late = site.browser()
      let page = try await late.get(second)
      #expect(page.status == 410 && page.text.contains("Its time is over"))
      #expect(try await accept(second, site.browser()).status == 410)
      // Its owner asks for another, which goes to the same address and shows it to nobody.
      let renewed = try await late.submit("/en/invitation/renew", [("key", key(second))])
      #expect(renewed.status == 200 && !renewed.text.contains("amina@example.test"))
      let third = try #require(try await site.letter(to: "amina@example.test"))
      #expect(third != second && third.contains("/en/invitation?key="))
      #expect(try await site.client.get(third).status == 200)
      // Taken back, and ended.
      try await site.database.write(by: .system) { try People.revokeLinks(person: made.person.id, in: $0) }
      #expect(try await site.client.get(third).text.contains("It was taken back"))
      #expect(try await late.submit("/en/invitation/renew", [("key", key(third))]).status == 410)
      let fourth = try await invite(made, site)
      try await site.database.write(by: .system) { db in try People.end(made.account, why: "ended", in: db) }
      #expect(try await site.client.get(fourth).text.contains("has ended"))
      #expect(try await accept(fourth, site.browser()).status == 410)
      for wrong in [
        "x", "wasl_" + String(repeating: "A", count: 43), String(repeating: "y", count: 4000), "",
      ] {
        let unknown = try await site.client.get("/en/invitation?key=" + wrong)
        #expect(unknown.status == 404 && unknown.text.contains("not known here"))
      }
    }
  }

  @Test(arguments: TestSite.engines) func renewingIsSlowedDown(on engine: Engine) async throws {
    try await SignInSite.with(engine) { site in
      let made = try await site.person("Amina", "amina@example.test", .focalPoint, passphrase: nil)
      let link = try await invite(made, site)
      site.time.pass(15 * 86_400)
      let browser = site.browser()
      try await browser.get(link)
      var last = 0
      for _ in 0..<6 { last = try await browser.submit("/en/invitation/renew", [("key", key(link))]).status }
      #expect(last == 429)
    }
  }

  @Test(arguments: TestSite.engines) func signInOnceByLetter(on engine: Engine) async throws {
    try await SignInSite.with(engine) { site in
      try await site.person("Amina", "amina@example.test", .focalPoint)
      let asking = site.browser()
      _ = try await asking.post(
        "/en/sign-in/help", [("email", "AMINA@example.test"), ("purpose", "sign_in")])
      let link = try #require(try await site.letter(to: "amina@example.test"))
      #expect(link.hasPrefix("/en/sign-in/link?key="))
      // Opening it signs nobody in.
      let scanner = site.browser("198.51.100.9")
      #expect(try await scanner.get(link).status == 200)
      #expect(try await scanner.probe().hasPrefix("\"guest|"))
      // Of another purpose it is not known.
      #expect(try await scanner.get("/en/invitation?key=" + key(link)).status == 404)
      // A form that no page of ours sent does nothing.
      let forged = try await site.client.post(
        "/en/sign-in/link", [("key", key(link))], [("Sec-Fetch-Site", "cross-site")])
      #expect(forged.status == 403)
      let browser = site.browser()
      #expect(try await browser.post("/en/sign-in/link", [("key", key(link))], from: link).status == 303)
      #expect(try await browser.probe().contains("focal_point"))
      let thief = site.browser()
      #expect(
        try await thief.post("/en/sign-in/link", [("key", key(link))], from: "/en/sign-in").status == 410)
      #expect(try await thief.probe().hasPrefix("\"guest|"))
      _ = try await asking.post(
        "/en/sign-in/help", [("email", "amina@example.test"), ("purpose", "sign_in")])
      let late = try #require(try await site.letter(to: "amina@example.test"))
      site.time.pass(900)
      #expect(
        try await thief.post("/en/sign-in/link", [("key", key(late))], from: "/en/sign-in").status == 410)
      // Nobody's address gets nothing.
      _ = try await asking.post(
        "/en/sign-in/help", [("email", "nobody@example.test"), ("purpose", "sign_in")])
      #expect(try await site.letter(to: "nobody@example.test") == nil)
    }
  }

  @Test(arguments: TestSite.engines) func aLostPassphrase(on engine: Engine) async throws {
    try await SignInSite.with(engine) { site in
      let made = try await site.person("Olga", "olga@example.test", .officer, .secretariat)
      let (secret, _) = try await site.secondFactor(made.person.id)
      let open = try await site.signedIn("olga@example.test")
      _ = try await open.post("/en/second-factor", [("code", site.code(secret))])
      let browser = site.browser()
      _ = try await browser.post(
        "/en/sign-in/help", [("email", "olga@example.test"), ("purpose", "passphrase")])
      let link = try #require(try await site.letter(to: "olga@example.test"))
      let new = "seven lanterns under a violet bridge"
      let answer = try await browser.post(
        "/en/sign-in/passphrase", [("key", key(link)), ("passphrase", new), ("again", new)], from: link)
      // The letter replaces the passphrase, never the second factor.
      #expect(answer.header("Location") == "/en/second-factor")
      #expect(try await browser.probe().contains("|public|"))
      #expect(try await open.probe().hasPrefix("\"guest|"))
      #expect(try await site.browser().signIn("olga@example.test", SignInSite.words).status == 422)
      #expect(try await site.browser().signIn("olga@example.test", new).status == 303)
    }
  }

  @Test(arguments: TestSite.engines) func lettersInTheReadersLanguage(on engine: Engine) async throws {
    try await SignInSite.with(engine) { site in
      for language in ["ar", "zh", "en", "fr", "ru", "es"] {
        let email = "x-\(language)@example.test"
        let made = try await site.person("Name", email, .focalPoint, passphrase: nil)
        try await site.database.write(by: .system) { db in
          try db.run("UPDATE people_person SET language = \(language) WHERE id = \(made.person.id)")
          db.record(Event("test.changed", subject: "test", record: "1"))
          let person = try #require(try People.person(made.person.id, in: db))
          try People.invite(person, nomination: nil, by: db.actor, in: db)
        }
        #expect(try await site.letter(to: email)?.hasPrefix("/\(language)/invitation?key=") == true)
        let body = try await site.database.read { db in
          try db.value("SELECT body FROM mail_letter WHERE recipient = \(email)", as: String.self)
        }
        #expect(
          body?.contains("{link}") == true && body?.contains("⟦") == false
            && body?.contains("Office of Name") == true)
        #expect(body?.contains(SignInSite.words) == false)
      }
    }
  }

  @Test(arguments: TestSite.engines) func whatBecameOfAnInvitation(on engine: Engine) async throws {
    try await SignInSite.with(engine) { site in
      let made = try await site.person("Amina", "amina@example.test", .focalPoint, passphrase: nil)
      let nomination: People.ID = try await site.database.write(by: .system) { db in
        let id: People.ID = try db.insert(
          """
          INSERT INTO people_nomination (office, role, person_name, email, language, reference, noted_on, stage,
            recorded_by, recorded_at) VALUES (\(made.account.office), 'focal_point', 'Amina', 'amina@example.test',
            'en', 'NV 12/2026', '2026-06-01', 'accepted', 'person:1', \(db.now)) RETURNING id
          """)
        db.record(Event("test.made", subject: "test", record: "1"))
        try People.invite(made.person, nomination: id, by: db.actor, in: db)
        return id
      }
      func state() async throws -> People.LinkDelivery? {
        try await site.database.read { try People.deliveries(nomination: nomination, in: $0).first }
      }
      #expect(try await state()?.letter == nil)
      let link = try #require(try await site.letter(to: "amina@example.test"))
      let waiting = try await state()
      #expect(waiting?.letter == "waiting" && waiting?.openedAt == nil)
      #expect(try await site.client.get(link).text.contains("NV 12/2026"))
      let opened = try await state()
      #expect(opened?.openedAt != nil && opened?.usedAt == nil)
      _ = try await accept(link, site.browser())
      #expect(try await state()?.usedAt != nil)
    }
  }
}
