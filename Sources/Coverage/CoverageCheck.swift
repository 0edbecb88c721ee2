import Activities
import Directory
import Needs
package import Storage
import Treaty

extension Coverage {
  /// A cell in which the kept aggregate and the recomputation differ.
  package struct Difference: Sendable, Equatable {
    package let table: String
    package let cell: String
    package let kept: String
    package let recomputed: String
  }
  package struct Verdict: Sendable {
    package var activities = 0
    package var needs = 0
    package var cells = 0
    package var differences: [Difference] = []
    package var isEqual: Bool { differences.isEmpty }
  }

  /// Computes every aggregate anew from activities and needs, and compares.
  package static func check(in db: Reader) throws -> Verdict {
    var verdict = Verdict()
    var sums = CellSums(try Treaty.book(in: db), try Directory.book(in: db))
    try Activities.allFootprints(in: db) {
      sums.add($0, sign: 1)
      verdict.activities += 1
    }
    try compare(
      "coverage_activity", &verdict, wanted: wantedCounts(sums),
      kept: db, "SELECT place, area, provision, year, activities, strong FROM coverage_activity"
    ) {
      let (place, area, provision): (String, String, String) = (try $0[at: 0], try $0[at: 1], try $0[at: 2])
      let (year, activities, strong): (Int, Int64, Int64) = (try $0[at: 3], try $0[at: 4], try $0[at: 5])
      return ("\(place)/\(area)/\(provision)/\(year)", "\(activities) \(strong)")
    }
    var money: [String: String] = [:]
    for (key, sum) in sums.money {
      let cell = sums.moneyCell(key)
      money["\(cell.place)/\(cell.area)/\(cell.year)/\(cell.kind)/\(cell.currency)"] =
        "\(sum.minor) \(sum.entries)"
    }
    try compare(
      "coverage_money", &verdict, wanted: money, kept: db,
      "SELECT place, area, year, kind, currency, minor, entries FROM coverage_money"
    ) {
      let (place, area, year): (String, String, Int) = (try $0[at: 0], try $0[at: 1], try $0[at: 2])
      let (kind, currency): (String, String) = (try $0[at: 3], try $0[at: 4])
      let (minor, entries): (Int64, Int64) = (try $0[at: 5], try $0[at: 6])
      return ("\(place)/\(area)/\(year)/\(kind)/\(currency)", "\(minor) \(entries)")
    }
    try checkNeeds(&verdict, in: db)
    return verdict
  }

  private static func wantedCounts(_ sums: CellSums) -> [String: String] {
    var wanted: [String: String] = [:]
    for (key, count) in sums.counts {
      let cell = sums.cell(key)
      wanted["\(cell.place)/\(cell.area)/\(cell.provision)/\(cell.year)"] =
        "\(count.activities) \(count.strong)"
    }
    return wanted
  }

  private static func checkNeeds(_ verdict: inout Verdict, in db: Reader) throws {
    let standings = try Needs.allStandings(in: db)
    verdict.needs = standings.count
    var statuses: [String: String] = [:]
    var cells: [NeedLedger.Cell: Int] = [:]
    for entry in try NeedLedger.current(standings, in: db) {
      statuses["\(entry.need)/\(entry.year)"] = entry.status.rawValue
      NeedLedger.cells(entry) { cells[$0, default: 0] += 1 }
    }
    try compare(
      "coverage_status", &verdict, wanted: statuses, kept: db,
      "SELECT need, year, status FROM coverage_status"
    ) {
      let (need, year, status): (Int64, Int, String) = (try $0[at: 0], try $0[at: 1], try $0[at: 2])
      return ("\(need)/\(year)", status)
    }
    var wanted: [String: String] = [:]
    for (cell, count) in cells {
      wanted[
        "\(cell.state)/\(cell.area)/\(cell.provision)/\(cell.year)/\(cell.visibility)/\(cell.status.rawValue)"
      ] =
        String(count)
    }
    try compare(
      "coverage_need", &verdict, wanted: wanted, kept: db,
      "SELECT state, area, provision, year, visibility, status, needs FROM coverage_need"
    ) {
      let (state, area, provision): (String, String, String) = (try $0[at: 0], try $0[at: 1], try $0[at: 2])
      let (year, visibility, status): (Int, String, String) = (try $0[at: 3], try $0[at: 4], try $0[at: 5])
      let needs: Int = try $0[at: 6]
      return ("\(state)/\(area)/\(provision)/\(year)/\(visibility)/\(status)", String(needs))
    }
  }

  private static func compare(
    _ table: String, _ verdict: inout Verdict, wanted: [String: String], kept db: Reader, _ query: SQL,
    _ read: (Row) throws -> (String, String)
  ) throws {
    var rest = wanted
    var found: [Difference] = []
    var cells = 0
    try db.each(query) {
      let (cell, value) = try read($0)
      cells += 1
      let right = rest.removeValue(forKey: cell)
      if right != value {
        found.append(Difference(table: table, cell: cell, kept: value, recomputed: right ?? "nothing"))
      }
    }
    for (cell, value) in rest {
      found.append(Difference(table: table, cell: cell, kept: "nothing", recomputed: value))
    }
    verdict.cells += cells
    verdict.differences += found.sorted { $0.cell < $1.cell }
  }
}
