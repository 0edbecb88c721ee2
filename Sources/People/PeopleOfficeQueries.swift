package import Storage
package import Web

extension People {
  package static func office(_ id: ID, in db: Reader) throws -> Office? {
    try db.row("SELECT o.* FROM people_office o WHERE o.id = \(id)")
  }
  /// Nil when there is none, or none that the viewer's permission reaches.
  package static func office(
    _ id: ID, for viewer: Viewer, _ permission: Permission = reading, in db: Reader
  ) throws -> Office? {
    try db.row("SELECT o.* FROM people_office o WHERE o.id = \(id) AND \(visible(to: viewer, permission))")
  }

  package struct OfficeFilter: Sendable {
    package var state: String?
    package var kind: OfficeKind?
    package var isClosed = false
    package init() {}

    fileprivate var condition: SQL {
      var conditions: [SQL] = [isClosed ? "o.closed_on IS NOT NULL" : "o.closed_on IS NULL"]
      if let state { conditions.append("o.state = \(state)") }
      if let kind { conditions.append("o.kind = \(kind)") }
      return .all(conditions)
    }
  }
  /// An office and how many people it has today.
  package struct OfficeLine: DecodableRow, Sendable {
    package let office: Office
    package let people: Int
    /// What the list is sorted by: State or organization.
    package let owner: String
    package init(row: Row) throws {
      office = try Office(row: row)
      people = try row["people"]
      owner = try row["owner"]
    }
  }
  /// By State or organization; `after` = the last row of the page before.
  package static func offices(
    _ filter: OfficeFilter, for viewer: Viewer, after: (owner: String, id: ID)?, limit: Int, in db: Reader
  ) throws -> [OfficeLine] {
    let owner: SQL = "COALESCE(o.state, o.organisation)"
    let position: SQL =
      after.map { "(\(owner) > \($0.owner) OR (\(owner) = \($0.owner) AND o.id > \($0.id)))" } ?? "1 = 1"
    return try db.rows(
      """
      SELECT o.*, \(owner) AS owner,
        (SELECT count(*) FROM people_account a WHERE a.office = o.id AND \(valid(on: db.today))) AS people
      FROM people_office o
      WHERE \(visible(to: viewer)) AND \(filter.condition) AND \(position)
      ORDER BY \(owner), o.id LIMIT \(limit)
      """)
  }
  package static func countOffices(_ filter: OfficeFilter, for viewer: Viewer, in db: Reader) throws -> Int {
    try db.value("SELECT count(*) FROM people_office o WHERE \(visible(to: viewer)) AND \(filter.condition)")
      ?? 0
  }
  /// Open offices that a permission reaches, for a choice.
  static func choices(for viewer: Viewer, _ permission: Permission, in db: Reader) throws -> [Office] {
    try db.rows(
      """
      SELECT o.* FROM people_office o WHERE \(visible(to: viewer, permission)) AND o.closed_on IS NULL
      ORDER BY COALESCE(o.state, o.organisation), o.id
      """)
  }

  /// An account with the name and address of its person.
  package struct Member: DecodableRow, Sendable {
    package let account: Account
    package let name: String
    package let email: String
    package init(row: Row) throws { try self.init(row: row, prefix: "") }
    init(row: Row, prefix: String) throws {
      account = try Account(row: row, prefix: prefix)
      name = try row[prefix + "person_name"]
      email = try row[prefix + "person_email"]
    }
  }
  /// Everyone now and before, newest first; only for those whom `visible(to:)` lets see the office.
  package static func members(of office: ID, for viewer: Viewer, in db: Reader) throws -> [Member] {
    try db.rows(
      """
      SELECT a.*, p.name AS person_name, p.email AS person_email
      FROM people_account a JOIN people_person p ON p.id = a.person JOIN people_office o ON o.id = a.office
      WHERE a.office = \(office) AND \(visible(to: viewer))
      ORDER BY a.valid_from DESC, a.id DESC
      """)
  }
  static func member(_ account: ID, in db: Reader) throws -> Member? {
    try db.row(
      """
      SELECT a.*, p.name AS person_name, p.email AS person_email
      FROM people_account a JOIN people_person p ON p.id = a.person WHERE a.id = \(account)
      """)
  }

  /// The name behind `person:17`, for those who may read an office that this person has been in.
  static func name(ofActor actor: String, for viewer: Viewer, in db: Reader) throws -> String? {
    guard let person = person(ofActor: actor) else { return nil }
    return try db.value(
      """
      SELECT p.name FROM people_person p JOIN people_account a ON a.person = p.id
        JOIN people_office o ON o.id = a.office
      WHERE p.id = \(person) AND \(visible(to: viewer)) LIMIT 1
      """)
  }

  /// An invitation to an office and what became of it.
  struct Invitation: DecodableRow, Sendable {
    let person: String
    let nomination: ID?
    let delivery: LinkDelivery
    init(row: Row) throws {
      person = try row["person_name"]
      nomination = try row["nomination"]
      delivery = try LinkDelivery(row: row)
    }
  }
  static func invitations(toOffice office: ID, in db: Reader) throws -> [Invitation] {
    try db.rows(
      """
      SELECT k.id, k.made_at, k.expires_at, k.opened_at, k.used_at, k.lapsed, m.state, m.reply, m.sent_at,
        k.nomination, p.name AS person_name
      FROM people_link k JOIN people_person p ON p.id = k.person JOIN people_nomination n ON n.id = k.nomination
        LEFT JOIN mail_letter m ON m.key = k.letter
      WHERE n.office = \(office) AND k.purpose = 'invitation' ORDER BY k.id DESC LIMIT 50
      """)
  }

  /// Whether any office is invented, so that every page says so.
  package static func hasInvented(in db: Reader) throws -> Bool {
    try db.value("SELECT 1 FROM people_office WHERE invented = 1 LIMIT 1", as: Int.self) != nil
  }
}

extension People.LinkDelivery {
  /// The furthest that is known: `used`, `replaced` by a newer one, `revoked`, `opened`, else how the letter fared.
  var word: String {
    if usedAt != nil { return "used" }
    if let lapsed { return lapsed == "renewed" ? "replaced" : "revoked" }
    return openedAt != nil ? "opened" : letter ?? "waiting"
  }
}
