import Secrets
package import Storage
import Web

extension People {
  /// A section opened to an expert who has no account.
  package struct Section: DecodableRow, Sendable, Equatable {
    package let id: ID
    package let account: ID
    package let state: String
    /// In a subject's own words: `need:123`.
    package let section: String
    package let expert: String
    package let madeAt: String
    package let expiresAt: String
    package let revokedAt: String?
    package let openedAt: String?

    package init(row: Row) throws {
      id = try row["id"]
      account = try row["account"]
      state = try row["state"]
      section = try row["section"]
      expert = try row["expert"]
      madeAt = try row["made_at"]
      expiresAt = try row["expires_at"]
      revokedAt = try row["revoked_at"]
      openedAt = try row["opened_at"]
    }
    func isLive(at now: String) -> Bool { revokedAt == nil && now < expiresAt }
  }

  /// `need:123`: a kind of record, a colon, its name.
  static func isSection(_ text: String) -> Bool {
    let halves = text.split(separator: ":", omittingEmptySubsequences: false)
    guard halves.count == 2, (1...40).contains(halves[0].utf8.count), (1...60).contains(halves[1].utf8.count)
    else {
      return false
    }
    let isKind = halves[0].utf8.allSatisfy { (97...122).contains($0) || $0 == UInt8(ascii: "-") }
    return isKind
      && halves[1].utf8.allSatisfy {
        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || "-_.".utf8.contains($0)
      }
  }

  /// - Returns: the link's token, which is shown once.
  package static func openSection(
    _ section: String, expert: String, days: Int, state: String, account: ID, in db: Writer
  ) throws -> (id: ID, token: String) {
    let token = Token.new("wasl")
    let expires = later(db.now, Int64(days) * 86_400)
    let id: ID = try db.insert(
      """
      INSERT INTO people_section (account, state, section, expert, hash, made_at, expires_at)
      VALUES (\(account), \(state), \(section), \(expert), \(Token.hash(token)), \(db.now), \(expires)) RETURNING id
      """)
    db.record(
      Event(
        "people.section-opened", subject: "section", record: String(id),
        after: ["account": String(account), "state": state, "section": section, "expires_at": expires]))
    return (id, token)
  }

  static func section(_ token: String, in db: Reader) throws -> Section? {
    guard token.utf8.count < 100 else { return nil }
    return try db.row("SELECT * FROM people_section WHERE hash = \(Token.hash(token))")
  }
  /// Newest first.
  package static func sections(state: String, in db: Reader) throws -> [Section] {
    try db.rows("SELECT * FROM people_section WHERE state = \(state) ORDER BY id DESC LIMIT 200")
  }
  static func revokeSection(_ id: ID, state: String, in db: Writer) throws {
    let count = try db.run(
      "UPDATE people_section SET revoked_at = \(db.now) WHERE id = \(id) AND state = \(state) AND revoked_at IS NULL"
    )
    guard count == 1 else { throw Problem.notFound }
    db.record(
      Event("people.section-revoked", subject: "section", record: String(id), before: ["state": state]))
  }
  static func noteOpened(_ section: Section, in db: Writer) throws {
    try db.run(
      "UPDATE people_section SET opened_at = \(db.now) WHERE id = \(section.id) AND opened_at IS NULL")
    db.record(Event("people.section-entered", subject: "section", record: String(section.id)))
  }

  /// Who an expert without an account is: of the section and its State, whose other records stay closed. Nil once
  /// the section is revoked or over, or the account that opened it has ended.
  static func viewer(section id: ID, roles: RoleBook, in db: Reader) throws -> Viewer? {
    let found: Section? = try db.row("SELECT * FROM people_section WHERE id = \(id)")
    guard let section = found, section.isLive(at: db.now), try account(section.account, in: db) != nil else {
      return nil
    }
    // A link is no person of a party: what other States show to parties or providers stays closed to whoever holds
    // it. The one record of the section is added where records are read.
    return Viewer(
      role: .expert, name: "section:\(id)", sees: [.public], grants: roles.grants(.expert),
      section: section.section, sectionState: section.state)
  }
}
