/// Random texts that open something: links, sessions, keys for programs. Only their hash is kept.
package enum Token {
  /// `prefix_` and 43 letters and digits: 256 random bits. The prefix lets a leaked token be recognised.
  package static func new(_ prefix: String) -> String {
    "\(prefix)_\(BaseText.random(43, of: BaseText.letters62))"
  }

  /// SHA-256 in hexadecimal. The token is random, so a fast hash keeps it safe, and it can be looked up.
  package static func hash(_ text: String) -> String { Secret.hex(Secret.sha256(Array(text.utf8))) }
}
