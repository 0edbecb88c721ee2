import CSodium
import Foundation

/// Passphrases as argon2id keeps them (RFC 9106, libsodium's encoded text). Each call takes tens of milliseconds
/// and 19 MiB on purpose.
package enum Passphrase {
  /// OWASP's second choice: 19 MiB, two passes.
  private static let passes: UInt64 = 2
  private static let memory = 19 * 1024 * 1024

  /// The encoded hash, `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`; nil only when memory is short.
  package static func hash(_ text: String) -> String? {
    guard Secret.isReady else { return nil }
    var bytes = normal(text)
    defer { Secret.wipe(&bytes) }
    var out = [CChar](repeating: 0, count: crypto_pwhash_strbytes())
    let code = withCharacters(bytes) {
      crypto_pwhash_str_alg(&out, $0, UInt64($1), passes, memory, crypto_pwhash_alg_argon2id13())
    }
    guard code == 0 else { return nil }
    return String(decoding: out.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Whether these are the words of that hash; the comparison takes the same time either way.
  package static func verify(_ text: String, _ hash: String) -> Bool {
    guard Secret.isReady, let encoded = encoded(hash) else { return false }
    var bytes = normal(text)
    defer { Secret.wipe(&bytes) }
    return withCharacters(bytes) { crypto_pwhash_str_verify(encoded, $0, UInt64($1)) } == 0
  }

  /// True for a hash made with other costs than today's, or by another method: hash anew at the next sign-in.
  package static func needsNewHash(_ hash: String) -> Bool {
    guard let encoded = encoded(hash) else { return true }
    return crypto_pwhash_str_needs_rehash(encoded, passes, memory) != 0
  }

  /// A hash of today's costs that no words fit: verified for unknown accounts, so that time tells nothing.
  /// Salt and hash are random bytes, so that even the first use costs no more than any other.
  package static let decoy: String = {
    "$argon2id$v=19$m=\(memory / 1024),t=\(passes),p=1$\(BaseText.base64(Secret.random(16)))"
      + "$\(BaseText.base64(Secret.random(32)))"
  }()

  /// Normal form KC: the same words from another keyboard (full-width, composed, ligatures) are the same bytes.
  static func normal(_ text: String) -> [UInt8] { Array(text.precomposedStringWithCompatibilityMapping.utf8) }

  static func withCharacters<T>(_ bytes: [UInt8], _ body: (UnsafePointer<CChar>, Int) -> T) -> T {
    // One more byte, so that an empty text has an address as well.
    var copy = bytes + [0]
    defer { Secret.wipe(&copy) }
    return copy.withUnsafeBytes { buffer in
      buffer.withMemoryRebound(to: CChar.self) { characters in
        guard let start = characters.baseAddress else { preconditionFailure("never empty") }
        return body(start, bytes.count)
      }
    }
  }
  /// libsodium reads a buffer of fixed size.
  private static func encoded(_ hash: String) -> [CChar]? {
    let size = crypto_pwhash_strbytes()
    let bytes = Array(hash.utf8)
    guard bytes.count < size, !bytes.contains(0), hash.hasPrefix("$argon2id$") else { return nil }
    return bytes.map { CChar(bitPattern: $0) } + [CChar](repeating: 0, count: size - bytes.count)
  }
}
