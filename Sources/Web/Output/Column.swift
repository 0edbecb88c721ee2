import Language

/// A value of one cell, before it is written as HTML, JSON, CSV or XLSX.
package enum CellValue: Sendable, Equatable {
  case none
  case text(String)
  case number(Int)
  /// A decimal as text, `12.50`.
  case decimal(String)
  case money(minor: Int64, currency: String)
  /// `YYYY-MM-DD` or a UTC time.
  case date(String)
  case flag(Bool)
  case texts([String])
  /// Parts of the record that have members of their own, in order.
  case records([[Member]])

  package struct Member: Sendable, Equatable {
    let name: String
    let value: CellValue
    package init(_ name: String, _ value: CellValue) {
      self.name = name
      self.value = value
    }
  }

  package static func text(_ value: String?) -> CellValue { value.map { CellValue.text($0) } ?? .none }
  package static func number(_ value: Int?) -> CellValue { value.map { CellValue.number($0) } ?? .none }
  package static func number(_ value: Int64) -> CellValue { .number(Int(value)) }
  package static func date(_ value: String?) -> CellValue { value.map { CellValue.date($0) } ?? .none }
}

package enum ColumnType: String, Sendable {
  case text, code, integer, decimal, money, date, time, flag, list, records

  var isNumeric: Bool { self == .integer || self == .decimal || self == .money }
}

/// One column of a list, for page, JSON, CSV, XLSX and API description alike.
package struct Column<T>: Sendable {
  /// Name in JSON and CSV, snake_case.
  package let name: String
  package let type: ColumnType
  /// Message key of the heading.
  package let key: String
  /// Unit of the values, `USD`, `%`.
  package let unit: String?
  /// Name to sort by in `?sort=`, when the list can be sorted by it.
  package let sort: String?
  /// Whether pages show it; JSON, CSV and XLSX carry every column.
  package let onPage: Bool
  package let value: @Sendable (T) -> CellValue
  /// How the page shows it, where the plain value is not enough (a link, a tag).
  package let show: (@Sendable (T, Call) -> HTML)?

  package init(
    _ name: String, _ type: ColumnType, _ key: String, unit: String? = nil, sort: String? = nil,
    onPage: Bool = true,
    show: (@Sendable (T, Call) -> HTML)? = nil, value: @escaping @Sendable (T) -> CellValue
  ) {
    self.name = name
    self.type = type
    self.key = key
    self.unit = unit
    self.sort = sort
    self.onPage = onPage
    self.show = show
    self.value = value
  }

  static func object(_ record: T, _ columns: [Column<T>], _ call: Call) -> JSON {
    .object(columns.map { ($0.name, $0.value(record).json) })
  }
}

extension CellValue {
  /// Records where there is room for text alone: `field: missing; language: fr; …`, one line each.
  var lines: [String] {
    guard case .records(let items) = self else { return [] }
    return items.map { members in
      members.filter { $0.value != .none }.map { "\($0.name): \(CSVText.cell($0.value))" }.joined(
        separator: "; ")
    }
  }

  var json: JSON {
    switch self {
    case .none: .null
    case .text(let text), .date(let text): .string(text)
    case .number(let value): .int(value)
    // Decimals travel as texts, so that no reader rounds them.
    case .decimal(let text): .string(text)
    case .money(let minor, let currency):
      .object([
        ("amount", .string(Formats.decimal(minor: minor, digits: Formats.digits(of: currency)))),
        ("currency", .string(currency)),
      ])
    case .flag(let value): .bool(value)
    case .texts(let items): .array(items.map { .string($0) })
    case .records(let items): .array(items.map { .object($0.map { ($0.name, $0.value.json) }) })
    }
  }

  func html(_ t: Translator) -> HTML {
    switch self {
    case .none: return span("–", .class("none"), .aria("label", t("web.none")))
    case .text(let text): return bdi(text)
    case .number(let value): return HTML(t.number(value))
    case .decimal(let text): return HTML(t.decimal(text))
    case .money(let minor, let currency): return bdi(t.money(minor: minor, currency: currency))
    case .date(let iso): return time(iso, t)
    case .flag(let value): return HTML(t(value ? "web.yes" : "web.no"))
    case .texts(let items): return HTML.joined(items.map { bdi($0) }, by: Marks(t).separator)
    case .records: return HTML.joined(lines.map { bdi($0) }, by: Marks(t).separator)
    }
  }
}
