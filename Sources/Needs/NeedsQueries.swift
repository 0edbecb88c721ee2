package import Storage
import Translations
package import Web

extension Needs {
  /// The one fragment that says which needs a viewer may see; table alias `n`.
  package static func visible(to viewer: Viewer) -> SQL {
    let levels = SQL("n.visibility IN \(list: viewer.sees.map(\.rawValue).sorted())")
    if let section = viewer.section, let state = viewer.sectionState, section.hasPrefix("need:"),
      let id = Int64(section.dropFirst(5))
    {
      return SQL("(\(levels) OR (n.id = \(id) AND n.state = \(state)))")
    }
    guard let state = viewer.readState else { return levels }
    return SQL("(\(levels) OR n.state = \(state))")
  }

  package struct Filter: Sendable {
    package var state: String?
    package var group: String?
    package var area: String?
    /// Any of these areas (an area of the paper's list stands for several).
    package var areas: [String] = []
    /// A further condition on `n`, from a subject above.
    package var also: SQL?
    package var provision: String?
    package var form: String?
    package var stage: Stage?
    package var urgency: Urgency?
    /// Only needs that count in this year.
    package var year: Int?
    package init() {}

    fileprivate func condition(without facet: Facet?) -> SQL {
      var conditions: [SQL] = []
      if let state, facet != .state { conditions.append("n.state = \(state)") }
      if let group {
        conditions.append("n.state IN (SELECT id FROM directory_state WHERE regional_group = \(group))")
      }
      if let area, facet != .area {
        conditions.append("EXISTS (SELECT 1 FROM needs_area a WHERE a.need = n.id AND a.area = \(area))")
      }
      if !areas.isEmpty {
        conditions.append(
          "EXISTS (SELECT 1 FROM needs_area a WHERE a.need = n.id AND a.area IN \(list: areas))")
      }
      if let also { conditions.append(also) }
      if let provision {
        conditions.append(
          """
          EXISTS (SELECT 1 FROM needs_provision p JOIN treaty_provision t ON t.id = p.provision
                  WHERE p.need = n.id AND (p.provision = \(provision) OR t.parent = \(provision)))
          """)
      }
      if let form, facet != .form { conditions.append("n.form = \(form)") }
      if let stage, facet != .stage { conditions.append("n.stage = \(stage)") }
      if let urgency, facet != .urgency { conditions.append("n.urgency = \(urgency)") }
      if let year {
        conditions.append("(n.from_year <= \(year) AND n.to_year >= \(year) AND n.stage <> 'withdrawn')")
      }
      return .all(conditions)
    }
  }
  package enum Facet: String, Sendable, CaseIterable { case state, area, form, stage, urgency }

  /// Newest statement first; `after` = the last row of the page before.
  package static func list(
    _ filter: Filter, for viewer: Viewer, after: (statedOn: String, id: ID)?, limit: Int, in db: Reader
  ) throws -> [Record] {
    let position: SQL =
      after.map { "(n.stated_on < \($0.statedOn) OR (n.stated_on = \($0.statedOn) AND n.id < \($0.id)))" }
      ?? "1 = 1"
    let found: [Record] = try db.rows(
      """
      SELECT n.* FROM needs_need n
      WHERE \(visible(to: viewer)) AND \(filter.condition(without: nil)) AND \(position)
      ORDER BY n.stated_on DESC, n.id DESC LIMIT \(limit)
      """)
    return try tied(found, in: db)
  }
  /// The same records with their areas, provisions and translations.
  private static func tied(_ records: [Record], in db: Reader) throws -> [Record] {
    let ids = records.map(\.id)
    if ids.isEmpty { return [] }
    var areas: [ID: [String]] = [:]
    try db.each("SELECT need, area FROM needs_area WHERE need IN \(list: ids) ORDER BY need, area") {
      areas[try $0[at: 0], default: []].append(try $0[at: 1])
    }
    var provisions: [ID: [String]] = [:]
    try db.each(
      "SELECT need, provision FROM needs_provision WHERE need IN \(list: ids) ORDER BY need, provision"
    ) { provisions[try $0[at: 0], default: []].append(try $0[at: 1]) }
    let texts = try Translations.texts(of: "need", ids.map { String($0) }, in: db)
    return records.map { record in
      var record = record
      record.translations = texts[String(record.id)] ?? []
      record.areas = areas[record.id] ?? []
      record.provisions = provisions[record.id] ?? []
      return record
    }
  }
  package static func count(_ filter: Filter, for viewer: Viewer, in db: Reader) throws -> Int {
    try db.value(
      "SELECT count(*) FROM needs_need n WHERE \(visible(to: viewer)) AND \(filter.condition(without: nil))")
      ?? 0
  }
  /// Value → needs, under all other filters.
  package static func counts(
    of facet: Facet, _ filter: Filter, for viewer: Viewer, in db: Reader
  ) throws -> [String: Int] {
    let condition = SQL("\(visible(to: viewer)) AND \(filter.condition(without: facet))")
    let query: SQL =
      switch facet {
      case .state: "SELECT n.state, count(*) FROM needs_need n WHERE \(condition) GROUP BY n.state"
      case .form:
        "SELECT n.form, count(*) FROM needs_need n WHERE \(condition) AND n.form IS NOT NULL GROUP BY n.form"
      case .stage: "SELECT n.stage, count(*) FROM needs_need n WHERE \(condition) GROUP BY n.stage"
      case .urgency: "SELECT n.urgency, count(*) FROM needs_need n WHERE \(condition) GROUP BY n.urgency"
      case .area:
        """
        SELECT a.area, count(*) FROM needs_need n JOIN needs_area a ON a.need = n.id
        WHERE \(condition) GROUP BY a.area
        """
      }
    var counts: [String: Int] = [:]
    try db.each(query) { counts[try $0[at: 0]] = try $0[at: 1] }
    return counts
  }

  /// Nil when there is none, or none that the viewer may see.
  package static func find(_ id: ID, for viewer: Viewer, in db: Reader) throws -> Record? {
    let found: Record? = try db.row(
      "SELECT n.* FROM needs_need n WHERE n.id = \(id) AND \(visible(to: viewer))")
    return try found.flatMap { try tied([$0], in: db).first }
  }
  /// Open needs of a State, newest first, for its own people.
  package static func open(ofState state: String, in db: Reader) throws -> [Record] {
    try db.rows(
      """
      SELECT n.* FROM needs_need n WHERE n.state = \(state) AND n.stage NOT IN ('met', 'withdrawn')
      ORDER BY n.stated_on DESC, n.id DESC LIMIT 300
      """)
  }
  /// A need of a State, for its own people and for whom they have asked.
  package static func find(_ id: ID, ofState state: String, in db: Reader) throws -> Record? {
    try db.row("SELECT n.* FROM needs_need n WHERE n.id = \(id) AND n.state = \(state)")
  }
  package static func provisions(of id: ID, in db: Reader) throws -> [String] {
    try db.values("SELECT provision FROM needs_provision WHERE need = \(id) ORDER BY provision")
  }
  package static func areas(of id: ID, in db: Reader) throws -> [String] {
    try db.values("SELECT area FROM needs_area WHERE need = \(id) ORDER BY area")
  }

  /// For aggregates, without regard to visibility: they carry it on.
  package static func standings(_ ids: [ID], in db: Reader) throws -> [Standing] {
    try standings(where: "n.id IN \(list: ids)", in: db)
  }
  package static func standings(ofState state: String, in db: Reader) throws -> [Standing] {
    try standings(where: "n.state = \(state)", in: db)
  }
  package static func allStandings(in db: Reader) throws -> [Standing] {
    try standings(where: "1 = 1", in: db)
  }

  // Withdrawn needs count nowhere.
  private static func standings(where condition: SQL, in db: Reader) throws -> [Standing] {
    var provisions: [ID: [String]] = [:]
    try db.each(
      """
      SELECT p.need, p.provision FROM needs_provision p JOIN needs_need n ON n.id = p.need
      WHERE n.stage <> 'withdrawn' AND \(condition) ORDER BY p.need, p.provision
      """
    ) { provisions[try $0[at: 0], default: []].append(try $0[at: 1]) }
    var areas: [ID: [String]] = [:]
    try db.each(
      """
      SELECT a.need, a.area FROM needs_area a JOIN needs_need n ON n.id = a.need
      WHERE n.stage <> 'withdrawn' AND \(condition) ORDER BY a.need, a.area
      """
    ) { areas[try $0[at: 0], default: []].append(try $0[at: 1]) }
    var result: [Standing] = []
    try db.each(
      """
      SELECT n.id, n.state, n.visibility, n.from_year, n.to_year FROM needs_need n
      WHERE n.stage <> 'withdrawn' AND \(condition) ORDER BY n.id
      """
    ) {
      let id: ID = try $0[at: 0]
      let from: Int = try $0[at: 3]
      let to: Int = try $0[at: 4]
      result.append(
        Standing(
          id: id, state: try $0[at: 1], visibility: try $0[at: 2], years: from...to, areas: areas[id] ?? [],
          provisions: provisions[id] ?? []))
    }
    return result
  }
}

extension Needs {
  /// Whether anything in the register is invented, so that every page says so.
  package static func hasInvented(in db: Reader) throws -> Bool {
    try db.value("SELECT 1 FROM needs_need WHERE invented = 1 LIMIT 1", as: Int.self) != nil
  }
  package static func countAll(in db: Reader) throws -> Int {
    try db.value("SELECT count(*) FROM needs_need") ?? 0
  }
}
