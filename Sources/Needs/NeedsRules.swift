package import Web

extension Needs {
  /// Years for which a need counts after it was stated, unless it is reconfirmed or closed before
  /// (docs/adr: aggregates must not depend on the clock).
  package static let yearsCounted = 5

  /// A need as an import or a form gives it.
  package struct Draft: Sendable, Equatable {
    package var reference = ""
    package var state = ""
    package var language = ""
    package var title = ""
    package var missing = ""
    package var beneficiaries = ""
    package var urgency = Urgency.medium
    package var form: String?
    package var stage = Stage.stated
    package var visibility = Visibility.state
    package var source = Source.request
    package var quotation = ""
    package var authority = ""
    package var statedOn = ""
    package var closedOn: String?
    package var provisions: [String] = []
    package var areas: [String] = []
    package var isInvented = false

    package init() {}

    /// Years in which the need counts: from its statement, for five years or until it was met.
    package var years: ClosedRange<Int> {
      let from = Int(statedOn.prefix(4)) ?? 0
      let last = from + Needs.yearsCounted - 1
      guard let closed = closedOn.flatMap({ Int($0.prefix(4)) }) else { return from...last }
      return from...max(from, min(last, closed))
    }
  }
}
