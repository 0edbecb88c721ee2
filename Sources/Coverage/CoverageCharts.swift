import Directory
import Language
import Treaty
package import Web

/// The figures of coverage as charts, each with the table behind it.
extension Coverage {
  static func mark(_ status: Status) -> Mark {
    switch status {
    case .covered: .full
    case .partly: .hatched
    case .uncovered: .empty
    case .unknown: .dotted
    }
  }
  private static func parts(_ count: NeedCount) -> [(mark: Mark, value: Double)] {
    Status.allCases.map { (mark($0), Double(count[$0])) }
  }
  static func source(_ call: Call) -> ChartFrame.Source {
    ChartFrame.Source(
      call.t("overview.source.register"), asOf: String(call.services.clock.now().prefix(10)))
  }
  /// Needs met at least in part of needs stated.
  private static func share(_ count: NeedCount, _ t: Translator) -> String {
    t(
      "coverage.cell.text",
      ["met": .number(count.covered + count.partly), "stated": .number(count.stated)])
  }

  /// Needs by status and the activities, each opening its list.
  package static func figures(_ cell: Cell, link query: [(String, String?)], _ call: Call) -> HTML {
    let t = call.t
    return Figures(
      [
        Figures.Figure(
          t.number(cell.needs.stated), t("coverage.column.needs"), at: call.link("needs", query))
      ]
        + Status.allCases.map { status in
          Figures.Figure(
            t.number(cell.needs[status]), t("coverage.status." + status.rawValue), mark(status),
            at: call.link("needs-coverage", query + [("status", status.rawValue)]))
        } + [
          Figures.Figure(
            t.number(cell.activities), t("coverage.column.activities"),
            at: call.link("activities", query + (cell.area == anyArea ? [("area", anyArea)] : [])))
        ]
    ).html
  }

  /// Needs by priority area and how they stand, as bars; the figures above them show what each mark means.
  /// - Parameter query: what names the place, `[("state", "KEN")]`.
  package static func areaBars(
    _ cells: [String: Cell], year: Int, at query: [(String, String?)], _ call: Call
  ) async throws -> HTML {
    let books = try await Books(call)
    return areaBars(cells, year, query, books, call)
  }
  static func areaBars(
    _ cells: [String: Cell], _ year: Int, _ query: [(String, String?)], _ books: Books, _ call: Call
  ) -> HTML {
    let t = call.t
    let shown = books.treaty.coveredAreas.filter { cells[$0.id] != nil }
    let stated = shown.filter { (cells[$0.id]?.needs.stated ?? 0) > 0 }
    if shown.isEmpty { return .empty }
    let all = query + [("year", String(year))]
    return ChartFrame(
      t("overview.areas.title", ["year": .year(year)]),
      table: countTable(
        t("overview.areas.title", ["year": .year(year)]), t("coverage.column.area"),
        shown.map { area in
          (
            a(href: call.link("areas/" + area.id, [("year", String(year))]), Treaty.name(area.name, t)),
            cells[area.id] ?? Cell(place: "", area: area.id), all + [("area", area.id)]
          )
        }, call),
      source: source(call), t
    ) {
      if stated.isEmpty {
        p(t("overview.areas.none"), .class("quiet"))
      } else {
        Bars(
          stated.map { area in
            let count = cells[area.id]?.needs ?? NeedCount()
            return Bars.Row(
              a(href: call.link("areas/" + area.id, [("year", String(year))]), Treaty.name(area.name, t)),
              parts(count),
              figure: a(href: call.link("needs", all + [("area", area.id)]), HTML(share(count, t))))
          }, t.language)
      }
    }.html
  }

  /// Needs by regional group in one area.
  static func groupBars(
    _ area: String, _ cells: [String: [String: Cell]], _ year: Int, _ books: Books, _ call: Call
  ) -> HTML {
    let t = call.t
    let groups = books.directory.groups.filter { cells[$0.id]?[area] != nil }
    if groups.isEmpty { return .empty }
    let query: [(String, String?)] = [("area", area), ("year", String(year))]
    return ChartFrame(
      t("overview.groups.title", ["year": .year(year)]),
      table: countTable(
        t("overview.groups.title", ["year": .year(year)]), t("directory.state.group"),
        groups.map { group in
          (
            Treaty.name(group.name, t), cells[group.id]?[area] ?? Cell(place: group.id, area: area),
            query + [("group", group.id)]
          )
        }, call),
      source: source(call), t
    ) {
      Bars(
        groups.map { group in
          let count = cells[group.id]?[area]?.needs ?? NeedCount()
          return Bars.Row(
            a(
              href: call.link("coverage/" + group.id, [("year", String(year))]), Treaty.name(group.name, t)),
            parts(count),
            figure: a(href: call.link("needs", query + [("group", group.id)]), HTML(share(count, t))))
        }, t.language)
    }.html
  }

  /// Needs by status and activities of each row, every figure with its records.
  private static func countTable(
    _ caption: String, _ first: String,
    _ rows: [(name: HTML, cell: Cell, query: [(String, String?)])], _ call: Call
  ) -> HTML {
    let t = call.t
    func figure(_ count: Int, _ path: String, _ query: [(String, String?)]) -> HTML {
      count == 0 ? HTML(t.number(0)) : a(href: call.link(path, query), t.number(count))
    }
    return ChartTable(
      caption,
      head: [first, t("coverage.column.needs")] + Status.allCases.map { t("coverage.status." + $0.rawValue) }
        + [t("coverage.column.activities")],
      rows: rows.map { row in
        (
          row.name,
          [figure(row.cell.needs.stated, "needs", row.query)]
            + Status.allCases.map {
              figure(row.cell.needs[$0], "needs-coverage", row.query + [("status", $0.rawValue)])
            } + [figure(row.cell.activities, "activities", row.query)]
        )
      }
    ).html
  }

  // MARK: Years

  /// The first round number that is not below.
  static func ceiling(_ value: Double) -> Double {
    var step = 1.0
    while step < value {
      for factor in [1, 1.5, 2, 3, 4, 5, 6, 8, 10] where step * factor >= value { return step * factor }
      step *= 10
    }
    return step
  }
  private static func span(_ years: some Sequence<Int>) -> [Int] {
    let sorted = years.sorted()
    guard let first = sorted.first, let last = sorted.last else { return [] }
    return Array(first...last)
  }

  /// Needs stated and met at least in part in each year; a year without any breaks the line.
  private static func lines(_ counts: [Int: NeedCount], _ years: [Int]) -> [SeriesChart.Line] {
    let found = years.map { counts[$0] }
    return [
      SeriesChart.Line(.first, found.map { $0.map { Double($0.stated) } }),
      SeriesChart.Line(.second, found.map { $0.map { Double($0.covered + $0.partly) } }),
    ]
  }
  private static func lineLegend(_ t: Translator) -> [ChartFrame.Sample] {
    [
      ChartFrame.Sample(SeriesChart.Style.first, t("overview.stated")),
      ChartFrame.Sample(SeriesChart.Style.second, t("overview.met")),
    ]
  }

  static func seriesChart(_ series: [YearCell], _ call: Call) -> HTML {
    let t = call.t
    let counts = Dictionary(series.map { ($0.year, $0.cell) }, uniquingKeysWith: { first, _ in first })
    let needs = counts.filter { $0.value.needs.stated > 0 }.mapValues(\.needs)
    let years = span(needs.keys)
    if years.count < 2 { return .empty }
    let most = ceiling(needs.values.map { Double($0.stated) }.max() ?? 1)
    return ChartFrame(
      t("overview.years.title"), legend: lineLegend(t),
      table: ChartTable(
        t("overview.years.title"),
        head: [
          t("coverage.column.year"), t("overview.stated"), t("overview.met"), t("coverage.column.activities"),
        ],
        rows: years.map { year in
          let cell = counts[year]
          return (
            HTML(t.year(year)),
            [cell?.needs.stated, cell.map { $0.needs.covered + $0.needs.partly }, cell?.activities].map {
              HTML($0.map { t.number($0) } ?? "–")
            }
          )
        }
      ).html, source: source(call), t
    ) {
      SeriesChart(
        years.map { t.year($0) }, lines(needs, years), most: most, mostText: t.number(Int(most)),
        summary: t("overview.years.title"), t.language)
    }.html
  }

  /// The same lines for each regional group, on one scale.
  static func multiples(_ counts: [String: [Int: NeedCount]], _ books: Books, _ call: Call) -> HTML {
    let t = call.t
    let groups = books.directory.groups.filter { !(counts[$0.id] ?? [:]).isEmpty }
    let years = span(counts.values.flatMap(\.keys))
    if groups.isEmpty || years.count < 2 { return .empty }
    let most = ceiling(counts.values.flatMap(\.values).map { Double($0.stated) }.max() ?? 1)
    return ChartFrame(
      t("overview.multiples.title"), legend: lineLegend(t),
      table: ChartTable(
        t("overview.multiples.table"),
        head: [t("coverage.column.year")] + groups.map { $0.name.text(t.language) },
        rows: years.map { year in
          (
            HTML(t.year(year)),
            groups.map { group in HTML(counts[group.id]?[year].map { share($0, t) } ?? "–") }
          )
        }
      ).html, source: source(call), t
    ) {
      SmallMultiples(
        groups.map { group in
          let chart = SeriesChart(
            years.map { t.year($0) }, lines(counts[group.id] ?? [:], years), most: most,
            mostText: t.number(Int(most)),
            summary: group.name.text(t.language) + " – " + t("overview.multiples.title"), small: true,
            t.language)
          return (a(href: call.link("coverage/" + group.id), Treaty.name(group.name, t)), chart.html)
        })
    }.html
  }

  /// Money reported year by year in US dollars; what has no rate is said, never drawn as nought.
  static func moneyChart(_ money: [Int: [Amount]], _ books: Books, _ call: Call) -> HTML {
    let t = call.t
    let years = span(money.keys)
    func dollars(_ year: Int, spent: Bool) -> Double? {
      books.rates.dollars(money[year] ?? [], spent: spent, digits: Formats.digits).minor.map {
        Double($0) / 100
      }
    }
    let budget = years.map { dollars($0, spent: false) }
    let spent = years.map { dollars($0, spent: true) }
    let highest = (budget + spent).compactMap { $0 }.max() ?? 0
    if years.isEmpty { return p(t("overview.money.none"), .class("quiet")) }
    let most = ceiling(highest)
    let table = ChartTable(
      t("overview.money.title"),
      head: [t("coverage.column.year"), t("coverage.column.budget"), t("coverage.column.spent")],
      rows: years.map { year in
        (
          HTML(t.year(year)),
          [false, true].map { Coverage.dollars(money[year] ?? [], spent: $0, books, t) }
        )
      }
    ).html
    if highest <= 0 || years.count < 2 { return table }
    return ChartFrame(
      t("overview.money.title"),
      legend: [
        ChartFrame.Sample(SeriesChart.Style.first, t("coverage.column.budget")),
        ChartFrame.Sample(SeriesChart.Style.second, t("coverage.column.spent")),
      ], table: table,
      source: ChartFrame.Source(
        t("overview.source.money"), asOf: String(call.services.clock.now().prefix(10))),
      note: t("overview.money.note"), t
    ) {
      SeriesChart(
        years.map { t.year($0) }, [SeriesChart.Line(.first, budget), SeriesChart.Line(.second, spent)],
        most: most, mostText: t.money(minor: Int64(most) * 100, currency: "USD"),
        summary: t("overview.money.title"), t.language)
    }.html
  }

  // MARK: States

  /// Each State with a need under its regional group; the others are counted.
  static func tiles(_ counts: [String: NeedCount], _ year: Int, _ books: Books, _ call: Call) -> HTML {
    let t = call.t
    let regions = books.directory.groups.compactMap { group -> RegionTiles.Region? in
      let states = books.directory.sorted(books.directory.states(of: group.id), t)
      let shown = states.filter { (counts[$0.id]?.stated ?? 0) > 0 }
      if shown.isEmpty { return nil }
      let rest = states.count - shown.count
      return RegionTiles.Region(
        a(href: call.link("coverage/" + group.id, [("year", String(year))]), Treaty.name(group.name, t)),
        shown.map { state in
          let count = counts[state.id] ?? NeedCount()
          let met = count.covered + count.partly
          return RegionTiles.Tile(
            state.name.text(t.language), share(count, t), words: t("overview.met"),
            level: count.unknown == count.stated
              ? .unknown : Matrix.Level(share: Double(met) / Double(count.stated)),
            at: call.link("states/" + state.id, [("year", String(year))]))
        },
        rest: rest > 0
          ? p(t("overview.tiles.rest", ["count": .number(rest)]), .class("quiet small")) : .empty)
    }
    if regions.isEmpty { return .empty }
    return group {
      h2(t("overview.tiles.title", ["year": .year(year)]))
      p(t("overview.tiles.lead"), .class("quiet"))
      RegionTiles(regions)
    }
  }
}
