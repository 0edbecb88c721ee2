/// A few figures of weight, each opening the records behind it.
package struct Figures: Component {
  package struct Figure: Sendable {
    let number: String
    let words: String
    let mark: Mark?
    let address: String
    /// - Parameter mark: by which the same figure is known in a chart beside it.
    package init(_ number: String, _ words: String, _ mark: Mark? = nil, at address: String) {
      self.number = number
      self.words = words
      self.mark = mark
      self.address = address
    }
  }
  let figures: [Figure]
  package init(_ figures: [Figure]) { self.figures = figures }
  package var html: HTML {
    ul(
      figures.map { figure in
        li {
          a(href: figure.address) {
            bold(figure.number)
            " "
            if let mark = figure.mark { mark.sample }
            span(figure.words)
          }
        }
      }, .class("keys"))
  }
}
