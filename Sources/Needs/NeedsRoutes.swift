import Directory
import Language
package import Storage
import Treaty
package import Web

extension Needs {
  package static func routes(_ panels: Panels) -> [Route] {
    [
      .get("needs", access: .everyone, cached: true, takes: listFields, list),
      .get("needs/new", access: .may(stating, .ofOwnState), faces: [.page], newPage).needingProof,
      .post("needs", access: .may(stating, .ofOwnState), takes: statementFields, state).needingProof,
      .get(
        "needs/:id", access: .everyone, cached: true,
        takes: [.choice("as", Visibility.self), .text("receipt", max: 20)]
      ) {
        try await show($0, panels)
      },
      .post(
        "needs/:id/visibility", access: .may(showing, .ofOwnState),
        takes: [.choice("visibility", Visibility.self)],
        changeVisibility
      ).needingProof,
    ]
  }

  /// What every list of needs takes.
  package static let listFields: [FieldDescription] = [
    .code("state", from: "states", example: "KEN"), .code("group", from: "states", example: "african"),
    .code("area", from: "areas", example: "ICOOP"), .code("paper", from: "areas"),
    .code("provision", from: "provisions", example: "UNTOC-18"), .code("form", example: "legal_advice"),
    .choice("stage", Stage.self), .choice("urgency", Urgency.self),
    .integer("year", in: 1990...2100, example: "2026"),
    .cursor, .limit(),
  ]

  /// What the pages of this subject need beside the rows.
  struct Books: Sendable {
    let treaty: Treaty.Book
    let directory: Directory.Book
    init(_ call: Call) async throws {
      treaty = try await Treaty.book(of: call.services.database())
      directory = try await Directory.book(of: call.services.database())
    }
  }

  static func filter(_ call: Call, _ books: Books) throws -> Filter {
    var query = call.query.reader
    var filter = Filter()
    filter.state = query.code("state", of: Set(books.directory.states.map(\.id)))
    filter.group = query.code("group", of: Set(books.directory.groups.map(\.id)))
    filter.area = query.code("area", of: Set(books.treaty.coveredAreas.map(\.id)))
    let paper = query.code("paper", of: Set(books.treaty.areas(of: Treaty.paperList).map(\.id)))
    filter.areas = paper.map(books.treaty.workingAreas) ?? []
    filter.provision = query.code("provision", of: Set(books.treaty.provisions.map(\.id)))
    filter.form = query.code("form", of: Set(books.treaty.forms.map(\.id)))
    filter.stage = query.choice("stage")
    filter.urgency = query.choice("urgency")
    filter.year = query.integer("year", in: 1990...2100)
    try query.finish()
    return filter
  }

  /// A list with the figures of its facets.
  struct Listing: Sendable {
    let rows: [Record]
    let total: Int
    let facets: [Facet: [String: Int]]
  }

  /// The State can ask who has seen what it entrusted.
  package static func noteViews(_ needs: [Record], _ call: Call) async throws {
    try await call.noteViews("need", needs) { (String($0.id), $0.state, $0.visibility) }
  }

  private static func list(_ call: Call) async throws -> Reply { try await reply(call) }

  /// The list of needs by the filters of the address.
  /// - Parameter also: a further condition on `n`, from a subject above.
  package static func reply(_ call: Call, also: SQL? = nil) async throws -> Reply {
    let books = try await Books(call)
    var asked = try filter(call, books)
    asked.also = also
    let filter = asked
    let limit = try call.query.limit()
    let cursor = try call.query.cursor(shape: "ti")
    let viewer = call.viewer
    let isPage = call.format == .html
    let after = cursor.map { (statedOn: $0.text(0) ?? "", id: $0.int(1)) }
    let listing = try await call.read { db in
      var facets: [Facet: [String: Int]] = [:]
      if isPage {
        for facet in Facet.allCases { facets[facet] = try counts(of: facet, filter, for: viewer, in: db) }
      }
      return Listing(
        rows: try list(filter, for: viewer, after: after, limit: limit + 1, in: db),
        total: try count(filter, for: viewer, in: db), facets: facets)
    }
    let rows = Array(listing.rows.prefix(limit))
    let next = listing.rows.count > limit ? rows.last.map { Cursor(.text($0.statedOn), .int($0.id)) } : nil
    try await noteViews(rows, call)
    return call.reply(rows, columns: columns(books, call), next: next, total: listing.total) {
      listPage($0, listing, next, books, call)
    }
  }

  private static func show(_ call: Call, _ panels: Panels) async throws -> Reply {
    let id = try call.id()
    var query = call.query.reader
    let level: Visibility? = query.choice("as")
    try query.finish()
    if level == .state { throw Problem.badQuery([Fault(.query("as"), "web.field.choice")]) }
    let viewer = call.viewer
    let books = try await Books(call)
    let found = try await call.read { db -> (Record, [String], [String])? in
      guard let need = try find(id, for: viewer, in: db) else { return nil }
      return (need, try provisions(of: id, in: db), try areas(of: id, in: db))
    }
    guard let (need, provisions, areas) = found else { throw Problem.notFound }
    try await noteViews([need], call)
    guard let level else {
      let (trace, extra) = try await around(need, provisions, books, panels, call)
      return call.reply(need, columns: columns(books, call)) {
        showPage(
          $0, provisions: provisions, areas: areas, books, (trace, extra), call,
          notice: DoneNotice(call).html)
      }
    }
    guard mayPreview(need, viewer) else { throw Problem.forbidden }
    let reader = reader(of: level)
    guard reader.sees.contains(need.visibility) else {
      guard call.format == .html else { throw Problem.notFound }
      return call.page(hiddenPage(level, need, call))
    }
    let theirs = call.viewing(as: reader)
    let (trace, extra) = try await around(need, provisions, books, panels, theirs)
    return theirs.reply(need, columns: columns(books, theirs)) {
      showPage(
        $0, provisions: provisions, areas: areas, books, (trace, extra), theirs,
        notice: previewNotice(level, need, call))
    }
  }

  /// The chain of a need and what subjects above say of it.
  private static func around(
    _ need: Record, _ provisions: [String], _ books: Books, _ panels: Panels, _ call: Call
  ) async throws -> (trace: HTML, extra: HTML) {
    guard call.format == .html else { return (.empty, .empty) }
    let id = String(need.id)
    return (
      try await panels.trace("need", id, steps(need, provisions, books, call), call),
      try await panels.html("need", id, call)
    )
  }
}
