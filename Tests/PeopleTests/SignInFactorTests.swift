import Secrets
import Storage
import TestKit
import Testing

@testable import People
@testable import Web

@Suite struct SignInFactorTests {
  @Test(arguments: TestSite.engines) func untilTheSecondFactorNothingIsOpen(on engine: Engine) async throws {
    try await SignInSite.with(engine) { site in
      let made = try await site.person("Olga", "olga@example.test", .officer, .secretariat)
      let (secret, _) = try await site.secondFactor(made.person.id)
      let browser = site.browser()
      let answer = try await browser.signIn("olga@example.test", SignInSite.words, to: "/en/probe/import")
      #expect(answer.header("Location") == "/en/second-factor?to=%2Fen%2Fprobe%2Fimport")
      #expect(try await browser.probe() == "\"officer|person:\(made.person.id)|-|public|-\"")
      let door = try await browser.get("/en/probe/import")
      #expect(door.status == 303 && door.header("Location") == "/en/second-factor?to=%2Fen%2Fprobe%2Fimport")
      #expect(try await browser.get("/en/account").status == 303)
      let data = try await browser.get("/api/v1/probe/import")
      #expect(data.status == 403 && data.text.contains("web.proof-needed"))
      // The second factor that stands cannot be replaced by who does not show it.
      #expect(
        try await browser.get("/en/account/second-factor").header("Location")?.contains("/second-factor?to=")
          == true)
      let before = browser.cookies["wasl_session"]
      let shown = try await browser.post(
        "/en/second-factor", [("code", site.code(secret)), ("to", "/en/probe/import")])
      #expect(shown.status == 303 && shown.header("Location") == "/en/probe/import")
      #expect(browser.cookies["wasl_session"] != before)
      #expect(try await browser.get("/en/probe/import").text == "\"import\"")
      #expect(try await browser.probe().contains("parties+providers+public+secretariat"))
      // The session before the proof is no way in.
      let thief = site.browser()
      thief.cookies["wasl_session"] = before
      #expect(try await thief.probe().hasPrefix("\"guest|"))
    }
  }

  @Test(arguments: TestSite.engines) func codesOfTime(on engine: Engine) async throws {
    try await SignInSite.with(engine, start: "2026-06-15T09:30:10Z") { site in
      let made = try await site.person("Olga", "olga@example.test", .officer, .secretariat)
      let (secret, _) = try await site.secondFactor(made.person.id)
      func show(_ code: String) async throws -> Int {
        let browser = site.browser()
        _ = try await browser.signIn("olga@example.test", SignInSite.words)
        return try await browser.post("/en/second-factor", [("code", code)]).status
      }
      // Two steps off is too far, one is a clock that goes wrong.
      #expect(try await show(site.code(secret, at: -61)) == 422)
      #expect(try await show(site.code(secret, at: 61)) == 422)
      let early = site.code(secret, at: -30)
      #expect(try await show(early) == 303)
      // The same code once more, and one before it, are replayed.
      #expect(try await show(early) == 422)
      let now = site.code(secret)
      #expect(try await show(now) == 303)
      #expect(try await show(now) == 422)
      #expect(try await show(early) == 422)
      #expect(try await show(site.code(secret, at: 30)) == 303)
      site.time.pass(120)
      // Digits of an Arabic keyboard, and a space between.
      let code = site.code(secret)
      let arabic = String(
        code.map { Character(Unicode.Scalar(0x0660 + UInt32($0.wholeNumberValue ?? 0)) ?? "٠") })
      #expect(try await show(String(arabic.prefix(3)) + " " + arabic.dropFirst(3)) == 303)
      site.time.pass(120)
      for code in ["", "000", "abcdef", "1234567", String(repeating: "9", count: 5000)] {
        #expect([422, 429].contains(try await show(code)), "\(code.prefix(10))")
      }
    }
  }

  @Test(arguments: TestSite.engines) func recoveryCodesWorkOnce(on engine: Engine) async throws {
    try await SignInSite.with(engine) { site in
      let made = try await site.person("Olga", "olga@example.test", .officer, .secretariat)
      let (_, codes) = try await site.secondFactor(made.person.id)
      func show(_ code: String) async throws -> Int {
        let browser = site.browser()
        _ = try await browser.signIn("olga@example.test", SignInSite.words)
        return try await browser.post("/en/second-factor", [("code", code)]).status
      }
      #expect(try await show(codes[0].lowercased().replacing("-", with: " ")) == 303)
      #expect(try await show(codes[0]) == 422)
      #expect(try await show(codes[1]) == 303)
      #expect(try await show("0000-0000-0000") == 422)
      #expect(try await site.events().filter { $0 == "people.recovery-used" }.count == 2)
    }
  }

  @Test(arguments: TestSite.engines) func guessingCodesIsSlow(on engine: Engine) async throws {
    try await SignInSite.with(engine) { site in
      let made = try await site.person("Olga", "olga@example.test", .officer, .secretariat)
      let (secret, _) = try await site.secondFactor(made.person.id)
      let browser = try await site.signedIn("olga@example.test")
      let wrong = site.code(secret) == "000000" ? "111111" : "000000"
      for _ in 0..<5 { _ = try await browser.post("/en/second-factor", [("code", wrong)]) }
      let held = try await browser.post("/en/second-factor", [("code", site.code(secret))])
      #expect(held.status == 429 && held.header("Retry-After") == "30")
      site.time.pass(31)
      #expect(try await browser.post("/en/second-factor", [("code", site.code(secret))]).status == 303)
    }
  }

  @Test(arguments: TestSite.engines) func settingUp(on engine: Engine) async throws {
    try await SignInSite.with(engine) { site in
      let made = try await site.person("Olga", "olga@example.test", .officer, .secretariat)
      let browser = site.browser()
      let answer = try await browser.signIn("olga@example.test", SignInSite.words)
      #expect(answer.header("Location") == "/en/account/second-factor")
      let page = try await browser.get("/en/account/second-factor").text
      let key = try #require(
        page.firstMatch(of: /<bdi dir="ltr" class="symbol"[^>]*>([A-Z2-7 ]{32,})<\/bdi>/)
      ).1
      let sealed = String(try #require(page.firstMatch(of: /name="secret" value="([^"]+)"/)).1)
      #expect(page.contains("otpauth://totp/"))
      let secret = Self.base32(String(key.filter { $0 != " " }))
      #expect(secret.count == 20 && TOTP.base32(secret) == key.filter { $0 != " " })
      let wrong = site.code(secret) == "000000" ? "111111" : "000000"
      let refused = try await browser.submit(
        "/en/account/second-factor", [("secret", sealed), ("code", wrong)])
      #expect(refused.status == 422 && refused.text.contains("does not fit the key"))
      #expect(refused.text.contains(String(key)))
      // A secret that the site did not make is not taken.
      let forged = try await browser.submit(
        "/en/account/second-factor", [("secret", "AAAA" + sealed.dropFirst(4)), ("code", site.code(secret))])
      #expect(forged.status == 303 && forged.header("Location") == "/en/account/second-factor")
      let done = try await browser.submit(
        "/en/account/second-factor", [("secret", sealed), ("code", site.code(secret))])
      #expect(done.status == 200)
      let codes = done.text.matches(of: /<li><bdi dir="ltr" class="symbol"[^>]*>([0-9A-Z-]{14})<\/bdi><\/li>/)
        .map { String($0.1) }
      #expect(codes.count == 10 && Set(codes).count == 10)
      #expect(try await browser.get("/en/probe/import").status == 200)
      let file = try await browser.submit("/en/account/recovery/file", codes.map { ("code", $0) })
      #expect(file.header("Content-Disposition")?.contains("attachment") == true)
      #expect(codes.allSatisfy { file.text.contains($0) })
      // Shown once; what is kept are hashes, and the secret only sealed.
      #expect(!(try await browser.get("/en/account").text.contains(codes[0])))
      let id = made.person.id
      let kept = try await site.database.read { db in
        (
          try db.values("SELECT hash FROM people_recovery WHERE person = \(id)", as: String.self),
          try db.value("SELECT totp FROM people_person WHERE id = \(id)", as: [UInt8].self)
        )
      }
      #expect(kept.0.count == 10 && !kept.0.contains(codes[0]))
      #expect(kept.1.map { !$0.contains(secret) } == true)
      // The confirming code is used up; another sign-in needs the next, then it can be removed by showing it again.
      let again = try await site.signedIn("olga@example.test")
      #expect(try await again.post("/en/second-factor", [("code", site.code(secret))]).status == 422)
      site.time.pass(60)
      #expect(try await again.post("/en/second-factor", [("code", site.code(secret))]).status == 303)
      #expect(try await again.post("/en/account/second-factor/remove", [("code", "000000")]).status == 422)
      site.time.pass(60)
      #expect(
        try await again.post("/en/account/second-factor/remove", [("code", site.code(secret))]).status == 303)
      #expect(try await again.get("/en/probe/import").status == 303)
    }
  }

  @Test(arguments: TestSite.engines) func formalActsNeedItOfEveryone(on engine: Engine) async throws {
    try await SignInSite.with(engine) { site in
      let made = try await site.person("Amina", "amina@example.test", .focalPoint)
      let browser = try await site.signedIn("amina@example.test")
      let held = try await browser.post("/en/probe/act", [], from: "/en/account")
      #expect(held.status == 303 && held.header("Location") == "/en/second-factor")
      let (secret, _) = try await site.secondFactor(made.person.id)
      #expect(try await browser.post("/en/second-factor", [("code", site.code(secret))]).status == 303)
      #expect(
        try await browser.post("/en/probe/act", [], from: "/en/account").header("Location") == "/en/probe")
    }
  }

  @Test(arguments: TestSite.engines) func theFirstAdministrator(on engine: Engine) async throws {
    let operators = People.Operator(linkKey: "right-key", apiKey: "api-key")
    try await SignInSite.with(engine, operators: operators) { site in
      let browser = site.browser()
      #expect(try await browser.get("/en/first-administrator").status == 403)
      for wrong in ["", "?key=", "?key=wrong", "?key=right-ke", "?key=right-key2"] {
        #expect(try await browser.get("/en/operator" + wrong).status == 403)
      }
      #expect(
        try await browser.get("/en/operator?key=right-key").header("Location") == "/en/first-administrator")
      #expect(try await browser.probe() == "\"operator|operator|-|public|-\"")
      #expect(try await site.events().contains("people.operator-entered"))
      // It opens what a first set-up needs, and nothing else; and it works once.
      for path in ["probe/import", "probe/tokens"] {
        #expect(try await browser.get("/en/" + path).status == 403)
      }
      #expect(try await site.browser().get("/en/operator?key=right-key").status == 403)
      let spare = browser.cookies
      let fields = [
        ("name", "Ada"), ("email", "ada@example.test"), ("office", "Secretariat of the Conference"),
        ("organisation", "Secretariat"),
      ]
      let made = try await browser.post("/en/first-administrator", fields)
      let link = try #require(
        made.text.firstMatch(of: /http:\/\/localhost(\/en\/invitation\?key=[A-Za-z0-9_]+)/)
      ).1
      // There is an administrator: the session of the link is over, here and wherever its cookie was copied to.
      #expect(browser.cookies["wasl_session"] == nil)
      browser.cookies = spare
      #expect(try await browser.probe().hasPrefix("\"guest|"))
      #expect(try await browser.get("/en/first-administrator").status == 403)
      let ada = site.browser()
      let page = try await ada.get(String(link))
      #expect(page.text.contains("Ada") && page.text.contains("Administrator"))
      let key = String(link.split(separator: "=")[1])
      let accepted = try await ada.submit(
        "/en/invitation", [("key", key), ("passphrase", SignInSite.words), ("again", SignInSite.words)])
      #expect(accepted.header("Location") == "/en/account/second-factor")
      // Running the system is no right to read a State's facts.
      #expect(try await ada.probe().contains("|public|"))
      // The key of programs takes in what others publish; it reads what is public.
      let program = [("Authorization", "Bearer api-key")]
      #expect(try await site.client.get("/api/v1/probe", program).text == "\"operator|operator|-|public|-\"")
      #expect(try await site.client.get("/api/v1/probe/import", program).status == 200)
      #expect(try await site.client.get("/api/v1/probe/tokens", program).status == 403)
      for wrong in ["api-ke", "api-keyy", "right-key", ""] {
        #expect(
          try await site.client.get("/api/v1/probe/in", [("Authorization", "Bearer " + wrong)]).status == 401)
      }
    }
  }

  /// A link printed at a start and left unused opens nothing once there is an administrator; nor after signing out.
  @Test(arguments: TestSite.engines) func theOperatorsLinkEnds(on engine: Engine) async throws {
    let operators = People.Operator(linkKey: "right-key")
    try await SignInSite.with(engine, operators: operators) { site in
      let browser = site.browser()
      _ = try await browser.get("/en/operator?key=right-key")
      let spare = browser.cookies
      _ = try await browser.post("/en/sign-out", [], from: "/en/first-administrator")
      browser.cookies = spare
      #expect(try await browser.probe().hasPrefix("\"guest|"))
    }
    let late = People.Operator(linkKey: "right-key")
    try await SignInSite.with(engine, operators: late) { site in
      try await site.person("Ada", "ada@example.test", .administrator, .secretariat)
      #expect(try await site.browser().get("/en/operator?key=right-key").status == 409)
      #expect(
        People.Operator.newKey() != People.Operator.newKey() && People.Operator.newKey().utf8.count == 32)
    }
    let timed = People.Operator(linkKey: "right-key")
    try await SignInSite.with(engine, operators: timed) { site in
      let browser = site.browser()
      _ = try await browser.get("/en/operator?key=right-key")
      site.time.pass(People.Operator.lifetime)
      #expect(try await browser.probe().hasPrefix("\"guest|"))
    }
  }

  /// What proves a person is changed only by someone who proves it once more.
  @Test(arguments: TestSite.engines) func anOpenBrowserChangesNoFactor(on engine: Engine) async throws {
    try await SignInSite.with(engine) { site in
      let made = try await site.person("Olga", "olga@example.test", .officer, .secretariat)
      let (secret, codes) = try await site.secondFactor(made.person.id)
      let browser = try await site.signedIn("olga@example.test")
      _ = try await browser.post("/en/second-factor", [("code", site.code(secret))])
      let page = try await browser.get("/en/account/second-factor").text
      #expect(page.contains("name=\"present\""))
      let sealed = String(try #require(page.firstMatch(of: /name="secret" value="([^"]+)"/)).1)
      let key = try #require(
        page.firstMatch(of: /<bdi dir="ltr" class="symbol"[^>]*>([A-Z2-7 ]{32,})<\/bdi>/)
      ).1
      let fresh = Self.base32(String(key.filter { $0 != " " }))
      func replace(_ present: String) async throws -> Int {
        try await browser.submit(
          "/en/account/second-factor",
          [("secret", sealed), ("code", site.code(fresh)), ("present", present)]
        ).status
      }
      // Neither nothing, nor the new code, nor the old one that was used to sign in.
      for wrong in ["", site.code(fresh), site.code(secret), "guess"] {
        #expect(try await replace(wrong) == 422)
      }
      for wrong in ["", "guess"] {
        #expect(try await browser.post("/en/account/recovery", [("present", wrong)]).status == 422)
      }
      #expect(try await browser.post("/en/account/recovery", [("present", SignInSite.words)]).status == 200)
      #expect(try await site.events().filter { $0 == "people.second-factor-set" }.isEmpty)
      _ = codes
      #expect(
        try await browser.get("/en/account/second-factor").status == 200)
      #expect(try await replace(SignInSite.words) == 200)
      #expect(try await site.events().contains("people.second-factor-set"))
      // An identity goes only with the same.
      try await site.database.write(by: .system) { db in
        try db.run(
          """
          INSERT INTO people_identity (issuer, subject, person, linked_at)
          VALUES ('https://id.example', 's', \(made.person.id), \(db.now))
          """)
        db.record(Event("test.made", subject: "test", record: "3"))
      }
      let identity = [("issuer", "https://id.example"), ("subject", "s")]
      let from = "/en/account/identities/remove?issuer=https%3A%2F%2Fid.example&subject=s"
      #expect(try await browser.post("/en/account/identities/remove", identity, from: from).status == 422)
      #expect(
        try await browser.post(
          "/en/account/identities/remove", identity + [("present", SignInSite.words)], from: from
        ).status == 303)
    }
  }

  static func base32(_ text: String) -> [UInt8] {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    var bits = 0
    var value = 0
    var out: [UInt8] = []
    for letter in text {
      value = value << 5 | (letters.firstIndex(of: letter) ?? 0)
      bits += 5
      if bits >= 8 {
        bits -= 8
        out.append(UInt8(value >> bits & 255))
      }
    }
    return out
  }
}

extension Array where Element == UInt8 {
  fileprivate func contains(_ part: [UInt8]) -> Bool {
    guard count >= part.count else { return false }
    return (0...(count - part.count)).contains { Array(self[$0..<($0 + part.count)]) == part }
  }
}
