package import Language

/// The chain around a record: clause → provision → need → activity. Steps that the viewer may not see are not given, and
/// leave no gap.
package struct Trace: Component {
  /// Where in the chain a step stands; subjects add steps without knowing of each other.
  package enum Place: Int, Sendable, CaseIterable, Comparable {
    case clause, provision, answer, area, state, need, proposal, activity, result
    package static func < (one: Place, other: Place) -> Bool { one.rawValue < other.rawValue }
  }
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
  let label: String
  let isLarge: Bool
  let t: Translator
  /// - Parameter label: what the chain shows; "before and after this record" unless said.
  /// - Parameter large: the titles are figures.
  package init(_ steps: [Step], label: String? = nil, large: Bool = false, _ t: Translator) {
    self.steps = steps
    self.label = label ?? t("web.trace")
    isLarge = large
    self.t = t
  }
  package var html: HTML {
    nav(.class(isLarge ? "trace chain" : "trace"), .aria("label", label)) {
      ol(
        steps.map { step in
          li(step.isCurrent ? .aria("current", "step") : step.address == nil ? .class("later") : .none) {
            span(step.kind, .class("kind"))
            " "
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

/// Steps that a subject adds to the chain of a record: "4 needs" on the page of a provision.
package struct ChainLink: Sendable {
  /// Kind of record: `provision`, `area`, `state`, `need`, `activity`, `clause`.
  package let kind: String
  package let place: Trace.Place
  let steps: @Sendable (String, Call) async throws -> [Trace.Step]

  /// - Parameter steps: record's id → steps, each a link that this viewer may follow; none where there is nothing.
  package init(
    _ kind: String, _ place: Trace.Place,
    _ steps: @escaping @Sendable (String, Call) async throws -> [Trace.Step]
  ) {
    self.kind = kind
    self.place = place
    self.steps = steps
  }
}
