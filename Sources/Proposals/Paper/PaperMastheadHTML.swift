import Language
import Web

extension PaperHTML {
  var masthead: HTML {
    let masthead = outline.masthead
    return header(.class("paper-masthead")) {
      div(.class("paper-row paper-organ")) {
        div(t("proposals-paper.organ"), .class("paper-start"))
        div(.class("paper-end")) { symbol(masthead.symbol) }
      }
      div(.class("paper-row")) {
        div(t("proposals-paper.body"), .class("paper-start paper-body"))
        div(.class("paper-end")) {
          p(t("proposals-paper.distribution." + masthead.distribution.rawValue))
          p(time(masthead.date, t))
          p(t("proposals-paper.original." + masthead.original))
        }
      }
      p(t("proposals-paper.sub-body"), .class("paper-sub-body"))
      p(placeAndDates)
      p {
        t("proposals-paper.agenda-item", ["item": .number(masthead.item)])
        self.masthead(note: "*", symbol(masthead.agenda))
      }
    }
  }

  private var placeAndDates: HTML {
    let masthead = outline.masthead
    let place = masthead.place[outline.language.code] ?? masthead.place["en"] ?? ""
    return t.html(
      "proposals-paper.place-and-days",
      ["place": .isolated(place), "days": .text(PaperHTML.days(masthead, t))])
  }

  /// `3–5 October 2007`, `2007年10月3–5日`; both dates in full when they lie in different months.
  static func days(_ masthead: PaperMasthead, _ t: Translator) -> String {
    let last = t.date(masthead.to)
    if masthead.from == masthead.to { return last }
    let whole = t.date(masthead.from) + " – " + last
    guard masthead.from.prefix(7) == masthead.to.prefix(7), let first = Int(masthead.from.suffix(2)),
      let day = Int(masthead.to.suffix(2))
    else { return whole }
    // The day is the last number equal to it that stands alone: a month before it may be the same.
    let runs = last.split { !$0.isNumber }
    guard let run = runs.last(where: { $0 == t.year(day) }) else { return whole }
    return last[..<run.startIndex] + t.year(first) + "–" + last[run.startIndex...]
  }

  /// The summary table, on a page of its own.
  var annex: HTML {
    let table = outline.annex
    return section(.id("annex"), .class("paper-annex")) {
      h2(table.title)
      div(.class("paper-wide"), .tabindex(0), .role("region"), .aria("label", table.caption)) {
        Web.table {
          caption(table.caption)
          thead { tr(table.header.map { th($0, .scope("col")) }) }
          tbody(
            table.rows.map { row in
              tr {
                th(row.heading, .scope("row"))
                HTML.joined(row.cells.map { td(nodes([$0])) })
              }
            })
        }
      }
      p(table.note, .class("paper-note"))
    }
  }
}
