import CSodium

/// What all secrets share: libsodium made ready, comparison that tells nothing by its time, wiping.
package enum Secret {
  /// libsodium chooses its routines once; nothing here works before.
  static let isReady: Bool = sodium_init() >= 0

  /// Compares without telling by its time where the first difference stands. The lengths are no secret.
  package static func equal(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    one.count == other.count && sodium_memcmp(one, other, one.count) == 0
  }
  package static func equal(_ one: String, _ other: String) -> Bool {
    equal(Array(one.utf8), Array(other.utf8))
  }

  /// `count` bytes from the system's source of randomness.
  package static func random(_ count: Int) -> [UInt8] {
    precondition(isReady, "libsodium found no source of randomness")
    var bytes = [UInt8](repeating: 0, count: count)
    randombytes_buf(&bytes, count)
    return bytes
  }
  /// Overwrites in a way the compiler does not leave out. Copies made elsewhere stay.
  static func wipe(_ bytes: inout [UInt8]) {
    let count = bytes.count
    bytes.withUnsafeMutableBytes { if let start = $0.baseAddress { sodium_memzero(start, count) } }
  }

  static func sha256(_ bytes: [UInt8]) -> [UInt8] {
    precondition(isReady, "libsodium could not start")
    var out = [UInt8](repeating: 0, count: crypto_hash_sha256_bytes())
    crypto_hash_sha256(&out, bytes, UInt64(bytes.count))
    return out
  }
  static func hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
