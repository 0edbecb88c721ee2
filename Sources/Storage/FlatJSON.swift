/// JSON objects whose values are all strings, in the one form that is signed (RFC 8785): keys sorted, no space,
/// short escapes. Numbers are written as strings, so that no reader changes a digit.
enum FlatJSON {
  static func text(_ fields: [String: String]) -> String {
    let members = fields.sorted { Array($0.key.utf16).lexicographicallyPrecedes(Array($1.key.utf16)) }
    return "{" + members.map { quoted($0.key) + ":" + quoted($0.value) }.joined(separator: ",") + "}"
  }
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\u{08}": result += "\\b"
      case "\t": result += "\\t"
      case "\n": result += "\\n"
      case "\u{0C}": result += "\\f"
      case "\r": result += "\\r"
      case "\u{00}"..<"\u{20}":
        let hex = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// Reads such an object in whatever spacing and order; nil when it is another value, or names a key twice
  /// (two readers could then see two things).
  static func parse(_ text: String) -> [String: String]? {
    guard text.utf8.count <= 65_536 else { return nil }
    var reader = FlatJSONReader(text)
    return reader.object()
  }
}

private struct FlatJSONReader {
  private let scalars: [Unicode.Scalar]
  private var place = 0

  init(_ text: String) {
    let all = Array(text.unicodeScalars)
    scalars = all.first == "\u{FEFF}" ? Array(all.dropFirst()) : all
  }

  mutating func object() -> [String: String]? {
    var fields: [String: String] = [:]
    guard take("{") else { return nil }
    if !take("}") {
      repeat {
        guard let key = string(), take(":"), let value = string(), fields[key] == nil else { return nil }
        fields[key] = value
      } while take(",")
      guard take("}") else { return nil }
    }
    skip()
    return place == scalars.count ? fields : nil
  }

  private mutating func skip() {
    while place < scalars.count, [" ", "\t", "\n", "\r"].contains(scalars[place]) { place += 1 }
  }
  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    skip()
    guard place < scalars.count, scalars[place] == scalar else { return false }
    place += 1
    return true
  }
  private mutating func next() -> Unicode.Scalar? {
    guard place < scalars.count else { return nil }
    defer { place += 1 }
    return scalars[place]
  }
  private mutating func string() -> String? {
    guard take("\"") else { return nil }
    var result = String.UnicodeScalarView()
    while let scalar = next() {
      switch scalar {
      case "\"": return String(result)
      case "\\":
        guard let escaped = escape() else { return nil }
        result.append(escaped)
      case "\u{00}"..<"\u{20}": return nil
      default: result.append(scalar)
      }
    }
    return nil
  }
  private mutating func escape() -> Unicode.Scalar? {
    switch next() {
    case "\"": return "\""
    case "\\": return "\\"
    case "/": return "/"
    case "b": return "\u{08}"
    case "f": return "\u{0C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "u":
      guard let high = unit() else { return nil }
      guard (0xD800..<0xDC00).contains(high) else { return Unicode.Scalar(high) }
      guard next() == "\\", next() == "u", let low = unit(), (0xDC00..<0xE000).contains(low) else {
        return nil
      }
      return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    default: return nil
    }
  }
  private mutating func unit() -> UInt32? {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = next().flatMap(hex) else { return nil }
      value = value << 4 | digit
    }
    return value
  }
  private func hex(_ scalar: Unicode.Scalar) -> UInt32? {
    switch scalar.value {
    case 48...57: scalar.value - 48
    case 65...70: scalar.value - 55
    case 97...102: scalar.value - 87
    default: nil
    }
  }
}
