import Foundation
import Mail
import Storage
import Synchronization
import TestKit
import Testing

/// Real letters through a real server, read by another program.
@Suite("MailTests sending", .enabled(if: Post.here != nil, "scripts/mail-temporary run … sets the server"))
struct MailSendTests {
  let post: Post
  init() throws { post = try #require(Post.here) }

  static let letters: [(language: String, subject: String, body: String)] = [
    (
      "ar", "دعوة: جهة الوصل لاتفاقية الأمم المتحدة لمكافحة الجريمة المنظمة عبر الوطنية وبروتوكولاتها",
      "السيدة أمينة،\n\nافتحي هذا الرابط:\n{link}\n\nشكراً"
    ),
    ("zh", "邀请：《联合国打击跨国有组织犯罪公约》及其议定书缔约国联络点账户开通通知书", "您好：\n\n请打开此链接：\n{link}\n\n谢谢"),
    (
      "ru", "Приглашение: координатор по Конвенции Организации Объединённых Наций 👩‍👩‍👧‍👦",
      "Здравствуйте!\n{link}\n"
    ),
    (
      "en", "Invitation =?utf-8?B?eA==?= to sign in",
      "Dear Ms Amina,\r\n.\r\n..leading dots\r\n\(String(repeating: "long ", count: 400))\n{link}"
    ),
  ]

  @Test(arguments: TestSite.engines) func lettersArriveAsWritten(on engine: Engine) async throws {
    let server = try post.server()
    try await Post.with(engine, server) { database in
      for letter in Self.letters {
        let person = Post.person()
        let link = "https://wasl.example/\(letter.language)/link/wasl_\(UUID().uuidString)"
        try await Post.queue(
          Letter(
            key: "invitation:\(person)", to: person, language: letter.language, subject: letter.subject,
            body: letter.body, secret: link), in: database)
        #expect(try await Post.find("invitation:\(person)", in: database)?.state == .waiting)
        try await database.runJobs()

        let found = try post.letters(to: person)
        let read = try #require(found.first)
        #expect(found.count == 1)
        #expect(read.headers["subject"] == letter.subject)
        let expected = letter.body.replacing("\r\n", with: "\n").replacing("{link}", with: link)
        #expect(
          read.body.replacing("\r\n", with: "\n").trimmingCharacters(in: .newlines)
            == expected.trimmingCharacters(in: .newlines))
        #expect(read.headers["content-language"] == letter.language)
        #expect(read.headers["auto-submitted"] == "auto-generated")
        #expect(read.headers["content-type"] == "text/plain; charset=\"utf-8\"")
        #expect(read.headers["date"] == "Mon, 15 Jun 2026 09:30:00 +0000")
        #expect(read.headers["from"]?.contains("وصل – Wasl") == true)
        #expect(read.headers["from"]?.hasSuffix("<wasl@mail.test>") == true)
        #expect(read.envelope == "bounces@mail.test \(person) False")
        #expect(read.defects == 0 && read.isASCII && read.longest <= 78, "\(read)")
        #expect(Set(read.names).count == read.names.count, "no header twice")

        let record = try #require(try await Post.find("invitation:\(person)", in: database))
        #expect(record.state == .sent && record.sentAt == "2026-06-15T09:30:00Z" && record.attempts == 1)
        #expect(record.reply?.hasPrefix("250 2.0.0 Kept as") == true, "\(record.reply ?? "")")
        #expect(read.headers["message-id"] == "<\(record.messageID)@mail.test>")
      }
      #expect(try await Post.secrets(in: database) == 0)
      let expected = Self.letters.flatMap { _ in ["mail.queued", "mail.sent"] }
      #expect(try await Post.events(in: database) == expected)
      // Neither the link nor the text of a letter is in the trail.
      let trail = try await database.read { db in
        try db.values("SELECT detail FROM sys_audit", as: String.self).joined()
      }
      #expect(!trail.contains("wasl_") && !trail.contains("link"))
    }
  }

  @Test(arguments: TestSite.engines) func theSameKeyIsSentOnce(on engine: Engine) async throws {
    let server = try post.server()
    let person = Post.person()
    let other = Post.person()
    try await Post.with(engine, server) { database in
      let letter = Letter(key: "k", to: person, language: "en", subject: "One", body: "Text", secret: nil)
      try await database.write(by: .system) { db in
        try Mail.queue(letter, in: db)
        try Mail.queue(letter, in: db)
      }
      try await database.runJobs()
      let second = Letter(key: "k", to: other, language: "en", subject: "Two", body: "Text", secret: nil)
      try await database.write(by: .system) { db in try Mail.queue(second, in: db) }
      try await database.runJobs()
      // A second job for a letter that is on its way does nothing either.
      try await database.write(by: .system) { db in
        db.record(Event("mail.queued", subject: "letter", record: "k"))
      }
      try await database.runJobs()
      #expect(try post.letters(to: person).count == 1)
      #expect(try post.letters(to: other).isEmpty)
      #expect(try await Post.events(in: database) == ["mail.queued", "mail.sent", "mail.queued"])
      #expect(try await database.read { try Mail.letters(in: $0, limit: 10) }.map(\.subject) == ["One"])
    }
  }

  @Test(arguments: TestSite.engines) func aLetterUndoneIsNotSent(on engine: Engine) async throws {
    struct Undo: Error {}
    let server = try post.server()
    let person = Post.person()
    try await Post.with(engine, server) { database in
      let letter = Letter(key: "k", to: person, language: "en", subject: "One", body: "Text", secret: nil)
      _ = try? await database.write(by: .system) { db in
        try Mail.queue(letter, in: db)
        throw Undo()
      }
      try await database.runJobs()
      #expect(try post.letters(to: person).isEmpty)
      #expect(try await database.read { try Mail.letters(in: $0, limit: 10) }.isEmpty)
    }
  }

  @Test(arguments: TestSite.engines) func aRefusalIsFinal(on engine: Engine) async throws {
    let server = try post.server()
    let person = Post.person()
    try await Post.with(engine, server) { database in
      try await Post.queue(
        Letter(
          key: "a", to: "refused@mfa.example", language: "en", subject: "One", body: "{link}",
          secret: "https://x"),
        in: database)
      try await Post.queue(
        Letter(key: "b", to: person, language: "en", subject: "spam", body: "Text", secret: nil), in: database
      )
      try await database.runJobs()
      let byRecipient = try #require(try await Post.find("a", in: database))
      #expect(byRecipient.state == .refused && byRecipient.reply == "550 5.1.1 No such person here")
      #expect(byRecipient.settledAt == "2026-06-15T09:30:00Z" && byRecipient.sentAt == nil)
      let byText = try #require(try await Post.find("b", in: database))
      #expect(byText.state == .refused && byText.reply == "554 5.7.1 Not wanted")
      #expect(try await Post.secrets(in: database) == 0)
      #expect(try await Post.events(in: database).filter { $0 == "mail.refused" }.count == 2)
      let states: [String] = try await database.read { try $0.values("SELECT state FROM sys_job") }
      #expect(states == ["done", "done"], "no further try")
      #expect(try post.letters(to: person).isEmpty)
    }
  }

  @Test(arguments: TestSite.engines) func notNowIsTriedLater(on engine: Engine) async throws {
    let now = Mutex("2026-06-15T09:30:00Z")
    let server = try post.server()
    try await Post.with(engine, server, clock: Clock { now.withLock { $0 } }) { database in
      try await Post.queue(
        Letter(
          key: "a", to: "later@mfa.example", language: "en", subject: "One", body: "{link}",
          secret: "https://x"),
        in: database)
      try await database.runJobs()
      now.withLock { $0 = "2026-06-15T09:31:30Z" }
      try await database.runJobs()
      let letter = try #require(try await Post.find("a", in: database))
      #expect(letter.state == .waiting && letter.attempts == 2, "\(letter)")
      #expect(letter.reply?.hasPrefix("451 4.3.0 Try again later") == true, "\(letter.reply ?? "")")
      #expect(try await Post.secrets(in: database) == 1, "the link is still needed")
      #expect(try await Post.events(in: database) == ["mail.queued", "mail.delayed", "mail.delayed"])
      let job: [String] = try await database.read { try $0.values("SELECT state FROM sys_job") }
      #expect(job == ["waiting"])
    }
  }

  @Test(arguments: TestSite.engines) func withoutServerLettersWait(on engine: Engine) async throws {
    let person = Post.person()
    try await Post.with(engine, nil) { database in
      try await Post.queue(
        Letter(key: "a", to: person, language: "en", subject: "One", body: "{link}", secret: "https://x"),
        in: database)
      try await database.runJobs()
      let letter = try #require(try await Post.find("a", in: database))
      #expect(letter.state == .waiting && letter.attempts == 0)
      #expect(try await Post.secrets(in: database) == 1)
      let jobs: [String] = try await database.read { try $0.values("SELECT state FROM sys_job") }
      #expect(jobs == ["done"])
      #expect(try await database.write(by: .system) { try Mail.queueWaiting(in: $0) } == 1)
    }
    // Once a server is named, what waited goes out.
    let server = try post.server()
    try await Post.with(engine, server) { database in
      try await Post.queue(
        Letter(key: "a", to: person, language: "en", subject: "One", body: "{link}", secret: "https://x"),
        in: database)
      #expect(try await database.write(by: .system) { try Mail.queueWaiting(in: $0) } == 1)
      try await database.runJobs()
      #expect(try post.letters(to: person).count == 1, "two jobs, one letter")
    }
  }

  @Test func noServerMeansLater() async throws {
    let server = try MailServer(
      address: "smtp://127.0.0.1:1", user: nil, password: nil, from: "a@mail.test", bounces: nil,
      requiresTLS: false)
    try await Post.with(.sqlite, server) { database in
      try await Post.queue(
        Letter(key: "a", to: Post.person(), language: "en", subject: "One", body: "Text", secret: nil),
        in: database)
      try await database.runJobs()
      let letter = try #require(try await Post.find("a", in: database))
      #expect(letter.state == .waiting && letter.attempts == 1 && letter.reply?.isEmpty == false)
    }
  }

  /// A server without TLS gets nothing from us when TLS is required; one whose certificate nobody vouches for neither.
  @Test func secrecyOnTheWay() async throws {
    let person = Post.person()
    let letter = Letter(
      key: "a", to: person, language: "en", subject: "One", body: "{link}", secret: "https://x")
    func reply(through server: MailServer) async throws -> Letter.Record? {
      try await Post.with(.sqlite, server) { database in
        try await Post.queue(letter, in: database)
        try await database.runJobs()
        return try await Post.find("a", in: database)
      }
    }
    let plain = try post.server(requiresTLS: true)
    #expect(try await reply(through: plain)?.state == .waiting)
    #expect(try post.letters(to: person).isEmpty)

    let script = TestSite.root + "/scripts/mail-temporary"
    let said = String(decoding: try Post.run([script, "start", "--tls"]), as: UTF8.self).split(
      separator: "\n")
    let secure = Post(address: String(said[0]), folder: String(said[1]))
    defer { _ = try? Post.run([script, "stop", secure.folder]) }
    for isRequired in [true, false] {
      let doubtful = try secure.server(requiresTLS: isRequired)
      #expect(try await reply(through: doubtful)?.state == .waiting, "nobody vouches for the certificate")
    }
    #expect(try secure.letters(to: person).isEmpty)
    let trusted = try secure.server(requiresTLS: true, authorities: secure.folder + "/certificate.pem")
    #expect(try await reply(through: trusted)?.state == .sent)
    #expect(try secure.letters(to: person).first?.envelope == "bounces@mail.test \(person) True")
  }
}
