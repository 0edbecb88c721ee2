import CSodium

/// Bytes as letters and digits.
enum BaseText {
  /// RFC 4648, and Crockford's, which leaves out the letters I, L, O and U.
  static let rfc32 = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
  static let crockford = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
  static let letters62 = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

  /// Base32 without padding.
  static func base32(_ bytes: [UInt8]) -> String {
    var out: [UInt8] = []
    var buffer: UInt32 = 0
    var bits = 0
    for byte in bytes {
      buffer = (buffer << 8 | UInt32(byte)) & 0xFFFF
      bits += 8
      while bits >= 5 {
        bits -= 5
        out.append(rfc32[Int(buffer >> UInt32(bits)) & 31])
      }
    }
    if bits > 0 { out.append(rfc32[Int(buffer << UInt32(5 - bits)) & 31]) }
    return String(decoding: out, as: UTF8.self)
  }

  /// `count` letters, each drawn evenly from the alphabet.
  static func random(_ count: Int, of alphabet: [UInt8]) -> String {
    precondition(Secret.isReady, "libsodium found no source of randomness")
    return String(
      decoding: (0..<count).map { _ in alphabet[Int(randombytes_uniform(UInt32(alphabet.count)))] },
      as: UTF8.self)
  }

  /// Base64 without padding.
  static func base64(_ bytes: [UInt8]) -> String {
    encode64(bytes, sodium_base64_VARIANT_ORIGINAL_NO_PADDING)
  }

  private static func encode64(_ bytes: [UInt8], _ variant: Int32) -> String {
    let size = sodium_base64_encoded_len(bytes.count, variant)
    var out = [CChar](repeating: 0, count: size)
    sodium_bin2base64(&out, size, bytes, bytes.count, variant)
    return String(decoding: out.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Strict base64url without padding: nil for a stray character or stray bits.
  static func fromBase64URL(_ text: Substring) -> [UInt8]? {
    let characters = text.utf8.map { CChar(bitPattern: $0) }
    var out = [UInt8](repeating: 0, count: characters.count)
    var length = 0
    let code = sodium_base642bin(
      &out, out.count, characters, characters.count, nil, &length, nil,
      sodium_base64_VARIANT_URLSAFE_NO_PADDING)
    return code == 0 ? Array(out.prefix(length)) : nil
  }
}
