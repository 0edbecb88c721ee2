import Storage
import TestKit
import Testing

@testable import People
@testable import Web

@Suite struct SignInTests {
  @Test(arguments: TestSite.engines) func passphraseOpensASession(on engine: Engine) async throws {
    try await SignInSite.with(engine) { site in
      let made = try await site.person("Amina", "Amina@example.test", .focalPoint)
      let browser = site.browser()
      // An address written otherwise is the same address.
      let answer = try await browser.signIn("aMINA@Example.test", SignInSite.words, to: "/en/probe?x=1")
      #expect(answer.status == 303 && answer.header("Location") == "/en/probe?x=1")
      let cookie = try #require(answer.headers("Set-Cookie").first { $0.hasPrefix("wasl_session=") })
      for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=43200"] { #expect(cookie.contains(part)) }
      #expect(
        try await browser.probe() == "\"focal_point|person:\(made.person.id)|KEN|parties+providers+public|-\""
      )
      // Only the hash of the token is in the database.
      let token = try #require(browser.cookies["wasl_session"])
      let stored = try await site.database.read {
        try $0.values("SELECT hash FROM sys_session", as: String.self)
      }
      #expect(stored == [Digest.hex(Digest.sha256(Array(token.utf8)))])
      #expect(try await site.events().contains("people.signed-in"))
      _ = try await browser.post("/en/sign-out", [], from: "/en/account")
      #expect(browser.cookies["wasl_session"] == nil)
      browser.cookies["wasl_session"] = token
      #expect(try await browser.probe().hasPrefix("\"guest|"))
    }
  }

  @Test(arguments: TestSite.engines) func knownAndUnknownAddressesGetTheSame(on engine: Engine) async throws {
    try await SignInSite.with(engine) { site in
      try await site.person("Amina", "amina@example.test", .focalPoint)
      try await site.person("Nopass", "nopass@example.test", .focalPoint, passphrase: nil)
      func pages(_ email: String) async throws -> [String] {
        let browser = site.browser()
        var pages = [try await browser.signIn(email, "wrong words that are long enough").text]
        pages.append(
          try await browser.post("/en/sign-in/help", [("email", email), ("purpose", "passphrase")]).text)
        let visitor = browser.cookies["wasl_form"] ?? "-"
        #expect(visitor != "-")
        return pages.map { text in
          text.replacing(/name="_csrf" value="[^"]+"/, with: "").replacing(email, with: "ADDRESS")
        }
      }
      let known = try await pages("amina@example.test")
      let unknown = try await pages("nobody@example.test")
      let without = try await pages("nopass@example.test")
      #expect(known == unknown && known == without)
      #expect(known[0].contains("do not fit together") && known[1].contains("If there is an account"))
      // And so does the throttle: both wait after the same number of failures.
      var waits: [Int] = []
      for email in ["amina@example.test", "nobody@example.test"] {
        let browser = site.browser("198.51.100.\(waits.count)")
        for _ in 0..<5 { _ = try await browser.signIn(email, "wrong words that are long enough") }
        waits.append(try await browser.signIn(email, "wrong words that are long enough").status)
      }
      #expect(waits == [429, 429])
    }
  }

  @Test(arguments: TestSite.engines) func throttlingGrowsAndEnds(on engine: Engine) async throws {
    try await SignInSite.with(engine) { site in
      try await site.person("Amina", "amina@example.test", .focalPoint)
      let home = try await site.signedIn("amina@example.test", network: "192.0.2.9")
      let attacker = site.browser("198.51.100.1")
      var longest = 0
      for _ in 0..<20 {
        let answer = try await attacker.signIn("amina@example.test", "wrong words that are long enough")
        if answer.status == 429 {
          let seconds = try #require(answer.header("Retry-After").flatMap { Int($0) })
          #expect(seconds > 0 && seconds <= 900)
          longest = max(longest, seconds)
          // Not even the right one meanwhile, and refused attempts do not prolong the wait.
          let right = try await attacker.signIn("amina@example.test", SignInSite.words)
          #expect(right.status == 429 && right.header("Retry-After") == String(seconds))
          site.time.pass(Int64(seconds))
        }
      }
      #expect(longest == 900)
      // Its owner is not held up by those elsewhere: neither in a network known already nor in a new one.
      site.time.pass(1)
      _ = try await attacker.signIn("amina@example.test", "wrong words that are long enough")
      #expect(try await attacker.signIn("amina@example.test", SignInSite.words).status == 429)
      _ = home
      for network in ["192.0.2.77", "203.0.113.200"] {
        #expect(
          try await site.signedIn("amina@example.test", network: network).probe().contains("focal_point"))
      }
      // A delay ends by itself, and the right passphrase forgets the failures.
      site.time.pass(900)
      #expect(try await attacker.signIn("amina@example.test", SignInSite.words).status == 303)
      #expect(
        try await attacker.signIn("amina@example.test", "wrong words that are long enough").status == 422)
    }
  }

  /// Someone who tries without end, from one network or from many, keeps the owner out nowhere else: answers about
  /// the account become slower by two seconds at most.
  @Test(arguments: TestSite.engines) func nobodyKeepsTheOwnerOut(on engine: Engine) async throws {
    try await SignInSite.with(engine) { site in
      try await site.person("Amina", "amina@example.test", .focalPoint)
      for round in 0..<40 {
        let attacker = site.browser("198.51.\(round).1")
        _ = try await attacker.signIn("amina@example.test", "wrong words that are long enough")
      }
      let polling = site.browser("198.51.100.1")
      for _ in 0..<12 {
        _ = try await polling.signIn("amina@example.test", "wrong words that are long enough")
      }
      #expect(try await polling.signIn("amina@example.test", SignInSite.words).status == 429)
      // A trip to a meeting: a network in which nobody has signed in before.
      #expect(
        try await site.signedIn("amina@example.test", network: "192.0.2.1").probe().contains("focal_point"))
      #expect(site.pauses.list.max() == Throttle.longestPause)
      #expect(site.pauses.list == site.pauses.list.sorted())
      // The right passphrase forgets what was counted everywhere.
      let before = site.pauses.list.count
      _ = try await site.signedIn("amina@example.test", network: "192.0.2.1")
      #expect(site.pauses.list.count == before)
      // An address that nobody has is slowed down alike.
      for round in 0..<12 {
        let other = site.browser("203.0.\(round).1")
        _ = try await other.signIn("nobody@example.test", "wrong words that are long enough")
      }
      #expect(site.pauses.list.count == before + 2)
    }
  }

  /// Asking for a link is never refused for an address, and a second letter is not written within 15 minutes.
  @Test(arguments: TestSite.engines) func asManyLettersAsAreUseful(on engine: Engine) async throws {
    try await SignInSite.with(engine) { site in
      try await site.person("Amina", "amina@example.test", .focalPoint)
      func ask(_ purpose: String, _ network: String) async throws -> TestClient.Answer {
        try await site.browser(network).post(
          "/en/sign-in/help", [("email", "amina@example.test"), ("purpose", purpose)])
      }
      func letters() async throws -> Int? {
        _ = try await site.letter(to: "amina@example.test")
        return try await site.database.read { try $0.value("SELECT count(*) FROM mail_letter", as: Int.self) }
      }
      for round in 0..<15 { #expect(try await ask("sign_in", "198.51.\(round).1").status == 200) }
      #expect(try await letters() == 1)
      let link = try #require(try await site.letter(to: "amina@example.test"))
      #expect(try await site.client.get(link).status == 200)
      // Another kind of letter is another matter.
      #expect(try await ask("passphrase", "192.0.2.1").status == 200)
      #expect(try await letters() == 2)
      site.time.pass(901)
      #expect(try await ask("sign_in", "192.0.2.1").status == 200)
      #expect(try await letters() == 3)
      // A network that floods is held up as such.
      var last = 0
      for _ in 0..<25 { last = try await ask("sign_in", "203.0.113.1").status }
      #expect(last == 429)
    }
  }

  @Test func manyAtOnceAreCounted() async throws {
    try await SignInSite.with(.sqlite) { site in
      let database = site.database
      let refused = await withTaskGroup(of: Bool.self) { group in
        for _ in 0..<20 {
          group.addTask { (try? await Throttle.begin(["account:x"], in: database)) == nil }
        }
        var count = 0
        for await isRefused in group where isRefused { count += 1 }
        return count
      }
      #expect(refused == 15)
    }
  }

  @Test(arguments: TestSite.engines) func aPlantedSessionIsWorthNothing(on engine: Engine) async throws {
    try await SignInSite.with(engine) { site in
      try await site.person("Amina", "amina@example.test", .focalPoint)
      let planted = "planted-token-planted-token-planted-token-1"
      let browser = site.browser()
      browser.cookies["wasl_session"] = planted
      #expect(try await browser.signIn("amina@example.test", SignInSite.words).status == 303)
      #expect(browser.cookies["wasl_session"] != planted)
      let first = browser.cookies["wasl_session"]
      // Signing in again gives a new token and ends the session before.
      #expect(try await browser.signIn("amina@example.test", SignInSite.words).status == 303)
      #expect(browser.cookies["wasl_session"] != first)
      let thief = site.browser()
      for token in [planted, first ?? ""] {
        thief.cookies["wasl_session"] = token
        #expect(try await thief.probe().hasPrefix("\"guest|"))
      }
      // Every change of one sign of the token makes it void.
      let token = try #require(browser.cookies["wasl_session"])
      for index in [0, 20, 42] {
        var signs = Array(token)
        signs[index] = signs[index] == "A" ? "B" : "A"
        thief.cookies["wasl_session"] = String(signs)
        #expect(try await thief.probe().hasPrefix("\"guest|"))
      }
    }
  }

  @Test(arguments: TestSite.engines) func addressesAndHeaders(on engine: Engine) async throws {
    try await SignInSite.with(engine) { site in
      try await site.person("Amina", "amina@example.test", .focalPoint)
      let elsewhere = [
        "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil", "javascript:alert(1)",
        "/\tevil",
        "/en\r\nSet-Cookie: wasl_session=x", "http:evil", "", "en/needs", "/%0d%0a", "/en/needs?x=1#y",
      ]
      for address in elsewhere {
        let answer = try await site.browser().signIn("amina@example.test", SignInSite.words, to: address)
        let location = try #require(answer.header("Location"))
        let isOwn = ["/%0d%0a", "/en/needs?x=1#y"].contains(address)
        #expect(location == (isOwn ? address : "/en"), "\(address)")
        #expect(answer.headers("Set-Cookie").allSatisfy { !$0.contains("=x;") && !$0.hasSuffix("=x") })
        let page = try await site.client.get("/en/sign-in?to=" + Address.encode(address))
        #expect(page.text.contains("name=\"to\"") == isOwn, "\(address)")
      }
      // Line breaks in what is typed reach no letter.
      let browser = site.browser()
      let sent = try await browser.post(
        "/en/sign-in/help", [("email", "amina@example.test\r\nBcc: x@evil.example"), ("purpose", "sign_in")])
      #expect(sent.status == 200 || sent.status == 422)
      #expect(try await site.letter(to: "amina@example.test") == nil)
    }
  }

  @Test(arguments: TestSite.engines) func theRoleCountsAtTheNextRequest(on engine: Engine) async throws {
    try await SignInSite.with(engine) { site in
      let made = try await site.person("Amina", "amina@example.test", .focalPoint)
      let browser = try await site.signedIn("amina@example.test")
      #expect(try await browser.probe().contains("KEN"))
      let id = made.account.id
      try await site.database.write(by: .system) { db in
        try db.run("UPDATE people_account SET role = 'delegate' WHERE id = \(id)")
        db.record(Event("test.changed", subject: "test", record: "1"))
      }
      #expect(try await browser.probe().hasPrefix("\"delegate|person:\(made.person.id)|-|"))
      try await site.database.write(by: .system) { db in
        let account = try #require(try People.account(id, in: db)?.0)
        try People.end(account, why: "ended", in: db)
      }
      #expect(try await browser.probe().hasPrefix("\"guest|"))
      #expect(try await browser.get("/en/account").status == 403)
      // The right passphrase tells its owner why; a wrong one does not.
      #expect(try await site.browser().signIn("amina@example.test", SignInSite.words).status == 403)
      #expect(
        try await site.browser().signIn("amina@example.test", "wrong words that are long enough").status
          == 422)
    }
  }

  @Test(arguments: TestSite.engines) func sessionsAreListedAndEnded(on engine: Engine) async throws {
    try await SignInSite.with(engine) { site in
      try await site.person("Amina", "amina@example.test", .focalPoint)
      try await site.person("Bela", "bela@example.test", .focalPoint)
      let one = try await site.signedIn("amina@example.test")
      let two = try await site.signedIn("amina@example.test", network: "2001:db8:1:2::7")
      let three = try await site.signedIn("amina@example.test")
      let other = try await site.signedIn("bela@example.test")
      let page = try await one.get("/en/account").text
      #expect(
        page.contains("203.0.113.0/24") && page.contains("2001:db8:1::/48") && page.contains("Firefox, Linux")
      )
      #expect(!page.contains("203.0.113.7"))
      #expect(page.components(separatedBy: "This session").count == 2)
      let ids = page.matches(of: /account\/sessions\/(\d+)\/end/).map { String($0.1) }
      #expect(ids.count == 2)
      // Nobody ends another's.
      #expect(
        try await other.post("/en/account/sessions/\(ids[0])/end", [], from: "/en/account").status == 404)
      #expect(try await one.post("/en/account/sessions/\(ids[0])/end", [], from: "/en/account").status == 303)
      #expect(try await three.probe().hasPrefix("\"guest|"))
      #expect(try await two.probe().contains("focal_point"))
      #expect(try await one.post("/en/account/sessions/end", [], from: "/en/account").status == 303)
      #expect(try await two.probe().hasPrefix("\"guest|"))
      #expect(try await one.probe().contains("focal_point"))
      #expect(try await other.probe().contains("focal_point"))
    }
  }

  @Test(arguments: TestSite.engines) func sessionsEndByTime(on engine: Engine) async throws {
    try await SignInSite.with(engine) { site in
      try await site.person("Amina", "amina@example.test", .focalPoint)
      let idle = try await site.signedIn("amina@example.test")
      let used = try await site.signedIn("amina@example.test")
      let revision = site.database.revision
      site.time.pass(4 * 3600)
      #expect(try await used.probe().contains("focal_point"))
      // Seen again, and no kept page was thrown away for it.
      #expect(site.database.revision == revision)
      site.time.pass(4 * 3600)
      #expect(try await idle.probe().hasPrefix("\"guest|"))
      #expect(try await used.probe().contains("focal_point"))
      site.time.pass(4 * 3600 - 1)
      #expect(try await used.probe().contains("focal_point"))
      site.time.pass(1)
      #expect(try await used.probe().hasPrefix("\"guest|"))
    }
  }

  @Test(arguments: TestSite.engines) func severalAccounts(on engine: Engine) async throws {
    try await SignInSite.with(engine) { site in
      let kenya = try await site.person("Amina", "amina@example.test", .focalPoint)
      let peru = try await site.person("Amina", "amina@example.test", .mission, .mission, state: "PER")
      #expect(kenya.person.id == peru.person.id)
      let browser = site.browser()
      let answer = try await browser.signIn("amina@example.test", SignInSite.words, to: "/en/probe")
      #expect(answer.header("Location") == "/en/account/choose?to=%2Fen%2Fprobe")
      let before = browser.cookies["wasl_session"]
      let chosen = try await browser.post(
        "/en/account/choose", [("account", String(peru.account.id)), ("to", "/en/probe")])
      #expect(chosen.header("Location") == "/en/probe" && browser.cookies["wasl_session"] != before)
      // A State that is not a party sees what is public, and its own.
      #expect(try await browser.probe() == "\"mission|person:\(peru.person.id)|PER|public|-\"")
      let other = try await site.person("Bela", "bela@example.test", .officer, .secretariat)
      let stolen = try await browser.post("/en/account/choose", [("account", String(other.account.id))])
      #expect(stolen.status == 422)
      #expect(try await browser.probe().contains("PER"))
      // The account used last is the one of the next sign-in.
      #expect(try await site.signedIn("amina@example.test").probe().contains("mission"))
    }
  }

  @Test(arguments: TestSite.engines) func passphraseIsChangedByWhoKnowsIt(on engine: Engine) async throws {
    try await SignInSite.with(engine) { site in
      try await site.person("Amina Otieno", "amina@example.test", .focalPoint)
      let browser = try await site.signedIn("amina@example.test")
      let other = try await site.signedIn("amina@example.test")
      func change(_ present: String, _ new: String, _ again: String? = nil) async throws -> TestClient.Answer
      {
        try await browser.post(
          "/en/account/passphrase", [("present", present), ("passphrase", new), ("again", again ?? new)])
      }
      let new = "seven lanterns under a violet bridge"
      #expect(try await change("not the present one", new).text.contains("not your present"))
      #expect(try await change(SignInSite.words, "short").text.contains("too short"))
      #expect(try await change(SignInSite.words, "passwordpassword").text.contains("others try first"))
      #expect(try await change(SignInSite.words, "aminaotieno2026").text.contains("your name"))
      #expect(try await change(SignInSite.words, new, new + "x").text.contains("differ"))
      let answer = try await change(SignInSite.words, new)
      #expect(answer.status == 303)
      for text in [new, SignInSite.words] {
        #expect(!(try await browser.get("/en/account").text.contains(text)))
      }
      #expect(try await other.probe().hasPrefix("\"guest|"))
      #expect(try await browser.probe().contains("focal_point"))
      #expect(try await site.browser().signIn("amina@example.test", SignInSite.words).status == 422)
      #expect(try await site.browser().signIn("amina@example.test", new).status == 303)
    }
  }

  @Test func pagesInAllLanguages() async throws {
    try await SignInSite.with(.sqlite) { site in
      try await site.person("Amina", "amina@example.test", .focalPoint)
      let browser = try await site.signedIn("amina@example.test")
      for language in ["ar", "zh", "en", "fr", "ru", "es"] {
        for path in [
          "sign-in", "sign-in/help", "account", "account/passphrase", "account/second-factor",
          "account/choose", "sections", "invitation?key=x", "accounts/confirm",
          "account/identities/remove",
        ] {
          let answer = try await browser.get("/\(language)/\(path)")
          #expect([200, 404].contains(answer.status), "\(language) \(path) \(answer.status)")
          #expect(!answer.text.contains("⟦"), "\(language) \(path)")
          #expect(answer.text.components(separatedBy: "<h1").count == 2, "\(path)")
          #expect(answer.header("Cache-Control") == "private, no-store", "\(path)")
        }
      }
      #expect(site.settings.catalogue.missing.isEmpty, "\(site.settings.catalogue.missing)")
    }
  }
}
