import GRDBSQLite

extension SQLiteFile {
  /// A whole copy of a database that may be in use, as it stood at one moment (SQLite's online backup).
  /// - Parameter target: a file that does not exist yet.
  /// - Throws: `StorageError.connect` with SQLite's words.
  package static func backUp(_ path: String, to target: String) throws {
    var source: OpaquePointer?
    var copy: OpaquePointer?
    defer {
      sqlite3_close_v2(source)
      sqlite3_close_v2(copy)
    }
    func check(_ code: Int32, _ handle: OpaquePointer?) throws {
      guard code == SQLITE_OK else {
        throw StorageError.connect(handle.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory")
      }
    }
    try check(sqlite3_open_v2(path, &source, SQLITE_OPEN_READWRITE, nil), source)
    sqlite3_busy_timeout(source, 30_000)
    try check(sqlite3_open_v2(target, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nil), copy)
    guard let backup = sqlite3_backup_init(copy, "main", source, "main") else {
      throw StorageError.connect(copy.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory")
    }
    // All pages in one step, under one read lock: nothing can change between two of them.
    let code = sqlite3_backup_step(backup, -1)
    try check(sqlite3_backup_finish(backup), copy)
    guard code == SQLITE_DONE else { throw StorageError.connect("the copy was not completed (\(code))") }
  }
}
