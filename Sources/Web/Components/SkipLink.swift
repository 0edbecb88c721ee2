/// The first thing on a page for whoever goes by keyboard: past the navigation, to the content.
package struct SkipLink: Component {
  let text: String
  let target: String
  package init(_ text: String, to target: String = "main") {
    self.text = text
    self.target = target
  }
  package var html: HTML { a(href: "#" + target, text, .class("skip")) }
}
