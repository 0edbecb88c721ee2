import Coverage
import Directory
import Language
import Treaty
import Web

/// Figures as pictures; invented ones here, and said so.
extension Site {
  static func designCharts(_ books: DesignBooks, _ call: Call) -> [DesignEntry] {
    let t = call.t
    let source = ChartFrame.Source(t("design.charts.source"), asOf: "2026-01-15")
    let words = ["covered", "partly", "uncovered", "unknown"].map { t("coverage.status." + $0) }
    let samples = zip(Mark.allCases.map { $0 }, [words[0], words[1], words[2], words[3]]).map {
      ChartFrame.Sample($0, $1)
    }
    let numbers = [[6, 3, 2, 0], [2, 4, 1, 1], [0, 1, 5, 0], [3, 0, 0, 4], [1, 1, 1, 1]]
    let rows = zip(books.areas, numbers).map { area, counts in
      (name: Treaty.name(area.name, t), counts: counts)
    }
    let lines: [(style: SeriesChart.Style, words: String, values: [Double?])] = [
      (.first, t("overview.stated"), [2, 4, nil, 7, 9, 8]),
      (.second, t("overview.met"), [1, 1, nil, 4, 6, 7]),
    ]
    let years = (2021...2026).map { t.year($0) }
    return [
      DesignEntry("figures") {
        Figures([
          Figures.Figure(t.number(170), t("coverage.column.needs"), at: call.link("needs")),
          Figures.Figure(t.number(57), words[0], .full, at: call.link("needs")),
          Figures.Figure(t.number(82), words[1], .hatched, at: call.link("needs")),
        ])
      },
      DesignEntry("bars") {
        ChartFrame(
          t("design.charts.example"), legend: samples,
          table: ChartTable(
            t("design.charts.example"), head: [t("coverage.column.area")] + words,
            rows: rows.map { ($0.name, $0.counts.map { HTML(t.number($0)) }) }
          ).html, source: source, t
        ) {
          Bars(
            rows.map { row in
              Bars.Row(
                row.name, zip(Mark.allCases, row.counts).map { (mark: $0, value: Double($1)) },
                figure: HTML(t.number(row.counts.reduce(0, +))))
            }, t.language)
        }
      },
      DesignEntry("matrix") {
        ChartFrame(t("design.charts.example"), table: .empty, source: source, t) {
          Matrix(
            caption: t("design.charts.example"), corner: t("coverage.column.area"),
            columns: books.directory.groups.prefix(5).map { Treaty.name($0.name, t) },
            rows: rows.map { row in
              Matrix.Row(
                row.name,
                [0.0, 0.3, 0.6, 0.9, 1].enumerated().map { index, share in
                  let level = row.counts[3] > 0 && index == 0 ? .unknown : Matrix.Level(share: share)
                  return Matrix.Cell(
                    t.percent(share), words: t.percent(share), level: level,
                    address: index == 0 ? nil : call.link("needs"))
                })
            }, legend: Coverage.legend(t))
        }
      },
      DesignEntry("series") {
        ChartFrame(
          t("design.charts.example"), legend: lines.map { ChartFrame.Sample($0.style, $0.words) },
          table: ChartTable(
            t("design.charts.example"), head: [t("coverage.column.year")] + lines.map(\.words),
            rows: years.enumerated().map { index, year in
              (
                HTML(year),
                lines.map { line in HTML(line.values[index].map { t.number(Int($0)) } ?? "–") }
              )
            }
          ).html, source: source, note: t("design.series.gap"), t
        ) {
          SeriesChart(
            years, lines.map { SeriesChart.Line($0.style, $0.values) }, most: 10, mostText: t.number(10),
            summary: t("design.charts.example"), t.language)
        }
      },
      DesignEntry("multiples") {
        SmallMultiples(
          books.directory.groups.prefix(4).map { group in
            let chart = SeriesChart(
              years, lines.map { SeriesChart.Line($0.style, $0.values) }, most: 10, mostText: t.number(10),
              summary: group.name.text(t.language), small: true, t.language)
            return (Treaty.name(group.name, t), chart.html)
          })
      },
      DesignEntry("regions") {
        RegionTiles(
          books.directory.groups.prefix(2).map { group in
            let states = books.directory.sorted(books.directory.states(of: group.id), t).prefix(6)
            return RegionTiles.Region(
              Treaty.name(group.name, t),
              states.enumerated().map { index, state in
                let level = Matrix.Level.allCases[index % Matrix.Level.allCases.count]
                return RegionTiles.Tile(
                  state.name.text(t.language), t.number(index), words: t("coverage.column.needs"),
                  level: level,
                  at: call.link("states/" + state.id))
              })
          })
      },
    ]
  }
}
