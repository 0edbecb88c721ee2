/// One line of text.
package struct TextField: Component {
  package enum Kind: String, Sendable {
    case text, email, search, url, password, tel
  }
  package enum Size: String, Sendable {
    case full, half, year, amount
  }
  let frame: FieldFrame
  let value: String
  let kind: Kind
  let size: Size
  let lang: String?
  let autocomplete: String?
  let numeric: Bool

  /// - Parameter lang: language of what is typed, when it is known; the direction follows the text itself.
  package init(
    _ frame: FieldFrame, value: String? = nil, kind: Kind = .text, size: Size = .full, lang: String? = nil,
    autocomplete: String? = nil, numeric: Bool = false
  ) {
    self.frame = frame
    self.value = value ?? ""
    self.kind = kind
    self.size = size
    self.lang = lang
    self.autocomplete = autocomplete
    self.numeric = numeric
  }
  package var html: HTML {
    frame.around(
      input(
        .type(kind.rawValue), .id(frame.id), .name(frame.name), .value(value),
        .class("input \(size.rawValue)"),
        frame.describedBy, frame.invalid, lang.map { .lang($0) } ?? .none, .dir("auto"),
        autocomplete.map { .autocomplete($0) } ?? .none, .when(numeric, .inputmode("numeric")),
        .when(kind == .text, .attribute("spellcheck", numeric ? "false" : nil))))
  }
}
