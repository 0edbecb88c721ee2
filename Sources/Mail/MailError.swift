/// Why a letter cannot be written or sent.
package enum MailError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A line break or control character in a header: somebody tries to add headers.
  case header(String)
  case recipient
  /// `{link}` without a secret, or a secret without `{link}`.
  case link
  case server(String)
  /// The server will never take this letter (5xx).
  case refused(code: Int, reply: String)
  /// Not now: 4xx, no connection, wrong settings of the server.
  case later(String)

  package var description: String {
    switch self {
    case .header(let name): "The header \(name) holds a line break or control character."
    case .recipient: "The recipient is no e-mail address."
    case .link: "The letter has a place for a link without one, or a link without a place."
    case .server(let why): "The mail server's settings are wrong: \(why)."
    case .refused(_, let reply): "The mail server refused the letter: \(reply)"
    case .later(let why): "The letter could not be handed over now: \(why)"
    }
  }
}
