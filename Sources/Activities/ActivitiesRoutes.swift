import Directory
import Language
package import Storage
import Treaty
package import Web

extension Activities {
  /// What imports through the web need beside the call.
  package struct Intake: Sendable {
    package let files: FileStore
    package init(files: FileStore) { self.files = files }
  }

  package static func routes(_ panels: Panels, _ intake: Intake) -> [Route] {
    [
      .get("activities", access: .everyone, cached: true, takes: listFields, list),
      .get("activities/:id", access: .everyone) { try await show($0, panels) },
      .post("activities/:id/relevance", access: .may(judging, .anywhere), takes: judgeFields, judge),
      .get("imports", access: .everyone, cached: true, takes: [.cursor, .limit()], imports),
      .get("imports/new", access: .may(importing, .anywhere), faces: [.page], newImport),
      .post(
        "imports", access: .may(importing, .anywhere), bodyLimit: 600_000_000,
        takes: [.file("file"), .text("address", max: 2000)]
      ) { try await upload($0, intake) },
      .get("imports/:id", access: .everyone, cached: true, takes: [.cursor, .limit()], showImport),
    ]
  }
  private static let listFields: [FieldDescription] = [
    .code("state", from: "states", example: "KEN"), .code("group", from: "states", example: "african"),
    .code("area", from: "areas", example: "ICOOP"), .code("paper", from: "areas"),
    .code("provision", from: "provisions", example: "UNTOC-18"), .text("reporter", max: 200),
    .code("status", of: ["1", "2", "3", "4", "5", "6"]), .integer("year", in: 1900...2200, example: "2026"),
    .cursor, .limit(),
  ]
  private static let judgeFields: [FieldDescription] = [
    .code("area", from: "areas", required: true, example: "ICOOP"),
    .code("provision", from: "provisions", example: "UNTOC-18"),
    .choice("verdict", Verdict.self, required: true),
  ]

  struct Books: Sendable {
    let treaty: Treaty.Book
    let directory: Directory.Book
    let names: CodeNames
    init(_ call: Call) async throws {
      names = try await CodeNames.of(call)
      treaty = try await Treaty.book(of: call.services.database())
      directory = try await Directory.book(of: call.services.database())
    }
  }
  struct Listing: Sendable {
    let rows: [Summary]
    let total: Int
    let facets: [Facet: [String: Int]]
    let reporters: [String: String]
  }
  /// Facets are counted over whole result sets; above this many activities only totals are shown.
  static let mostFaceted = 20_000

  static func filter(_ call: Call, _ books: Books) throws -> Filter {
    var query = call.query.reader
    var filter = Filter()
    filter.state = query.code("state", of: Set(books.directory.states.map(\.id)))
    filter.group = query.code("group", of: Set(books.directory.groups.map(\.id)))
    filter.area = query.code("area", of: Set(books.treaty.coveredAreas.map(\.id) + ["*"]))
    let paper = query.code("paper", of: Set(books.treaty.areas(of: Treaty.paperList).map(\.id)))
    filter.areas = paper.map(books.treaty.workingAreas) ?? []
    filter.provision = query.code("provision", of: Set(books.treaty.provisions.map(\.id)))
    filter.reporter = query.text("reporter", max: 200)
    filter.status = query.code("status", of: ["1", "2", "3", "4", "5", "6"])
    filter.year = query.integer("year", in: 1900...2200)
    try query.finish()
    return filter
  }

  private static func list(_ call: Call) async throws -> Reply {
    let books = try await Books(call)
    let filter = try filter(call, books)
    let limit = try call.query.limit()
    let cursor = try call.query.cursor(shape: "ti")
    let isPage = call.format == .html
    let after = cursor.map { (startOn: $0.text(0) ?? "", id: $0.int(1)) }
    let listing = try await call.read { db in
      let total = try count(filter, in: db)
      var facets: [Facet: [String: Int]] = [:]
      if isPage && total <= mostFaceted {
        for facet in Facet.allCases { facets[facet] = try counts(of: facet, filter, in: db) }
      }
      return Listing(
        rows: try list(filter, after: after, limit: limit + 1, in: db), total: total, facets: facets,
        reporters: isPage && !facets.isEmpty ? try reporterNames(in: db) : [:])
    }
    let rows = Array(listing.rows.prefix(limit))
    let next =
      listing.rows.count > limit ? rows.last.map { Cursor(.text($0.startOn ?? ""), .int($0.id)) } : nil
    return call.reply(rows, columns: columns(call), next: next, total: listing.total) {
      listPage($0, listing, next, books, call)
    }
  }

  private static func show(_ call: Call, _ panels: Panels) async throws -> Reply {
    let id = try call.id()
    let books = try await Books(call)
    guard let whole = try await call.read({ try whole(id, in: $0) }) else { throw Problem.notFound }
    var trace = HTML.empty
    var extra = HTML.empty
    if call.format == .html {
      trace = try await panels.trace("activity", String(id), steps(whole, books, call), call)
      extra = try await panels.html("activity", String(id), call)
    }
    return call.reply(whole, columns: wholeColumns(call)) { showPage($0, books, (trace, extra), call) }
  }

  private static func judge(_ call: Call) async throws -> Reply {
    let id = try call.id()
    let book = try await Treaty.book(of: call.services.database())
    var form = call.form.reader
    let area = form.code("area", of: Set(book.coveredAreas.map(\.id)))
    let provision = form.code("provision", of: Set(book.provisions.map(\.id)))
    let verdict: Verdict? = form.choice("verdict")
    if area == nil && !form.has(faultIn: "area") { form.refuse("area", "web.field.missing") }
    if verdict == nil && !form.has(faultIn: "verdict") { form.refuse("verdict", "web.field.missing") }
    try form.finish()
    guard let area, let verdict else { throw Problem.notFound }
    try await call.write { try judge(id, area: area, provision: provision ?? "", verdict, in: $0) }
    return call.redirect(to: "activities/\(id)")
  }

  private static func imports(_ call: Call) async throws -> Reply {
    let limit = try call.query.limit()
    let before = try call.query.cursor(shape: "i").map { $0.int(0) }
    let found = try await call.read { try imports(before: before, limit: limit + 1, in: $0) }
    let rows = Array(found.prefix(limit))
    let next = found.count > limit ? rows.last.map { Cursor(.int($0.id)) } : nil
    return call.reply(rows, columns: importColumns(call), next: next) { importsPage($0, next, call) }
  }

  private static func newImport(_ call: Call) async throws -> Reply { call.page(newImportPage(nil, call)) }

  private static func upload(_ call: Call, _ intake: Intake) async throws -> Reply {
    var form = call.form.reader
    let text = form.text("address", max: 2000) ?? ""
    let file = call.form.file("file").flatMap { $0.size > 0 ? $0 : nil }
    let address = ActivityAddress(text)
    if file == nil && text.isEmpty { form.refuse("file", "activities.import.file-missing") }
    if !text.isEmpty && address == nil { form.refuse("address", "activities.import.address-invalid") }
    if file != nil && !text.isEmpty { form.refuse("address", "activities.import.one-of-both") }
    let reader = form
    return try await call.change {
      try reader.finish()
      let id: Int64
      if let file {
        let stored = try intake.files.keep(path: file.path)
        id = try await call.write { try queue(stored, name: file.name, in: $0) }
      } else if let address {
        id = try await call.write { try queue(address, in: $0) }
      } else {
        throw Problem.notFound
      }
      return call.redirect(to: "imports/\(id)", created: true)
    } again: {
      newImportPage($0, call)
    }
  }

  private static func showImport(_ call: Call) async throws -> Reply {
    let id = try call.id()
    let limit = try call.query.limit(100)
    let after = try call.query.cursor(shape: "i").map { $0.int(0) } ?? 0
    let found = try await call.read { db -> (ImportRow, [FindingRow], [RuleCount])? in
      guard let row = try importRow(id, in: db) else { return nil }
      return (
        row, try findings(of: id, after: after, limit: limit + 1, in: db),
        try findingCounts(of: id, in: db).map {
          RuleCount(rule: $0.rule, severity: $0.severity, count: $0.count)
        }
      )
    }
    guard let (row, list, counts) = found else { throw Problem.notFound }
    let rows = Array(list.prefix(limit))
    let next = list.count > limit ? rows.last.map { Cursor(.int($0.n)) } : nil
    return call.reply(rows, columns: findingColumns(call), next: next, total: row.findings) {
      importPage(row, $0, counts, next, call)
    }
  }
  struct RuleCount: Sendable {
    let rule: String
    let severity: String
    let count: Int
  }
}
