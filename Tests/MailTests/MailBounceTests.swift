import Foundation
import Mail
import Storage
import TestKit
import Testing

/// Reports in the forms that common servers send.
@Suite("MailTests bounces") struct MailBounceTests {
  static func report(
    _ id: String, action: String = "failed", returned: String = "message/rfc822", extra: String = "",
    diagnostic: String = "smtp; 550 5.1.1 <amina@mfa.example>: Recipient\r\n    address rejected"
  ) -> String {
    """
    From: MAILER-DAEMON@mail.test
    To: bounces@mail.test
    Subject: Undelivered Mail Returned to Sender
    Auto-Submitted: auto-replied
    MIME-Version: 1.0
    Content-Type: multipart/report; report-type=delivery-status;
    \tboundary="A1.B2/mail.test"

    This is a MIME-encapsulated message.

    --A1.B2/mail.test
    Content-Type: text/plain; charset=us-ascii

    I'm sorry. Message-ID: <not-this-one@mail.test>

    --A1.B2/mail.test
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mail.test
    X-Queue-ID: 4B2
    \(extra)
    Final-Recipient: rfc822; amina@mfa.example
    Action: \(action)
    Status: 5.1.1
    Diagnostic-Code: \(diagnostic)

    --A1.B2/mail.test
    Content-Type: \(returned)

    Return-Path: <bounces@mail.test>
    From: wasl@mail.test
    MESSAGE-ID:
     \(id)

    Text
    --A1.B2/mail.test--

    """.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n")
  }

  static func with(
    _ engine: Engine, state: String = "sent", _ body: (Database, String) async throws -> Void
  ) async throws {
    try await Post.with(engine, nil) { database in
      try await Post.queue(MailRulesTests.letter(), in: database)
      try await database.write(by: .system) { db in
        try db.run("UPDATE mail_letter SET state = \(state) WHERE key = 'k'")
        db.record(Event("test.prepared", subject: "letter", record: "k"))
      }
      let letter = try #require(try await Post.find("k", in: database))
      try await body(database, letter.messageID)
    }
  }
  static func settle(_ text: String, in database: Database) async throws -> String? {
    try await database.write(by: .system) { try Mail.settle(bounce: Array(text.utf8), in: $0) }
  }

  @Test(arguments: TestSite.engines) func aBounceFindsItsLetter(on engine: Engine) async throws {
    try await Self.with(engine) { (database, id) async throws in
      #expect(try await Self.settle(Self.report("<\(id)@mail.test>"), in: database) == "k")
      let letter = try #require(try await Post.find("k", in: database))
      #expect(letter.state == .bounced && letter.settledAt == "2026-06-15T09:30:00Z")
      #expect(
        letter.reply == "5.1.1 550 5.1.1 <amina@mfa.example>: Recipient address rejected",
        "\(letter.reply ?? "")")
      // Told twice, written once.
      #expect(try await Self.settle(Self.report("<\(id)@mail.test>"), in: database) == "k")
      #expect(
        try await Self.settle(Self.report("<\(id)@mail.test>", action: "delivered"), in: database) == "k")
      #expect(try await Post.find("k", in: database)?.state == .bounced)
      #expect(try await Post.events(in: database) == ["mail.queued", "test.prepared", "mail.bounced"])
    }
  }

  @Test func otherFormsOfReports() async throws {
    for form in 0..<5 {
      try await Self.with(.sqlite) { (database, id) async throws in
        let whole = "<\(id)@mail.test>"
        let text =
          switch form {
          case 0: Self.report(whole, returned: "text/rfc822-headers")
          case 1: Self.report(whole).replacing("\r\n", with: "\n")
          case 2: Self.report("<else@mail.test>", extra: "Original-Message-ID: \(whole)\r\n")
          case 3:
            Self.report(whole).replacing("\"A1.B2/mail.test\"", with: "A1.B2/mail.test").replacing(
              "report;", with: "Report;")
          default: String(Self.report(whole).dropLast(30))
          }
        #expect(try await Self.settle(text, in: database) == "k", "form \(form)")
        #expect(try await Post.find("k", in: database)?.state == .bounced, "form \(form)")
      }
    }
  }

  /// Written by Python's mail package, parts in base64.
  @Test func aReportWrittenByAnotherProgram() async throws {
    try await Self.with(.sqlite) { (database, id) async throws in
      let program = """
        import sys
        from email.mime.multipart import MIMEMultipart
        from email.mime.base import MIMEBase
        from email.mime.text import MIMEText
        from email.encoders import encode_base64
        m = MIMEMultipart("report", report_type="delivery-status")
        m["Subject"] = "Доставка не удалась"
        m.attach(MIMEText("не доставлено", "plain", "utf-8"))
        for kind, sub, text in [("application", "delivery-status", "Reporting-MTA: dns; x\\n\\nFinal-Recipient: rfc822; a@b\\nAction: failed\\nStatus: 5.2.2\\nDiagnostic-Code: smtp; 552 5.2.2 full\\n"),
                                ("text", "rfc822-headers", "Message-ID: <%s@mail.test>\\n\\n" % sys.argv[1])]:
            p = MIMEBase(kind, sub); p.set_payload(text.encode()); encode_base64(p); m.attach(p)
        sys.stdout.write(m.as_string().replace("application/delivery", "message/delivery"))
        """
      let bytes = [UInt8](try Post.run(["python3", "-c", program, id]))
      let key = try await database.write(by: .system) { try Mail.settle(bounce: bytes, in: $0) }
      #expect(key == "k")
      #expect(try await Post.find("k", in: database)?.reply == "5.2.2 552 5.2.2 full")
    }
  }

  @Test func aDeliveryIsToldToo() async throws {
    try await Self.with(.sqlite) { (database, id) async throws in
      #expect(
        try await Self.settle(Self.report("<\(id)@mail.test>", action: "delivered"), in: database) == "k")
      #expect(try await Post.find("k", in: database)?.state == .delivered)
      #expect(try await Self.settle(Self.report("<\(id)@mail.test>"), in: database) == "k")
      #expect(try await Post.find("k", in: database)?.state == .bounced)
    }
  }

  @Test func whatIsNoBounceChangesNothing() async throws {
    try await Self.with(.sqlite) { (database, id) async throws in
      let good = Self.report("<\(id)@mail.test>")
      let others = [
        "", "\r\n\r\n", "From: a\r\n\r\n<\(id)@mail.test>", Self.report("<someone-else@mail.test>"),
        Self.report("<\(id)@mail.test>", action: "delayed"),
        good.replacing("multipart/report", with: "multipart/mixed"),
        good.replacing("message/delivery-status", with: "text/plain"),
        good.replacing("boundary=", with: "border="), String(good.prefix(400)),
      ]
      for text in others { #expect(try await Self.settle(text, in: database) == nil, "\(text.prefix(60))") }
      // Cut anywhere, it never crashes.
      for length in stride(from: 0, to: good.utf8.count, by: 7) {
        _ = try await Self.settle(String(decoding: good.utf8.prefix(length), as: UTF8.self), in: database)
        if try await Post.find("k", in: database)?.state == .bounced { break }
      }
    }
  }
}
