import Secrets
import Storage
import TestKit
import Testing

@testable import People
@testable import Web

/// "Is this still you?", over two years of a clock that the test moves.
@Suite struct YearlyTests {
  private func day(_ site: SignInSite) async throws {
    try await site.database.beginDay()
    try await site.database.runJobs()
  }
  private func letters(_ site: SignInSite, _ email: String) async throws -> Int {
    try await site.database.read {
      try $0.value(
        "SELECT count(*) FROM mail_letter WHERE recipient = \(email) AND secret IS NULL", as: Int.self) ?? -1
    }
  }
  private static let oneDay: Int64 = 86_400

  @Test(arguments: TestSite.engines) func askedRemindedEnded(on engine: Engine) async throws {
    try await SignInSite.with(engine) { site in
      let amina = try await site.person("Amina", "amina@example.test", .focalPoint)
      let silent = try await site.person("Bela", "bela@example.test", .delegate, .mission)
      let ada = try await site.person("Ada", "ada@example.test", .administrator, .secretariat)
      try await site.database.write(by: .system) { db in
        try db.run("UPDATE people_person SET language = 'ar' WHERE id = \(amina.person.id)")
        db.record(Event("test.changed", subject: "test", record: "1"))
      }
      // A year goes by, day after day: nobody is asked.
      for _ in 0..<73 {
        site.time.pass(5 * Self.oneDay)
        try await day(site)
      }
      #expect(try await letters(site, "amina@example.test") == 0)
      site.time.pass(Self.oneDay)
      try await day(site)
      // Once on a day, however often the day is begun; in the person's language, with the day on which it ends.
      try await day(site)
      #expect(try await site.database.beginDay() == false)
      #expect(try await letters(site, "amina@example.test") == 1)
      let body = try await site.database.read {
        try $0.value("SELECT body FROM mail_letter WHERE recipient = 'amina@example.test'", as: String.self)
          ?? ""
      }
      #expect(body.contains("http://localhost/ar/accounts/confirm") && body.contains("جهة وصل"))
      #expect(!body.contains("⟦"))

      // At the next sign-in the question comes first, and can be put off.
      let browser = site.browser()
      let first = try await browser.signIn("amina@example.test", SignInSite.words, to: "/en/probe")
      #expect(first.header("Location") == "/en/accounts/confirm?to=%2Fen%2Fprobe")
      let page = try await browser.get("/en/accounts/confirm?to=%2Fen%2Fprobe").text
      #expect(page.contains("href=\"/en/probe\"") && page.contains("60 days"))
      #expect(try await browser.probe().contains("focal_point"))
      let elsewhere = try await browser.get("/en/accounts/confirm?to=https%3A%2F%2Fevil.example")
      #expect(!elsewhere.text.contains("//evil.example"))
      for _ in 0..<29 {
        site.time.pass(Self.oneDay)
        try await day(site)
      }
      #expect(try await letters(site, "amina@example.test") == 1)
      site.time.pass(Self.oneDay)
      try await day(site)
      #expect(try await letters(site, "amina@example.test") == 2)
      // Yes: nothing more for a year.
      let again = site.browser()
      _ = try await again.signIn("amina@example.test", SignInSite.words)
      let yes = try await again.post(
        "/en/accounts/confirm",
        [("account", String(amina.account.id)), ("answer", "yes"), ("to", "/en/probe")])
      #expect(yes.header("Location") == "/en/probe")
      #expect(
        try await site.browser().signIn("amina@example.test", SignInSite.words, to: "/en/probe").header(
          "Location")
          == "/en/probe")
      // The other did not answer: the account ends sixty days after the letter, not before.
      for _ in 0..<29 {
        site.time.pass(Self.oneDay)
        try await day(site)
      }
      #expect(try await site.database.read { try People.account(silent.account.id, in: $0) } != nil)
      site.time.pass(Self.oneDay)
      try await day(site)
      #expect(try await site.database.read { try People.account(silent.account.id, in: $0) } == nil)
      #expect(try await letters(site, "bela@example.test") == 2)
      #expect(try await site.database.read { try People.unanswered(in: $0).map(\.name) } == ["Bela"])
      let detail = try await site.database.read {
        try $0.value("SELECT detail FROM sys_audit WHERE event = 'people.account-ended'", as: String.self)
          ?? ""
      }
      #expect(detail.contains("unanswered"))
      // The last administrator stays, whatever.
      #expect(try await site.database.read { try People.account(ada.account.id, in: $0) } != nil)
      // The second year: asked once more.
      for _ in 0..<68 {
        site.time.pass(5 * Self.oneDay)
        try await day(site)
      }
      #expect(try await letters(site, "amina@example.test") == 3)
      #expect(try await site.database.read { try Audit.verify(in: $0) }.brokenAt == nil)
    }
  }

  /// Two servers begin a day once; a clock that goes back begins none again.
  @Test(arguments: TestSite.engines) func aDayBeginsOnce(on engine: Engine) async throws {
    try await SignInSite.with(engine) { site in
      let database = site.database
      let begun = try await withThrowingTaskGroup(of: Bool.self) { group in
        for _ in 0..<6 { group.addTask { try await database.beginDay() } }
        return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(begun == 1)
      site.time.pass(-2 * Self.oneDay)
      #expect(try await database.beginDay() == false)
      site.time.pass(3 * Self.oneDay)
      #expect(try await database.beginDay())
      #expect(try await site.events().filter { $0 == Job.dayBegan }.count == 2)
    }
  }

  /// The Secretariat finds those who did not answer where it looks for offices.
  @Test(arguments: TestSite.engines) func theSecretariatSeesIt(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      let account = try f.account("ken.focal")
      try await f.database.write(by: .system) { try People.end(account, why: "unanswered", in: $0) }
      let page = try await f.get("/en/offices", as: "officer").text
      #expect(page.contains("One account ended without an answer") && page.contains("Person ken.focal"))
      #expect(!(try await f.get("/en/offices", as: "ken.mission").text.contains("without an answer")))
      let office = try await f.get("/en/offices/\(try f.office("ken"))", as: "ken.mission").text
      #expect(office.contains("No answer to the yearly question"))
    }
  }
}
