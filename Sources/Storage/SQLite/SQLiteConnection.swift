import GRDB
import GRDBSQLite
import Glibc

// Statements are stepped directly on the connection that GRDB opened: rows decode by index without
// an intermediate value (docs/adr/0004).
private let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

final class SQLiteConnection: Connection {
  let engine = Engine.sqlite
  private let handle: OpaquePointer
  private var cache: [String: SQLiteStatement] = [:]

  init(_ handle: OpaquePointer) { self.handle = handle }
  func close() { cache = [:] }

  func query(_ text: String, _ values: [SQLValue], _ body: (any Cursor) throws -> Void) throws -> Int {
    let statement = try take(text)
    defer { give(statement, text) }
    let before = sqlite3_total_changes64(handle)
    try statement.bind(values)
    while try statement.step() { try body(statement) }
    return Int(sqlite3_total_changes64(handle) - before)
  }
  // A statement in use is out of the cache, so a query inside a row closure of the same text gets its own.
  private func take(_ text: String) throws -> SQLiteStatement {
    if let found = cache.removeValue(forKey: text) { return found }
    return try SQLiteStatement(text, on: handle)
  }
  private func give(_ statement: SQLiteStatement, _ text: String) {
    statement.reset()
    if cache.count >= 300 { cache.removeAll(keepingCapacity: true) }
    cache[text] = statement
  }
  func statement(_ text: String) throws -> any ConnectionStatement { try SQLiteStatement(text, on: handle) }
  func script(_ text: String) throws {
    var message: UnsafeMutablePointer<CChar>?
    let code = sqlite3_exec(handle, text, nil, nil, &message)
    defer { sqlite3_free(message) }
    guard code == SQLITE_OK else {
      throw StorageError.statement(
        message: message.map { String(cString: $0) } ?? "failed",
        code: String(sqlite3_extended_errcode(handle)), sql: text)
    }
  }
  func settle() throws -> Int { 0 }
}

final class SQLiteStatement: Cursor, ConnectionStatement {
  private let handle: OpaquePointer
  private let statement: OpaquePointer
  private let text: String
  private(set) lazy var columns: [String: Int] = {
    var names: [String: Int] = [:]
    for index in 0..<sqlite3_column_count(statement) {
      names[String(cString: sqlite3_column_name(statement, index))] = Int(index)
    }
    return names
  }()

  init(_ text: String, on handle: OpaquePointer) throws {
    self.handle = handle
    self.text = text
    var pointer: OpaquePointer?
    let code = sqlite3_prepare_v3(handle, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &pointer, nil)
    guard code == SQLITE_OK, let pointer else { throw Self.error(handle, text) }
    statement = pointer
  }
  deinit { sqlite3_finalize(statement) }

  static func error(_ handle: OpaquePointer, _ text: String) -> StorageError {
    .statement(
      message: String(cString: sqlite3_errmsg(handle)),
      code: String(sqlite3_extended_errcode(handle)), sql: text)
  }
  func reset() {
    sqlite3_reset(statement)
    sqlite3_clear_bindings(statement)
  }
  func bind(_ values: [SQLValue]) throws {
    var index: Int32 = 0
    for value in values {
      index += 1
      let code: Int32
      switch value {
      case .null: code = sqlite3_bind_null(statement, index)
      case .int(let number): code = sqlite3_bind_int64(statement, index, number)
      case .text(var string):
        code = try string.withUTF8 { bytes in
          if let start = bytes.baseAddress, memchr(start, 0, bytes.count) != nil {
            throw StorageError.nulInText
          }
          return bytes.withMemoryRebound(to: CChar.self) {
            sqlite3_bind_text(statement, index, $0.baseAddress ?? emptyText, Int32($0.count), transient)
          }
        }
      case .blob(let bytes):
        code = bytes.withUnsafeBytes {
          $0.isEmpty
            ? sqlite3_bind_zeroblob(statement, index, 0)
            : sqlite3_bind_blob(statement, index, $0.baseAddress, Int32($0.count), transient)
        }
      }
      guard code == SQLITE_OK else { throw Self.error(handle, text) }
    }
  }
  /// Binds without copying: the buffer stands still until the row is stepped, and every value is bound anew before
  /// the next step.
  private func bind(_ row: RowBuffer) throws {
    let base = row.bytes
    var index: Int32 = 0
    for slot in row.slots {
      index += 1
      let code: Int32
      switch slot {
      case .null: code = sqlite3_bind_null(statement, index)
      case .int(let number): code = sqlite3_bind_int64(statement, index, number)
      case .text(let offset, let count):
        if memchr(base + offset, 0, count) != nil { throw StorageError.nulInText }
        code = UnsafeRawPointer(base + offset).withMemoryRebound(to: CChar.self, capacity: count) {
          sqlite3_bind_text(statement, index, $0, Int32(count), nil)
        }
      case .blob(let offset, let count):
        code =
          count == 0
          ? sqlite3_bind_zeroblob(statement, index, 0)
          : sqlite3_bind_blob(statement, index, base + offset, Int32(count), nil)
      }
      guard code == SQLITE_OK else { throw Self.error(handle, text) }
    }
  }
  func step() throws -> Bool {
    switch sqlite3_step(statement) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw Self.error(handle, text)
    }
  }
  func run(_ row: RowBuffer) throws -> Int {
    try bind(row)
    defer { sqlite3_reset(statement) }
    guard try !step() else { return 0 }
    return Int(sqlite3_changes(handle))
  }

  func isNull(_ index: Int) -> Bool { sqlite3_column_type(statement, Int32(index)) == SQLITE_NULL }
  func int(_ index: Int) -> Int64? {
    guard sqlite3_column_type(statement, Int32(index)) == SQLITE_INTEGER else { return nil }
    return sqlite3_column_int64(statement, Int32(index))
  }
  func text(_ index: Int) -> String? {
    guard sqlite3_column_type(statement, Int32(index)) == SQLITE_TEXT,
      let bytes = sqlite3_column_text(statement, Int32(index))
    else { return nil }
    let count = Int(sqlite3_column_bytes(statement, Int32(index)))
    return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }
  func blob(_ index: Int) -> [UInt8]? {
    guard sqlite3_column_type(statement, Int32(index)) == SQLITE_BLOB else { return nil }
    let count = Int(sqlite3_column_bytes(statement, Int32(index)))
    guard count > 0, let bytes = sqlite3_column_blob(statement, Int32(index)) else { return [] }
    return Array(UnsafeRawBufferPointer(start: bytes, count: count))
  }
}

nonisolated(unsafe) private let emptyText: UnsafePointer<CChar> = {
  let pointer = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
  pointer.initialize(to: 0)
  return UnsafePointer(pointer)
}()
