/// Several lines of text.
package struct TextArea: Component {
  let frame: FieldFrame
  let value: String
  let rows: Int
  let lang: String?
  package init(_ frame: FieldFrame, value: String? = nil, rows: Int = 6, lang: String? = nil) {
    self.frame = frame
    self.value = value ?? ""
    self.rows = rows
    self.lang = lang
  }
  package var html: HTML {
    // A line break right after the tag is dropped by readers of HTML, so one is given.
    frame.around(
      textarea(
        "\n" + value, .id(frame.id), .name(frame.name), .attribute("rows", String(rows)), frame.describedBy,
        frame.invalid, lang.map { .lang($0) } ?? .none, .dir("auto"), .class("input full")))
  }
}
