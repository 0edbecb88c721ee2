import CSodium

/// Secrets kept in the database that must be readable again, such as those of second factors
/// (XChaCha20-Poly1305). Without the key they can be neither read nor altered unseen.
package struct SealedBox: Sendable {
  private let key: [UInt8]
  /// First byte of every sealed text, so that another method can follow.
  private static let version: UInt8 = 1

  /// - Parameter key: 32 bytes.
  package init(key: [UInt8]) {
    precondition(Secret.isReady && key.count == 32, "a key of 32 bytes is needed")
    self.key = key
  }

  /// - Parameter context: what the bytes belong to, such as `account:17`: they open only with the same words,
  ///   so that a sealed secret moved to another row is refused.
  package func seal(_ bytes: [UInt8], for context: String = "") -> [UInt8] {
    let nonce = Secret.random(crypto_aead_xchacha20poly1305_ietf_npubbytes())
    let words = Array(context.utf8)
    var out = [UInt8](repeating: 0, count: bytes.count + crypto_aead_xchacha20poly1305_ietf_abytes())
    crypto_aead_xchacha20poly1305_ietf_encrypt(
      &out, nil, bytes, UInt64(bytes.count), words, UInt64(words.count), nil, nonce, key)
    return [Self.version] + nonce + out
  }

  /// nil when the bytes were altered, sealed with another key or for another context.
  package func open(_ bytes: [UInt8], for context: String = "") -> [UInt8]? {
    let nonceSize = crypto_aead_xchacha20poly1305_ietf_npubbytes()
    let tagSize = crypto_aead_xchacha20poly1305_ietf_abytes()
    guard bytes.first == Self.version, bytes.count >= 1 + nonceSize + tagSize else { return nil }
    let nonce = Array(bytes[1..<(1 + nonceSize)])
    let sealed = Array(bytes[(1 + nonceSize)...])
    let words = Array(context.utf8)
    // Never without an address, also for an empty text.
    var out = [UInt8](repeating: 0, count: sealed.count - tagSize + 1)
    let code = crypto_aead_xchacha20poly1305_ietf_decrypt(
      &out, nil, nil, sealed, UInt64(sealed.count), words, UInt64(words.count), nonce, key)
    return code == 0 ? Array(out.dropLast()) : nil
  }
}
