package import Language

/// Bars of one or more parts beside their names; each name and figure can open its records.
///
/// Bars begin where the line of writing begins, so Arabic pages mirror them.
package struct Bars: Component {
  package struct Row: Sendable {
    let name: HTML
    let parts: [(mark: Mark, value: Double)]
    let figure: HTML
    package init(_ name: HTML, _ parts: [(mark: Mark, value: Double)], figure: HTML) {
      self.name = name
      self.parts = parts
      self.figure = figure
    }
    var sum: Double { parts.reduce(0) { $0 + $1.value } }
  }
  let rows: [Row]
  let most: Double
  let isMirrored: Bool

  /// - Parameter most: what fills the whole width; the longest bar unless said.
  package init(_ rows: [Row], most: Double? = nil, _ language: Language) {
    self.rows = rows
    self.most = max(most ?? rows.map(\.sum).max() ?? 0, .leastNonzeroMagnitude)
    isMirrored = language.direction == .rightToLeft
  }
  package var html: HTML {
    ul(
      rows.map { row in
        li {
          span(row.name)
          bar(row)
          span(row.figure, .class("figure"))
        }
      }, .class("bars"))
  }
  private func bar(_ row: Row) -> HTML {
    var parts: [HTML] = []
    var reached = 0.0
    for part in row.parts where part.value > 0 {
      let end = min(100, reached + part.value / most * 100)
      parts.append(
        isMirrored
          ? MarkBar.rect(part.mark, from: 100 - end, to: 100 - reached)
          : MarkBar.rect(part.mark, from: reached, to: end))
      reached = end
    }
    return svg(HTML.joined(parts), .aria("hidden", "true"), .attribute("focusable", "false"))
  }
}
