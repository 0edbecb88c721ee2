package import Language

/// What every field has: label, hint, fault, and the ids that join them.
package struct FieldFrame: Sendable {
  package let name: String
  package let label: String
  package let hint: String?
  /// Sentences of the faults found in this field.
  package let faults: [String]
  package let isOptional: Bool
  let optional: String
  private var number: Int?
  let errorPrefix: String

  /// - Parameter problem: of the form as it was sent, when it comes back.
  package init(
    _ name: String, _ label: String, hint: String? = nil, optional: Bool = false, problem: Problem? = nil,
    _ t: Translator
  ) {
    self.name = name
    self.label = label
    self.hint = hint
    isOptional = optional
    self.optional = t("web.optional")
    errorPrefix = t("web.error-prefix")
    faults = (problem?.faults ?? []).filter { $0.field == name }.map { $0.text(t) }
  }

  /// The same frame for one of several controls of one name.
  package func numbered(_ index: Int) -> FieldFrame {
    var copy = self
    copy.number = index
    return copy
  }

  var id: String { FieldID.make(name) + (number.map { "-\($0)" } ?? "") }
  var hintID: String { id + "-hint" }
  var faultID: String { id + "-fault" }
  var describedBy: Attribute {
    var ids: [String] = []
    if hint != nil { ids.append(hintID) }
    if !faults.isEmpty { ids.append(faultID) }
    return ids.isEmpty ? .none : .aria("describedby", ids.joined(separator: " "))
  }
  var invalid: Attribute { .when(!faults.isEmpty, .aria("invalid", "true")) }
  var style: Attribute { .class(faults.isEmpty ? "field" : "field has-fault") }

  var labelText: HTML {
    isOptional ? bdi(label) + HTML(" ") + span(optional, .class("quiet")) : bdi(label)
  }
  var notes: HTML {
    Web.group {
      if let hint { p(hint, .class("hint"), .id(hintID)) }
      if !faults.isEmpty {
        p(.class("fault"), .id(faultID)) {
          span(errorPrefix + " ", .class("unseen"))
          HTML.joined(faults.map { HTML($0) }, by: " ")
        }
      }
    }
  }
  /// Label, notes and one control.
  func around(_ control: HTML) -> HTML {
    div(style) {
      Web.label(labelText, .for(id))
      notes
      control
    }
  }
  /// Legend, notes and several controls.
  package func group(of controls: HTML) -> HTML {
    div(style) {
      fieldset(describedBy, .id(id), .tabindex(-1)) {
        legend(labelText)
        notes
        controls
      }
    }
  }
}
