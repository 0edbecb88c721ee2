import Secrets
package import Storage
import Web

extension People {
  static let tokenPrefix = "wasl"

  /// What a program's key reads.
  package enum Reading: String, Sendable, CaseIterable, SQLBindable, SQLReadable { case `public`, all }

  /// A program's key: acts within the account that made it, never beyond.
  package struct APIToken: DecodableRow, Sendable, Equatable {
    package let id: ID
    package let account: ID
    package let name: String
    package let hint: String
    package let scopes: String
    package let madeAt: String
    package let expiresAt: String
    package let revokedAt: String?
    package let usedOn: String?
    /// Whether a second factor was shown in the session that made it.
    package let isProved: Bool
    package let reading: Reading

    package init(row: Row) throws {
      id = try row["id"]
      account = try row["account"]
      name = try row["name"]
      hint = try row["hint"]
      scopes = try row["scopes"]
      madeAt = try row["made_at"]
      expiresAt = try row["expires_at"]
      revokedAt = try row["revoked_at"]
      usedOn = try row["used_on"]
      isProved = try row["proved"]
      reading = try row["reading"]
    }
    var permissions: [Permission] { scopes.split(separator: ",").map { Permission(rawValue: String($0)) } }
    func isLive(at now: String) -> Bool { revokedAt == nil && now < expiresAt }
  }

  /// The working token of a text.
  static func token(_ text: String, in db: Reader) throws -> APIToken? {
    guard text.utf8.count < 100 else { return nil }
    let found: APIToken? = try db.row("SELECT * FROM people_token WHERE hash = \(Token.hash(text))")
    guard let found, found.isLive(at: db.now) else { return nil }
    return found
  }
  static func tokens(of account: ID, in db: Reader) throws -> [APIToken] {
    try db.rows("SELECT * FROM people_token WHERE account = \(account) ORDER BY id DESC")
  }

  /// - Parameters:
  ///   - permissions: a subset of the account's own, which the caller has checked.
  ///   - isProved: whether the second factor was shown in the session in which it is made; formal acts need it.
  /// - Returns: the token, which is shown once.
  package static func makeToken(
    _ name: String, permissions: [String], reading: Reading = .all, days: Int, account: ID, isProved: Bool,
    in db: Writer
  ) throws -> (id: ID, token: String) {
    let token = Token.new(tokenPrefix)
    let scopes = permissions.sorted().joined(separator: ",")
    let expires = later(db.now, Int64(days) * 86_400)
    let id: ID = try db.insert(
      """
      INSERT INTO people_token (account, name, hash, hint, scopes, reading, proved, made_at, expires_at)
      VALUES (\(account), \(name), \(Token.hash(token)), \(String(token.prefix(9))), \(scopes), \(reading),
        \(isProved), \(db.now), \(expires))
      RETURNING id
      """)
    db.record(
      Event(
        "people.token-made", subject: "token", record: String(id),
        after: [
          "account": String(account), "scopes": scopes, "reading": reading.rawValue,
          "expires_at": expires,
        ]))
    return (id, token)
  }

  static func revokeToken(_ id: ID, account: ID, in db: Writer) throws {
    let count = try db.run(
      "UPDATE people_token SET revoked_at = \(db.now) WHERE id = \(id) AND account = \(account) AND revoked_at IS NULL"
    )
    guard count == 1 else { throw Problem.notFound }
    db.record(
      Event(
        "people.token-revoked", subject: "token", record: String(id), before: ["account": String(account)]))
  }

  /// The second factor under which a person's keys were made is gone: they make no formal act any more.
  static func unproveTokens(ofPerson person: ID, in db: Writer) throws {
    try db.run(
      """
      UPDATE people_token SET proved = 0
      WHERE proved = 1 AND account IN (SELECT id FROM people_account WHERE person = \(person))
      """)
  }

  /// The day of the last use; finer would be a record of what programs do and when.
  static func noteUse(of token: APIToken, by viewer: Viewer, in database: Database) async throws {
    let today = String(database.context.clock.now().prefix(10))
    guard token.usedOn != today else { return }
    try await database.write(by: Actor(viewer.name, onBehalf: viewer.behalf)) { db in
      let count = try db.run(
        """
        UPDATE people_token SET used_on = \(db.today) WHERE id = \(token.id)
          AND (used_on IS NULL OR used_on <> \(db.today))
        """)
      if count > 0 { db.record(Event("people.token-used", subject: "token", record: String(token.id))) }
    }
  }
}
