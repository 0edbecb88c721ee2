/// What sends a form, or a link that begins something.
package struct Button: Component {
  package enum Tone: String, Sendable, CaseIterable {
    case main, other, grave
  }
  let text: String
  let tone: Tone
  let address: String?
  let name: String?
  let value: String?

  package init(_ text: String, _ tone: Tone = .main, name: String? = nil, value: String? = nil) {
    self.text = text
    self.tone = tone
    self.name = name
    self.value = value
    address = nil
  }
  package init(_ text: String, href address: String, _ tone: Tone = .main) {
    self.text = text
    self.tone = tone
    self.address = address
    name = nil
    value = nil
  }
  package var html: HTML {
    let style = Attribute.class(tone == .main ? "button" : "button button-\(tone.rawValue)")
    if let address { return a(href: address, text, style) }
    return button(
      text, .type("submit"), style, name.map { .name($0) } ?? .none, value.map { .value($0) } ?? .none)
  }
}
