package import Language

/// A day in three fields, which every keyboard and reader can fill; `FieldReader.date` puts them together.
package struct DateField: Component {
  let frame: FieldFrame
  let parts: [(suffix: String, label: String, value: String, style: String)]

  /// - Parameter value: `YYYY-MM-DD`.
  /// - Parameter sent: the fields as they came back, which keep also a day that does not exist.
  package init(_ frame: FieldFrame, value: String? = nil, sent: Fields? = nil, _ t: Translator) {
    self.frame = frame
    let known = (value ?? "").split(separator: "-").map(String.init)
    func part(_ index: Int, _ suffix: String) -> String {
      sent?[frame.name + suffix] ?? (known.count == 3 ? known[index] : "")
    }
    parts = [
      ("-day", t("web.date.day"), part(2, "-day"), "day"),
      ("-month", t("web.date.month"), part(1, "-month"), "day"),
      ("-year", t("web.date.year"), part(0, "-year"), "year"),
    ]
  }
  package var html: HTML {
    frame.group(
      of: div(.class("date-parts")) {
        parts.map { part in
          let id = frame.id + part.suffix
          return div {
            label(part.label, .for(id))
            input(
              .type("text"), .inputmode("numeric"), .id(id), .name(frame.name + part.suffix),
              .value(part.value),
              .class("input \(part.style)"), frame.invalid,
              .attribute("maxlength", part.style == "year" ? "4" : "2"))
          }
        }
      })
  }
}
