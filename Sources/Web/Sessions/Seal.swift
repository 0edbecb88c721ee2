import Storage

/// Keyed hashes for cookies and form tokens.
package enum Seal {
  /// HMAC-SHA-256 (RFC 2104).
  package static func hmac(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
    var block = key.count > 64 ? Digest.sha256(key) : key
    block += [UInt8](repeating: 0, count: 64 - block.count)
    let inner = Digest.sha256(block.map { $0 ^ 0x36 } + message)
    return Digest.sha256(block.map { $0 ^ 0x5C } + inner)
  }
  /// Compares without telling by its time where the first difference stands. The lengths are no secret.
  package static func equal(_ one: some Collection<UInt8>, _ other: some Collection<UInt8>) -> Bool {
    guard one.count == other.count else { return false }
    var difference: UInt8 = 0
    for (a, b) in zip(one, other) { difference |= a ^ b }
    return difference == 0
  }
  package static func equal(_ one: String, _ other: String) -> Bool {
    equal(Array(one.utf8), Array(other.utf8))
  }

  static func text(_ message: String, key: [UInt8]) -> String {
    Base64URL.encode(hmac(Array(message.utf8), key: key))
  }
}
