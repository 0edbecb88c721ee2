/// Where forms wait that could not be taken yet. What stands here is sealed: the database alone opens none of it.
package enum KeptForms {
  /// Seconds.
  package static let lifetime: Int64 = 86_400
  /// Bytes of one.
  package static let most = 262_144
  /// Forms kept for one sender; an older one gives way.
  static let mostOfOne = 4

  /// - Parameter hash: by which the browser that sent it finds it again.
  /// - Parameter replacing: hash of the one that the same browser had kept before.
  package static func keep(
    _ sealed: [UInt8], as hash: String, owner: String, replacing old: String?, in database: Database
  ) async throws {
    guard sealed.count <= most else { return }
    try await database.housekeeping { db in
      let now = db.now
      try db.run("DELETE FROM sys_kept_form WHERE expires_at <= \(now) OR hash = \(old ?? "")")
      try db.run(
        """
        DELETE FROM sys_kept_form WHERE owner = \(owner) AND hash NOT IN (SELECT hash FROM sys_kept_form
          WHERE owner = \(owner) ORDER BY kept_at DESC, hash LIMIT \(mostOfOne - 1))
        """)
      let end = Clock.text(seconds: (Clock.seconds(now) ?? 0) + lifetime)
      try db.run(
        """
        INSERT INTO sys_kept_form (hash, owner, kept_at, expires_at, sealed)
        VALUES (\(hash), \(owner), \(now), \(end), \(sealed))
        """)
    }
  }
  package static func find(_ hash: String, in database: Database) async throws -> [UInt8]? {
    try await database.read { db in
      try db.value("SELECT sealed FROM sys_kept_form WHERE hash = \(hash) AND expires_at > \(db.now)")
    }
  }
  package static func remove(_ hash: String, in database: Database) async throws {
    try await database.housekeeping { db in
      try db.run("DELETE FROM sys_kept_form WHERE hash = \(hash) OR expires_at <= \(db.now)")
    }
  }
}
