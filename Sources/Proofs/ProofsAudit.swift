import Language
import Storage
import Treaty
import Web

extension Proofs {
  static func audit(_ call: Call, _ names: [RecordNames]) async throws -> Reply {
    var book = try await Book(call)
    var query = call.query.reader
    var asked = Audit.Filter()
    asked.event = query.text("event", max: 100)
    asked.actor = query.text("actor", max: 100)
    asked.subject = query.text("subject", max: 100)
    asked.record = query.text("record", max: 200)
    asked.day = query.date("day")
    asked.state = query.code("state", of: Set(book.directory.states.map(\.id)))
    try query.finish()
    let filter = asked
    let limit = try call.query.limit()
    let before = try call.query.cursor(shape: "i").map { $0.int(0) }
    let viewer = call.viewer
    let isPage = call.format == .html
    let (found, words, actors, newest, verdict) = try await call.read { db in
      let found = try Audit.list(filter, before: before, limit: limit + 1, in: db)
      let newest = isPage ? try Audit.checkpoints(limit: 1, in: db).first : nil
      let actors = isPage ? try Audit.actors(limit: mostActors, in: db) : []
      return (
        found,
        try read(
          actors: found.map(\.actor) + actors, records: found.map { ($0.subject, $0.record) }, names,
          for: viewer, in: db), actors, newest, isPage ? try Audit.verify(after: newest, in: db) : nil
      )
    }
    book.words = words
    let known = book
    let rows = Array(found.prefix(limit))
    let next = found.count > limit ? rows.last.map { Cursor(.int($0.id)) } : nil
    return call.reply(rows, columns: entryColumns(known, changes: false), next: next) { rows in
      let t = call.t
      return Page(t("proofs.audit.title"), width: .wide) {
        h1(t("proofs.audit.title"))
        p(t("proofs.audit.lead"), .class("lead"))
        if let verdict { standing(verdict, since: newest, call) }
        p {
          a(href: call.link("audit/verify"), t("proofs.verify.whole"))
          HTML(" · ")
          a(href: call.link("audit/checkpoints"), t("proofs.checkpoints.title"))
        }
        Facets(facets(known, actors, call), call)
        if rows.isEmpty {
          EmptyState(t("proofs.audit.none"), t("proofs.audit.none.more"))
        } else {
          Table(
            rows, caption: t("proofs.audit.title"), columns: entryColumns(known, changes: false),
            headed: "id", call)
          Pager(shown: rows.count, next: next, call)
        }
      }
    }
  }
  /// Names offered as a choice.
  private static let mostActors = 300

  /// Choices in words: everything that can be recorded, everyone who has recorded something.
  private static func facets(_ book: Book, _ actors: [String], _ call: Call) -> [Facets.Facet] {
    let t = call.t
    let texts = call.services.catalogue.keys(.english)
    func choices(_ prefix: String) -> [Facets.Choice] {
      t.sorted(
        texts.filter { $0.hasPrefix(prefix) }.map { Facets.Choice(String($0.dropFirst(prefix.count)), t($0)) }
      ) { $0.label }
    }
    let states = book.directory.sorted(book.directory.states, t).map {
      Facets.Choice($0.id, $0.name, t)
    }
    return [
      Facets.Facet("event", t("proofs.entry.event"), .one, choices("trail.event.")),
      Facets.Facet(
        "actor", t("proofs.entry.actor"), .one,
        t.sorted(actors.map { Facets.Choice($0, book.personText($0, call)) }) { $0.label }),
      Facets.Facet("subject", t("proofs.entry.subject"), .one, choices("trail.kind.")),
      Facets.Facet("day", t("trail.day"), .day),
      Facets.Facet("state", t("proofs.receipt.state"), .one, states),
    ]
  }

  /// How the trail stands, in one notice.
  private static func standing(_ verdict: Audit.Verdict, since newest: Checkpoint?, _ call: Call) -> HTML {
    let t = call.t
    let isWhole = verdict.findings.isEmpty
    return Notice(
      isWhole ? t("proofs.verify.whole-now") : t("proofs.verify.broken"), isWhole ? .good : .grave
    ) {
      if let newest {
        p(
          t(
            "proofs.verify.since",
            [
              "count": .number(verdict.entries), "entry": .number(Int(newest.entry)), "at": .date(newest.at),
            ]))
      } else {
        p(t("proofs.verify.all", ["count": .number(verdict.entries)]))
      }
      if !isWhole { findings(verdict, call) }
    }.html
  }
  private static func findings(_ verdict: Audit.Verdict, _ call: Call) -> HTML {
    group {
      Table(verdict.findings, caption: call.t("proofs.verify.findings"), columns: findingColumns, call)
      if verdict.findingsLeftOut > 0 {
        p(call.t("proofs.verify.left-out", ["count": .number(verdict.findingsLeftOut)]), .class("quiet"))
      }
    }
  }

  @Sendable static func verify(_ call: Call) async throws -> Reply { try await verified([], nil, call) }

  @Sendable static func verifyAgainst(_ call: Call) async throws -> Reply {
    var form = call.form.reader
    let pasted = form.text("checkpoint", max: 20_000)
    var texts = pasted.map { [$0] } ?? []
    if let file = call.form.file("file"), file.size > 0 {
      texts.append(String(decoding: try file.bytes(), as: UTF8.self))
    }
    if texts.isEmpty { form.refuse("checkpoint", "web.field.missing") }
    let held = texts.compactMap { Checkpoint(file: $0) }
    if held.count < texts.count { form.refuse("checkpoint", "proofs.verify.unreadable") }
    do {
      try form.finish()
    } catch let problem as Problem where call.isPage {
      return try await verified([], problem, call)
    }
    return try await verified(held, nil, call)
  }

  private static func verified(_ held: [Checkpoint], _ problem: Problem?, _ call: Call) async throws -> Reply
  {
    let verdict = try await call.read { try Audit.verify(against: held, in: $0) }
    guard call.format == .html else {
      return call.reply(verdict.findings, columns: findingColumns, total: verdict.findings.count) { _ in
        verifyPage(verdict, held, problem, call)
      }
    }
    return call.page(verifyPage(verdict, held, problem, call), status: problem?.status ?? 200)
  }

  private static func verifyPage(
    _ verdict: Audit.Verdict, _ held: [Checkpoint], _ problem: Problem?, _ call: Call
  ) -> Page {
    let t = call.t
    let faults = problem?.faults ?? []
    let isWhole = verdict.findings.isEmpty
    return Page(
      t("proofs.verify.title"), crumbs: [Page.Crumb("audit", t("proofs.audit.title"))], width: .wide,
      hasFaults: !faults.isEmpty
    ) {
      if !faults.isEmpty { ErrorSummary(faults, t) }
      h1(t("proofs.verify.title"))
      Notice(
        isWhole ? t("proofs.verify.whole-now") : t("proofs.verify.broken"), isWhole ? .good : .grave,
        live: true
      ) {
        p(t("proofs.verify.all", ["count": .number(verdict.entries)]))
        p(t("proofs.verify.agreeing", ["count": .number(verdict.agreeing)]))
      }
      SummaryList([SummaryList.Row(t("proofs.verify.head"), long(Digest.hex(verdict.head)))])
      if !isWhole {
        h2(t("proofs.verify.findings"))
        findings(verdict, call)
        TakeAway(call)
      }
      h2(t("proofs.verify.against"))
      p(t("proofs.verify.against.why"))
      FormFrame("audit/verify", hasFiles: true, call) {
        FileField(
          FieldFrame("file", t("proofs.verify.file"), optional: true, t), accept: ".json,application/json")
        TextArea(
          FieldFrame("checkpoint", t("proofs.verify.text"), optional: true, problem: problem, t),
          value: call.form.fields.pairs.first { $0.name == "checkpoint" }?.value, rows: 4)
        Button(t("proofs.verify.go"))
      }
    }
  }
}
