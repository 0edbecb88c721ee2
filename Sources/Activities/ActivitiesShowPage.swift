import Directory
import Language
import Treaty
import Web

extension Activities {
  static func showPage(_ whole: Whole, _ books: Books, _ parts: (trace: HTML, extra: HTML), _ call: Call)
    -> Page
  {
    let t = call.t
    let item = whole.summary
    let title = item.title.isEmpty ? item.identifier : item.title
    return Page(title.isolated, crumbs: [Page.Crumb("activities", t("activities.list.title"))], width: .wide)
    {
      p(.class("quiet")) { bdi(item.identifier) }
      // In the page's direction as a heading, in its own within.
      h1(bdi(title, lang: item.titleLanguage.isEmpty ? "und" : item.titleLanguage))
      p(.class("tags")) {
        Tag(
          t.has("activities.status." + item.status)
            ? t("activities.status." + item.status) : t("activities.status.none"))
        if item.isInvented {
          HTML(" ")
          Tag(t("activities.invented"), .notable)
        }
        HTML(" ")
        LanguageMark(item.titleLanguage, call)
      }
      otherTitles(whole, call)
      parts.trace
      descriptions(whole, t)
      SummaryList([
        SummaryList.Row(
          t("activities.activity.provider"),
          a(
            href: call.link("activities", [("reporter", item.reporter)]),
            bdi(item.reporterName.isEmpty ? item.reporter : item.reporterName))),
        SummaryList.Row(t("activities.activity.start"), item.startOn.map { time($0, t) } ?? HTML("–")),
        SummaryList.Row(t("activities.activity.end"), item.endOn.map { time($0, t) } ?? HTML("–")),
        SummaryList.Row(t("activities.activity.places"), places(whole.detail.places, books, call)),
        SummaryList.Row(t("activities.activity.organisations"), organisations(whole.detail.organisations, t)),
        SummaryList.Row(t("activities.activity.sectors"), sectors(whole.detail.classes, books, t)),
      ])
      relevance(whole, books, call)
      money(whole, t)
      parts.extra
      h2(t("activities.show.source"))
      p {
        if let file = whole.fileName {
          a(href: call.link("imports/\(whole.importID)"), bdi(file))
          HTML(" · ")
        }
        t("activities.show.line", ["line": .number(whole.line)])
      }
    }
  }

  /// The provisions that the activity concerns, as far as nobody has refused them, and the activity itself.
  static func steps(_ whole: Whole, _ books: Books, _ call: Call)
    -> [(place: Trace.Place, step: Trace.Step)]
  {
    let t = call.t
    var seen: Set<String> = []
    let provisions = whole.claims.filter {
      $0.verdict != "refused" && !$0.provision.isEmpty && seen.insert($0.provision).inserted
    }.compactMap { books.treaty.provision($0.provision) }
    let before = provisions.prefix(3).map { provision in
      (
        place: Trace.Place.provision,
        step: Trace.Step(
          t("activities.relevance.provision"), Treaty.citation(provision, books.treaty, t),
          address: call.link("provisions/" + Address.encode(provision.id)))
      )
    }
    let current = Trace.Step(
      t("overview.trace.activity"), symbol(whole.summary.identifier), address: nil, current: true)
    return before + [(.activity, current)]
  }

  /// The title in the reader's language, where it is another; those in further languages behind a line to open.
  private static func otherTitles(_ whole: Whole, _ call: Call) -> HTML {
    let others = whole.detail.texts.filter { $0.kind == "title" }.dropFirst()
    let own = others.first {
      $0.language == call.language.code && whole.summary.titleLanguage != call.language.code
    }
    let rest = others.filter { $0.body != own?.body || $0.language != own?.language }
    return group {
      if let own { p(bdi(own.body, lang: own.language), .class("lead")) }
      if !rest.isEmpty {
        Details(call.t("activities.show.titles", ["count": .number(rest.count)])) {
          ul(.class("plain")) {
            rest.map { text in
              li {
                bdi(text.body, lang: text.language.isEmpty ? nil : text.language)
                " "
                LanguageMark(text.language, call)
              }
            }
          }
        }
      }
    }
  }
  private static func descriptions(_ whole: Whole, _ t: Translator) -> HTML {
    let texts = whole.detail.texts.filter { $0.kind.hasPrefix("description") }
    guard let first = texts.first(where: { $0.language == t.language.code }) ?? texts.first else {
      return .empty
    }
    let rest = texts.filter { $0.body != first.body || $0.language != first.language }
    return group {
      paragraphs(first.body, lang: first.language.isEmpty ? nil : first.language)
      if !rest.isEmpty {
        Details(t("activities.show.descriptions", ["count": .number(rest.count)])) {
          rest.map { paragraphs($0.body, lang: $0.language.isEmpty ? nil : $0.language) }
        }
      }
    }
  }
  private static func places(_ places: [PlaceRow], _ books: Books, _ call: Call) -> HTML {
    if places.isEmpty { return HTML(call.t("activities.show.no-place")) }
    return HTML.joined(
      places.map { place -> HTML in
        let name: HTML =
          place.state.flatMap { books.directory.state($0) }.map { Directory.link($0, call) }
          ?? books.names.region(place.vocabulary, place.code).map { Treaty.name($0, call.t) }
          ?? HTML(
            place.vocabulary.isEmpty
              ? place.code : call.t("activities.show.region", ["code": .isolated(place.code)]))
        guard let share = share(place.share) else { return name }
        return name + HTML(" (" + call.t.decimal(share) + " %)")
      }, by: " · ")
  }
  private static func organisations(_ organisations: [Organisation], _ t: Translator) -> HTML {
    if organisations.isEmpty { return HTML("–") }
    return ul(.class("plain")) {
      organisations.map { entry in
        li {
          bdi(
            entry.name.isEmpty ? entry.ref : entry.name, lang: entry.language.isEmpty ? nil : entry.language)
          if t.has("activities.role." + entry.role) {
            " "
            span("(" + t("activities.role." + entry.role) + ")", .class("quiet"))
          }
        }
      }
    }
  }
  private static func sectors(_ classes: [ClassRow], _ books: Books, _ t: Translator) -> HTML {
    let found = classes.filter { $0.kind == "sector" || $0.kind == "tag" }
    if found.isEmpty { return HTML("–") }
    return ul(.class("plain")) {
      found.map { entry in
        li {
          if !entry.name.isEmpty {
            bdi(entry.name)
            " "
          } else if entry.kind == "sector", let name = books.names.sector(entry.vocabulary, entry.code) {
            Treaty.name(name, t)
            " "
          }
          code("\(entry.vocabulary):\(entry.code)")
        }
      }
    }
  }

  /// Why the activity counts for an area, and the means to say yes or no.
  private static func relevance(_ whole: Whole, _ books: Books, _ call: Call) -> HTML {
    let t = call.t
    return group {
      h2(t("activities.relevance.title"))
      p(t("activities.relevance.lead"), .class("quiet"))
      if whole.claims.isEmpty {
        p(t("activities.relevance.none"))
      } else {
        table(.class("records")) {
          caption(t("activities.relevance.title"), .class("unseen"))
          thead {
            tr {
              ["area", "provision", "why", "strength", "verdict"].map {
                th(t("activities.relevance." + $0), .scope("col"))
              }
            }
          }
          tbody(whole.claims.map { claimRow($0, whole.summary.id, books, call) })
        }
      }
    }
  }
  private static func claimRow(_ claim: ClaimRow, _ id: ID, _ books: Books, _ call: Call) -> HTML {
    let t = call.t
    return tr {
      th(
        books.treaty.area(claim.area).map { Treaty.name($0.name, t) } ?? HTML(claim.area), .scope("row"),
        .data("label", t("activities.relevance.area")))
      td(
        claim.provision.isEmpty ? HTML("–") : Treaty.link(claim.provision, books.treaty, call),
        .data("label", t("activities.relevance.provision")))
      // One box: in a narrow window each part of a cell would stand in a column of its own.
      td(.data("label", t("activities.relevance.why"))) {
        div {
          div(t("activities.relevance.by." + claim.source), .class("small quiet"))
          if claim.source == "sector", let name = books.names.sector(claim.evidence) {
            symbol(claim.evidence)
            " "
            Treaty.name(name, t)
          } else if !claim.evidence.isEmpty {
            evidence(claim.evidence, t)
          }
          if claim.source == "sector", let reason = books.names.reason(claim.evidence, claim.area) {
            div(.class("small quiet")) {
              bdi(reason, lang: "en")
              " "
              LanguageMark("en", call)
            }
          }
        }
      }
      td(
        t("activities.relevance.strength.\(claim.strength)"),
        .data("label", t("activities.relevance.strength")))
      td(.data("label", t("activities.relevance.verdict"))) {
        div {
          t("activities.relevance.verdict." + (claim.verdict ?? "none"))
          if call.viewer.may(judging) { verdictForm(claim, id, call) }
        }
      }
    }
  }
  private static func verdictForm(_ claim: ClaimRow, _ id: ID, _ call: Call) -> HTML {
    FormFrame("activities/\(id)/relevance", call) {
      input(.type("hidden"), .name("area"), .value(claim.area))
      input(.type("hidden"), .name("provision"), .value(claim.provision))
      div(.class("actions")) {
        if claim.verdict != "confirmed" {
          Button(call.t("activities.relevance.confirm"), .other, name: "verdict", value: "confirmed")
        }
        if claim.verdict != "refused" {
          Button(call.t("activities.relevance.refuse"), .other, name: "verdict", value: "refused")
        }
      }
    }.html
  }

  private static func money(_ whole: Whole, _ t: Translator) -> HTML {
    group {
      if !whole.detail.budgets.isEmpty {
        h2(t("activities.budgets.title"))
        table(.class("records")) {
          caption(t("activities.budgets.title"), .class("unseen"))
          thead {
            tr {
              th(t("activities.budgets.period"), .scope("col"))
              th(t("activities.budgets.kind"), .scope("col"))
              th(t("activities.budgets.amount"), .scope("col"), .class("figure-cell"))
            }
          }
          tbody(
            whole.detail.budgets.map { row in
              tr {
                th(
                  div(period(row.startOn, row.endOn, t)), .scope("row"),
                  .data("label", t("activities.budgets.period")))
                td(t("activities.budgets.kind." + row.kind), .data("label", t("activities.budgets.kind")))
                td(
                  amount(row.minor, row.currency, t), .class("figure-cell"),
                  .data("label", t("activities.budgets.amount")))
              }
            })
        }
      }
      if !whole.detail.transactions.isEmpty {
        h2(t("activities.transactions.title"))
        if whole.detail.transactions.count > whole.latest.count {
          p(
            t(
              "activities.transactions.part",
              ["count": .number(whole.detail.transactions.count), "shown": .number(whole.latest.count)]),
            .class("quiet"))
        }
        table(.class("records")) {
          caption(t("activities.transactions.title"), .class("unseen"))
          thead {
            tr {
              ["day", "type", "from", "to"].map { th(t("activities.transactions." + $0), .scope("col")) }
              th(t("activities.transactions.amount"), .scope("col"), .class("figure-cell"))
            }
          }
          tbody(whole.latest.map { transaction($0, t) })
        }
      }
    }
  }
  private static func transaction(_ row: TransactionRow, _ t: Translator) -> HTML {
    tr {
      th(
        row.day.map { time($0, t) } ?? HTML("–"), .scope("row"),
        .data("label", t("activities.transactions.day")))
      td(
        t.has("activities.transaction." + row.type) ? t("activities.transaction." + row.type) : row.type,
        .data("label", t("activities.transactions.type")))
      td(
        row.provider.isEmpty ? HTML("–") : bdi(row.provider),
        .data("label", t("activities.transactions.from")))
      td(
        row.receiver.isEmpty ? HTML("–") : bdi(row.receiver), .data("label", t("activities.transactions.to")))
      td(
        amount(row.minor, row.currency, t), .class("figure-cell"),
        .data("label", t("activities.transactions.amount")))
    }
  }
  private static func period(_ start: String?, _ end: String?, _ t: Translator) -> HTML {
    HTML.joined([start, end].map { $0.map { time($0, t) } ?? HTML("–") }, by: " – ")
  }
  private static func amount(_ minor: Int64?, _ currency: String?, _ t: Translator) -> HTML {
    guard let minor, let currency, !currency.isEmpty else { return HTML(t("activities.show.no-amount")) }
    return Web.money(minor: minor, currency: currency, t)
  }

  /// Words that were found, between quotation marks, each with its language: “mutual legal assistance” en.
  private static func evidence(_ text: String, _ t: Translator) -> HTML {
    let marks = Marks(t).quotation()
    return HTML.joined(
      text.split(separator: ", ").map { part in
        guard let match = part.wholeMatch(of: /(.+) \(([a-z]{2,3})\)/) else { return bdi(String(part)) }
        let words = bdi(String(match.1), lang: String(match.2))
        return span {
          HTML(marks.open)
          words
          HTML(marks.close)
          " "
          span(symbol(String(match.2)), .class("quiet small"))
        }
      }, by: Marks(t).separator)
  }
}
