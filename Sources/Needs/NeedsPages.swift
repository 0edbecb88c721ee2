import Directory
import Language
import Translations
import Treaty
import Web

extension Needs {
  static func listPage(
    _ needs: [Record], _ listing: Listing, _ next: Cursor?, _ books: Books, _ call: Call
  ) -> Page {
    let t = call.t
    return Page(
      t("needs.list.title"), width: .wide, summary: t("needs.list.lead", ["count": .number(listing.total)])
    ) {
      h1(t("needs.list.title"))
      p(t("needs.list.lead", ["count": .number(listing.total)]), .class("lead"))
      if call.viewer.may(stating, .ofOwnState) {
        p { Button(t("needs.new.begin"), href: call.link("needs/new"), .other) }
      }
      Facets(facets(listing, books, call), call)
      if needs.isEmpty {
        EmptyState(t("needs.list.none"), t("needs.list.none.more"))
      } else {
        Table(needs, caption: t("needs.list.title"), columns: columns(books, call), call)
        Pager(shown: needs.count, total: listing.total, next: next, call)
      }
    }
  }

  private static func facets(_ listing: Listing, _ books: Books, _ call: Call) -> [Facets.Facet] {
    let t = call.t
    func choices(_ facet: Facet, _ entries: [Facets.Choice]) -> [Facets.Choice] {
      let counts = listing.facets[facet] ?? [:]
      let chosen = Set(call.query.all(facet.rawValue))
      return entries.filter { counts[$0.value] != nil || chosen.contains($0.value) }
        .map { $0.counted(counts[$0.value] ?? 0) }
    }
    let states = books.directory.sorted(books.directory.states, t).map { Facets.Choice($0.id, $0.name, t) }
    return [
      Facets.Facet("state", t("needs.need.state"), .one, choices(.state, states)),
      Facets.Facet(
        "area", t("needs.need.areas"), .one,
        choices(.area, books.treaty.coveredAreas.map { Facets.Choice($0.id, $0.name, t) })),
      Facets.Facet(
        "form", t("needs.need.form"), .one,
        choices(.form, books.treaty.forms.map { Facets.Choice($0.id, $0.name, t) })),
      Facets.Facet(
        "stage", t("needs.need.stage"), .one,
        choices(.stage, Stage.allCases.map { Facets.Choice($0.rawValue, t("needs.stage." + $0.rawValue)) })),
      Facets.Facet(
        "urgency", t("needs.need.urgency"), .one,
        choices(
          .urgency, Urgency.allCases.map { Facets.Choice($0.rawValue, t("needs.urgency." + $0.rawValue)) })),
    ]
  }

  static func showPage(
    _ need: Record, provisions: [String], areas: [String], _ books: Books,
    _ parts: (trace: HTML, extra: HTML), _ call: Call,
    notice: HTML = .empty
  ) -> Page {
    let t = call.t
    let state = books.directory.state(need.state)
    let translated = Translations.Beside(source(need), need.translations, call)
    return Page(need.title.isolated, crumbs: [Page.Crumb("needs", t("needs.list.title"))]) {
      notice
      p(.class("quiet")) {
        t.html("needs.show.of", ["reference": .isolated(need.reference)])
      }
      translated.of("title", h1(bdi(need.title, lang: need.language)), heading: true)
      p(.class("tags")) {
        urgency(need.urgency, call)
        " "
        Tag(t("needs.stage." + need.stage.rawValue))
        if need.isInvented {
          HTML(" ")
          Tag(t("needs.invented"), .notable)
        }
        HTML(" ")
        translated.mark
      }
      translated.link("needs/\(need.id)")
      parts.trace
      h2(t("needs.need.missing"))
      translated.of("missing", paragraphs(need.missing, lang: need.language))
      SummaryList([
        SummaryList.Row(t("needs.need.state"), state.map { Directory.link($0, call) } ?? HTML(need.state)),
        SummaryList.Row(
          t("needs.need.areas"),
          HTML.joined(
            areas.map { id in
              a(
                href: call.link("areas/" + id),
                books.treaty.area(id).map { Treaty.name($0.name, t) } ?? HTML(id))
            }, by: " · ")),
        SummaryList.Row(t("needs.need.form"), formName(need.form, books, call)),
        SummaryList.Row(
          t("needs.need.beneficiaries"),
          need.beneficiaries.isEmpty
            ? HTML("–")
            : translated.of("beneficiaries", p(bdi(need.beneficiaries, lang: need.language)))),
        SummaryList.Row(
          t("needs.need.counts"),
          HTML(t("needs.show.years", ["from": .year(need.fromYear), "to": .year(need.toYear)]))),
        SummaryList.Row(t("needs.need.visibility"), HTML(t("needs.visibility." + need.visibility.rawValue))),
      ])
      h2(t("needs.show.source"))
      p(t("needs.show.source.why"), .class("quiet"))
      SummaryList([
        SummaryList.Row(t("needs.need.source"), HTML(t("needs.source." + need.source.rawValue))),
        SummaryList.Row(
          t("needs.need.quotation"),
          translated.of("quotation", quotation(need.quotation, lang: need.language, t))),
        SummaryList.Row(t("needs.need.authority"), bdi(need.authority, lang: need.language)),
        SummaryList.Row(t("needs.need.stated-on"), time(need.statedOn, t)),
      ])
      ownTools(need, call)
      parts.extra
    }
  }

  /// What a need itself knows of its chain: its provisions, the State, and where it was said.
  static func steps(_ need: Record, _ provisions: [String], _ books: Books, _ call: Call)
    -> [(place: Trace.Place, step: Trace.Step)]
  {
    let t = call.t
    var steps = provisions.prefix(3).map { id in
      (
        place: Trace.Place.provision,
        step: Trace.Step(
          t("needs.trace.provision"),
          books.treaty.provision(id).map { Treaty.citation($0, books.treaty, t) } ?? HTML(id),
          address: call.link("provisions/" + Address.encode(id)))
      )
    }
    if let state = books.directory.state(need.state) {
      steps.append(
        (
          .state,
          Trace.Step(
            t("needs.need.state"), Treaty.name(state.name, t), address: call.link("states/" + state.id))
        ))
    }
    steps.append(
      (.need, Trace.Step(t("needs.trace.need"), symbol(need.reference), address: nil, current: true)))
    return steps
  }
}
