import Activities
import Needs
package import Storage

/// Need × activity by State, area, provision and year: what is covered, partly, not, or not known.
package enum Coverage {
  package static let migrations = [Migration("20261124-5-coverage", PackageResources._0261124_5_coverage_sql)]

  /// How a need stands in a year.
  package enum Status: String, Sendable, CaseIterable, SQLBindable, SQLReadable {
    /// An activity is strongly tied to each of its provisions (or, without provisions, to one of its areas).
    case covered
    /// Something runs in its areas or provisions, but not for all or only weakly tied.
    case partly
    /// Activities are reported for the State in that year, none in these areas.
    case uncovered
    /// Nothing at all is reported for the State in that year, so nothing can be said.
    case unknown
  }

  /// Every place: totals over all States, also what no State's part is stated of.
  package static let world = "world"
  /// Any of the areas.
  package static let anyArea = "*"
  /// All that is reported, whether it concerns an area or not.
  package static let allReported = ""
  /// A tie of at least this strength covers; weaker ones cover in part.
  package static let strongTie = 2

  /// Aggregates follow the changes of activities and needs inside their transactions.
  package static let reactions: [Reaction] = [
    Activities.changed.reaction { try ActivityLedger(in: $0) },
    Needs.changed.reaction { _ in NeedLedger() },
  ]
}
