import Foundation
import Storage

/// A letter as it goes over the wire: RFC 5322 and MIME, every line in ASCII ending in CRLF, unless an address
/// itself is not ASCII (RFC 6531).
struct MailMessage: Sendable {
  let bytes: [UInt8]

  struct Mailbox: Sendable, Equatable {
    let name: String?
    let address: String

    /// `a@example.org` or `Name <a@example.org>`.
    init?(_ text: String) {
      let text = text.trimmingCharacters(in: .whitespaces)
      if text.hasSuffix(">"), let start = text.lastIndex(of: "<") {
        let written = text[..<start].trimmingCharacters(in: .whitespaces)
        name = written.isEmpty ? nil : written
        address = String(text[text.index(after: start)...].dropLast())
      } else {
        name = nil
        address = text
      }
      guard MailMessage.isAddress(address), !MailMessage.hasControl(name ?? "") else { return nil }
    }
  }

  /// What can be judged before the letter is queued.
  static func check(_ letter: Letter) throws(MailError) {
    for (name, value) in [
      ("key", letter.key), ("Subject", letter.subject), ("Content-Language", letter.language),
    ] {
      if value.isEmpty || hasControl(value) { throw MailError.header(name) }
    }
    if hasControl(letter.to) { throw MailError.header("To") }
    guard isAddress(letter.to) else { throw MailError.recipient }
    guard letter.body.contains("{link}") == (letter.secret != nil) else { throw MailError.link }
  }

  init(_ letter: Letter.Record, secret: String?, from: Mailbox) throws(MailError) {
    try Self.check(
      Letter(
        key: letter.key, to: letter.recipient, language: letter.language, subject: letter.subject,
        body: letter.body,
        secret: secret))
    let domain = from.address.split(separator: "@").last ?? "localhost"
    var sender = from.address
    if let name = from.name {
      sender =
        Self.isPlain(name)
        ? "\"\(name.filter { $0 != "\"" && $0 != "\\" })\"" : Self.encodedWords(name, after: 6)
      sender += "\r\n <\(from.address)>"
    }
    let headers = [
      ("Date", Self.date(letter.queuedAt)),
      ("From", sender),
      ("To", letter.recipient),
      ("Message-ID", "<\(letter.messageID)@\(domain)>"),
      (
        "Subject", Self.isPlain(letter.subject) ? letter.subject : Self.encodedWords(letter.subject, after: 9)
      ),
      ("MIME-Version", "1.0"),
      ("Content-Type", "text/plain; charset=utf-8"),
      ("Content-Transfer-Encoding", "base64"),
      ("Content-Language", letter.language),
      // No holiday replies, please (RFC 3834).
      ("Auto-Submitted", "auto-generated"),
    ]
    var text = ""
    for (name, value) in headers {
      // Whatever the checks above let through: a header never begins a second one.
      guard !Self.hasControl(value.replacing("\r\n ", with: " ")) else { throw MailError.header(name) }
      text += "\(name): \(value)\r\n"
    }
    let body = letter.body.replacing("{link}", with: secret ?? "").split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline
    ).joined(separator: "\r\n")
    let data = Data(body.utf8).base64EncodedData(options: [
      .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
    ])
    bytes = Array(text.utf8) + [13, 10] + Array(data) + [13, 10]
  }

  // MARK: Parts

  /// One `@`, nothing that could leave the command or the header it stands in.
  static func isAddress(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && text.utf8.count <= 254 && parts.allSatisfy { !$0.isEmpty } && !hasControl(text)
      && !text.contains { $0.isWhitespace || "<>(),;:\\\"[]".contains($0) } && !text.hasPrefix("-")
  }

  /// Line breaks and other control characters, those beyond ASCII too.
  static func hasControl(_ text: String) -> Bool {
    text.unicodeScalars.contains { scalar in
      scalar.properties.generalCategory == .control || scalar.value == 0x2028 || scalar.value == 0x2029
    }
  }
  /// May stand in a header as it is.
  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 32 && $0 < 127 } && text.utf8.count <= 60 && !text.contains("=?")
  }

  /// RFC 2047: words of at most 75 characters in base64, cut between characters, one on each line.
  static func encodedWords(_ text: String, after used: Int) -> String {
    var words: [String] = []
    var part: [UInt8] = []
    func close() {
      if !part.isEmpty { words.append("=?utf-8?B?\(Data(part).base64EncodedString())?=") }
      part = []
    }
    for character in text {
      let bytes = Array(String(character).utf8)
      // 45 bytes make 60 letters, with the frame 72; the first line also holds the header's name.
      let room = words.isEmpty ? 45 - (used + 3) / 4 * 3 : 45
      if part.count + bytes.count > room { close() }
      // A character of many parts (a family of emoji) may itself be too long: then it is cut between scalars.
      for scalar in String(character).unicodeScalars {
        let more = Array(String(scalar).utf8)
        if part.count + more.count > 45 { close() }
        part += more
      }
    }
    close()
    return words.joined(separator: "\r\n ")
  }

  /// `2026-06-15T09:30:00Z` as `Mon, 15 Jun 2026 09:30:00 +0000`.
  static func date(_ iso: String) -> String {
    let seconds = Clock.seconds(iso) ?? 0
    let text = Clock.text(seconds: seconds)
    let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let parts = text.split { "-T:Z".contains($0) }
    let month = months[max(0, min(11, (Int(parts[1]) ?? 1) - 1))]
    let day = days[Int(((seconds / 86_400) % 7 + 7) % 7)]
    return "\(day), \(parts[2]) \(month) \(parts[0]) \(parts[3]):\(parts[4]):\(parts[5]) +0000"
  }
}
