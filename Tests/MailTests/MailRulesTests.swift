import Foundation
import Mail
import Storage
import TestKit
import Testing

@Suite("MailTests rules") struct MailRulesTests {
  static func letter(
    key: String = "k", to: String = "amina@mfa.example", language: String = "en", subject: String = "One",
    body: String = "Text", secret: String? = nil
  ) -> Letter { Letter(key: key, to: to, language: language, subject: subject, body: body, secret: secret) }

  static let wrong: [(Letter, MailError)] = [
    (letter(subject: "One\r\nBcc: all@example.org"), .header("Subject")),
    (letter(subject: "One\nBcc: all@example.org"), .header("Subject")),
    (letter(subject: "One\u{2028}Bcc"), .header("Subject")),
    (letter(subject: "One\u{85}Bcc"), .header("Subject")),
    (letter(subject: "One\0"), .header("Subject")),
    (letter(subject: ""), .header("Subject")),
    (letter(language: "en\r\nX: y"), .header("Content-Language")),
    (letter(key: "a\nb"), .header("key")),
    (letter(to: "amina@mfa.example\r\nBcc: all@example.org"), .header("To")),
    (letter(to: "amina@mfa.example>\u{20}SIZE=1"), .recipient),
    (letter(to: "amina@mfa.example, other@mfa.example"), .recipient),
    (letter(to: "amina"), .recipient), (letter(to: "@mfa.example"), .recipient),
    (letter(to: "a@b@c"), .recipient),
    (letter(to: "Amina <amina@mfa.example>"), .recipient), (letter(to: ""), .recipient),
    (letter(body: "{link}"), .link), (letter(body: "Text", secret: "https://x"), .link),
  ]

  @Test func whatCouldAddAHeaderIsRefusedAndNothingKept() async throws {
    try await Post.with(.sqlite, nil) { database in
      for (letter, expected) in Self.wrong {
        await #expect(throws: expected, "\(letter)") { try await Post.queue(letter, in: database) }
      }
      #expect(try await database.read { try Mail.letters(in: $0, limit: 99) }.isEmpty)
      try await Post.queue(Self.letter(to: "o'neil+wasl@mfa.example"), in: database)
    }
  }

  @Test(arguments: [
    "http://mail.test", "smtp://", "mail.test:25", "smtp://mail.test/path", "smtp://user:word@mail.test",
    "smtp://a b",
    "file:///etc/passwd", "smtp://mail.test\r\nX",
  ])
  func onlyMailServersAreTaken(_ address: String) {
    #expect(throws: MailError.self) {
      try MailServer(
        address: address, user: nil, password: nil, from: "a@mail.test", bounces: nil, requiresTLS: true)
    }
  }

  @Test func senderAndBouncesAreAddresses() {
    for (from, bounces) in [("nobody", nil), ("A\r\nB <a@mail.test>", nil), ("a@mail.test", "b")]
      as [(String, String?)]
    {
      #expect(throws: MailError.self) {
        try MailServer(
          address: "smtp://mail.test", user: nil, password: nil, from: from, bounces: bounces,
          requiresTLS: true)
      }
    }
    #expect(throws: MailError.self) {
      try MailServer(
        address: "smtp://mail.test", user: "u", password: nil, from: "a@mail.test", bounces: nil,
        requiresTLS: true)
    }
  }
}
