/// More about something, opened by whoever wants it.
package struct Details: Component {
  let title: String
  let isOpen: Bool
  let body: HTML
  package init(_ title: String, open: Bool = false, @HTMLBuilder body: () throws -> HTML) rethrows {
    self.title = title
    isOpen = open
    self.body = try body()
  }
  package var html: HTML {
    details(.when(isOpen, .open)) {
      summary(title)
      div(body, .class("inside"))
    }
  }
}
