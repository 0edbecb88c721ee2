import Documents
import Language

/// Heading of a column of a spreadsheet.
struct ExportHead {
  let text: String
  /// In characters.
  let width: Double
}

extension Column {
  /// Names in CSV.
  var names: [String] { type == .money ? [name, name + "_currency"] : [name] }

  /// Headings in a spreadsheet, in the reader's language.
  func heads(_ t: Translator) -> [ExportHead] {
    let title = t(key) + (unit.map { " (\($0))" } ?? "")
    let width: Double =
      switch type {
      case .text: 40
      case .list: 30
      case .records: 40
      case .code: show == nil ? 14 : 24
      case .integer, .decimal, .money: 16
      case .date: 12
      case .time: 20
      case .flag: 10
      }
    let head = ExportHead(text: title, width: max(width, min(Double(title.count) + 2, 30)))
    return type == .money ? [head, ExportHead(text: t("spreadsheet.currency"), width: 12)] : [head]
  }

  /// Cells of one record: machines get codes, people the words that the page shows for them.
  func exported(_ record: T, as format: Format, _ call: Call) -> [ExportCell] {
    let value = self.value(record)
    let texts = type == .money ? CSVText.money(value) : [CSVText.cell(value)]
    guard format == .xlsx else { return texts.map { ExportCell(text: $0, sheet: .empty) } }
    var cells = value.cells(type, call.t)
    if type == .code, let show, value != .none {
      let words = show(record, call).plainText
      if !words.isEmpty && words != "–" { cells = [.text(words)] }
    }
    if type == .money && cells.count == 1 { cells.append(.empty) }
    return zip(texts, cells).map { ExportCell(text: $0, sheet: $1) }
  }
}

extension CellValue {
  /// As a spreadsheet holds it: a number that it would round stays text.
  func cells(_ type: ColumnType, _ t: Translator) -> [Spreadsheet.Cell] {
    switch self {
    case .none: [.empty]
    case .text(let text): [.text(text)]
    case .number(let value): [CellValue.number(String(value), digits: type == .integer ? nil : 0)]
    case .decimal(let text): [CellValue.number(text, digits: nil)]
    case .money(let minor, let currency):
      [
        CellValue.number(
          Formats.decimal(minor: minor, digits: Formats.digits(of: currency)),
          digits: Formats.digits(of: currency)),
        .text(currency),
      ]
    case .date(let iso): [CellValue.date(iso)]
    case .flag(let value): [.flag(value)]
    case .texts(let items): [.text(items.joined(separator: "; "))]
    case .records: [.text(lines.joined(separator: "\n"))]
    }
  }

  /// Spreadsheets count in binary with 15 decimal digits.
  private static func number(_ text: String, digits: Int?) -> Spreadsheet.Cell {
    guard text.utf8.filter({ $0 >= 48 && $0 <= 57 }).count <= 15, let value = Double(text) else {
      return .text(text)
    }
    return .number(value, digits: digits)
  }
  static func date(_ iso: String) -> Spreadsheet.Cell {
    guard CivilTime.milliseconds(iso) != nil else { return .text(iso) }
    let parts = iso.split { !$0.isNumber }.compactMap { Int($0) }
    guard parts.count >= 3, parts[0] >= 1900 else { return .text(iso) }
    if iso.utf8.count == 10 { return .day(year: parts[0], month: parts[1], day: parts[2]) }
    guard parts.count >= 5 else { return .text(iso) }
    return .time(
      year: parts[0], month: parts[1], day: parts[2], hour: parts[3], minute: parts[4],
      second: parts.count > 5 ? Double(parts[5]) : 0)
  }
}
