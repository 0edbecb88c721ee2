package import Language

/// All faults of a form above it; each links to its field, in the words that stand beside the field.
package struct ErrorSummary: Component {
  let faults: [Fault]
  let t: Translator
  package init(_ faults: [Fault], _ t: Translator) {
    self.faults = faults
    self.t = t
  }
  package var html: HTML {
    guard !faults.isEmpty else { return .empty }
    return div(
      .class("error-summary"), .aria("labelledby", "error-summary-title"), .tabindex(-1), .id("error-summary")
    ) {
      div(.role("alert")) {
        h2(t("web.faults"), .id("error-summary-title"))
        ul(
          faults.map { fault in
            li {
              if let field = fault.field {
                a(href: "#" + FieldID.make(field), sentence(fault, field))
              } else {
                place(fault.place)
                t.html(fault.key, fault.arguments)
              }
            }
          })
      }
    }
  }
  /// What a rule of the subject says names its field; "enter a value" does not, so the field's label goes before it.
  private func sentence(_ fault: Fault, _ field: String) -> HTML {
    guard fault.key.hasPrefix("web.field.") else { return t.html(fault.key, fault.arguments) }
    return HTML.naming(
      FieldID.make(field),
      t.html("web.fault.of", ["field": .text(HTML.fieldName), "fault": .text(fault.text(t))]),
      plain: t.html(fault.key, fault.arguments))
  }
  private func place(_ place: Fault.Place) -> HTML {
    switch place {
    case .line(let line, let column):
      HTML(t("web.place.line", ["line": .number(line), "column": .number(column)]) + " ")
    case .cell(let row, let column):
      t.html("web.place.cell", ["row": .number(row), "column": .isolated(column)]) + " "
    case .header(let name): symbol(name) + " "
    case .field, .query: .empty
    }
  }
}

/// The id of a field's control, made from its name.
enum FieldID {
  static func make(_ name: String) -> String {
    "field-"
      + String(
        name.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") ? $0 : "-" })
  }
}
