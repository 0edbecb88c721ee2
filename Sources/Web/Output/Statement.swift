import Documents
import Language

/// What a file says of itself: title, language, time, filter, rows, address, and whether its data are invented.
///
/// The first sheet of an XLSX file; the header `Wasl-Statement` of both formats (RFC 8187 extended value).
struct Statement {
  struct Line {
    let label: String
    let cell: Spreadsheet.Cell
    let style: Spreadsheet.Style
    /// The same in one text.
    let text: String
  }
  static let header = "Wasl-Statement"
  let title: String
  let lines: [Line]
  private let language: Language

  /// - Parameter total: rows of the whole list where the file holds a part of it and the number is known.
  init(
    title: String, rows: Int, total: Int?, isPart: Bool, filters: [String], _ settings: Export.Settings,
    _ call: Call
  ) {
    let t = call.t
    self.title = title
    language = call.language
    func line(_ key: String, _ text: String) -> Line {
      Line(label: t(key), cell: .text(text), style: .wrapped, text: text)
    }
    var lines: [Line] = []
    if settings.isInvented {
      lines.append(line("spreadsheet.invented", t("web.demonstration") + " " + t("web.demonstration.more")))
    }
    lines.append(line("spreadsheet.language", "\(call.language.name) (\(call.language.code))"))
    lines.append(
      Line(
        label: t("spreadsheet.time"), cell: CellValue.date(settings.now), style: .wrapped,
        text: settings.now))
    lines.append(
      line(
        "spreadsheet.filter", filters.isEmpty ? t("spreadsheet.filter.none") : filters.joined(separator: "\n")
      ))
    lines.append(
      Line(
        label: t("spreadsheet.rows"), cell: .number(Double(rows), digits: 0), style: .whole,
        text: String(rows)))
    if isPart {
      let part =
        total.map { t("spreadsheet.part.of", ["rows": .number(rows), "total": .number($0)]) }
        ?? t("spreadsheet.part", ["rows": .number(rows)])
      lines.append(line("spreadsheet.part.label", part))
    }
    lines.append(line("spreadsheet.address", settings.address))
    self.lines = lines
  }

  /// `UTF-8'ar'…`
  var extended: String {
    let text = ([title] + lines.map { "\($0.label): \($0.text)" }).joined(separator: "\n")
    return "UTF-8'\(language.code)'" + Address.encode(text.isolationRemoved)
  }

  /// Each filter of the address in the reader's words: "State: Kenya".
  static func filters(_ facets: [Facets.Facet], _ call: Call) -> [String] {
    var found: [String] = []
    for pair in call.query.fields.pairs
    where !pair.value.isEmpty && !["after", "before", "limit"].contains(pair.name) {
      let facet = facets.first { $0.name == pair.name }
      let key = "spreadsheet.field." + pair.name
      let label = facet?.label ?? (call.t.has(key) ? call.t(key) : pair.name)
      let value = facet?.choices.first { $0.value == pair.value }?.label ?? pair.value
      found.append(call.t("spreadsheet.filter.one", ["name": .text(label), "value": .text(value)]))
    }
    return found
  }
}

extension String {
  /// Without the marks that isolate directions, which are for pages.
  var isolationRemoved: String {
    String(String.UnicodeScalarView(unicodeScalars.filter { $0.value != 0x2068 && $0.value != 0x2069 }))
  }
}
