import CSodium

/// SHA-256 by libsodium.
package enum Digest {
  private static let isReady: Bool = sodium_init() >= 0

  package static func sha256(_ bytes: [UInt8]) -> [UInt8] {
    var hasher = Hasher()
    bytes.withUnsafeBytes { hasher.add($0) }
    return hasher.finish()
  }
  package static func hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 2)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
  /// `count` bytes from the system's source of randomness.
  package static func random(_ count: Int) -> [UInt8] {
    _ = isReady
    var bytes = [UInt8](repeating: 0, count: count)
    randombytes_buf(&bytes, count)
    return bytes
  }
  package struct Hasher {
    private var state = crypto_hash_sha256_state()
    package init() {
      _ = Digest.isReady
      crypto_hash_sha256_init(&state)
    }
    package mutating func add(_ bytes: UnsafeRawBufferPointer) {
      guard let start = bytes.bindMemory(to: UInt8.self).baseAddress else { return }
      crypto_hash_sha256_update(&state, start, UInt64(bytes.count))
    }
    package mutating func finish() -> [UInt8] {
      var result = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_bytes()))
      crypto_hash_sha256_final(&state, &result)
      return result
    }
  }
}
