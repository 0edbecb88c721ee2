import Language

/// Where a page stands, from the home page down; the page itself comes last and is no link.
package struct Breadcrumb: Component {
  let crumbs: [Page.Crumb]
  let current: String
  let call: Call

  package init(_ crumbs: [Page.Crumb], current: String, _ call: Call) {
    self.crumbs = crumbs
    self.current = current
    self.call = call
  }
  package var html: HTML {
    nav(.class("crumbs"), .aria("label", call.t("web.breadcrumb"))) {
      ol {
        li { a(href: call.link(""), call.t("web.home")) }
        crumbs.map { crumb in li { a(href: call.link(crumb.path), bdi(crumb.name)) } }
        li { span(bdi(current), .aria("current", "page")) }
      }
    }
  }
}
