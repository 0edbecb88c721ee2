/// What those ask who keep a database: backup, restoration, examination.
package enum Keeping {
  /// Hashes of the files that rows point to.
  package static func files(in db: Reader) throws -> [String] {
    try db.values("SELECT sha256 FROM sys_file ORDER BY sha256")
  }
  /// When something was last recorded.
  package static func lastMoment(in db: Reader) throws -> String? {
    try db.value("SELECT max(at) FROM sys_audit")
  }
  /// Tables of ours in a PostgreSQL database.
  package static func tables(in db: Reader) throws -> Int {
    try db.value("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'") ?? 0
  }
}
