import Language
import Web

extension Treaty {
  static func listPage(_ provisions: [Provision], _ book: Book, _ call: Call) -> Page {
    let t = call.t
    return Page(t("treaty.provisions.title"), width: .wide) {
      h1(t("treaty.provisions.title"))
      p(t("treaty.provisions.lead", ["count": .number(provisions.count)]), .class("lead"))
      obligationNote(t)
      Facets(
        [
          Facets.Facet(
            "instrument", t("treaty.provision.instrument"), .one,
            book.instruments.map { Facets.Choice($0.id, $0.short.text(t.language)) }),
          Facets.Facet(
            "area", t("treaty.provision.areas"), .one,
            book.coveredAreas.map { Facets.Choice($0.id, $0.name.text(t.language)) }),
        ], call)
      if provisions.isEmpty {
        EmptyState(t("treaty.provisions.none"), t("treaty.provisions.none.more"))
      } else {
        Table(provisions, caption: t("treaty.provisions.title"), columns: provisionColumns(book, call), call)
      }
    }
  }
  static func obligationNote(_ t: Translator) -> HTML {
    p(t("treaty.obligation.note"), .class("quiet"))
  }

  static func showPage(_ provision: Provision, _ book: Book, _ trace: HTML, _ extra: HTML, _ call: Call)
    -> Page
  {
    let t = call.t
    let title = citationText(provision, book, t)
    let children = book.provisions.filter { $0.parent == provision.id }
    return Page(title, crumbs: [Page.Crumb("provisions", t("treaty.provisions.title"))]) {
      h1 { citation(provision, book, t) }
      p(.class("lead")) { name(provision.name, t) }
      p {
        provision.isOfficialTitle
          ? Tag(t("treaty.provision.official"), .plain).html
          : Tag(t("treaty.provision.summary"), .notable).html
        if provision.name.isUnreviewed {
          HTML(" ")
          Tag(t("treaty.unreviewed"), .quiet)
        }
      }
      trace
      SummaryList(
        [
          SummaryList.Row(
            t("treaty.provision.instrument"),
            book.instrument(provision.instrument).map { name($0.name, t) } ?? HTML(provision.instrument)),
          SummaryList.Row(
            t("treaty.provision.obligation"),
            HTML(book.obligation(provision.obligation)?.name.text(t.language) ?? provision.obligation)
              + HTML(" ") + span("(" + t("treaty.obligation.reading") + ")", .class("quiet"))),
          SummaryList.Row(t("treaty.provision.areas"), areaList(provision, book, call)),
          SummaryList.Row(t("treaty.provision.clauses"), clauseList(provision, book, call)),
        ]
          + (provision.parent.map { [SummaryList.Row(t("treaty.provision.parent"), link($0, book, call))] }
            ?? []))
      if !children.isEmpty {
        h2(t("treaty.provision.parts"))
        ul(
          children.map { child in
            li {
              a(href: call.link("provisions/" + Address.encode(child.id)), citation(child, book, t))
              ": "
              name(child.name, t)
            }
          })
      }
      extra
    }
  }
  private static func areaList(_ provision: Provision, _ book: Book, _ call: Call) -> HTML {
    let areas = (book.areasOfProvision[provision.id] ?? []).filter { $0 != "NONE" }
    if areas.isEmpty { return HTML("–") }
    return HTML.joined(
      areas.map { id in
        a(
          href: call.link("areas/" + id),
          book.area(id).map { name($0.name, call.t) } ?? HTML(id))
      }, by: " · ")
  }
  private static func clauseList(_ provision: Provision, _ book: Book, _ call: Call) -> HTML {
    let clauses = book.clausesOfProvision[provision.id] ?? []
    if clauses.isEmpty { return HTML("–") }
    return HTML.joined(clauses.map { a(href: call.link("decisions/3-4/" + $0), symbol($0)) }, by: " · ")
  }

  static func areaPage(_ area: Area, _ book: Book, _ trace: HTML, _ extra: HTML, _ call: Call) -> Page {
    let t = call.t
    let provisions = (book.provisionsOfArea[area.id] ?? []).compactMap { book.provision($0) }
    let papers = book.paperAreas(of: area.id).compactMap { book.area($0, list: Treaty.paperList) }
    return Page(
      area.name.text(t.language), crumbs: [Page.Crumb("areas", t("treaty.areas.title"))], width: .wide
    ) {
      h1 { name(area.name, t) }
      if area.name.isUnreviewed { p { Tag(t("treaty.unreviewed"), .quiet) } }
      trace
      extra
      h2(t("overview.area.lists"))
      SummaryList(
        book.lists.filter { $0.id == area.list || ($0.id == Treaty.paperList && !papers.isEmpty) }.map {
          list in
          SummaryList.Row(
            list.name.text(t.language),
            list.id == area.list ? name(area.name, t) : HTML(t.list(papers.map { $0.name.text(t.language) })))
        })
      if !provisions.isEmpty {
        h2(t("overview.area.provisions"))
        Table(
          provisions, caption: t("overview.area.provisions"),
          columns: provisionColumns(book, call).filter { $0.name != "areas" }, call)
      }
    }
  }

  static func areasPage(_ book: Book, _ call: Call) -> Page {
    let t = call.t
    return Page(t("treaty.areas.title"), width: .wide) {
      h1(t("treaty.areas.title"))
      p(t("treaty.areas.lead"), .class("lead"))
      book.lists.map { list in
        group {
          h2 { name(list.name, t) }
          Table(
            book.areas(of: list.id).filter { $0.id != "NONE" }, caption: list.name.text(t.language),
            columns: areaColumns(call).filter { $0.name != "list" && $0.name != "name_status" }, call)
        }
      }
      h2(t("treaty.areas.mapping"))
      table(.class("records")) {
        caption(t("treaty.areas.mapping"))
        thead {
          tr {
            th(t("treaty.areas.from"), .scope("col"))
            th(t("treaty.areas.to"), .scope("col"))
          }
        }
        tbody(
          book.coveredAreas.map { area in
            tr {
              th(name(area.name, t), .scope("row"), .data("label", t("treaty.areas.from")))
              td(
                HTML(
                  t.list(
                    book.paperAreas(of: area.id).compactMap {
                      book.area($0, list: Treaty.paperList)?.name.text(t.language)
                    })), .data("label", t("treaty.areas.to")))
            }
          })
      }
    }
  }
}
