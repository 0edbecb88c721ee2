/// One row of a result, valid only inside the closure or initialiser that receives it.
package struct Row {
  let cursor: any Cursor

  /// Reads a column by name. Throws `StorageError` naming the column when it is absent or of another type.
  package subscript<T: SQLReadable>(_ name: String) -> T {
    get throws {
      guard let index = cursor.columns[name] else {
        throw StorageError.columnMissing(column: name, present: cursor.columns.keys.sorted())
      }
      return try T(column: SQLColumn(cursor: cursor, index: index, name: name))
    }
  }
  /// Reads a column by position, for hot loops.
  package subscript<T: SQLReadable>(at index: Int) -> T {
    get throws { try T(column: SQLColumn(cursor: cursor, index: index, name: "#\(index)")) }
  }
}

/// One cell of a row.
package struct SQLColumn: ~Copyable {
  let cursor: any Cursor
  let index: Int
  let name: String

  var isNull: Bool { cursor.isNull(index) }
  func int() throws -> Int64 {
    guard let value = cursor.int(index) else { throw mismatch("an integer") }
    return value
  }
  func text() throws -> String {
    guard let value = cursor.text(index) else { throw mismatch("text") }
    return value
  }
  func blob() throws -> [UInt8] {
    guard let value = cursor.blob(index) else { throw mismatch("bytes") }
    return value
  }
  private func mismatch(_ wanted: String) -> StorageError {
    .columnValue(column: name, found: isNull ? "null" : "another type", wanted: wanted)
  }
}

/// A struct made from a row. A wrong column name or type names itself in the error.
package protocol DecodableRow { init(row: Row) throws }

/// What a driver gives for the row it stands on. Each accessor is nil for null or for another type.
protocol Cursor: AnyObject {
  var columns: [String: Int] { get }
  func isNull(_ index: Int) -> Bool
  func int(_ index: Int) -> Int64?
  func text(_ index: Int) -> String?
  func blob(_ index: Int) -> [UInt8]?
}
