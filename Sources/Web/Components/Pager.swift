import Language

/// Under a list: how much of it is shown, and the way on. A keyset list goes forward and back to its start.
package struct Pager: Component {
  let shown: Int
  let total: Int?
  let next: Cursor?
  let hasFormats: Bool
  let call: Call

  /// - Parameter hasFormats: the list is also there as CSV and JSON.
  package init(shown: Int, total: Int? = nil, next: Cursor?, hasFormats: Bool = true, _ call: Call) {
    self.shown = shown
    self.total = total
    self.next = next
    self.hasFormats = hasFormats
    self.call = call
  }

  package var html: HTML {
    let t = call.t
    let isFirst = call.query.cursorText == nil
    return nav(.class("pager"), .aria("label", t("web.pager"))) {
      if let total {
        p(t("web.pager.of", ["count": .number(total), "shown": .number(shown)]), .class("quiet"))
      }
      if !isFirst || next != nil {
        ul {
          if !isFirst { li { a(href: call.link(changing: []), t("web.pager.first"), .rel("first")) } }
          if let next {
            li { a(href: call.nextLink(next), t("web.pager.next"), .rel("next"), .class("onward")) }
          }
        }
      }
      if hasFormats { TakeAway(call) }
    }
  }
}
