/// Where a list is empty: what would stand there, and what to do next.
package struct EmptyState: Component {
  let title: String
  let text: String
  let action: (address: String, text: String)?
  package init(_ title: String, _ text: String, action: (address: String, text: String)? = nil) {
    self.title = title
    self.text = text
    self.action = action
  }
  package var html: HTML {
    div(.class("empty")) {
      p(strong(title))
      p(text)
      if let action { p { a(href: action.address, action.text) } }
    }
  }
}
