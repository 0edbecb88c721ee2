package import Storage

/// Sessions kept on the server. A browser holds a random token, the database its hash alone; a new token comes with
/// every sign-in and every change of what the session may do, so that a token planted or seen before is worth nothing.
package enum Sessions {
  /// Seconds without a request after which a session ends.
  package static let idle: Int64 = 8 * 3600
  /// Seconds after which it ends in any case.
  package static let whole: Int64 = 12 * 3600
  /// The same for the Secretariat and those who run the system.
  package static let wholeStrict: Int64 = 8 * 3600
  /// `seen_at` is written at most so often, in seconds.
  private static let step: Int64 = 300

  private static let columns: SQL =
    "id, account, opened_at, seen_at, expires_at, ended_at, proof, proved_at, agent, network"

  /// Opens a session; one that the browser had before ends.
  /// - Parameter proof: methods used, in order, separated by commas.
  /// - Returns: a `Set-Cookie` value.
  package static func open(
    account: Int64, proof: String, isProved: Bool, whole: Int64 = Sessions.whole, call: Call
  ) async throws -> String {
    let token = newToken()
    let hash = hash(token)
    let old = call.sessionToken.map(self.hash)
    let visit = call.visit
    try await call.services.database().housekeeping { db in
      let now = db.now
      if let old {
        try db.run("UPDATE sys_session SET ended_at = \(now) WHERE hash = \(old) AND ended_at IS NULL")
      }
      try db.run(
        """
        INSERT INTO sys_session (hash, account, opened_at, seen_at, expires_at, proof, proved_at, agent, network)
        VALUES (\(hash), \(account), \(now), \(now), \(later(now, whole)), \(proof), \(isProved ? now : nil),
          \(visit.agent), \(visit.network))
        """)
      // Kept for a while: the account used last is that of the next sign-in.
      try db.run("DELETE FROM sys_session WHERE expires_at < \(later(now, -90 * 86_400))")
    }
    call.state.renew(session: token)
    return Cookie.session(call.isHTTPS).set(token, maxAge: whole)
  }

  /// The open session of a token.
  package static func find(_ token: String, in db: Reader) throws -> Session? {
    guard (20...100).contains(token.utf8.count) else { return nil }
    let found: Session? = try db.row("SELECT \(columns) FROM sys_session WHERE hash = \(hash(token))")
    guard let found, found.isOpen(at: db.now) else { return nil }
    return found
  }
  package static func find(_ token: String, in database: Database) async throws -> Session? {
    let found = try await database.read { try find(token, in: $0) }
    if let found { try await touch(found, in: database) }
    return found
  }
  /// Notes that the session was used, at most every five minutes.
  package static func touch(_ session: Session, in database: Database) async throws {
    let now = database.context.clock.now()
    guard let seen = Clock.seconds(session.seenAt), let present = Clock.seconds(now), present - seen >= step
    else {
      return
    }
    try await database.housekeeping {
      try $0.run("UPDATE sys_session SET seen_at = \(now) WHERE id = \(session.id)")
    }
  }

  /// The same session under a new token, when what it may do changes: another account, a second factor shown.
  /// - Returns: a `Set-Cookie` value; nil when the session has ended meanwhile.
  package static func rotate(
    _ session: Session, account: Int64? = nil, adding method: String? = nil, isProved: Bool, call: Call
  ) async throws -> String? {
    let token = newToken()
    let hash = hash(token)
    let proof = method.map { session.proof + "," + $0 } ?? session.proof
    let changed = try await call.services.database().housekeeping { db in
      try db.run(
        """
        UPDATE sys_session SET hash = \(hash), account = \(account ?? session.account), proof = \(proof),
          proved_at = \(isProved ? db.now : nil), seen_at = \(db.now)
        WHERE id = \(session.id) AND ended_at IS NULL
        """)
    }
    guard changed == 1 else { return nil }
    call.state.renew(session: token)
    let left = (Clock.seconds(session.expiresAt) ?? 0) - (Clock.seconds(call.services.clock.now()) ?? 0)
    return Cookie.session(call.isHTTPS).set(token, maxAge: max(0, left))
  }

  /// Ends the session of a token. - Returns: the `Set-Cookie` value that takes the cookie away.
  package static func end(_ call: Call) async throws -> String {
    if let token = call.sessionToken {
      let hash = hash(token)
      try await call.services.database().housekeeping { db in
        try db.run("UPDATE sys_session SET ended_at = \(db.now) WHERE hash = \(hash) AND ended_at IS NULL")
      }
    }
    return Cookie.session(call.isHTTPS).set("", maxAge: 0)
  }
  /// Ends one session of these accounts; false when it is none of theirs.
  @discardableResult
  package static func end(id: Int64, accounts: [Int64], in database: Database) async throws -> Bool {
    try await database.housekeeping { db in
      try db.run(
        """
        UPDATE sys_session SET ended_at = \(db.now) WHERE id = \(id) AND account IN \(list: accounts)
          AND ended_at IS NULL
        """) == 1
    }
  }
  /// Ends all sessions of these accounts but one.
  @discardableResult
  package static func endAll(accounts: [Int64], except kept: Int64? = nil, in database: Database) async throws
    -> Int
  {
    try await database.housekeeping { db in
      try db.run(
        """
        UPDATE sys_session SET ended_at = \(db.now) WHERE account IN \(list: accounts) AND id <> \(kept ?? 0)
          AND ended_at IS NULL
        """)
    }
  }
  /// Open sessions of these accounts, last used first.
  package static func list(accounts: [Int64], in db: Reader) throws -> [Session] {
    let all: [Session] = try db.rows(
      """
      SELECT \(columns) FROM sys_session WHERE account IN \(list: accounts) AND ended_at IS NULL
      ORDER BY seen_at DESC, id DESC
      """)
    return all.filter { $0.isOpen(at: db.now) }
  }
  /// The account of these that was used last.
  package static func last(of accounts: [Int64], in db: Reader) throws -> Int64? {
    try db.value(
      "SELECT account FROM sys_session WHERE account IN \(list: accounts) ORDER BY id DESC LIMIT 1")
  }

  private static func newToken() -> String { Base64URL.encode(Digest.random(32)) }
  /// 256 random bits need no slow hash.
  private static func hash(_ token: String) -> String { Digest.hex(Digest.sha256(Array(token.utf8))) }
  static func later(_ now: String, _ seconds: Int64) -> String {
    Clock.text(seconds: (Clock.seconds(now) ?? 0) + seconds)
  }
}
