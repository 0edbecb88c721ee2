import Directory
import Language
import Storage
import Treaty
import Web

extension Proofs {
  private static func state(_ call: Call, _ book: Book) throws -> Directory.State {
    let id = try call.parameter("id")
    guard mayReadTrail(of: id, call.viewer) else { throw Problem.forbidden }
    guard let state = book.directory.state(id) else { throw Problem.notFound }
    return state
  }

  /// "Who has seen or changed our answers?"
  static func trail(_ call: Call, _ names: [RecordNames]) async throws -> Reply {
    var book = try await Book(call)
    let state = try state(call, book)
    let limit = try call.query.limit()
    // Entries that stood further down: a count of the State's own, since numbers of the whole trail tell of others.
    let older = try call.query.cursor(shape: "i").map { Int($0.int(0)) }
    let viewer = call.viewer
    let isPage = call.format == .html
    let found = try await call.read { db in
      var filter = Audit.Filter()
      filter.state = state.id
      let total = try Audit.count(ofState: state.id, in: db)
      // What an address says may be any number; beyond the list there is nothing.
      let skipped = older.map { total - min(max(0, $0), total) } ?? 0
      let entries = try Audit.list(filter, skipping: skipped, limit: limit + 1, in: db)
      let since = since(db.today)
      let views = isPage ? try ViewLog.views(ofState: state.id, since: since, limit: 50, in: db) : []
      return TrailFound(
        entries: entries, total: total, older: total - skipped - limit, views: views, since: since,
        viewed: isPage ? try ViewLog.count(ofState: state.id, since: since, in: db) : 0,
        words: try read(
          actors: entries.map(\.actor) + views.map(\.viewer),
          records: entries.map { ($0.subject, $0.record) } + views.map { ($0.subject, $0.record) }, names,
          for: viewer, in: db))
    }
    book.words = found.words
    let known = book
    let rows = Array(found.entries.prefix(limit))
    let next = found.entries.count > limit ? Cursor(.int(Int64(found.older))) : nil
    return call.reply(rows, columns: entryColumns(known, changes: true), next: next, total: found.total) {
      trailPage($0, state, found, next, known, call)
    }
  }
  private struct TrailFound: Sendable {
    let entries: [AuditEntry]
    let total: Int
    /// Entries older than those shown.
    let older: Int
    let views: [ViewLog.Seen]
    let since: String
    let viewed: Int
    let words: Words
  }

  private static func trailPage(
    _ entries: [AuditEntry], _ state: Directory.State, _ found: TrailFound, _ next: Cursor?, _ book: Book,
    _ call: Call
  ) -> Page {
    let t = call.t
    let crumbs = [
      Page.Crumb("states", t("directory.states.title")),
      Page.Crumb("states/" + state.id, state.name.text(t.language)),
    ]
    return Page(t("proofs.trail.title"), crumbs: crumbs, width: .wide) {
      h1(t("proofs.trail.title"))
      p(t("proofs.trail.lead", ["state": .isolated(state.name.text(t.language))]), .class("lead"))
      h2(t("proofs.trail.changes"))
      if entries.isEmpty {
        EmptyState(t("proofs.trail.none"), t("proofs.trail.none.more"))
      } else {
        Table(
          entries, caption: t("proofs.trail.changes"), columns: entryColumns(book, changes: true),
          headed: "at", call)
        Pager(shown: entries.count, total: found.total, next: next, call)
      }
      h2(t("proofs.views.title"))
      p(t("proofs.views.lead", ["count": .number(found.viewed), "since": .date(found.since)]))
      if !found.views.isEmpty {
        Table(found.views, caption: t("proofs.views.title"), columns: viewColumns(book), headed: "day", call)
        p { a(href: call.link("states/\(Address.encode(state.id))/views"), t("proofs.views.all")) }
      }
      p(t("proofs.views.note"), .class("quiet"))
    }
  }

  static func views(_ call: Call, _ names: [RecordNames]) async throws -> Reply {
    var book = try await Book(call)
    let state = try state(call, book)
    var query = call.query.reader
    let asked = query.date("since")
    try query.finish()
    let limit = try call.query.limit()
    let after = try call.query.cursor(shape: "ttttt").map { at in
      ViewLog.Position(
        day: at.text(0) ?? "", subject: at.text(1) ?? "", record: at.text(2) ?? "", viewer: at.text(3) ?? "",
        way: at.text(4) ?? "")
    }
    let viewer = call.viewer
    let (found, words) = try await call.read { db in
      let found = try ViewLog.views(
        ofState: state.id, since: asked ?? since(db.today), after: after, limit: limit + 1, in: db)
      return (
        found,
        try read(
          actors: found.map(\.viewer), records: found.map { ($0.subject, $0.record) }, names, for: viewer,
          in: db)
      )
    }
    book.words = words
    let known = book
    let rows = Array(found.prefix(limit))
    let next =
      found.count > limit
      ? rows.last.map {
        Cursor(.text($0.day), .text($0.subject), .text($0.record), .text($0.viewer), .text($0.way.rawValue))
      }
      : nil
    return call.reply(rows, columns: viewColumns(known), next: next) { rows in
      let t = call.t
      return Page(
        t("proofs.views.title"), crumbs: [Page.Crumb("states/\(state.id)/trail", t("proofs.trail.title"))],
        width: .wide
      ) {
        h1(t("proofs.views.title"))
        p(t("proofs.views.note"), .class("lead"))
        if rows.isEmpty {
          EmptyState(t("proofs.views.none"), t("proofs.views.none.more"))
        } else {
          Table(rows, caption: t("proofs.views.title"), columns: viewColumns(known), headed: "day", call)
          Pager(shown: rows.count, next: next, call)
        }
      }
    }
  }
}
