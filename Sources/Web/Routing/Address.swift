/// Addresses: percent-encoding of parts, by RFC 3986.
package enum Address {
  /// Path and query; pairs without a value are left out.
  package static func make(_ path: String, _ query: [(String, String?)]) -> String {
    var text = path
    var mark = "?"
    for (name, value) in query {
      guard let value else { continue }
      text += mark + encode(name) + "=" + encode(value)
      mark = "&"
    }
    return text
  }
  /// All but unreserved characters as `%XX`; a slash too, so that a value stays one path segment.
  package static func encode(_ text: some StringProtocol) -> String {
    let hex = Array("0123456789ABCDEF".utf8)
    var out: [UInt8] = []
    out.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      if isUnreserved(byte) {
        out.append(byte)
      } else {
        out.append(UInt8(ascii: "%"))
        out.append(hex[Int(byte >> 4)])
        out.append(hex[Int(byte & 15)])
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
  /// - Returns: nil when an escape is broken, or when the text is not UTF-8 or holds NUL.
  package static func decode(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String? {
    var out: [UInt8] = []
    var bytes = text.utf8.makeIterator()
    while let byte = bytes.next() {
      if byte == UInt8(ascii: "%") {
        guard let high = bytes.next().flatMap(digit), let low = bytes.next().flatMap(digit) else {
          return nil
        }
        out.append(high << 4 | low)
      } else {
        out.append(plusIsSpace && byte == UInt8(ascii: "+") ? 32 : byte)
      }
    }
    guard !out.contains(0) else { return nil }
    return String(validating: out, as: UTF8.self)
  }

  static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"):
      return true
    default: return false
    }
  }
  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: return byte - 48
    case 65...70: return byte - 55
    case 97...102: return byte - 87
    default: return nil
    }
  }
}
