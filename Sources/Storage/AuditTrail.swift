extension Audit {
  /// What a list of entries is narrowed to.
  package struct Filter: Sendable {
    package var event: String?
    package var actor: String?
    package var subject: String?
    package var record: String?
    package var day: String?
    /// Entries about records of this State, or in its name.
    package var state: String?
    package init() {}

    fileprivate var condition: SQL {
      var conditions: [SQL] = []
      if let event { conditions.append("a.event = \(event)") }
      if let actor { conditions.append("a.actor = \(actor)") }
      if let subject { conditions.append("a.subject = \(subject)") }
      if let record { conditions.append("a.record = \(record)") }
      // Times are texts, `day` then T; U is the letter after it.
      if let day { conditions.append("a.at >= \(day) AND a.at < \(day + "U")") }
      if let state {
        conditions.append(
          """
          a.id IN (SELECT id FROM sys_audit WHERE on_behalf = \(state)
                   UNION SELECT entry FROM sys_audit_state WHERE state = \(state))
          """)
      }
      return .all(conditions)
    }
  }

  /// Newest first; `before` = the last entry of the part before.
  package static func list(
    _ filter: Filter, before: Int64? = nil, skipping: Int = 0, limit: Int, in db: Reader
  ) throws
    -> [AuditEntry]
  {
    let position: SQL = before.map { "a.id < \($0)" } ?? "1 = 1"
    return try db.rows(
      "SELECT a.* FROM sys_audit a WHERE \(filter.condition) AND \(position) ORDER BY a.id DESC LIMIT \(limit) OFFSET \(skipping)"
    )
  }
  /// Names under which something was recorded, in order.
  package static func actors(limit: Int, in db: Reader) throws -> [String] {
    try db.values("SELECT DISTINCT actor FROM sys_audit ORDER BY actor LIMIT \(limit)")
  }
  /// Entries about a State's records or in its name.
  package static func count(ofState state: String, in db: Reader) throws -> Int {
    try db.value(
      """
      SELECT count(*) FROM (SELECT id FROM sys_audit WHERE on_behalf = \(state)
                            UNION SELECT entry FROM sys_audit_state WHERE state = \(state)) AS entries
      """) ?? 0
  }
}

extension AuditEntry {
  /// The changed fields, before and after, as `detail` holds them.
  package var changes: (before: [String: String], after: [String: String]) {
    // `{"before":{…},"after":{…}}`: the two inner objects are flat, and a quotation mark inside a text is escaped.
    guard detail.hasPrefix("{\"before\":"), detail.hasSuffix("}"),
      let middle = detail.range(of: "},\"after\":{")
    else {
      return ([:], [:])
    }
    let before = detail[detail.index(detail.startIndex, offsetBy: 10)..<middle.lowerBound] + "}"
    let after = "{" + detail[middle.upperBound..<detail.index(before: detail.endIndex)]
    return (FlatJSON.parse(String(before)) ?? [:], FlatJSON.parse(String(after)) ?? [:])
  }
}
