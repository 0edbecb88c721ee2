/// Reads from one consistent view of the database. Dead after its closure.
package class Reader {
  let connection: any Connection
  private(set) var isAlive = true
  let context: DatabaseContext

  init(_ connection: any Connection, context: DatabaseContext) {
    self.connection = connection
    self.context = context
  }
  func end() { isAlive = false }

  package var engine: Engine { connection.engine }
  /// The present moment, UTC, `2026-01-15T09:30:00Z`, by the clock handed to the database.
  package var now: String { context.clock.now() }
  /// The present day, UTC.
  package var today: String { String(now.prefix(10)) }

  package func each(_ sql: SQL, _ body: (Row) throws -> Void) throws {
    guard isAlive else { throw StorageError.closed("reader") }
    let (text, values) = sql.rendered(for: connection.engine)
    context.register(text)
    try connection.query(text, values) { try body(Row(cursor: $0)) }
  }
  package func rows<T: DecodableRow>(_ sql: SQL, as type: T.Type = T.self) throws -> [T] {
    var result: [T] = []
    try each(sql) { result.append(try T(row: $0)) }
    return result
  }
  /// The first row, or nil.
  package func row<T: DecodableRow>(_ sql: SQL, as type: T.Type = T.self) throws -> T? {
    var result: T?
    try each(sql) { if result == nil { result = try T(row: $0) } }
    return result
  }
  /// The first column of the first row, or nil when there is no row or it is null.
  package func value<T: SQLReadable>(_ sql: SQL, as type: T.Type = T.self) throws -> T? {
    var result: T?
    var seen = false
    try each(sql) { row in
      if !seen {
        result = try row[at: 0] as T?
        seen = true
      }
    }
    return result
  }
  /// The first column of every row.
  package func values<T: SQLReadable>(_ sql: SQL, as type: T.Type = T.self) throws -> [T] {
    var result: [T] = []
    try each(sql) { result.append(try $0[at: 0]) }
    return result
  }
}
