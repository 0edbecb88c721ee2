import GRDB
import GRDBSQLite
import Glibc
import Synchronization

/// SQLite through GRDB's pool: WAL, one writer, several readers, every commit flushed to disk.
final class SQLiteDriver: Driver {
  let engine = Engine.sqlite
  private let pool: DatabasePool
  // Keyed by the connection's address: GRDB keeps its connections for the life of the pool.
  private let connections = Mutex<[UInt: Held]>([:])
  // A connection is used by one thread at a time (GRDB's queues), so handing it over is safe.
  private struct Held: @unchecked Sendable { let connection: SQLiteConnection }
  /// Reads under way, so that no connection is closed under one of them.
  private let use = Mutex((readers: 0, isClosed: false))

  init(path: String, readers: Int) throws {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(30)
    configuration.maximumReaderCount = readers
    configuration.prepareDatabase { db in
      guard let handle = db.sqliteConnection else { return }
      let settings =
        "PRAGMA synchronous=FULL; PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0"
      guard sqlite3_exec(handle, settings, nil, nil, nil) == SQLITE_OK else {
        throw StorageError.connect(String(cString: sqlite3_errmsg(handle)))
      }
    }
    // Made here, for its owner alone: SQLite gives the files beside it the same permissions. One that is there is not
    // touched: to close it would drop the locks that another connection of this process holds on it.
    let file = Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if file >= 0 { Glibc.close(file) }
    do {
      pool = try DatabasePool(path: path, configuration: configuration)
    } catch {
      throw StorageError.connect("\(path): \(error)")
    }
  }

  private func connection(_ db: GRDB.Database) throws -> SQLiteConnection {
    guard let handle = db.sqliteConnection else { throw StorageError.closed("connection") }
    return connections.withLock { held in
      let key = UInt(bitPattern: handle)
      if let found = held[key] { return found }
      let made = Held(connection: SQLiteConnection(handle))
      held[key] = made
      return made
    }.connection
  }
  func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
    try await pool.read { db in
      try self.use.withLock { use in
        if use.isClosed { throw StorageError.closed("database") }
        use.readers += 1
      }
      defer { self.use.withLock { $0.readers -= 1 } }
      return try body(try self.connection(db))
    }
  }
  func write(_ body: @escaping @Sendable (any Connection) -> Void) throws {
    pool.asyncWriteWithoutTransaction { db in
      if let connection = try? self.connection(db) { body(connection) }
    }
  }
  func begin(_ connection: any Connection) throws { try connection.script("BEGIN IMMEDIATE") }
  func close() throws {
    // GRDB closes its writer before its readers, which may not move the journal into the file: a copy of the closed
    // file alone would lack the last changes. Passive: nobody waits for other programs.
    // A close that was held up may be tried again; the writer is then closed already.
    try? pool.writeWithoutTransaction { if $0.sqliteConnection != nil { _ = try $0.checkpoint(.passive) } }
    use.withLock { $0.isClosed = true }
    while use.withLock({ $0.readers > 0 }) { usleep(1_000) }
    connections.withLock { held in
      held.values.forEach { $0.connection.close() }
      held = [:]
    }
    try pool.close()
  }
}
