package import Storage
package import Web

extension People {
  package struct NominationFilter: Sendable {
    package var office: ID?
    package var state: String?
    package var stage: Stage?
    package init() {}

    fileprivate var condition: SQL {
      var conditions: [SQL] = []
      if let office { conditions.append("n.office = \(office)") }
      if let state { conditions.append("o.state = \(state)") }
      if let stage { conditions.append("n.stage = \(stage)") }
      return .all(conditions)
    }
  }
  /// A nomination and its office.
  package struct NominationLine: DecodableRow, Sendable {
    package let nomination: Nomination
    package let officeName: String
    package let officeLanguage: String
    package let state: String?
    package let organisation: String?
    package init(row: Row) throws {
      nomination = try Nomination(row: row)
      officeName = try row["office_name"]
      officeLanguage = try row["office_language"]
      state = try row["office_state"]
      organisation = try row["office_organisation"]
    }
  }
  private static let lines: SQL = """
    SELECT n.*, o.name AS office_name, o.language AS office_language, o.state AS office_state,
      o.organisation AS office_organisation
    FROM people_nomination n JOIN people_office o ON o.id = n.office
    """

  /// Newest first.
  package static func nominations(
    _ filter: NominationFilter, for viewer: Viewer, before: ID?, limit: Int, in db: Reader
  ) throws -> [NominationLine] {
    let position: SQL = before.map { "n.id < \($0)" } ?? "1 = 1"
    return try db.rows(
      "\(lines) WHERE \(visible(to: viewer)) AND \(filter.condition) AND \(position) ORDER BY n.id DESC LIMIT \(limit)"
    )
  }
  package static func countNominations(_ filter: NominationFilter, for viewer: Viewer, in db: Reader) throws
    -> Int
  {
    try db.value(
      """
      SELECT count(*) FROM people_nomination n JOIN people_office o ON o.id = n.office
      WHERE \(visible(to: viewer)) AND \(filter.condition)
      """) ?? 0
  }
  /// Nil when there is none, or none that the viewer may see.
  package static func nomination(_ id: ID, for viewer: Viewer, in db: Reader) throws -> NominationLine? {
    try db.row("\(lines) WHERE n.id = \(id) AND \(visible(to: viewer))")
  }

  static func standing(_ draft: NominationDraft, in db: Reader) throws -> NominationStanding {
    var standing = NominationStanding()
    let key = EmailAddress.key(draft.email)
    // Addresses are compared folded; few nominations of one office are open at a time.
    let open: [String] = try db.values(
      "SELECT email FROM people_nomination WHERE office = \(draft.office) AND stage = 'received'")
    standing.hasOpen = open.contains { EmailAddress.key($0) == key }
    standing.holdsRole = try holds(draft.role, in: draft.office, email: key, db)
    standing.accounts = Set(
      try db.values(
        """
        SELECT a.id FROM people_account a JOIN people_office o ON o.id = a.office
        WHERE a.office = \(draft.office) AND \(valid(on: db.today))
        """))
    return standing
  }
  static func holds(_ role: Role, in office: ID, email key: String, _ db: Reader) throws -> Bool {
    try db.value(
      """
      SELECT 1 FROM people_account a JOIN people_office o ON o.id = a.office JOIN people_person p ON p.id = a.person
      WHERE p.email_key = \(key) AND a.office = \(office) AND a.role = \(role) AND \(valid(on: db.today)) LIMIT 1
      """, as: Int.self) != nil
  }
  /// Names of offices in which the person of an address has an account today, for the one who checks.
  static func offices(ofEmail email: String, in db: Reader) throws -> [Office] {
    try db.rows(
      """
      SELECT o.* FROM people_office o WHERE o.id IN (
        SELECT a.office FROM people_account a JOIN people_person p ON p.id = a.person
        WHERE p.email_key = \(EmailAddress.key(email)) AND \(valid(on: db.today)))
      ORDER BY o.id
      """)
  }
}
