import Needs

extension Coverage {
  /// Counts of one cell: activities that run, and those strongly tied.
  struct Count: Sendable, Equatable {
    var activities: Int64 = 0
    var strong: Int64 = 0
  }
  /// The activity cells of one State in one year, as far as rules ask.
  struct StateYear {
    let all: Count
    let area: (String) -> Count
    let provision: (String) -> Count
  }

  /// Whether a need is met by what runs. See `Status`.
  static func status(areas: [String], provisions: [String], in cells: StateYear) -> Status {
    if cells.all.activities == 0 { return .unknown }
    let tied = provisions.map(cells.provision)
    if !tied.isEmpty && tied.allSatisfy({ $0.strong > 0 }) { return .covered }
    let general = areas.map(cells.area)
    if provisions.isEmpty && general.contains(where: { $0.strong > 0 }) { return .covered }
    let isTouched = (tied + general).contains { $0.activities > 0 }
    return isTouched ? .partly : .uncovered
  }
}
