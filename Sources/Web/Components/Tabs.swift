/// Parts of one subject, each a page of its own; tabs are links, so that each part has its address.
package struct Tabs: Component {
  package struct Tab: Sendable {
    let label: HTML
    let address: String
    let isCurrent: Bool
    package init(_ label: HTML, at address: String, current: Bool = false) {
      self.label = label
      self.address = address
      isCurrent = current
    }
  }
  let tabs: [Tab]
  let label: String
  /// - Parameter label: what the parts are parts of, for those who hear the page.
  package init(_ tabs: [Tab], label: String) {
    self.tabs = tabs
    self.label = label
  }
  package var html: HTML {
    nav(.class("tabs"), .aria("label", label)) {
      ul(
        tabs.map { tab in
          li(a(href: tab.address, tab.label, .when(tab.isCurrent, .aria("current", "page"))))
        })
    }
  }
}
