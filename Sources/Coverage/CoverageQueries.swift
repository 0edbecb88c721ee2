package import Storage
package import Web

extension Coverage {
  /// Needs by status. `stated` is their sum.
  package struct NeedCount: Sendable, Equatable {
    package var covered = 0
    package var partly = 0
    package var uncovered = 0
    package var unknown = 0
    package var stated: Int { covered + partly + uncovered + unknown }

    package subscript(_ status: Status) -> Int {
      get {
        switch status {
        case .covered: covered
        case .partly: partly
        case .uncovered: uncovered
        case .unknown: unknown
        }
      }
      set {
        switch status {
        case .covered: covered = newValue
        case .partly: partly = newValue
        case .uncovered: uncovered = newValue
        case .unknown: unknown = newValue
        }
      }
    }
    package static func + (left: NeedCount, right: NeedCount) -> NeedCount {
      var sum = NeedCount()
      for status in Status.allCases { sum[status] = left[status] + right[status] }
      return sum
    }
  }
  /// One cell of the matrix: an area (or `anyArea`) at a place in one year.
  package struct Cell: Sendable {
    package let place: String
    package let area: String
    package var needs = NeedCount()
    /// Activities that run and concern the area.
    package var activities = 0
    /// Money reported for the year, per kind and currency, in minor units.
    package var money: [Amount] = []

    package init(place: String, area: String) {
      self.place = place
      self.area = area
    }
  }
  package struct Amount: Sendable, Equatable {
    /// Spent (disbursements and expenditure) or budgeted.
    package let isSpent: Bool
    package let currency: String
    package let year: Int
    package let minor: Int64

    package init(isSpent: Bool, currency: String, year: Int, minor: Int64) {
      self.isSpent = isSpent
      self.currency = currency
      self.year = year
      self.minor = minor
    }
  }

  package struct YearCell: Sendable {
    package let year: Int
    package let cell: Cell
  }
  package struct YearStatus: Sendable {
    package let year: Int
    package let status: Status
  }

  static func visible(to viewer: Viewer) -> SQL {
    let levels = SQL("c.visibility IN \(list: viewer.sees.map(\.rawValue).sorted())")
    guard let state = viewer.readState else { return levels }
    return SQL("(\(levels) OR c.state = \(state))")
  }

  /// Cells of all areas for every regional group and for the world.
  package static func byGroup(year: Int, for viewer: Viewer, in db: Reader) throws -> [String: [String: Cell]]
  {
    var cells: [String: [String: Cell]] = [:]
    try db.each(
      """
      SELECT s.regional_group, c.area, c.status, CAST(sum(c.needs) AS BIGINT)
      FROM coverage_need c JOIN directory_state s ON s.id = c.state
      WHERE c.year = \(year) AND c.provision = '' AND \(visible(to: viewer))
      GROUP BY s.regional_group, c.area, c.status
      """
    ) {
      let place: String = try $0[at: 0]
      let area: String = try $0[at: 1]
      let status: Status = try $0[at: 2]
      let count: Int = try $0[at: 3]
      for holder in [place, world] {
        cells[holder, default: [:]][area, default: Cell(place: holder, area: area)].needs[status] += count
      }
    }
    try addActivities(
      SQL("place IN (SELECT id FROM directory_group) OR place = \(world)"), year: year, to: &cells, in: db)
    return cells
  }

  /// Cells of all areas for the States of a group.
  package static func byState(
    group: String, year: Int, for viewer: Viewer, in db: Reader
  ) throws -> [String: [String: Cell]] {
    try states(SQL("regional_group = \(group)"), year: year, for: viewer, in: db)
  }
  /// Cells of all areas for one State.
  package static func ofState(_ state: String, year: Int, for viewer: Viewer, in db: Reader) throws
    -> [String: Cell]
  {
    try states(SQL("id = \(state)"), year: year, for: viewer, in: db)[state] ?? [:]
  }
  private static func states(
    _ condition: SQL, year: Int, for viewer: Viewer, in db: Reader
  ) throws -> [String: [String: Cell]] {
    var cells: [String: [String: Cell]] = [:]
    try db.each(
      """
      SELECT c.state, c.area, c.status, CAST(sum(c.needs) AS BIGINT) FROM coverage_need c
      WHERE c.state IN (SELECT id FROM directory_state WHERE \(condition)) AND c.year = \(year) AND c.provision = ''
        AND \(visible(to: viewer))
      GROUP BY c.state, c.area, c.status
      """
    ) {
      let place: String = try $0[at: 0]
      let area: String = try $0[at: 1]
      let status: Status = try $0[at: 2]
      cells[place, default: [:]][area, default: Cell(place: place, area: area)].needs[status] += try $0[at: 3]
    }
    try addActivities(
      SQL("place IN (SELECT id FROM directory_state WHERE \(condition))"), year: year, to: &cells, in: db)
    return cells
  }
  private static func addActivities(
    _ places: SQL, year: Int, to cells: inout [String: [String: Cell]], in db: Reader
  ) throws {
    try db.each(
      """
      SELECT place, area, activities FROM coverage_activity WHERE (\(places)) AND provision = '' AND year = \(year)
      """
    ) {
      let place: String = try $0[at: 0]
      let area: String = try $0[at: 1]
      cells[place, default: [:]][area, default: Cell(place: place, area: area)].activities = try $0[at: 2]
    }
    try db.each(
      "SELECT place, area, kind, currency, minor FROM coverage_money WHERE (\(places)) AND year = \(year) ORDER BY currency"
    ) {
      let place: String = try $0[at: 0]
      let area: String = try $0[at: 1]
      let kind: String = try $0[at: 2]
      cells[place, default: [:]][area, default: Cell(place: place, area: area)].money.append(
        Amount(isSpent: kind == "spent", currency: try $0[at: 3], year: year, minor: try $0[at: 4]))
    }
  }

  /// Needs and activities of each year for a place, for a series.
  package static func yearByYear(_ state: String, for viewer: Viewer, in db: Reader) throws -> [YearCell] {
    var cells: [Int: Cell] = [:]
    try db.each(
      """
      SELECT c.year, c.status, CAST(sum(c.needs) AS BIGINT) FROM coverage_need c
      WHERE c.state = \(state) AND c.area = \(anyArea) AND c.provision = '' AND \(visible(to: viewer))
      GROUP BY c.year, c.status
      """
    ) {
      let status: Status = try $0[at: 1]
      cells[try $0[at: 0], default: Cell(place: state, area: anyArea)].needs[status] += try $0[at: 2]
    }
    try db.each(
      """
      SELECT year, activities FROM coverage_activity WHERE place = \(state) AND area = \(anyArea) AND provision = ''
      """
    ) { cells[try $0[at: 0], default: Cell(place: state, area: anyArea)].activities = try $0[at: 1] }
    return cells.sorted { $0.key < $1.key }.map { YearCell(year: $0.key, cell: $0.value) }
  }

  /// How one need stands in each of its years; the caller has checked that the viewer may see it.
  package static func statuses(of need: Int64, in db: Reader) throws -> [YearStatus] {
    var result: [YearStatus] = []
    try db.each("SELECT year, status FROM coverage_status WHERE need = \(need) ORDER BY year") {
      result.append(YearStatus(year: try $0[at: 0], status: try $0[at: 1]))
    }
    return result
  }
  /// Needs of a provision and of its paragraphs by status in a year.
  package static func ofProvision(_ provision: String, year: Int, for viewer: Viewer, in db: Reader) throws
    -> NeedCount
  {
    var count = NeedCount()
    try db.each(
      """
      SELECT c.status, count(DISTINCT c.need) FROM coverage_status c
      JOIN needs_provision p ON p.need = c.need JOIN treaty_provision t ON t.id = p.provision
      WHERE (t.id = \(provision) OR t.parent = \(provision)) AND c.year = \(year) AND \(visible(to: viewer))
      GROUP BY c.status
      """
    ) { count[try $0[at: 0]] = try $0[at: 1] }
    return count
  }
  package static func running(forProvision provision: String, year: Int, in db: Reader) throws -> Int {
    try db.value(
      """
      SELECT activities FROM coverage_activity
      WHERE place = \(world) AND area = \(anyArea) AND provision = \(provision) AND year = \(year)
      """) ?? 0
  }

  /// Years in which anything that the viewer may see counts, ascending.
  package static func years(for viewer: Viewer, in db: Reader) throws -> [Int] {
    let needs = try db.values(
      "SELECT DISTINCT c.year FROM coverage_need c WHERE c.area = \(anyArea) AND \(visible(to: viewer))",
      as: Int.self)
    let activities = try db.values(
      "SELECT DISTINCT year FROM coverage_activity WHERE place = \(world) AND area = \(anyArea)", as: Int.self
    )
    return Array(Set(needs + activities)).sorted()
  }
}
