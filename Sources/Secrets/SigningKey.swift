import CSodium

/// Ed25519 (RFC 8032): signs checkpoints and receipts.
package struct SigningKey: Sendable {
  /// First 16 hexadecimal digits of the SHA-256 of the public key.
  package let id: String
  /// 32 bytes.
  package let publicKey: [UInt8]
  private let secretKey: [UInt8]

  /// - Parameter seed: 32 random bytes, as `KeyFile` keeps them.
  package init(seed: [UInt8]) {
    precondition(Secret.isReady && seed.count == crypto_sign_seedbytes(), "a seed of 32 bytes is needed")
    var publicKey = [UInt8](repeating: 0, count: crypto_sign_publickeybytes())
    var secretKey = [UInt8](repeating: 0, count: crypto_sign_secretkeybytes())
    crypto_sign_seed_keypair(&publicKey, &secretKey, seed)
    self.publicKey = publicKey
    self.secretKey = secretKey
    id = Self.id(of: publicKey)
  }

  package static func id(of publicKey: [UInt8]) -> String {
    Secret.hex(Array(Secret.sha256(publicKey).prefix(8)))
  }

  /// 64 bytes.
  package func sign(_ bytes: [UInt8]) -> [UInt8] {
    var signature = [UInt8](repeating: 0, count: crypto_sign_bytes())
    crypto_sign_detached(&signature, nil, bytes, UInt64(bytes.count), secretKey)
    return signature
  }

  package static func verify(_ bytes: [UInt8], _ signature: [UInt8], publicKey: [UInt8]) -> Bool {
    guard Secret.isReady, signature.count == crypto_sign_bytes(),
      publicKey.count == crypto_sign_publickeybytes()
    else { return false }
    return crypto_sign_verify_detached(signature, bytes, UInt64(bytes.count), publicKey) == 0
  }
}
