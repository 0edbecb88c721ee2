import Language

/// What is done to every text that comes in.
package enum TextHygiene {
  /// Normal form C, without space at its ends, line breaks as LF.
  static func clean(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    var previous: Unicode.Scalar = " "
    for scalar in Normal.composed(text).unicodeScalars {
      if scalar == "\r" {
        scalars.append("\n")
      } else if !(scalar == "\n" && previous == "\r") {
        scalars.append(scalar)
      }
      previous = scalar
    }
    let whole = Substring(String(scalars))
    guard let start = whole.firstIndex(where: { !$0.isWhitespace }),
      let end = whole.lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(whole[start...end])
  }
  /// Control characters, and the marks that turn the direction of what follows (a text may be isolated, not turned).
  package static func isUnwanted(_ scalar: Unicode.Scalar) -> Bool {
    (isControl(scalar) && scalar != "\r") || (0x202A...0x202E).contains(scalar.value)
  }
  static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    (scalar.value < 32 && scalar != "\n" && scalar != "\t") || (127...159).contains(scalar.value)
      || scalar.value == 0xFFFE || scalar.value == 0xFFFF
  }
  /// Decimal digits of any script as 0–9 (a person types ٢٠٢٦ on an Arabic keyboard).
  static func digits(_ text: String) -> String {
    String(
      text.map { character -> Character in
        guard let value = character.wholeNumberValue, value < 10, character.isNumber,
          character.unicodeScalars.first?.properties.numericType == .decimal
        else { return character }
        return Character(String(value))
      })
  }
}

/// Amounts as people type them.
enum Amount {
  /// Exact minor units, nil when the text is no amount or has more digits after the point than the currency.
  static func minor(_ text: String, digits: Int) -> Int64? {
    var figures = TextHygiene.digits(text).filter { !$0.isWhitespace && $0 != "'" && $0 != "\u{066C}" }
    figures = String(figures.map { $0 == "\u{066B}" ? "." : $0 })
    let negative = figures.hasPrefix("-")
    if negative { figures.removeFirst() }
    let commas = figures.filter { $0 == "," }.count
    let points = figures.filter { $0 == "." }.count
    // A lone comma before one or two last digits is a decimal comma; otherwise commas group thousands.
    if commas == 1, points == 0, let comma = figures.firstIndex(of: ","),
      (1...2).contains(figures.distance(from: comma, to: figures.endIndex) - 1)
    {
      figures = figures.replacing(comma)
    } else if commas > 0 {
      guard grouped(figures) else { return nil }
      figures.removeAll { $0 == "," }
    }
    let parts = figures.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), !parts[0].isEmpty, parts.allSatisfy({ $0.utf8.allSatisfy(isDigit) })
    else {
      return nil
    }
    let fraction = parts.count == 2 ? String(parts[1]) : ""
    guard fraction.utf8.count <= digits, parts.count == 1 || !fraction.isEmpty else { return nil }
    let padded = fraction + String(repeating: "0", count: digits - fraction.utf8.count)
    guard let value = Int64(parts[0] + padded) else { return nil }
    return negative ? -value : value
  }

  static func padded(_ value: Int, _ width: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }

  private static func grouped(_ text: String) -> Bool {
    let whole = text.split(separator: ".", omittingEmptySubsequences: false)[0]
    let groups = whole.split(separator: ",", omittingEmptySubsequences: false)
    return (1...3).contains(groups[0].utf8.count) && groups.dropFirst().allSatisfy { $0.utf8.count == 3 }
  }
  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }
}

extension String {
  fileprivate func replacing(_ comma: Index) -> String { self[..<comma] + "." + self[index(after: comma)...] }
}
