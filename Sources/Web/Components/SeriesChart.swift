package import Language

/// Lines over years (or another sequence). A value that is not known breaks the line; it is never drawn as nought.
///
/// Time goes the way of reading: from right to left in Arabic.
package struct SeriesChart: Component {
  /// Told apart by dash and shape of the points, not by colour alone.
  package enum Style: String, Sendable, CaseIterable {
    case first, second, third

    package var sample: HTML {
      svg(.class("sample plot"), .aria("hidden", "true"), .attribute("focusable", "false")) {
        SeriesChart.segment(self, (0, 50), (100, 50))
        SeriesChart.point(self, (50, 50))
      }
    }
  }
  package struct Line: Sendable {
    let style: Style
    let values: [Double?]
    package init(_ style: Style, _ values: [Double?]) {
      self.style = style
      self.values = values
    }
  }
  let ticks: [String]
  let lines: [Line]
  let most: Double
  let mostText: String
  let summary: String
  let isSmall: Bool
  let isMirrored: Bool

  /// - Parameters:
  ///   - ticks: names of the steps, as many as each line has values.
  ///   - most: value at the upper edge, with `mostText` beside it.
  ///   - summary: what the chart shows, for those who hear the page.
  package init(
    _ ticks: [String], _ lines: [Line], most: Double, mostText: String, summary: String, small: Bool = false,
    _ language: Language
  ) {
    self.ticks = ticks
    self.lines = lines
    self.most = max(most, .leastNonzeroMagnitude)
    self.mostText = mostText
    self.summary = summary
    isSmall = small
    isMirrored = language.direction == .rightToLeft
  }

  package var html: HTML {
    svg(
      .class(isSmall ? "plot small-plot" : "plot"), .role("img"), .aria("label", summary),
      .attribute("focusable", "false")
    ) {
      svgLine("", attributes: SeriesChart.line((0, top), (100, top)) + [.class("grid")])
      svgLine("", attributes: SeriesChart.line((0, floor), (100, floor)) + [.class("axis")])
      label(mostText, at: isMirrored ? 100 : 0, top - 3, anchor: "start")
      ticks.enumerated().filter { isShown($0.offset) }.map { index, tick in
        label(tick, at: x(index), 99, anchor: anchor(index))
      }
      lines.map(drawn)
    }
  }

  private var top: Double { isSmall ? 18 : 10 }
  private var floor: Double { isSmall ? 80 : 88 }

  private func x(_ index: Int) -> Double {
    let step = ticks.count > 1 ? Double(index) / Double(ticks.count - 1) : 0.5
    let inside = 4 + step * 92
    return isMirrored ? 100 - inside : inside
  }
  private func y(_ value: Double) -> Double { floor - min(max(value / most, 0), 1) * (floor - top) }

  // At most six names fit under a narrow chart; the first and the last are always there.
  private func isShown(_ index: Int) -> Bool {
    if index == 0 || index == ticks.count - 1 { return true }
    if isSmall { return false }
    let step = (ticks.count + 4) / 5
    return index % step == 0 && ticks.count - 1 - index >= step
  }
  private func anchor(_ index: Int) -> String {
    if ticks.count < 2 { return "middle" }
    return index == 0 ? "start" : index == ticks.count - 1 ? "end" : "middle"
  }
  private func label(_ text: String, at x: Double, _ y: Double, anchor: String) -> HTML {
    svgText(
      text, .attribute("x", MarkBar.percent(x)), .attribute("y", MarkBar.percent(y)),
      .attribute("text-anchor", anchor))
  }
  private func drawn(_ line: Line) -> HTML {
    var parts: [HTML] = []
    var before: (Double, Double)?
    for (index, value) in line.values.enumerated() {
      guard let value else {
        before = nil
        continue
      }
      let here = (x(index), y(value))
      if let before { parts.append(SeriesChart.segment(line.style, before, here)) }
      before = here
    }
    for (index, value) in line.values.enumerated() {
      if let value { parts.append(SeriesChart.point(line.style, (x(index), y(value)))) }
    }
    return HTML.joined(parts)
  }

  private static func line(_ from: (Double, Double), _ to: (Double, Double)) -> [Attribute] {
    [
      .attribute("x1", MarkBar.percent(from.0)), .attribute("y1", MarkBar.percent(from.1)),
      .attribute("x2", MarkBar.percent(to.0)), .attribute("y2", MarkBar.percent(to.1)),
    ]
  }
  static func segment(_ style: Style, _ from: (Double, Double), _ to: (Double, Double)) -> HTML {
    svgLine(.empty, attributes: line(from, to) + [.class("line-" + style.rawValue)])
  }
  static func point(_ style: Style, _ at: (Double, Double)) -> HTML {
    let place = "line-" + style.rawValue
    switch style {
    case .first, .third:
      return svgCircle(
        "", .attribute("cx", MarkBar.percent(at.0)), .attribute("cy", MarkBar.percent(at.1)),
        .attribute("r", "4"), .class(place))
    case .second:
      return svgRect(
        "", .attribute("x", MarkBar.percent(at.0)), .attribute("y", MarkBar.percent(at.1)),
        .attribute("width", "8"), .attribute("height", "8"), .attribute("transform", "translate(-4 -4)"),
        .class(place))
    }
  }
}

/// The same chart for several places beside each other, all on one scale.
package struct SmallMultiples: Component {
  let panels: [(title: HTML, chart: HTML)]
  package init(_ panels: [(title: HTML, chart: HTML)]) { self.panels = panels }
  package var html: HTML {
    ul(
      panels.map { panel in
        li {
          strong(panel.title)
          panel.chart
        }
      }, .class("multiples"))
  }
}
