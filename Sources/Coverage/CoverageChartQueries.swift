import Activities
import Needs
package import Storage
package import Web

extension Coverage {
  /// Needs of each year by regional group, of those that the viewer may see.
  package static func byGroupAndYear(for viewer: Viewer, in db: Reader) throws -> [String: [Int: NeedCount]] {
    var counts: [String: [Int: NeedCount]] = [:]
    try db.each(
      """
      SELECT s.regional_group, c.year, c.status, CAST(sum(c.needs) AS BIGINT)
      FROM coverage_need c JOIN directory_state s ON s.id = c.state
      WHERE c.area = \(anyArea) AND c.provision = '' AND \(visible(to: viewer))
      GROUP BY s.regional_group, c.year, c.status
      """
    ) {
      let status: Status = try $0[at: 2]
      counts[try $0[at: 0], default: [:]][try $0[at: 1], default: NeedCount()][status] += try $0[at: 3]
    }
    return counts
  }

  /// Needs of each State in a year, of those that the viewer may see; States without any are not there.
  package static func byState(year: Int, for viewer: Viewer, in db: Reader) throws -> [String: NeedCount] {
    var counts: [String: NeedCount] = [:]
    try db.each(
      """
      SELECT c.state, c.status, CAST(sum(c.needs) AS BIGINT) FROM coverage_need c
      WHERE c.area = \(anyArea) AND c.provision = '' AND c.year = \(year) AND \(visible(to: viewer))
      GROUP BY c.state, c.status
      """
    ) {
      let status: Status = try $0[at: 1]
      counts[try $0[at: 0], default: NeedCount()][status] += try $0[at: 2]
    }
    return counts
  }

  /// Money reported for each year in the areas of assistance at a place, per kind and currency, in minor units.
  package static func moneyByYear(_ place: String, in db: Reader) throws -> [Int: [Amount]] {
    var money: [Int: [Amount]] = [:]
    try db.each(
      """
      SELECT year, kind, currency, minor FROM coverage_money
      WHERE place = \(place) AND area = \(anyArea) ORDER BY year, currency
      """
    ) {
      let year: Int = try $0[at: 0]
      let kind: String = try $0[at: 1]
      money[year, default: []].append(
        Amount(isSpent: kind == "spent", currency: try $0[at: 2], year: year, minor: try $0[at: 3]))
    }
    return money
  }

  /// Needs that an activity may answer: of a State in which it runs, in an area that it concerns, while it runs.
  static func needs(
    answeredBy activity: Activities.ID, for viewer: Viewer, limit: Int, in db: Reader
  ) throws -> [Needs.Record] {
    try db.rows(
      """
      SELECT n.* FROM needs_need n JOIN activities_activity v ON v.id = \(activity)
      WHERE \(Needs.visible(to: viewer)) AND n.stage <> 'withdrawn'
        AND n.from_year <= v.to_year AND n.to_year >= v.from_year
        AND n.state IN (SELECT p.state FROM activities_state p WHERE p.activity = \(activity))
        AND EXISTS (SELECT 1 FROM needs_area a JOIN activities_claim c ON c.area = a.area
                    WHERE a.need = n.id AND c.activity = \(activity)
                      AND NOT EXISTS (SELECT 1 FROM activities_judgement j WHERE j.activity = c.activity
                                        AND j.area = c.area AND j.provision = c.provision AND j.verdict = 'refused'))
      ORDER BY n.stated_on DESC, n.id DESC LIMIT \(limit)
      """)
  }
}
