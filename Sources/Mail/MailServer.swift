/// The server that letters are handed to.
package struct MailServer: Sendable {
  let address: String
  let user: String?
  let password: String?
  let from: MailMessage.Mailbox
  /// Envelope sender: where bounces go.
  let bounces: String
  let requiresTLS: Bool
  let authorities: String?
  /// For connecting, and for the whole hand-over.
  static let seconds = 60

  /// - Parameters:
  ///   - address: `smtp://host:port` (STARTTLS) or `smtps://host:port`.
  ///   - from: `mail@example.org` or `Name <mail@example.org>`.
  ///   - bounces: where reports go, else to `from`.
  ///   - requiresTLS: false only for a server on this machine.
  ///   - authorities: file of certificates (PEM) to trust instead of the system's.
  package init(
    address: String, user: String?, password: String?, from: String, bounces: String?, requiresTLS: Bool,
    authorities: String? = nil
  ) throws {
    guard let scheme = ["smtp://", "smtps://"].first(where: { address.hasPrefix($0) }),
      case let rest = address.dropFirst(scheme.count), !rest.isEmpty,
      rest.utf8.allSatisfy({ $0 > 32 && $0 < 127 }), !rest.contains(where: { "/@?#".contains($0) })
    else { throw MailError.server("write smtp://host:port or smtps://host:port") }
    guard (user == nil) == (password == nil) else { throw MailError.server("user and password go together") }
    guard let sender = MailMessage.Mailbox(from) else {
      throw MailError.server("the sender is no e-mail address")
    }
    if let bounces, !MailMessage.isAddress(bounces) {
      throw MailError.server("the address for bounces is no e-mail address")
    }
    self.address = address
    self.user = user
    self.password = password
    self.from = sender
    self.bounces = bounces ?? sender.address
    self.requiresTLS = requiresTLS
    self.authorities = authorities
  }

  /// Hands the letter over; returns the server's reply, which often holds its number there.
  /// - Throws: `MailError.refused` for good, `MailError.later` when it is worth another try.
  package func send(_ letter: Letter.Record, secret: String?) async throws -> String {
    let message = try MailMessage(letter, secret: secret, from: from)
    return try await SMTP.send(message.bytes, to: letter.recipient, through: self)
  }
}
