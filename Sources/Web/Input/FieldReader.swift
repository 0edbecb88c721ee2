package import Language

/// Reads fields one by one and gathers every fault, so that a person hears of all at once.
///
///     var form = call.form.reader
///     let title = form.required("title", max: 200)
///     let day = form.date("day")
///     try form.finish()
package struct FieldReader: Sendable {
  package let fields: Fields
  let isQuery: Bool
  package private(set) var faults: [Fault] = []

  init(_ fields: Fields, isQuery: Bool) {
    self.fields = fields
    self.isQuery = isQuery
  }

  /// Notes a fault of a rule that the reader does not know itself.
  package mutating func refuse(_ name: String, _ key: String, _ arguments: [String: Argument] = [:]) {
    faults.append(Fault(isQuery ? .query(name) : .field(name), key, arguments))
  }
  package func has(faultIn name: String) -> Bool { faults.contains { $0.field == name } }

  /// - Throws: every fault, 422 for a form and 400 for an address.
  package func finish() throws {
    if !faults.isEmpty { throw isQuery ? Problem.badQuery(faults) : Problem.invalid(faults) }
  }

  /// Trimmed and in normal form C; nil when absent or empty. Control characters other than line breaks are refused.
  package mutating func text(_ name: String, max: Int = 10_000) -> String? {
    fields.note(name, .text(max: max))
    return clean(name, max: max)
  }
  private mutating func clean(_ name: String, max: Int) -> String? {
    guard let raw = fields.plain(name) else { return nil }
    let text = TextHygiene.clean(raw)
    guard !text.isEmpty else { return nil }
    if text.unicodeScalars.contains(where: TextHygiene.isControl) {
      refuse(name, "web.field.control")
      return nil
    }
    if text.unicodeScalars.count > max {
      refuse(name, "web.field.long", ["max": .number(max), "length": .number(text.unicodeScalars.count)])
      return nil
    }
    return text
  }
  /// As `text`; when it is absent a fault is noted and "" returned.
  package mutating func required(_ name: String, max: Int = 10_000, _ key: String = "web.field.missing")
    -> String
  {
    fields.note(name, .text(max: max), required: true)
    let before = faults.count
    if let text = clean(name, max: max) { return text }
    if faults.count == before { refuse(name, key) }
    return ""
  }

  package mutating func integer(_ name: String, in range: ClosedRange<Int> = 0...Int(Int32.max)) -> Int? {
    fields.note(name, .integer(range))
    guard let text = clean(name, max: 40) else { return nil }
    guard let value = Int(TextHygiene.digits(text)) else {
      refuse(name, "web.field.number")
      return nil
    }
    guard range.contains(value) else {
      refuse(name, "web.field.range", ["low": .number(range.lowerBound), "high": .number(range.upperBound)])
      return nil
    }
    return value
  }

  /// Minor units of an amount such as `1234.50` or `1 234,50` in a currency; never rounded.
  package mutating func money(_ name: String, currency: String) -> Int64? {
    fields.note(name, .money)
    guard let text = clean(name, max: 40) else { return nil }
    guard let minor = Amount.minor(text, digits: Formats.digits(of: currency)) else {
      refuse(name, "web.field.amount", ["digits": .number(Formats.digits(of: currency))])
      return nil
    }
    return minor
  }

  /// A day: `name` as `YYYY-MM-DD`, or the three fields `name-day`, `name-month`, `name-year`.
  package mutating func date(_ name: String) -> String? {
    fields.note(name, .date)
    if let text = clean(name, max: 20) {
      let iso = TextHygiene.digits(text)
      if CivilTime.isDay(iso) { return iso }
      refuse(name, "web.field.date")
      return nil
    }
    let parts = ["-year", "-month", "-day"].map {
      TextHygiene.digits(TextHygiene.clean(fields.plain(name + $0) ?? ""))
    }
    if parts.allSatisfy(\.isEmpty) { return nil }
    guard let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]) else {
      refuse(name, "web.field.date")
      return nil
    }
    let iso = Amount.padded(year, 4) + "-" + Amount.padded(month, 2) + "-" + Amount.padded(day, 2)
    guard CivilTime.isDay(iso) else {
      refuse(name, "web.field.date")
      return nil
    }
    return iso
  }

  package mutating func flag(_ name: String) -> Bool? {
    fields.note(name, .flag)
    switch fields.plain(name) {
    case nil, "": return nil
    case "true", "on", "1", "yes": return true
    case "false", "off", "0", "no": return false
    default:
      refuse(name, "web.field.choice")
      return nil
    }
  }

  /// One of the words of a type.
  package mutating func choice<T: RawRepresentable>(_ name: String, as type: T.Type = T.self) -> T?
  where T.RawValue == String {
    if fields.line != nil { fields.note(name, .code, words: words(of: type)) }
    guard let text = clean(name, max: 200) else { return nil }
    guard let value = T(rawValue: text) else {
      refuse(name, "web.field.choice")
      return nil
    }
    return value
  }
  /// One of the codes given.
  package mutating func code(_ name: String, of codes: Set<String>) -> String? {
    if fields.line != nil { fields.note(name, .code, words: Array(codes)) }
    guard let text = clean(name, max: 200) else { return nil }
    guard codes.contains(text) else {
      refuse(name, "web.field.choice")
      return nil
    }
    return text
  }
  /// Every value of a repeated field, each one of the codes given.
  package mutating func codes(_ name: String, of codes: Set<String>) -> [String] {
    if fields.line != nil { fields.note(name, .codes, words: Array(codes)) }
    var found: [String] = []
    for value in fields.pairs.filter({ $0.name == name }).map(\.value)
    where !value.isEmpty && !found.contains(value) {
      if codes.contains(value) {
        found.append(value)
      } else {
        refuse(name, "web.field.choice")
        return []
      }
    }
    return found
  }
}
