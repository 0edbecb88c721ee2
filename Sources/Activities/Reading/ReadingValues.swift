internal import Documents

// Attribute values: codes against their lists, references, languages, numbers.
extension ReadingState {
  /// The code as text, kept also when its list does not know it.
  @inline(__always) mutating func code(
    _ raw: Text, _ list: CodeList, _ attribute: IATIName, _ cursor: XMLCursor
  ) -> String {
    let bytes = Decimals.trimmed(raw)
    if bytes.isEmpty { return "" }
    let standing = codes.standing(bytes, in: list)
    if standing != .active, standing != .unchecked { findCode(standing, bytes, list, attribute, cursor) }
    return string(bytes)
  }

  @inline(never) private mutating func findCode(
    _ standing: CodeTable.Standing, _ bytes: Text, _ list: CodeList, _ attribute: IATIName,
    _ cursor: XMLCursor
  ) {
    let arguments = ["found": excerpt(bytes), "list": list.rawValue]
    switch standing {
    case .unknown: find(.codeUnknown, cursor, attribute, arguments)
    // Advice once per code and file: publishers repeat the same code on every line.
    case .unlisted: if isNew(list.rawValue, bytes) { find(.codeUnlisted, cursor, attribute, arguments) }
    case .withdrawn: if isNew(list.rawValue, bytes) { find(.codeWithdrawn, cursor, attribute, arguments) }
    case .active, .unchecked: break
    }
  }

  private mutating func isNew(_ list: String, _ bytes: Text) -> Bool {
    advisedCodes.count < 5_000 && advisedCodes.insert(list + ":" + excerpt(bytes)).inserted
  }

  /// The code of a part whose list depends on its vocabulary; other vocabularies are not checked.
  @inline(__always) mutating func code(_ raw: Text?, in list: CodeList?, _ cursor: XMLCursor) -> String {
    guard let raw, raw.count > 0 else {
      find(.codeMissing, cursor, .code, [:])
      return ""
    }
    guard let list else { return string(Decimals.trimmed(raw)) }
    return code(raw, list, .code, cursor)
  }

  /// Single ASCII byte of a one-letter code, 0 otherwise: vocabularies are switched upon.
  @inline(__always) static func letter(_ bytes: Text?) -> UInt8 {
    guard let bytes, bytes.count == 1 else { return 0 }
    return bytes[0]
  }

  /// A reference to an organisation or activity.
  @inline(__always) mutating func reference(
    _ raw: Text, _ attribute: IATIName, _ cursor: XMLCursor, isOrganisation: Bool = true
  ) -> String {
    let bytes = Decimals.trimmed(raw)
    if bytes.count != raw.count { find(.referenceSpaces, cursor, attribute, ["found": excerpt(raw)]) }
    if isOrganisation {
      for byte in bytes where byte == 0x2F || byte == 0x26 || byte == 0x7C || byte == 0x3F {
        find(.referenceSymbols, cursor, attribute, ["found": excerpt(raw)])
        break
      }
      return bytes.count > 7 ? texts.text(bytes) : string(bytes)
    }
    return string(bytes)
  }

  /// `xml:lang`, kept as written; only its first part is looked up.
  @inline(__always) mutating func language(_ raw: Text, _ cursor: XMLCursor) -> String {
    let bytes = Decimals.trimmed(raw)
    if bytes.isEmpty { return "" }
    var end = 0
    while end < bytes.count, bytes[end] != UInt8(ascii: "-"), bytes[end] != UInt8(ascii: "_") { end &+= 1 }
    let standing = codes.standing(Text(rebasing: bytes[..<end]), in: .language)
    if standing != .active, standing != .unchecked { findCode(standing, bytes, .language, .lang, cursor) }
    return string(bytes)
  }

  mutating func number(_ raw: Text, _ attribute: IATIName, _ cursor: XMLCursor) -> Int? {
    let bytes = Decimals.trimmed(raw)
    if bytes.isEmpty { return nil }
    if let value = Int(string(bytes)), value >= 0 { return value }
    find(.valueInvalid, cursor, attribute, ["found": excerpt(bytes), "expected": "0, 1, 2 …"])
    return nil
  }

  @inline(__always) mutating func boolean(_ raw: Text, _ attribute: IATIName, _ cursor: XMLCursor) -> Bool? {
    let bytes = Decimals.trimmed(raw)
    if bytes.count == 1 {
      if bytes[0] == UInt8(ascii: "1") { return true }
      if bytes[0] == UInt8(ascii: "0") { return false }
    }
    return wordedBoolean(bytes, attribute, cursor)
  }

  private mutating func wordedBoolean(_ bytes: Text, _ attribute: IATIName, _ cursor: XMLCursor) -> Bool? {
    switch string(bytes) {
    case "": return nil
    case "true": return true
    case "false": return false
    default:
      find(.valueInvalid, cursor, attribute, ["found": excerpt(bytes), "expected": "0 / 1"])
      return nil
    }
  }

  /// The day of an attribute; nil with a finding when it is not one.
  @inline(__always) mutating func day(_ raw: Text, _ attribute: IATIName, _ cursor: XMLCursor) -> Day? {
    switch Decimals.readDay(raw) {
    case .day(let day): return day
    case .dayWithTime(let day):
      find(.dateWithTime, cursor, attribute, ["found": excerpt(raw), "understood": day.text])
      return day
    case .empty:
      find(.dateMissing, cursor, attribute, [:])
      return nil
    case .invalid:
      find(.dateInvalid, cursor, attribute, ["found": excerpt(raw)])
      return nil
    }
  }

  /// `@iso-date` of the open element.
  @inline(__always) mutating func isoDate(_ cursor: XMLCursor) -> Day? {
    if let value = attributeRaw(.isoDate) { return day(value, .isoDate, cursor) }
    find(.dateMissing, cursor, .isoDate, [:])
    return nil
  }

  @inline(__always) mutating func readShare(_ cursor: XMLCursor) -> Share? {
    guard let raw = attribute(.percentage) else { return nil }
    guard let share = Decimals.readShare(raw) else {
      if !Decimals.trimmed(raw).isEmpty {
        find(.percentageInvalid, cursor, .percentage, ["found": excerpt(raw)])
      }
      return nil
    }
    if share < .zero || share > .whole {
      find(.percentageRange, cursor, .percentage, ["found": excerpt(raw)])
      return nil
    }
    return share
  }

  /// Digits after the point of a currency; two when it is not known.
  @inline(__always) mutating func digits(of currency: String) -> Int {
    if currency == lastCurrency { return lastCurrencyDigits }
    lastCurrency = currency
    lastCurrencyDigits = min(6, max(0, settings.currencyDigits[currency] ?? 2))
    return lastCurrencyDigits
  }
}
