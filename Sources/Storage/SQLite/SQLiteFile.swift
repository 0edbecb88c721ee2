import GRDBSQLite

/// A SQLite file looked at without a server and without changing a byte of it, also where it is damaged.
package enum SQLiteFile {
  package static func read<T>(
    _ path: String, context: DatabaseContext = DatabaseContext(), _ body: (Reader) throws -> T
  ) throws -> T {
    do {
      return try read("file:" + escaped(path) + "?mode=ro", context, body)
    } catch StorageError.statement(_, let code, _) where [8, 14].contains((Int(code) ?? 0) & 0xff) {
      // The files beside it, which the journal needs, are missing and cannot be made: a copy on a read-only disk.
      return try read("file:" + escaped(path) + "?immutable=1", context, body)
    }
  }

  private static func read<T>(_ address: String, _ context: DatabaseContext, _ body: (Reader) throws -> T)
    throws -> T
  {
    var handle: OpaquePointer?
    let code = sqlite3_open_v2(address, &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nil)
    defer { sqlite3_close_v2(handle) }
    guard code == SQLITE_OK, let handle else {
      throw StorageError.connect(handle.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory")
    }
    let connection = SQLiteConnection(handle)
    defer { connection.close() }
    let reader = Reader(connection, context: context)
    defer { reader.end() }
    // One view of the file from the first statement to the last.
    try connection.script("BEGIN; SELECT count(*) FROM sqlite_master")
    return try body(reader)
  }
  private static func escaped(_ path: String) -> String {
    let hex = Array("0123456789ABCDEF".unicodeScalars)
    var result = ""
    for byte in path.utf8 {
      switch byte {
      case 48...57, 65...90, 97...122, UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        result += "%"
        result.unicodeScalars.append(hex[Int(byte >> 4)])
        result.unicodeScalars.append(hex[Int(byte & 15)])
      }
    }
    return result
  }
}
