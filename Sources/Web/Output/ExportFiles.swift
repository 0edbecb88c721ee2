import Documents
import Glibc
import Hummingbird
import Language
import NIOCore
import Storage

/// CSV on disk: one line of names, then rows, so that programs read it. What the file is stands in the answer's
/// headers.
final class CSVFile: ExportFile {
  private let file: FleetingFile
  private var buffer: [UInt8] = []

  init(path: String, heads: [String]) throws {
    file = try FleetingFile(path)
    CSVText.line(heads, to: &buffer)
  }
  func add(_ cells: [ExportCell]) throws {
    CSVText.line(cells.map(\.text), to: &buffer)
    if buffer.count > 65_536 { try flush() }
  }
  func finish(_ statement: Statement) throws -> String {
    try flush()
    return try file.finish()
  }
  private func flush() throws {
    try file.write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }
}

/// XLSX on disk: a sheet that says what the file is, then the sheet of rows.
final class SheetFile: ExportFile {
  private let path: String
  private let book: Spreadsheet
  private var about: Spreadsheet.Sheet
  private var table: Spreadsheet.Sheet
  private let columns: Int
  private var isFinished = false

  init(path: String, folder: String, title: String, heads: [ExportHead], now: String, _ t: Translator) throws
  {
    self.path = path
    columns = heads.count
    let seconds = (CivilTime.milliseconds(now) ?? 0) / 1000
    book = try Spreadsheet(path: path, temporary: folder, title: title, created: seconds)
    let isRightToLeft = t.language.direction == .rightToLeft
    about = try book.add(sheet: t("spreadsheet.sheet.about"), rightToLeft: isRightToLeft)
    table = try book.add(sheet: t("spreadsheet.sheet.rows"), rightToLeft: isRightToLeft)
    for (index, head) in heads.enumerated() { try book.width(head.width, column: index, of: table) }
    try book.freezeFirstRow(of: table)
    try book.add(heads.map { .text($0.text) }, .heading, to: &table)
  }
  deinit { if !isFinished { unlink(path) } }

  func add(_ cells: [ExportCell]) throws { try book.add(cells.map(\.sheet), to: &table) }

  func finish(_ statement: Statement) throws -> String {
    try book.filter(columns: columns, of: table)
    try book.width(28, column: 0, of: about)
    try book.width(80, column: 1, of: about)
    try book.add([.text(statement.title)], .title, to: &about)
    for line in statement.lines {
      try book.add([(.text(line.label), .label), (line.cell, line.style)], to: &about)
    }
    try book.close()
    isFinished = true
    return path
  }
}

/// A file that is gone when nobody reads it any more.
final class FleetingFile {
  private let path: String
  private let descriptor: Int32
  private var isFinished = false

  init(_ path: String) throws {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw Spreadsheet.Failure(reason: "\(path): \(String(cString: strerror(errno)))")
    }
  }
  deinit {
    close(descriptor)
    if !isFinished { unlink(path) }
  }

  func write(_ bytes: [UInt8]) throws {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { space in
        Glibc.write(descriptor, space.baseAddress?.advanced(by: done), space.count - done)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        throw Spreadsheet.Failure(reason: "\(path): \(String(cString: strerror(errno)))")
      }
      done += count
    }
  }
  func finish() throws -> String {
    isFinished = true
    return path
  }

  /// The file as a body; its name goes at once, its bytes when they are sent.
  static func body(_ path: String, type: String) throws -> Reply.Body {
    defer { unlink(path) }
    let body = try FileBody.open(path)
    let size = body.contentLength ?? 0
    guard size <= Export.mostInMemory else { return .open(body, type: type) }
    return .bytes(try FileBody.bytes(path), type: type)
  }
}
