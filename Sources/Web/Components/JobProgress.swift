package import Language

/// How far long work has come. The page asks for itself again (`Page.refresh`) until it is done, without a script.
package struct JobProgress: Component {
  let label: String
  let done: Int
  let total: Int?
  let more: String?
  let t: Translator
  /// - Parameter total: nil while nobody knows how much there is. - Parameter more: whether one may leave, and so on.
  package init(_ label: String, done: Int, total: Int?, more: String? = nil, _ t: Translator) {
    self.label = label
    self.done = done
    self.total = total
    self.more = more
    self.t = t
  }
  package var html: HTML {
    div(.class("job"), .role("status")) {
      p {
        strong(label)
        if let total {
          " "
          span(
            t("chart.progress", ["count": .number(total), "done": .number(done)]), .class("quiet"))
        }
      }
      if let total, total > 0 {
        progress(
          .attribute("max", String(total)), .value(String(min(done, total))), .aria("label", label)
        ) { t.percent(Double(min(done, total)) / Double(total)) }
      } else {
        progress("", .aria("label", label))
      }
      if let more { p(more, .class("quiet")) }
    }
  }
}
