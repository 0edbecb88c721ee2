/// All that was entered, in one view before it is sent; each answer can be changed from here.
package struct CheckAnswers: Component {
  package struct Part: Sendable {
    let title: String
    let rows: [SummaryList.Row]
    package init(_ title: String, _ rows: [SummaryList.Row]) {
      self.title = title
      self.rows = rows
    }
  }
  let parts: [Part]
  /// The form that sends it, with what is declared by sending.
  let ending: HTML
  package init(_ parts: [Part], @HTMLBuilder ending: () throws -> HTML) rethrows {
    self.parts = parts
    self.ending = try ending()
  }
  package var html: HTML {
    div(.class("check")) {
      parts.map { part in
        group {
          h3(part.title)
          SummaryList(part.rows)
        }
      }
      ending
    }
  }
}
