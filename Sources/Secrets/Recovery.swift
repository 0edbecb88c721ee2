import CSodium
import Foundation

/// Codes on paper for the day the second factor is lost, each good once.
package enum Recovery {
  /// Ten codes `XXXX-XXXX-XXXX` in Crockford's letters, 60 random bits each.
  package static func newCodes() -> [String] {
    (0..<10).map { _ in
      let letters = Array(BaseText.random(12, of: BaseText.crockford))
      return [letters[0..<4], letters[4..<8], letters[8..<12]].map { String($0) }.joined(separator: "-")
    }
  }

  /// The hash to keep and to look up, 64 hexadecimal digits. Small letters, spaces, missing dashes and O, I, L
  /// written for 0 and 1 are forgiven.
  ///
  /// 60 bits are few enough to be tried on a stolen table, so argon2id slows each try down. The salt is the same
  /// for all: a code is found by its hash, and codes are random, so no two are alike.
  package static func hash(_ code: String) -> String {
    var bytes = Array(plain(code).utf8)
    defer { Secret.wipe(&bytes) }
    let salt = Array(Secret.sha256(Array("wasl recovery code".utf8)).prefix(crypto_pwhash_saltbytes()))
    var out = [UInt8](repeating: 0, count: 32)
    let done = Passphrase.withCharacters(bytes) {
      crypto_pwhash(
        &out, 32, $0, UInt64($1), salt, 2, 19 * 1024 * 1024, crypto_pwhash_alg_argon2id13()) == 0
    }
    // Without memory there is no hash: random bytes match nothing.
    return Secret.hex(done ? out : Secret.random(32))
  }

  static func plain(_ code: String) -> String {
    let letters = code.precomposedStringWithCompatibilityMapping.uppercased().compactMap {
      letter -> Character? in
      switch letter {
      case "O": "0"
      case "I", "L": "1"
      case _ where letter.isWhitespace || letter.unicodeScalars.allSatisfy { $0.properties.isDash }: nil
      default: letter
      }
    }
    return String(letters)
  }
}
