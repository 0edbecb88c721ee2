import CXLSX

/// A spreadsheet file (Office Open XML), written row by row: memory stays the same however many rows there are.
///
/// Rows of one sheet come in order; sheets may be written in turns. Nothing is there before `close()`.
package final class Spreadsheet {
  /// How a cell is shown.
  package enum Style: Int, Sendable, CaseIterable {
    case plain, heading, label, title, wrapped, day, time, whole
  }
  package enum Cell: Sendable, Equatable {
    case empty
    /// Never read as a formula or an address, whatever it begins with.
    case text(String)
    /// `digits` after the point are shown; nil shows those there are.
    case number(Double, digits: Int?)
    case flag(Bool)
    /// A day of the Gregorian calendar, 1900 to 9999; others are no dates to a spreadsheet and are given as text.
    case day(year: Int, month: Int, day: Int)
    case time(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Double)
  }
  package struct Sheet {
    fileprivate let pointer: UnsafeMutablePointer<lxw_worksheet>
    fileprivate var row: UInt32 = 0
    /// Rows written, headings and all.
    package var rows: Int { Int(row) }
  }
  package struct Failure: Error, CustomStringConvertible {
    package let reason: String
    package init(reason: String) { self.reason = reason }
    package var description: String { "spreadsheet: \(reason)" }
  }
  /// Rows that a sheet can hold, by the format.
  package static let mostRows = 1_048_576
  /// Characters that a cell can hold, in units of UTF-16.
  package static let longestText = 32_767

  private var workbook: UnsafeMutablePointer<lxw_workbook>?
  private var styles: [Style: UnsafeMutablePointer<lxw_format>] = [:]
  private var decimals: [Int: UnsafeMutablePointer<lxw_format>] = [:]

  /// - Parameters:
  ///   - temporary: folder for what is written before it is packed.
  ///   - created: seconds since 1970, noted in the file's properties.
  package init(path: String, temporary: String, title: String, created: Int64) throws {
    let opened = temporary.withCString { folder in
      // The library copies both texts.
      var options = lxw_workbook_options(
        constant_memory: 1, tmpdir: UnsafeMutablePointer(mutating: folder), use_zip64: 0)
      return workbook_new_opt(path, &options)
    }
    guard let opened else { throw Failure(reason: "\(path) cannot be written") }
    workbook = opened
    try title.withCString { title in
      var properties = lxw_doc_properties()
      properties.title = UnsafeMutablePointer(mutating: title)
      properties.created = Int(created)
      try check(workbook_set_properties(opened, &properties))
    }
  }
  deinit { if let workbook { lxw_workbook_free(workbook) } }

  /// - Parameter name: at most 31 characters; what a name may not hold is replaced.
  package func add(sheet name: String, rightToLeft: Bool) throws -> Sheet {
    let safe = String(
      name.unicodeScalars.map { "[]:*?/\\'".unicodeScalars.contains($0) ? " " : Character($0) })
    guard let sheet = workbook_add_worksheet(workbook, Spreadsheet.cut(safe, units: 31)) else {
      throw Failure(reason: "the sheet \(safe) cannot be added")
    }
    if rightToLeft { worksheet_right_to_left(sheet) }
    worksheet_set_landscape(sheet)
    worksheet_set_paper(sheet, 9)  // A4
    worksheet_fit_to_pages(sheet, 1, 0)
    return Sheet(pointer: sheet)
  }

  /// Width of a column in characters.
  package func width(_ characters: Double, column: Int, of sheet: Sheet) throws {
    try check(worksheet_set_column(sheet.pointer, UInt16(column), UInt16(column), characters, nil))
  }
  /// The first row stays in sight and stands on every page printed.
  package func freezeFirstRow(of sheet: Sheet) throws {
    worksheet_freeze_panes(sheet.pointer, 1, 0)
    try check(worksheet_repeat_rows(sheet.pointer, 0, 0))
  }
  /// Buttons to filter by, in the first row.
  package func filter(columns: Int, of sheet: Sheet) throws {
    guard columns > 0, sheet.row > 1 else { return }
    try check(worksheet_autofilter(sheet.pointer, 0, 0, sheet.row - 1, UInt16(columns - 1)))
  }

  package func add(_ cells: [Cell], _ style: Style = .plain, to sheet: inout Sheet) throws {
    guard Int(sheet.row) < Spreadsheet.mostRows else { throw Failure(reason: "more rows than a sheet holds") }
    for (column, cell) in cells.enumerated() { try write(cell, style, sheet, UInt16(column)) }
    sheet.row += 1
  }
  /// A row whose cells have styles of their own.
  package func add(_ cells: [(Cell, Style)], to sheet: inout Sheet) throws {
    for (column, cell) in cells.enumerated() { try write(cell.0, cell.1, sheet, UInt16(column)) }
    sheet.row += 1
  }

  private func write(_ cell: Cell, _ style: Style, _ sheet: Sheet, _ column: UInt16) throws {
    let place = sheet.pointer
    let row = sheet.row
    switch cell {
    case .empty: break
    case .text(let text):
      if text.isEmpty { return }
      let fitting = Spreadsheet.cut(text, units: Spreadsheet.longestText)
      try check(worksheet_write_string(place, row, column, fitting, format(style)))
    case .number(let value, let digits):
      try check(worksheet_write_number(place, row, column, value, digits.map(decimal) ?? format(style)))
    case .flag(let value):
      try check(worksheet_write_boolean(place, row, column, value ? 1 : 0, format(style)))
    case .day(let year, let month, let day):
      var moment = lxw_datetime(
        year: Int32(year), month: Int32(month), day: Int32(day), hour: 0, min: 0, sec: 0)
      try check(worksheet_write_datetime(place, row, column, &moment, format(.day)))
    case .time(let year, let month, let day, let hour, let minute, let second):
      var moment = lxw_datetime(
        year: Int32(year), month: Int32(month), day: Int32(day), hour: Int32(hour), min: Int32(minute),
        sec: second)
      try check(worksheet_write_datetime(place, row, column, &moment, format(.time)))
    }
  }

  /// Packs the file. Without it there is none.
  package func close() throws {
    guard let open = workbook else { return }
    workbook = nil  // freed by the call, whatever comes of it
    try check(workbook_close(open))
  }

  // MARK: Styles

  private func format(_ style: Style) -> UnsafeMutablePointer<lxw_format>? {
    if style == .plain { return nil }
    if let known = styles[style] { return known }
    guard let made = workbook_add_format(workbook) else { return nil }
    let top = UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue)
    switch style {
    case .plain: break
    case .heading:
      format_set_bold(made)
      format_set_text_wrap(made)
      format_set_align(made, top)
      format_set_bottom(made, UInt8(LXW_BORDER_THIN.rawValue))
    case .label:
      format_set_bold(made)
      format_set_align(made, top)
    case .title:
      format_set_bold(made)
      format_set_font_size(made, 14)
      format_set_text_wrap(made)
    case .wrapped:
      format_set_text_wrap(made)
      format_set_align(made, top)
    case .day: format_set_num_format(made, "yyyy\\-mm\\-dd")
    case .time: format_set_num_format(made, "yyyy\\-mm\\-dd\\ hh:mm:ss")
    case .whole: format_set_num_format(made, "#,##0")
    }
    styles[style] = made
    return made
  }
  private func decimal(_ digits: Int) -> UnsafeMutablePointer<lxw_format>? {
    if let known = decimals[digits] { return known }
    guard let made = workbook_add_format(workbook) else { return nil }
    format_set_num_format(made, digits > 0 ? "#,##0." + String(repeating: "0", count: digits) : "#,##0")
    decimals[digits] = made
    return made
  }

  private func check(_ code: lxw_error) throws {
    guard code != LXW_NO_ERROR else { return }
    throw Failure(reason: lxw_strerror(code).map { String(cString: $0) } ?? "error \(code.rawValue)")
  }

  /// At most so many units of UTF-16, with an ellipsis where something was left out.
  static func cut(_ text: String, units: Int) -> String {
    guard text.utf16.count > units else { return text }
    var kept = ""
    var length = 1
    for character in text {
      length += character.utf16.count
      if length > units { break }
      kept.append(character)
    }
    return kept + "…"
  }
}
