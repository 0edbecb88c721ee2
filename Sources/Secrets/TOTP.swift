import COath
import Foundation

/// Time-based codes (RFC 6238: SHA-1, 30 seconds, six digits) through liboath.
package enum TOTP {
  package static let period: Int64 = 30
  private static let isReady: Bool = oath_init() == 0

  /// 20 bytes, the length of the hash (RFC 4226 §4).
  package static func newSecret() -> [UInt8] { Secret.random(20) }

  /// The six digits of that moment.
  package static func code(_ secret: [UInt8], at seconds: Int64) -> String {
    guard isReady, seconds >= 0 else { return "" }
    return Passphrase.withCharacters(secret) { start, count in
      var out = [CChar](repeating: 0, count: 8)
      guard oath_totp_generate(start, count, time_t(seconds), UInt32(period), 0, 6, &out) == 0 else {
        return ""
      }
      return String(decoding: out.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }

  /// Takes a code of this step, the one before or the one after, and none twice.
  /// - Parameter lastStep: the step accepted last for this secret.
  /// - Returns: the step to remember, or nil when the code is refused.
  package static func accept(
    _ code: String, secret: [UInt8], at seconds: Int64, after lastStep: Int64?
  ) -> Int64? {
    let digits = Array(digits(code).utf8)
    guard digits.count == 6 else { return nil }
    var accepted: Int64?
    // All three are always computed: time does not tell which one fitted.
    for step in (seconds / period - 1)...(seconds / period + 1) {
      let expected = Array(self.code(secret, at: step * period).utf8)
      let isNew = lastStep.map { step > $0 } ?? true
      if Secret.equal(expected, digits) && isNew { accepted = step }
    }
    return accepted
  }

  /// For typing into an authenticator by hand.
  package static func base32(_ secret: [UInt8]) -> String { BaseText.base32(secret) }

  /// The address an authenticator reads, also from a picture.
  package static func address(_ secret: [UInt8], account: String, issuer: String) -> String {
    "otpauth://totp/\(escape(issuer)):\(escape(account))?secret=\(base32(secret))&issuer=\(escape(issuer))"
      + "&algorithm=SHA1&digits=6&period=\(period)"
  }

  /// Spaces fall away; the digits of every script count (٠١٢, ０１２).
  private static func digits(_ text: String) -> String {
    var result = ""
    for character in text where !character.isWhitespace {
      guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1,
        scalar.properties.generalCategory == .decimalNumber, let value = character.wholeNumberValue
      else { return "" }
      result += String(value)
    }
    return result
  }
  private static func escape(_ text: String) -> String {
    let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
    let hex = Array("0123456789ABCDEF".utf8)
    let bytes = text.utf8.flatMap { byte -> [UInt8] in
      plain.contains(byte) ? [byte] : [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
