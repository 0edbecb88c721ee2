/// Names and values of one record, each with what can be done about it.
package struct SummaryList: Component {
  package struct Row: Sendable {
    let key: String
    let value: HTML
    let action: (address: String, text: String)?
    /// - Parameter action: a link to change the value; its text is completed by the key for those who hear it.
    package init(_ key: String, _ value: HTML, action: (address: String, text: String)? = nil) {
      self.key = key
      self.value = value
      self.action = action
    }
  }
  let rows: [Row]
  package init(_ rows: [Row]) { self.rows = rows }
  package var html: HTML {
    dl(.class("summary")) {
      rows.map { row in
        div {
          dt(row.key)
          dd(row.value)
          if let action = row.action {
            dd(.class("action")) {
              a(href: action.address) {
                action.text
                span(" " + row.key, .class("unseen"))
              }
            }
          }
        }
      }
    }
  }
}
