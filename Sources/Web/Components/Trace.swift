package import Language

/// The chain around a record: provision → answer → need → proposal → … → result. Steps that the viewer may not see
/// are not given, and leave no gap.
package struct Trace: Component {
  package struct Step: Sendable {
    package let kind: String
    package let title: HTML
    package let address: String?
    package let isCurrent: Bool
    /// - Parameter kind: what it is, in the reader's language. - Parameter address: nil for the record itself.
    package init(_ kind: String, _ title: HTML, address: String?, current: Bool = false) {
      self.kind = kind
      self.title = title
      self.address = address
      isCurrent = current
    }
  }
  let steps: [Step]
  let t: Translator
  package init(_ steps: [Step], _ t: Translator) {
    self.steps = steps
    self.t = t
  }
  package var html: HTML {
    nav(.class("trace"), .aria("label", t("web.trace"))) {
      ol(
        steps.map { step in
          li(step.isCurrent ? .aria("current", "step") : .none) {
            span(step.kind, .class("kind"))
            if let address = step.address {
              a(href: address, step.title)
            } else {
              span(step.title)
            }
          }
        })
    }
  }
}
