import Language
import Treaty
package import Web

extension Mandates {
  package static let routes: [Route] = [
    .get("decisions/3-4", access: .everyone, cached: true, list),
    .get("decisions/3-4/:id", access: .everyone, cached: true, show),
  ]

  private static func list(_ call: Call) async throws -> Reply {
    let all = try await call.read { try clauses(of: decision, in: $0) }
    return call.reply(all, columns: columns(call), total: all.count) { listPage($0, call) }
  }
  private static func show(_ call: Call) async throws -> Reply {
    let id = try call.parameter("id")
    let all = try await call.read { try clauses(of: decision, in: $0) }
    guard let clause = all.first(where: { $0.id == id }) else { throw Problem.notFound }
    let book = try await Treaty.book(of: call.services.database())
    let trace = call.format == .html ? try await trace(clause, book, call) : .empty
    return call.reply(clause, columns: columns(call)) { showPage($0, among: all, book, trace, call) }
  }

  static func columns(_ call: Call) -> [Column<Clause>] {
    let t = call.t
    return [
      Column(
        "id", .code, "mandates.clause.id",
        show: { clause, call in
          a(href: call.link("decisions/3-4/" + clause.id), symbol(clause.id))
        }
      ) { .text($0.id) },
      Column(
        "label", .text, "mandates.clause.label", show: { clause, call in Treaty.name(clause.name, call.t) }
      ) {
        .text($0.name.text(t.language))
      },
      Column(
        "actor", .code, "mandates.clause.actor",
        show: { clause, call in
          HTML(call.t("mandates.actor." + clause.actor))
        }
      ) { .text($0.actor) },
      Column(
        "kind", .code, "mandates.clause.kind",
        show: { clause, call in HTML(call.t("mandates.kind." + clause.kind)) }
      ) {
        .text($0.kind)
      },
      Column("parent", .code, "mandates.clause.parent", onPage: false) { .text($0.parent) },
      Column("statement", .text, "mandates.clause.statement", onPage: false) { .text($0.statement) },
      Column("evidence", .text, "mandates.clause.evidence", onPage: false) { .text($0.evidence) },
      Column("deadline", .text, "mandates.clause.deadline", onPage: false) { .text($0.deadline) },
      Column("label_status", .code, "mandates.clause.label-status", onPage: false) { .text($0.name.status) },
    ]
  }

  private static func listPage(_ clauses: [Clause], _ call: Call) -> Page {
    let t = call.t
    return Page(t("mandates.title"), width: .wide) {
      h1(t("mandates.title"))
      p(t("mandates.lead", ["count": .number(clauses.count)]), .class("lead"))
      p(t("mandates.own-wording"), .class("quiet"))
      Table(clauses, caption: t("mandates.title"), columns: columns(call), call)
      TakeAway(call)
    }
  }

  /// Words that the data hold in English alone.
  private static func english(_ text: String, _ call: Call) -> HTML {
    bdi(text, lang: "en") + HTML(" ") + LanguageMark("en", call).html
  }
  private static func showPage(
    _ clause: Clause, among all: [Clause], _ book: Treaty.Book, _ trace: HTML, _ call: Call
  ) -> Page {
    let t = call.t
    let children = all.filter { $0.parent == clause.id }
    let provisions = book.provisions.filter { book.clausesOfProvision[$0.id]?.contains(clause.id) == true }
    return Page(clause.name.text(t.language), crumbs: [Page.Crumb("decisions/3-4", t("mandates.title"))]) {
      p(.class("quiet")) { t.html("mandates.clause.of", ["id": .isolated(clause.id)]) }
      h1 { Treaty.name(clause.name, t) }
      p {
        if clause.name.isUnreviewed { Tag(t("treaty.unreviewed"), .quiet) }
      }
      blockquote(.class("lead"), .lang("en"), .dir("auto")) { clause.statement }
      p(.class("quiet small")) {
        LanguageMark("en", call)
        " "
        t("mandates.own-wording")
      }
      trace
      SummaryList(
        [
          SummaryList.Row(t("mandates.clause.actor"), HTML(t("mandates.actor." + clause.actor))),
          SummaryList.Row(t("mandates.clause.kind"), HTML(t("mandates.kind." + clause.kind))),
          SummaryList.Row(t("mandates.clause.deadline"), english(clause.deadline, call)),
          SummaryList.Row(t("mandates.clause.evidence"), english(clause.evidence, call)),
        ]
          + (clause.parent.map {
            [
              SummaryList.Row(
                t("mandates.clause.parent"), a(href: call.link("decisions/3-4/" + $0), symbol($0)))
            ]
          } ?? []))
      if !children.isEmpty {
        h2(t("mandates.clause.parts"))
        ul(
          children.map { child in
            li {
              a(href: call.link("decisions/3-4/" + child.id), symbol(child.id))
              ": "
              Treaty.name(child.name, t)
            }
          })
      }
      if !provisions.isEmpty {
        h2(t("mandates.clause.provisions"))
        ul(provisions.map { li(Treaty.link($0.id, book, call)) })
      }
    }
  }
}
