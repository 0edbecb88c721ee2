import CICU

/// ICU's formats of one language: plural categories, numbers, dates, lists, sorting, words.
///
/// Opened once per language and shared. The C face guards the few parts that are not safe to share.
package final class Formats: @unchecked Sendable {
  private let handle: OpaquePointer

  /// Nil when ICU knows no such locale or lacks its data.
  package init?(_ language: Language) {
    let locale = "\(language.locale)@calendar=\(language.calendar);numbers=\(language.digits)"
    guard let handle = wasl_format_open(locale) else { return nil }
    self.handle = handle
    if !language.months.isEmpty && !setMonths(language.months) { return nil }
  }
  private func setMonths(_ names: [String]) -> Bool {
    guard names.count == 12 else { return false }
    return withPointers(names.map { $0.utf8.map { CChar(bitPattern: $0) } + [0] }) {
      wasl_format_months(handle, $0) == 0
    }
  }
  deinit { wasl_format_close(handle) }

  /// CLDR cardinal category, `few`.
  package func plural(_ number: Double) -> String {
    text { wasl_plural(handle, number, $0, $1) } ?? "other"
  }
  package var pluralCategories: [String] {
    (text { wasl_plural_categories(handle, $0, $1) } ?? "other").split(separator: " ").map(String.init)
      .sorted()
  }

  package enum Style: Int32, Sendable {
    case integer = 0
    case decimal = 1
    /// Of a fraction: 0.25 is 25 %.
    case percent = 2
    /// Without grouping, as years are written.
    case plain = 3
  }
  /// `decimal` is a number as text, `-1234.50`; what is not a number comes back as it is.
  package func number(_ decimal: String, _ style: Style) -> String {
    guard Formats.isDecimal(decimal) else { return decimal }
    let length = Int32(decimal.utf8.count)
    return text { wasl_number(handle, style.rawValue, decimal, length, $0, $1) } ?? decimal
  }
  /// Amount in minor units (cents) with the ISO 4217 code, `USD 1,234.50`.
  package func money(minor: Int64, currency: String) -> String {
    let decimal = Formats.decimal(minor: minor, digits: Formats.digits(of: currency))
    let length = Int32(decimal.utf8.count)
    return text { wasl_money(handle, currency, decimal, length, $0, $1) } ?? "\(currency) \(decimal)"
  }
  /// Digits after the point that a currency has; 2 for an unknown code.
  package static func digits(of currency: String) -> Int {
    let digits = wasl_currency_digits(currency)
    return digits < 0 ? 2 : Int(digits)
  }
  /// Minor units as exact decimal text: -5 with two digits is `-0.05`.
  package static func decimal(minor: Int64, digits: Int) -> String {
    guard digits > 0 else { return String(minor) }
    var figures = String(minor.magnitude)
    if figures.utf8.count <= digits {
      figures = String(repeating: "0", count: digits + 1 - figures.utf8.count) + figures
    }
    return (minor < 0 ? "-" : "") + figures.dropLast(digits) + "." + figures.suffix(digits)
  }

  package enum DateStyle: Int32, Sendable {
    case long = 0
    case short = 1
    case month = 2
    case time = 3
  }
  package func date(_ iso: String, _ style: DateStyle) -> String? {
    guard let milliseconds = CivilTime.milliseconds(iso) else { return nil }
    return text { wasl_date(handle, style.rawValue, Double(milliseconds), $0, $1) }
  }

  package func list(_ items: [String]) -> String {
    guard items.count > 1 else { return items.first ?? "" }
    let parts: [[CChar]] = items.map { $0.utf8.map { CChar(bitPattern: $0) } + [0] }
    let lengths = parts.map { Int32($0.count - 1) }
    let joined: String? = withPointers(parts) { pointers in
      text { wasl_list(handle, pointers, lengths, Int32(items.count), $0, $1) }
    }
    return joined ?? items.joined(separator: ", ")
  }
  /// C texts, each ending in 0. One block of memory keeps every pointer valid for the call.
  private func withPointers<T>(_ parts: [[CChar]], _ body: ([UnsafePointer<CChar>]) -> T) -> T {
    parts.flatMap { $0 }.withUnsafeBufferPointer { buffer in
      var pointers: [UnsafePointer<CChar>] = []
      var offset = 0
      for part in parts {
        if let base = buffer.baseAddress { pointers.append(base + offset) }
        offset += part.count
      }
      return body(pointers)
    }
  }

  /// Bytes whose order is the language's order of the texts.
  package func sortKey(_ text: String) -> [UInt8] {
    let length = Int32(text.utf8.count)
    var key = [UInt8](repeating: 0, count: 256)
    let needed = wasl_sort_key(handle, text, length, &key, Int32(key.count))
    guard needed > 0 else { return Array(text.utf8) }
    if Int(needed) > key.count {
      key = [UInt8](repeating: 0, count: Int(needed))
      guard wasl_sort_key(handle, text, length, &key, needed) == needed else { return Array(text.utf8) }
    }
    return Array(key.prefix(Int(needed)))
  }

  /// Words as the language breaks them (Chinese by dictionary), without spaces and punctuation.
  package func words(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return wordRanges(text).map { String(decoding: bytes[$0], as: UTF8.self) }
  }
  /// Places of the words, in bytes of UTF-8.
  package func wordRanges(_ text: String) -> [Range<Int>] {
    let length = Int32(text.utf8.count)
    var pairs = [Int32](repeating: 0, count: 2 * 64)
    var found = wasl_words(handle, text, length, &pairs, 64)
    if found > 64 {
      pairs = [Int32](repeating: 0, count: 2 * Int(found))
      found = wasl_words(handle, text, length, &pairs, found)
    }
    guard found > 0 else { return [] }
    return (0..<Int(found)).map { Int(pairs[$0 * 2])..<Int(pairs[$0 * 2 + 1]) }
  }

  static func isDecimal(_ text: String) -> Bool {
    var digits = 0
    var points = 0
    for (index, byte) in text.utf8.enumerated() {
      switch byte {
      case 48...57: digits += 1
      case UInt8(ascii: "."): points += 1
      case UInt8(ascii: "-"): if index > 0 { return false }
      default: return false
      }
    }
    return digits > 0 && points <= 1 && digits <= 40
  }

  private func text(_ write: (UnsafeMutablePointer<CChar>, Int32) -> Int32) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { small in
      guard let base = small.baseAddress else { return nil }
      let needed = write(base, 256)
      guard needed >= 0 else { return nil }
      if needed <= 256 { return Formats.string(UnsafeBufferPointer(start: base, count: Int(needed))) }
      var large = [CChar](repeating: 0, count: Int(needed))
      let written = large.withUnsafeMutableBufferPointer { buffer in
        buffer.baseAddress.map { write($0, needed) } ?? -1
      }
      guard written == needed else { return nil }
      return large.withUnsafeBufferPointer { Formats.string($0) }
    }
  }
  private static func string(_ buffer: UnsafeBufferPointer<CChar>) -> String {
    String(decoding: UnsafeRawBufferPointer(buffer), as: UTF8.self)
  }
}
