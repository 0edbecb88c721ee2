import Language
import Treaty
package import Web

extension Coverage {
  package static let panels: [Panel] = [
    Panel("state") { id, call in try await statePanel(id, call) },
    Panel("need") { id, call in try await needPanel(id, call) },
    Panel("provision") { id, call in try await provisionPanel(id, call) },
    Panel("area") { id, call in try await areaPanel(id, call) },
  ]

  private static func statePanel(_ state: String, _ call: Call) async throws -> HTML? {
    let books = try await Books(call)
    let choice = try await year(call)
    let viewer = call.viewer
    let found = try await call.read { db in
      (
        cells: try ofState(state, year: choice.year, for: viewer, in: db),
        series: try yearByYear(state, for: viewer, in: db), money: try moneyByYear(state, in: db)
      )
    }
    let t = call.t
    let query: [(String, String?)] = [("state", state)]
    return group {
      h2(t("coverage.state.title", ["year": .year(choice.year)]))
      yearForm(choice, call)
      figures(
        found.cells[anyArea] ?? Cell(place: state, area: anyArea),
        link: query + [("year", String(choice.year))], call)
      areaBars(found.cells, choice.year, query, books, call)
      seriesChart(found.series, call)
      rules(t)
      h2(t("overview.money.title"))
      moneyChart(found.money, books, call)
      moneyTable(
        books.treaty.coveredAreas.map { ($0.id, Treaty.name($0.name, t)) } + [
          (anyArea, HTML(t("coverage.all-areas")))
        ],
        found.cells, choice.year, books, call, folded: true)
    }
  }

  private static func areaPanel(_ area: String, _ call: Call) async throws -> HTML? {
    let books = try await Books(call)
    let choice = try await year(call)
    let viewer = call.viewer
    let cells = try await call.read { try byGroup(year: choice.year, for: viewer, in: $0) }
    let cell = cells[world]?[area] ?? Cell(place: world, area: area)
    return group {
      h2(call.t("coverage.state.title", ["year": .year(choice.year)]))
      yearForm(choice, call)
      figures(cell, link: [("area", area), ("year", String(choice.year))], call)
      groupBars(area, cells, choice.year, books, call)
      rules(call.t)
    }
  }

  private static func needPanel(_ id: String, _ call: Call) async throws -> HTML? {
    guard let need = Int64(id) else { return nil }
    let found = try await call.read { try statuses(of: need, in: $0) }
    if found.isEmpty { return nil }
    let t = call.t
    return group {
      h2(t("coverage.need.title"))
      p(t("coverage.need.caption"), .class("quiet"))
      ul(.class("legend")) {
        found.map { entry in
          li {
            mark(entry.status).sample
            strong(t.year(entry.year))
            " "
            t("coverage.status." + entry.status.rawValue)
          }
        }
      }
      rules(t)
    }
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
      yearForm(choice, call)
      Figures(
        [
          Figures.Figure(
            t.number(needs.stated), t("coverage.column.needs"),
            at: call.link("needs", [("provision", id), ("year", String(choice.year))]))
        ]
          + Status.allCases.map { status in
            Figures.Figure(
              t.number(needs[status]), t("coverage.status." + status.rawValue), mark(status),
              at: call.link(
                "needs-coverage",
                [("provision", id), ("year", String(choice.year)), ("status", status.rawValue)]))
          } + [
            Figures.Figure(
              t.number(activities), t("coverage.column.activities"),
              at: call.link("activities", [("provision", id), ("year", String(choice.year))]))
          ])
    }
  }
}
