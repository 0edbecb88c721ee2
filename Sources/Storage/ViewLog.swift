/// Who saw records that are not public: one row a day for each viewer, record and way. No part of the audit trail,
/// which holds what was done; kept so that a State can ask who has seen its answers.
package enum ViewLog {
  package enum Way: String, Sendable, CaseIterable, SQLBindable, SQLReadable {
    case page, data, file
    /// By someone of the State itself.
    case own
  }
  package struct View: Sendable, Hashable {
    package let state: String
    package let subject: String
    package let record: String
    package init(state: String, subject: String, record: String) {
      self.state = state
      self.subject = subject
      self.record = record
    }
  }
  package struct Seen: DecodableRow, Sendable {
    package let day: String
    package let subject: String
    package let record: String
    package let viewer: String
    /// The State or organisation that the viewer acted for, else the role.
    package let behalf: String
    package let way: Way
    package let firstAt: String
    package let times: Int

    package init(row: Row) throws {
      day = try row["day"]
      subject = try row["subject"]
      record = try row["record"]
      viewer = try row["viewer"]
      behalf = try row["behalf"]
      way = try row["way"]
      firstAt = try row["first_at"]
      times = try row["times"]
    }
  }
  // Far below the number of values that either engine binds in one statement.
  private static let rowsAtOnce = 200

  /// One transaction for all records of an answer; seen again on the same day by the same viewer in the same way,
  /// `times` grows.
  package static func note(
    _ views: [View], by viewer: String, behalf: String, way: @Sendable (View) -> Way, in database: Database
  ) async throws {
    if views.isEmpty { return }
    let now = database.context.clock.now()
    let day = String(now.prefix(10))
    // The same row twice in one statement is refused by PostgreSQL.
    let rows = Dictionary(views.map { ($0, 1) }, uniquingKeysWith: +).map {
      (view: $0.key, way: way($0.key), times: $0.value)
    }
    try await database.housekeeping { db in
      for start in stride(from: 0, to: rows.count, by: rowsAtOnce) {
        var values: SQL = ""
        for (index, row) in rows[start..<min(start + rowsAtOnce, rows.count)].enumerated() {
          let one: SQL =
            "(\(day), \(row.view.state), \(row.view.subject), \(row.view.record), \(viewer), \(behalf), \(row.way), \(now), \(row.times))"
          values = index == 0 ? one : values + ", " + one
        }
        try db.run(
          """
          INSERT INTO sys_view (day, state, subject, record, viewer, behalf, way, first_at, times) VALUES \(values)
          ON CONFLICT (day, state, subject, record, viewer, way)
          DO UPDATE SET times = sys_view.times + excluded.times
          """)
      }
    }
  }

  /// Newest day first, then by record and viewer.
  /// - Parameter own: with those by the State's own people.
  package static func views(
    ofState state: String, since day: String, own: Bool = true, after: Position? = nil, limit: Int = 1_000,
    in db: Reader
  ) throws -> [Seen] {
    let ways: SQL = own ? "1 = 1" : "way <> 'own'"
    let position: SQL =
      after.map { at in
        """
        (day < \(at.day) OR (day = \(at.day) AND (subject > \(at.subject) OR (subject = \(at.subject) AND
          (record > \(at.record) OR (record = \(at.record) AND (viewer > \(at.viewer)
            OR (viewer = \(at.viewer) AND way > \(at.way)))))))))
        """
      } ?? "1 = 1"
    return try db.rows(
      """
      SELECT * FROM sys_view WHERE state = \(state) AND day >= \(day) AND \(ways) AND \(position)
      ORDER BY day DESC, subject, record, viewer, way LIMIT \(limit)
      """)
  }
  /// The last row of the part before.
  package struct Position: Sendable {
    package let day, subject, record, viewer, way: String
    package init(day: String, subject: String, record: String, viewer: String, way: String) {
      self.day = day
      self.subject = subject
      self.record = record
      self.viewer = viewer
      self.way = way
    }
  }
  /// Views since a day, without those by the State's own people.
  package static func count(ofState state: String, since day: String, in db: Reader) throws -> Int {
    try db.value(
      """
      SELECT CAST(COALESCE(sum(times), 0) AS BIGINT) FROM sys_view
      WHERE state = \(state) AND day >= \(day) AND way <> 'own'
      """) ?? 0
  }
}
