import Documents
import Language
import Storage
import Synchronization

/// One answer as a file of rows, CSV or XLSX, written to disk as the parts of the list come, so that memory does not
/// grow with it.
///
/// A list is exported whole, up to `mostRows`, unless `after` or `limit` ask for a part of it.
final class Export: Sendable {
  /// Rows of one file at most; where a list is longer, the file says so and `Link` leads on.
  static let mostRows = 50_000
  /// Rows asked for at a time.
  static let partRows = 2_000
  /// Files up to this size are answered from memory, with an entity tag, and may be kept with the pages.
  static let mostInMemory = 1 << 20

  struct Settings: Sendable {
    let format: Format
    /// Where the file is written.
    let folder: String
    /// Address that gave the file, in full.
    let address: String
    /// UTC time.
    let now: String
    let isInvented: Bool
    var mostRows = Export.mostRows
    var partRows = Export.partRows
  }
  private struct Work {
    var sheet: (any ExportFile)?
    var title = ""
    var facets: [Facets.Facet] = []
    var rows = 0
    var total: Int?
    var failure: (any Error)?
  }
  let settings: Settings
  private let work = Mutex(Work())

  init(_ settings: Settings) { self.settings = settings }

  var rows: Int { work.withLock { $0.rows } }
  /// The filters that the page of the list offers, which name what was asked for in the reader's words.
  func note(_ facets: [Facets.Facet]) { work.withLock { $0.facets = facets } }

  /// Adds the rows of a part. What goes wrong is thrown by `finish`.
  /// - Parameter title: of the list's page, asked for once.
  func add<T>(_ rows: [T], _ columns: [Column<T>], total: Int?, _ call: Call, title: () -> String) {
    let isFirst = work.withLock { $0.sheet == nil && $0.failure == nil }
    let name = isFirst ? title() : ""
    work.withLock { work in
      guard work.failure == nil else { return }
      do {
        if work.sheet == nil {
          work.title = name.isEmpty ? call.t("spreadsheet.untitled") : name.isolationRemoved
          work.total = total
          work.sheet = try open(columns, work.title, call)
        }
        for row in rows {
          try work.sheet?.add(columns.flatMap { $0.exported(row, as: settings.format, call) })
        }
        work.rows += rows.count
      } catch {
        work.failure = error
      }
    }
  }

  private func open<T>(_ columns: [Column<T>], _ title: String, _ call: Call) throws -> any ExportFile {
    let path =
      settings.folder + "/wasl-export-" + Base64URL.encode(Digest.random(12)) + "." + settings.format.rawValue
    switch settings.format {
    case .xlsx:
      return try SheetFile(
        path: path, folder: settings.folder, title: title, heads: columns.flatMap { $0.heads(call.t) },
        now: settings.now, call.t)
    default: return try CSVFile(path: path, heads: columns.flatMap(\.names))
    }
  }

  /// The answer with the finished file.
  /// - Parameter reply: of the last part, with its headers; `next`: whether the list goes on.
  func finish(_ reply: Reply, next: Cursor?, _ call: Call) throws -> Reply {
    let (sheet, statement) = try work.withLock { work -> ((any ExportFile)?, Statement) in
      if let failure = work.failure { throw failure }
      let sheet = work.sheet
      work.sheet = nil
      let total = next == nil ? nil : work.total
      return (
        sheet,
        Statement(
          title: work.title, rows: work.rows, total: total, isPart: next != nil,
          filters: Statement.filters(work.facets, call), settings, call)
      )
    }
    guard let sheet else { throw Problem.internalError }
    let path = try sheet.finish(statement)
    var answer = reply
    answer.body = try FleetingFile.body(path, type: settings.format.mediaType)
    answer.headers.removeAll { $0.name == "Link" && next == nil }
    answer = answer.with(header: "Content-Disposition", Disposition.attachment(call.exportName(settings.now)))
    return answer.with(header: Statement.header, statement.extended)
  }
}

/// A file to which rows are added one after the other.
protocol ExportFile {
  func add(_ cells: [ExportCell]) throws
  /// - Returns: path of the finished file.
  func finish(_ statement: Statement) throws -> String
}

/// A cell as each of the formats writes it.
struct ExportCell {
  let text: String
  let sheet: Spreadsheet.Cell
}

extension Format {
  /// A file of rows.
  package var isFile: Bool { self == .csv || self == .xlsx }
}

extension Call {
  /// `wasl-needs-ar-2026-06-15.xlsx`
  fileprivate func exportName(_ now: String) -> String {
    let place = path.split(separator: "/").joined(separator: "-")
    return (["wasl"] + (place.isEmpty ? [] : [place]) + [language.code, String(now.prefix(10))]).joined(
      separator: "-")
      + "." + format.rawValue
  }
  /// The same request for the part of the list after `cursor`, as long as a part may be.
  func asking(after cursor: Cursor?, rows: Int) -> Call {
    var pairs = query.fields.pairs.filter { $0.name != "after" }
    if let cursor { pairs.append((name: "after", value: cursor.text)) }
    return Call(
      parameters: parameters, query: query.whole(pairs, rows: rows), form: form, viewer: viewer, t: t,
      format: format,
      face: face, requestID: requestID, path: path, pattern: pattern, services: services, ifMatch: ifMatch,
      state: state)
  }
}
