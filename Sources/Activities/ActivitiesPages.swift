import Directory
import Language
import Treaty
import Web

extension Activities {
  static func listPage(
    _ items: [Summary], _ listing: Listing, _ next: Cursor?, _ books: Books, _ call: Call
  ) -> Page {
    let t = call.t
    return Page(t("activities.list.title"), width: .wide) {
      h1(t("activities.list.title"))
      p(t("activities.list.lead", ["count": .number(listing.total)]), .class("lead"))
      p {
        a(href: call.link("imports"), t("activities.imports.title"))
        if call.viewer.may(importing) {
          HTML(" · ")
          a(href: call.link("imports/new"), t("activities.import.new"))
        }
      }
      Facets(facets(listing, books, call), call)
      if items.isEmpty {
        EmptyState(t("activities.list.none"), t("activities.list.none.more"))
      } else {
        Table(items, caption: t("activities.list.title"), columns: columns(call), call)
        Pager(shown: items.count, total: listing.total, next: next, call)
      }
    }
  }

  private static func facets(_ listing: Listing, _ books: Books, _ call: Call) -> [Facets.Facet] {
    let t = call.t
    let isCounted = !listing.facets.isEmpty
    func choices(_ facet: Facet, _ entries: [Facets.Choice]) -> [Facets.Choice] {
      let counts = listing.facets[facet] ?? [:]
      let chosen = Set(call.query.all(facet.rawValue))
      return entries.filter { !isCounted || counts[$0.value] != nil || chosen.contains($0.value) }
        .map { $0.counted(isCounted ? counts[$0.value] ?? 0 : nil) }
    }
    let states = books.directory.sorted(books.directory.states, t).map { Facets.Choice($0.id, $0.name, t) }
    let reporters = t.sorted(Array(listing.reporters)) { $0.value.isEmpty ? $0.key : $0.value }
      .map { Facets.Choice($0.key, $0.value.isEmpty ? $0.key : $0.value) }
    var all = [
      Facets.Facet("state", t("activities.activity.state"), .one, choices(.state, states)),
      Facets.Facet(
        "area", t("activities.activity.area"), .one,
        choices(.area, books.treaty.coveredAreas.map { Facets.Choice($0.id, $0.name, t) })),
      Facets.Facet(
        "status", t("activities.activity.status"), .one,
        choices(
          .status, ["1", "2", "3", "4", "5", "6"].map { Facets.Choice($0, t("activities.status." + $0)) })),
    ]
    if !reporters.isEmpty {
      all.append(
        Facets.Facet("reporter", t("activities.activity.provider"), .one, choices(.reporter, reporters)))
    }
    return all
  }

  static func importsPage(_ rows: [ImportRow], _ next: Cursor?, _ call: Call) -> Page {
    let t = call.t
    return Page(
      t("activities.imports.title"), crumbs: [Page.Crumb("activities", t("activities.list.title"))],
      width: .wide
    ) {
      h1(t("activities.imports.title"))
      p(t("activities.imports.lead"), .class("lead"))
      if call.viewer.may(importing) {
        p { Button(t("activities.import.new"), href: call.link("imports/new")) }
      }
      if rows.isEmpty {
        EmptyState(t("activities.imports.none"), t("activities.imports.none.more"))
      } else {
        Table(rows, caption: t("activities.imports.title"), columns: importColumns(call), call)
        Pager(shown: rows.count, next: next, call)
      }
    }
  }

  static func newImportPage(_ problem: Problem?, _ call: Call) -> Page {
    let t = call.t
    let faults = problem?.faults ?? []
    return Page(
      t("activities.import.new"), crumbs: [Page.Crumb("imports", t("activities.imports.title"))],
      hasFaults: !faults.isEmpty, usesScript: true
    ) {
      if !faults.isEmpty { ErrorSummary(faults, t) }
      h1(t("activities.import.new"))
      p(t("activities.import.lead"), .class("lead"))
      FormFrame("imports", hasFiles: true, call) {
        FileField(
          FieldFrame(
            "file", t("activities.import.file"), hint: t("activities.import.hint"), problem: problem, t),
          accept: ".xml,.gz,application/xml,text/xml,application/gzip", progress: t)
        TextField(
          FieldFrame(
            "address", t("activities.import.address"), hint: t("activities.import.address.hint"),
            problem: problem, t), value: call.form["address"], kind: .url)
        Button(t("activities.import.send"))
      }
    }
  }

  static func importPage(
    _ row: ImportRow, _ findings: [FindingRow], _ counts: [RuleCount], _ next: Cursor?, _ call: Call
  ) -> Page {
    let t = call.t
    let isUnderWay = row.state == "waiting" || row.state == "running"
    return Page(
      row.fileName.isolated, crumbs: [Page.Crumb("imports", t("activities.imports.title"))], width: .wide,
      refresh: isUnderWay ? 3 : nil
    ) {
      h1 { bdi(row.fileName) }
      p {
        Tag(
          t("activities.import.state." + row.state),
          row.state == "refused" ? .grave : isUnderWay ? .notable : .good)
        if row.isInvented {
          HTML(" ")
          Tag(t("activities.invented"), .notable)
        }
      }
      if isUnderWay {
        JobProgress(
          t("activities.import.state." + row.state), done: 0, total: nil, more: t("activities.import.wait"), t
        )
      }
      SummaryList([
        SummaryList.Row(t("activities.import.received"), number(row.received, t)),
        SummaryList.Row(t("activities.import.accepted"), number(row.accepted, t)),
        SummaryList.Row(t("activities.import.unchanged"), number(row.unchanged, t)),
        SummaryList.Row(t("activities.import.rejected"), number(row.rejected, t)),
        SummaryList.Row(t("activities.import.version"), HTML(row.version.isEmpty ? "–" : row.version)),
        SummaryList.Row(t("activities.import.started"), time(row.startedAt, t)),
        SummaryList.Row(t("activities.import.sha256"), code(row.sha256)),
      ])
      p(t("activities.import.balance"), .class("quiet"))
      h2(t("activities.import.findings"))
      if findings.isEmpty {
        p(isUnderWay ? t("activities.import.findings.later") : t("activities.import.findings.none"))
      } else {
        if row.findingsLeftOut > 0 {
          p(
            t("activities.import.findings.left-out", ["count": .number(row.findingsLeftOut)]), .class("quiet")
          )
        }
        Details(t("activities.import.findings.by-rule")) {
          ul(
            counts.map { entry in
              li {
                severity(entry.severity, call)
                " "
                code(entry.rule)
                ": "
                t.number(entry.count)
              }
            })
        }
        Table(findings, caption: t("activities.import.findings"), columns: findingColumns(call), call)
        Pager(shown: findings.count, total: row.findings, next: next, call)
      }
    }
  }
}
