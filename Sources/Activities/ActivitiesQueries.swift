package import Storage

extension Activities {
  package struct Filter: Sendable {
    package var state: String?
    package var group: String?
    package var area: String?
    /// Any of these areas (an area of the paper's list stands for several).
    package var areas: [String] = []
    package var provision: String?
    package var reporter: String?
    package var status: String?
    package var year: Int?
    package init() {}

    // Refused claims do not count; confirmed ones do even when no rule found them.
    private func concerns(_ column: SQL, _ values: SQL) -> SQL {
      """
      (EXISTS (SELECT 1 FROM activities_claim c WHERE c.activity = v.id AND c.\(column) IN (\(values))
                 AND NOT EXISTS (SELECT 1 FROM activities_judgement j WHERE j.activity = c.activity
                                   AND j.area = c.area AND j.provision = c.provision AND j.verdict = 'refused'))
       OR EXISTS (SELECT 1 FROM activities_judgement k WHERE k.activity = v.id AND k.\(column) IN (\(values))
                    AND k.verdict = 'confirmed'))
      """
    }
    private func runs(in states: SQL) -> SQL {
      "EXISTS (SELECT 1 FROM activities_state p WHERE p.activity = v.id AND \(states))"
    }
    fileprivate func condition(without facet: Facet?) -> SQL {
      var conditions: [SQL] = []
      if let state, facet != .state { conditions.append(runs(in: "p.state = \(state)")) }
      if let group {
        conditions.append(
          runs(in: "p.state IN (SELECT id FROM directory_state WHERE regional_group = \(group))"))
      }
      if let area, facet != .area {
        conditions.append(area == "*" ? Self.anyArea : concerns("area", "\(area)"))
      }
      if let provision {
        conditions.append(
          // What concerns a paragraph concerns its article.
          concerns(
            "provision", "SELECT id FROM treaty_provision WHERE id = \(provision) OR parent = \(provision)"))
      }
      if !areas.isEmpty { conditions.append(.any(areas.map { concerns("area", "\($0)") })) }
      if let reporter, facet != .reporter { conditions.append("v.reporter = \(reporter)") }
      if let status, facet != .status { conditions.append("v.status = \(status)") }
      if let year {
        conditions.append(
          "(v.from_year <= \(year) AND v.to_year >= \(year))")
      }
      return .all(conditions)
    }
    private static let anyArea: SQL = """
      (EXISTS (SELECT 1 FROM activities_claim c WHERE c.activity = v.id
                 AND NOT EXISTS (SELECT 1 FROM activities_judgement j WHERE j.activity = c.activity
                                   AND j.area = c.area AND j.provision = c.provision AND j.verdict = 'refused'))
       OR EXISTS (SELECT 1 FROM activities_judgement k WHERE k.activity = v.id AND k.verdict = 'confirmed'))
      """
  }
  package enum Facet: String, Sendable, CaseIterable { case state, area, reporter, status }

  /// Latest start first, those without a start last; `after` = the last row of the page before.
  package static func list(
    _ filter: Filter, after: (startOn: String, id: ID)?, limit: Int, in db: Reader
  ) throws -> [Summary] {
    let position: SQL =
      after.map {
        """
        (COALESCE(v.start_on, '') < \($0.startOn) OR (COALESCE(v.start_on, '') = \($0.startOn) AND v.id < \($0.id)))
        """
      } ?? "1 = 1"
    return try db.rows(
      """
      SELECT v.* FROM activities_activity v WHERE \(filter.condition(without: nil)) AND \(position)
      ORDER BY COALESCE(v.start_on, '') DESC, v.id DESC LIMIT \(limit)
      """)
  }
  package static func count(_ filter: Filter, in db: Reader) throws -> Int {
    try db.value("SELECT count(*) FROM activities_activity v WHERE \(filter.condition(without: nil))") ?? 0
  }
  package static func counts(of facet: Facet, _ filter: Filter, in db: Reader) throws -> [String: Int] {
    let condition = filter.condition(without: facet)
    let query: SQL =
      switch facet {
      case .state:
        """
        SELECT p.state, count(DISTINCT v.id) FROM activities_activity v JOIN activities_state p ON p.activity = v.id
        WHERE \(condition) GROUP BY p.state
        """
      case .area:
        """
        SELECT c.area, count(DISTINCT v.id) FROM activities_activity v JOIN activities_claim c ON c.activity = v.id
        WHERE NOT EXISTS (SELECT 1 FROM activities_judgement j WHERE j.activity = c.activity AND j.area = c.area
                            AND j.provision = c.provision AND j.verdict = 'refused') AND \(condition)
        GROUP BY c.area
        """
      case .reporter:
        "SELECT v.reporter, count(*) FROM activities_activity v WHERE \(condition) GROUP BY v.reporter"
      case .status:
        "SELECT v.status, count(*) FROM activities_activity v WHERE \(condition) GROUP BY v.status"
      }
    var counts: [String: Int] = [:]
    try db.each(query) { counts[try $0[at: 0]] = try $0[at: 1] }
    return counts
  }
  /// Names by which providers call themselves, by reference.
  package static func reporterNames(in db: Reader) throws -> [String: String] {
    var names: [String: String] = [:]
    try db.each("SELECT reporter, max(reporter_name) FROM activities_activity GROUP BY reporter") {
      names[try $0[at: 0]] = try $0[at: 1]
    }
    return names
  }

  package static func find(_ id: ID, in db: Reader) throws -> Summary? {
    try db.row("SELECT * FROM activities_activity WHERE id = \(id)")
  }
  package static func find(identifier: String, in db: Reader) throws -> Summary? {
    try db.row("SELECT * FROM activities_activity WHERE identifier = \(identifier)")
  }
  /// Everything that the page of an activity shows.
  package struct Whole: Sendable {
    package let summary: Summary
    package let detail: Detail
    package let claims: [ClaimRow]
    package let importID: Int64
    package let fileName: String?
    package let line: Int
    /// Latest first, those without a day last; the first `transactionsShown`.
    package var latest: [TransactionRow] {
      let sorted = detail.transactions.enumerated().sorted {
        ($0.element.day ?? "", $1.offset) > ($1.element.day ?? "", $0.offset)
      }
      return sorted.prefix(transactionsShown).map(\.element)
    }
  }
  /// Transactions shown on a page; the rest is in the data formats.
  package static let transactionsShown = 50

  package static func whole(_ id: ID, in db: Reader) throws -> Whole? {
    guard let summary = try find(id, in: db) else { return nil }
    let importID =
      try db.value("SELECT import FROM activities_activity WHERE id = \(id)", as: Int64.self) ?? 0
    return Whole(
      summary: summary,
      detail: try detail(of: id, in: db),
      claims: try claims(of: id, in: db),
      importID: importID,
      fileName: try db.value("SELECT file_name FROM activities_import WHERE id = \(importID)"),
      line: try db.value("SELECT line FROM activities_activity WHERE id = \(id)") ?? 0)
  }
  /// Texts in all languages, organisations, dates, classifications, links; empty when there is no such activity.
  package static func detail(of id: ID, in db: Reader) throws -> Detail {
    guard
      let text = try db.value("SELECT body FROM activities_detail WHERE activity = \(id)", as: String.self)
    else { return Detail() }
    return try Detail(stored: text)
  }
  package static func details(of ids: [ID], in db: Reader) throws -> [ID: Detail] {
    var found: [ID: Detail] = [:]
    try db.each("SELECT activity, body FROM activities_detail WHERE activity IN \(list: ids)") {
      found[try $0[at: 0]] = try Detail(stored: try $0[at: 1])
    }
    return found
  }
  package static func claims(of id: ID, in db: Reader) throws -> [ClaimRow] {
    try db.rows(
      """
      SELECT c.area, c.provision, c.source, c.strength, c.evidence, j.verdict
      FROM activities_claim c
      LEFT JOIN activities_judgement j ON j.activity = c.activity AND j.area = c.area AND j.provision = c.provision
      WHERE c.activity = \(id)
      UNION ALL
      SELECT j.area, j.provision, 'person', 3, '', j.verdict FROM activities_judgement j
      WHERE j.activity = \(id) AND NOT EXISTS (SELECT 1 FROM activities_claim c WHERE c.activity = j.activity
        AND c.area = j.area AND c.provision = j.provision)
      ORDER BY 4 DESC, 1, 2, 3
      """)
  }

  /// Imports, newest first.
  package static func imports(before: Int64?, limit: Int, in db: Reader) throws -> [ImportRow] {
    let position: SQL = before.map { "id < \($0)" } ?? "1 = 1"
    return try db.rows("SELECT * FROM activities_import WHERE \(position) ORDER BY id DESC LIMIT \(limit)")
  }
  package static func importRow(_ id: Int64, in db: Reader) throws -> ImportRow? {
    try db.row("SELECT * FROM activities_import WHERE id = \(id)")
  }
  package static func findings(of importID: Int64, after: Int64, limit: Int, in db: Reader) throws
    -> [FindingRow]
  {
    try db.rows(
      "SELECT * FROM activities_finding WHERE import = \(importID) AND n > \(after) ORDER BY n LIMIT \(limit)"
    )
  }
  /// rule → times, worst severity first.
  package static func findingCounts(of importID: Int64, in db: Reader) throws -> [(
    rule: String, severity: String, count: Int
  )] {
    var result: [(rule: String, severity: String, count: Int)] = []
    try db.each(
      """
      SELECT rule, severity, count(*) FROM activities_finding WHERE import = \(importID)
      GROUP BY rule, severity ORDER BY 3 DESC, 1
      """
    ) { result.append((try $0[at: 0], try $0[at: 1], try $0[at: 2])) }
    return result
  }
  /// Whether anything on the site is invented, so that every page says so.
  package static func hasInvented(in db: Reader) throws -> Bool {
    try db.value("SELECT 1 FROM activities_activity WHERE invented = 1 LIMIT 1", as: Int.self) != nil
  }
}

extension Activities {
  /// A provider with what it reports under a filter.
  package struct ProviderCount: DecodableRow, Sendable {
    package let reporter: String
    package let name: String
    package let activities: Int
    package let fromYear: Int?
    package let toYear: Int?
    package init(row: Row) throws {
      reporter = try row["reporter"]
      name = try row["name"]
      activities = try row["activities"]
      fromYear = try row["from_year"]
      toYear = try row["to_year"]
    }
  }
  /// Providers by number of activities, most first.
  package static func providers(_ filter: Filter, in db: Reader) throws -> [ProviderCount] {
    try db.rows(
      """
      SELECT v.reporter, max(v.reporter_name) AS name, count(*) AS activities, min(v.from_year) AS from_year,
        max(v.to_year) AS to_year
      FROM activities_activity v WHERE \(filter.condition(without: nil))
      GROUP BY v.reporter ORDER BY count(*) DESC, v.reporter
      """)
  }
  /// States that receive under a filter.
  package static func recipients(_ filter: Filter, in db: Reader) throws -> [String] {
    try db.values(
      """
      SELECT DISTINCT p.state FROM activities_activity v JOIN activities_state p ON p.activity = v.id
      WHERE \(filter.condition(without: nil)) ORDER BY p.state
      """)
  }
}
