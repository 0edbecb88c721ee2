/// One line to look for words, sent to a page that finds them.
package struct SearchField: Component {
  let address: String
  let name: String
  let label: String
  let value: String
  let button: String
  /// - Parameter address: of the page that answers, with its language. - Parameter button: what sends it.
  package init(_ label: String, at address: String, name: String = "q", value: String = "", button: String) {
    self.label = label
    self.address = address
    self.name = name
    self.value = value
    self.button = button
  }
  package var html: HTML {
    form(.class("search"), .method("get"), .action(address), .role("search"), .aria("label", label)) {
      Web.label(label, .for("search-" + name))
      div {
        input(
          .type("search"), .id("search-" + name), .name(name), .value(value), .dir("auto"), .class("input"))
        Web.button(button, .class("button"), .type("submit"))
      }
    }
  }
}
