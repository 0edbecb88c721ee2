package import Language

/// Around every chart: its title, its legend, and the table, source and day behind it.
package struct ChartFrame: Component {
  /// Where the figures come from, in a sentence, and the day as of which they are.
  package struct Source: Sendable {
    let text: String
    let day: String?
    package init(_ text: String, asOf day: String?) {
      self.text = text
      self.day = day
    }
  }
  package struct Sample: Sendable {
    let mark: HTML
    let words: String
    package init(_ mark: Mark, _ words: String) {
      self.mark = mark.sample
      self.words = words
    }
    package init(_ line: SeriesChart.Style, _ words: String) {
      mark = line.sample
      self.words = words
    }
  }
  let title: String
  let legend: [Sample]
  let table: HTML
  let source: Source
  let note: String?
  let chart: HTML
  let t: Translator

  /// - Parameter table: the same figures as a table; empty where the chart is one itself.
  /// - Parameter note: what must be known to read it rightly.
  package init(
    _ title: String, legend: [Sample] = [], table: HTML, source: Source, note: String? = nil, _ t: Translator,
    @HTMLBuilder chart: () throws -> HTML
  ) rethrows {
    self.title = title
    self.legend = legend
    self.table = table
    self.source = source
    self.note = note
    self.t = t
    self.chart = try chart()
  }

  package var html: HTML {
    figure(.class("chart")) {
      figcaption(title)
      if !legend.isEmpty {
        ul(
          legend.map { entry in
            li {
              entry.mark
              entry.words
            }
          }, .class("legend"))
      }
      chart
      if let note { p(note, .class("quiet small")) }
      if table.isEmpty {
        sourceLine
      } else {
        Details(t("chart.table")) {
          table
          sourceLine
        }
      }
    }
  }
  private var sourceLine: HTML {
    p(.class("quiet small")) {
      source.text
      if let day = source.day {
        " "
        t("chart.as-of", ["day": .date(day)])
      }
    }
  }
}

/// The table behind a chart.
package struct ChartTable: Component {
  let caption: String
  let head: [String]
  let rows: [(name: HTML, cells: [HTML])]
  /// - Parameter head: of the names first, then of each cell.
  package init(_ caption: String, head: [String], rows: [(name: HTML, cells: [HTML])]) {
    self.caption = caption
    self.head = head
    self.rows = rows
  }
  package var html: HTML {
    div(.class("table-frame"), .role("region"), .aria("label", caption), .tabindex(0)) {
      table(.class("records")) {
        Web.caption(caption)
        thead {
          tr(
            head.enumerated().map { index, words in
              th(words, .scope("col"), index == 0 ? .none : .class("figure-cell"))
            })
        }
        tbody(
          rows.map { row in
            tr {
              th(row.name, .scope("row"), .data("label", head.first ?? ""))
              row.cells.enumerated().map { index, cell in
                td(
                  cell, .class("figure-cell"),
                  .data("label", index + 1 < head.count ? head[index + 1] : ""))
              }
            }
          })
      }
    }
  }
}
