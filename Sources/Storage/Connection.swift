/// One connection of a driver; used by one thread at a time.
protocol Connection: AnyObject {
  var engine: Engine { get }
  /// Runs a prepared statement and hands each row to `body`; returns the number of rows changed.
  @discardableResult
  func query(_ text: String, _ values: [SQLValue], _ body: (any Cursor) throws -> Void) throws -> Int
  /// A statement for hot loops, written with `?` placeholders.
  func statement(_ text: String) throws -> any ConnectionStatement
  /// Several statements without parameters (migrations, transaction control).
  func script(_ text: String) throws
  /// Waits for statements that were sent ahead; returns the rows they changed.
  func settle() throws -> Int
}

protocol ConnectionStatement: AnyObject {
  /// Rows changed as far as known at once (a pipelining driver reports them in `settle`).
  func run(_ row: RowBuffer) throws -> Int
}

extension Connection {
  @discardableResult
  func query(_ sql: SQL, _ body: (any Cursor) throws -> Void = { _ in }) throws -> Int {
    let (text, values) = sql.rendered(for: engine)
    return try query(text, values, body)
  }
}
