import Language
import Treaty
package import Web

extension Coverage {
  package static let panels: [Panel] = [
    Panel("state") { id, call in try await statePanel(id, call) },
    Panel("need") { id, call in try await needPanel(id, call) },
    Panel("provision") { id, call in try await provisionPanel(id, call) },
  ]

  private static func statePanel(_ state: String, _ call: Call) async throws -> HTML? {
    let books = try await Books(call)
    let choice = try await year(call)
    let viewer = call.viewer
    let found = try await call.read { db -> ([String: Cell], [YearCell]) in
      (
        try ofState(state, year: choice.year, for: viewer, in: db),
        try yearByYear(state, for: viewer, in: db)
      )
    }
    let (cells, series) = found
    let t = call.t
    let query: [(String, String?)] = [("state", state), ("year", String(choice.year))]
    return group {
      h2(t("coverage.state.title", ["year": .year(choice.year)]))
      yearForm(choice, call)
      figures(cells[anyArea] ?? Cell(place: state, area: anyArea), link: query, call)
      table(.class("records")) {
        caption(t("coverage.state.caption"))
        thead {
          tr {
            ["coverage.column.area", "coverage.column.needs"].map { th(t($0), .scope("col")) }
            Status.allCases.map {
              th(t("coverage.status." + $0.rawValue), .scope("col"), .class("figure-cell"))
            }
            th(t("coverage.column.activities"), .scope("col"), .class("figure-cell"))
          }
        }
        tbody(
          books.treaty.coveredAreas.filter { cells[$0.id] != nil }.map { area in
            areaRow(area, cells[area.id] ?? Cell(place: state, area: area.id), state, choice.year, call)
          })
      }
      moneyTable(
        books.treaty.coveredAreas.map { ($0.id, Treaty.name($0.name, t)) } + [
          (anyArea, HTML(t("coverage.all-areas")))
        ],
        cells, choice.year, books, call)
      if series.count > 1 { seriesTable(series, t) }
      rules(t)
    }
  }

  private static func areaRow(_ area: Treaty.Area, _ cell: Cell, _ state: String, _ year: Int, _ call: Call)
    -> HTML
  {
    let t = call.t
    let query: [(String, String?)] = [("state", state), ("area", area.id), ("year", String(year))]
    func figure(_ count: Int, _ key: String, _ address: String?) -> HTML {
      let text = HTML(t.number(count))
      return td(
        address == nil || count == 0 ? text : a(href: address ?? "", text), .class("figure-cell"),
        .data("label", t(key)))
    }
    return tr {
      th(Treaty.name(area.name, t), .scope("row"), .data("label", t("coverage.column.area")))
      figure(cell.needs.stated, "coverage.column.needs", call.link("needs", query))
      Status.allCases.map { status in
        figure(
          cell.needs[status], "coverage.status." + status.rawValue,
          call.link("needs-coverage", query + [("status", status.rawValue)]))
      }
      figure(cell.activities, "coverage.column.activities", call.link("activities", query))
    }
  }

  private static func seriesTable(_ series: [YearCell], _ t: Translator) -> HTML {
    Details(t("coverage.series.title")) {
      table(.class("records")) {
        caption(t("coverage.series.title"))
        thead {
          tr {
            [
              "coverage.column.year", "coverage.column.needs", "coverage.status.covered",
              "coverage.status.partly",
              "coverage.column.activities",
            ].map { th(t($0), .scope("col")) }
          }
        }
        tbody(
          series.map { entry in
            tr {
              th(t.year(entry.year), .scope("row"), .data("label", t("coverage.column.year")))
              td(t.number(entry.cell.needs.stated), .data("label", t("coverage.column.needs")))
              td(t.number(entry.cell.needs.covered), .data("label", t("coverage.status.covered")))
              td(t.number(entry.cell.needs.partly), .data("label", t("coverage.status.partly")))
              td(t.number(entry.cell.activities), .data("label", t("coverage.column.activities")))
            }
          })
      }
    }.html
  }

  private static func needPanel(_ id: String, _ call: Call) async throws -> HTML? {
    guard let need = Int64(id) else { return nil }
    let found = try await call.read { try statuses(of: need, in: $0) }
    if found.isEmpty { return nil }
    let t = call.t
    return group {
      h2(t("coverage.need.title"))
      table(.class("records")) {
        caption(t("coverage.need.caption"))
        thead {
          tr {
            th(t("coverage.column.year"), .scope("col"))
            th(t("coverage.column.status"), .scope("col"))
          }
        }
        tbody(
          found.map { entry in
            tr {
              th(t.year(entry.year), .scope("row"), .data("label", t("coverage.column.year")))
              td(tag(entry.status, t), .data("label", t("coverage.column.status")))
            }
          })
      }
      rules(t)
    }
  }
  static func tag(_ status: Status, _ t: Translator) -> HTML {
    let tone: Tag.Tone =
      switch status {
      case .covered: .good
      case .partly: .notable
      case .uncovered: .grave
      case .unknown: .quiet
      }
    return Tag(t("coverage.status." + status.rawValue), tone).html
  }

  private static func provisionPanel(_ id: String, _ call: Call) async throws -> HTML? {
    let choice = try await year(call)
    let viewer = call.viewer
    let found = try await call.read { db -> (NeedCount, Int) in
      (
        try ofProvision(id, year: choice.year, for: viewer, in: db),
        try running(forProvision: id, year: choice.year, in: db)
      )
    }
    let (needs, activities) = found
    let t = call.t
    return group {
      h2(t("coverage.provision.title", ["year": .year(choice.year)]))
      ul(.class("figures")) {
        li {
          a(
            href: call.link("needs", [("provision", id), ("year", String(choice.year))]),
            HTML(t("coverage.figure.needs", ["count": .number(needs.stated)])))
        }
        Status.allCases.map { status in
          li {
            a(
              href: call.link(
                "needs-coverage",
                [("provision", id), ("year", String(choice.year)), ("status", status.rawValue)]),
              t("coverage.figure." + status.rawValue, ["count": .number(needs[status])]))
          }
        }
        li {
          a(
            href: call.link("activities", [("provision", id), ("year", String(choice.year))]),
            HTML(t("coverage.figure.activities", ["count": .number(activities)])))
        }
      }
    }
  }
}
