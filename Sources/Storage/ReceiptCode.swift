/// The short code of a receipt: fifty bits of the hash of its text, in Crockford's base 32, which has no I, L, O, U.
package enum ReceiptCode {
  private static let digits = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
  package static let length = 10

  /// - Parameter fields: without `code`, `key` and `public_key`, which come after.
  static func make(_ fields: [String: String]) -> String {
    let hash = Digest.sha256(Array(FlatJSON.text(fields).utf8))
    let bits = hash.prefix(7).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } >> 6
    let code = (0..<length).map { digits[Int(bits >> UInt64((length - 1 - $0) * 5) & 31)] }
    return String(decoding: code, as: UTF8.self)
  }
  /// The code that the text of a receipt must carry.
  static func expected(_ fields: [String: String]) -> String {
    make(fields.filter { !["code", "key", "public_key"].contains($0.key) })
  }

  /// What a person typed, as it is stored: case, spaces, dashes, and O, I, L for 0 and 1 are forgiven. Nil when it can
  /// be no code.
  package static func read(_ typed: String) -> String? {
    var code: [UInt8] = []
    for scalar in typed.uppercased().unicodeScalars {
      switch scalar {
      case " ", "-", "\u{2010}", "\u{2011}", "\u{2013}", "\u{00A0}", "\u{2068}", "\u{2069}", "\u{200E}",
        "\u{200F}":
        continue
      case "O": code.append(UInt8(ascii: "0"))
      case "I", "L": code.append(UInt8(ascii: "1"))
      default:
        guard scalar.isASCII, digits.contains(UInt8(scalar.value)) else { return nil }
        code.append(UInt8(scalar.value))
      }
      guard code.count <= length else { return nil }
    }
    return code.count == length ? String(decoding: code, as: UTF8.self) : nil
  }
  /// In two groups, as it is printed.
  package static func shown(_ code: String) -> String { code.prefix(5) + "-" + code.dropFirst(5) }
}
