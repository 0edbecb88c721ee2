import Language
import Treaty
import Web

extension Coverage {
  /// Money of a year by row (areas), in dollars and as reported.
  /// - Parameter folded: under a heading of another figure, to be opened by whoever wants it.
  static func moneyTable(
    _ rows: [(area: String, name: HTML)], _ cells: [String: Cell], _ year: Int, _ books: Books, _ call: Call,
    folded: Bool = false
  ) -> HTML {
    let t = call.t
    let filled = rows.filter { !(cells[$0.area]?.money.isEmpty ?? true) }
    if filled.isEmpty { return p(t("coverage.money.none", ["year": .year(year)]), .class("quiet")) }
    let title = t("coverage.money.title", ["year": .year(year)])
    let frame = div(.class("table-frame"), .role("region"), .aria("label", title), .tabindex(0)) {
      table(.class("records")) {
        caption(t("coverage.money.caption"))
        thead {
          tr {
            th(t("coverage.column.area"), .scope("col"))
            th(t("coverage.column.budget"), .scope("col"), .class("figure-cell"))
            th(t("coverage.column.spent"), .scope("col"), .class("figure-cell"))
            th(t("coverage.column.reported"), .scope("col"))
          }
        }
        tbody(
          filled.map { row in
            let money = cells[row.area]?.money ?? []
            return tr {
              th(row.name, .scope("row"), .data("label", t("coverage.column.area")))
              td(
                dollars(money, spent: false, books, t), .class("figure-cell"),
                .data("label", t("coverage.column.budget")))
              td(
                dollars(money, spent: true, books, t), .class("figure-cell"),
                .data("label", t("coverage.column.spent")))
              td(reported(money, call), .data("label", t("coverage.column.reported")))
            }
          })
      }
    }
    if folded { return Details(title) { frame }.html }
    return group {
      h2(title)
      frame
    }
  }

  static func dollars(_ money: [Amount], spent: Bool, _ books: Books, _ t: Translator) -> HTML {
    let found = books.rates.dollars(money, spent: spent, digits: Formats.digits)
    guard let minor = found.minor else {
      return found.unconverted.isEmpty ? HTML("–") : span(t("coverage.money.no-rate"), .class("quiet"))
    }
    // Whole dollars: the cents of a converted sum say nothing.
    var parts = Web.money(minor: minor / 100 * 100, currency: "USD", t)
    if found.isUnverified { parts = parts + HTML(" ") + Tag(t("coverage.money.unverified"), .quiet).html }
    if !found.unconverted.isEmpty {
      let currencies = Array(Set(found.unconverted.map(\.currency))).sorted()
      parts =
        parts + HTML(" ")
        + span(t("coverage.money.without", ["currencies": .list(currencies)]), .class("quiet"))
    }
    return parts
  }
  private static func reported(_ money: [Amount], _ call: Call) -> HTML {
    let t = call.t
    return Details(t("coverage.money.by-currency", ["count": .number(Set(money.map(\.currency)).count)])) {
      ul(
        money.map { amount in
          li {
            t(amount.isSpent ? "coverage.column.spent" : "coverage.column.budget")
            ": "
            Web.money(minor: amount.minor, currency: amount.currency, t)
          }
        })
    }.html
  }
}
