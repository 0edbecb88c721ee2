import Directory
import Language
import Treaty
import Web

/// What people read and go by.
extension Site {
  static func designParts(
    _ books: DesignBooks, _ sort: String?, _ group: String?, _ call: Call
  ) -> [DesignEntry] {
    let t = call.t
    let chosen = Table<Directory.State>.Sort(sort, among: ["name", "code"])
    return [
      DesignEntry("type") {
        h3(t("design.type.heading"))
        p(t("site.home.lead"), .class("lead"))
        p(t("web.mandate"))
        p(t("web.mandate"), .class("quiet small"))
        blockquote(t("web.mandate"))
        p { symbol("CTOC/COP/2006/14") }
        ul(.class("legend")) {
          Matrix.Level.allCases.map { level in
            li {
              span("", .class("swatch level-" + (level == .unknown ? "unknown" : String(level.rawValue))))
            }
          }
          Mark.allCases.map { li($0.sample) }
        }
      },
      DesignEntry("table") {
        Table(
          stateRows(books, chosen, group, t), caption: t("directory.states.title"),
          columns: stateColumns(books, t),
          sort: chosen, call)
      },
      DesignEntry("facets") {
        Facets(
          [
            Facets.Facet(
              "group", t("directory.state.group"), .one,
              books.directory.groups.map { entry in
                Facets.Choice(
                  entry.id, entry.name.text(t.language), count: books.directory.states(of: entry.id).count)
              })
          ], call)
      },
      DesignEntry("pager") { Pager(shown: 3, total: 193, next: Cursor(.int(3)), hasFormats: false, call) },
      DesignEntry("tabs") {
        Tabs(
          [("needs", "site.nav.needs"), ("activities", "site.nav.activities"), ("states", "site.nav.states")]
            .enumerated().map { index, tab in
              Tabs.Tab(HTML(t(tab.1)), at: call.link(tab.0), current: index == 0)
            }, label: t("design.tabs"))
      },
      DesignEntry("details") {
        Details(t("coverage.rules.title")) { p(t("coverage.rules.years")) }
        Details(t("coverage.rules.title"), open: true) { p(t("coverage.rules.totals")) }
      },
      DesignEntry("notices") {
        Notice.Tone.allCases.map { tone in
          Notice(t("design.tone." + tone.rawValue), tone) { p(t("web.invalid.mend")) }.html
        }
      },
      DesignEntry("tags") {
        p {
          HTML.joined(
            Tag.Tone.allCases.map { Tag(t("design.tone." + $0.rawValue), $0).html }, by: " ")
        }
      },
      DesignEntry("empty") {
        EmptyState(
          t("needs.list.none"), t("needs.list.none.more"),
          action: (call.link("needs"), t("web.filter.clear")))
      },
      DesignEntry("timeline") {
        Timeline(
          [
            Timeline.Item("2000-12-13", HTML(t("directory.status.signed"))),
            Timeline.Item(
              "2004-06-16", HTML(t("directory.status.deposited")), HTML(t("directory.party.yes")), .now),
            Timeline.Item(nil, HTML(t("directory.status.deposited")), HTML(t("directory.not-known")), .open),
          ], t)
      },
      DesignEntry("trace") {
        Trace(
          [
            Trace.Step(t("overview.trace.clause"), symbol("R-7b"), address: call.link("decisions/3-4/R-7b")),
            Trace.Step(
              t("needs.trace.provision"),
              books.treaty.provision("UNTOC-18").map { Treaty.citation($0, books.treaty, t) } ?? symbol("18"),
              address: call.link("provisions/UNTOC-18")),
            Trace.Step(t("needs.trace.need"), symbol("KEN-2026-003"), address: nil, current: true),
            Trace.Step(
              t("overview.trace.activity"), HTML(t("overview.trace.activities", ["count": .number(3)])),
              address: call.link("activities")),
          ], t)
        Trace(
          [
            Trace.Step(t("site.chain.need"), HTML(t.number(242)), address: call.link("needs")),
            Trace.Step(t("site.chain.result"), HTML(t("site.chain.later")), address: nil),
          ], label: t("overview.home.chain"), large: true, t)
      },
      DesignEntry("crumbs") {
        Breadcrumb(
          [Page.Crumb("states", t("directory.states.title"))],
          current: books.states(1, t).first?.name.text(t.language) ?? "", call)
      },
      DesignEntry("languages") {
        LanguageSwitch(call.services.catalogue.languages, label: t("design.languages"), call)
      },
      DesignEntry("skip") { SkipLink(t("web.skip")) },
      DesignEntry("printing") { p(t("design.printing.more")) },
    ]
  }

  private static func stateRows(
    _ books: DesignBooks, _ sort: Table<Directory.State>.Sort?, _ group: String?, _ t: Translator
  ) -> [Directory.State] {
    var states = books.states(400, t).filter { group == nil || $0.group == group }
    if sort?.name == "code" { states.sort { $0.id < $1.id } }
    if sort?.isDescending == true { states.reverse() }
    return Array(states.prefix(5))
  }
  private static func stateColumns(_ books: DesignBooks, _ t: Translator) -> [Column<Directory.State>] {
    [
      Column("name", .text, "directory.state.name", sort: "name") { .text($0.name.text(t.language)) },
      Column("code", .code, "directory.state.code", sort: "code") { .text($0.id) },
      Column(
        "group", .text, "directory.state.group"
      ) { state in .text(books.directory.group(state.group)?.name.text(t.language) ?? state.group) },
    ]
  }
}
