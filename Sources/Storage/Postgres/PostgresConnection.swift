import CPostgres

/// One libpq connection. Every bound value carries its type, so a null keeps its meaning.
final class PostgresConnection: Connection {
  let engine = Engine.postgres
  private let handle: OpaquePointer
  private var prepared: [String: String] = [:]
  private var serial = 0
  // Statements sent ahead in pipeline mode and not yet answered.
  private var ahead = 0
  private var aheadChanged = 0
  private static let mostAhead = 400

  init(address: String) throws {
    guard let handle = PQconnectdb(address) else { throw StorageError.connect("out of memory") }
    guard PQstatus(handle) == CONNECTION_OK else {
      let message = String(cString: PQerrorMessage(handle))
      PQfinish(handle)
      throw StorageError.connect(message)
    }
    self.handle = handle
    PQsetNoticeProcessor(handle, { _, _ in }, nil)
    try script("SET client_min_messages = warning; SET TIME ZONE 'UTC'; SET statement_timeout = '10min'")
  }
  deinit { PQfinish(handle) }

  /// False once the server has gone away.
  var isUsable: Bool { PQstatus(handle) == CONNECTION_OK }

  private func name(_ text: String, _ kinds: [SQLKind]?) throws -> String {
    let key =
      text + "\u{1}" + (kinds.map { String(decoding: $0.map { 65 + $0.rawValue }, as: UTF8.self) } ?? "?")
    if let found = prepared[key] { return found }
    aheadChanged += try drain()
    serial += 1
    let name = "s\(serial)"
    let types = kinds?.map(\.oid)
    let result = PQprepare(handle, name, text, Int32(kinds?.count ?? 0), types)
    defer { PQclear(result) }
    guard PQresultStatus(result) == PGRES_COMMAND_OK else { throw error(result, text) }
    prepared[key] = name
    return name
  }

  func query(_ text: String, _ values: [SQLValue], _ body: (any Cursor) throws -> Void) throws -> Int {
    aheadChanged += try drain()
    let name = try name(text, values.map(\.kind))
    let result = try Parameters.with(values) { pointers in
      PQexecPrepared(handle, name, Int32(values.count), pointers, nil, nil, 0)
    }
    defer { PQclear(result) }
    switch PQresultStatus(result) {
    case PGRES_TUPLES_OK:
      guard let result else { return 0 }
      let cursor = PostgresCursor(result)
      for row in 0..<PQntuples(result) {
        cursor.row = row
        try body(cursor)
      }
      return changes(result)
    case PGRES_COMMAND_OK: return changes(result)
    default: throw error(result, text)
    }
  }
  // SELECT reports its rows too, which are not changes.
  private func changes(_ result: OpaquePointer?) -> Int {
    guard let tag = PQcmdStatus(result), tag[0] != 0x53 else { return 0 }
    return Int(String(cString: PQcmdTuples(result))) ?? 0
  }

  func statement(_ text: String) throws -> any ConnectionStatement {
    var numbered = ""
    var count = 0
    for character in text {
      if character == "?" {
        count += 1
        numbered += "$\(count)"
      } else {
        numbered.append(character)
      }
    }
    return PostgresStatement(self, name: try name(numbered, nil), text: numbered)
  }
  /// Sends one execution without waiting for its answer.
  func send(_ name: String, _ values: [SQLValue], _ text: String) throws {
    if ahead == 0 {
      guard PQenterPipelineMode(handle) == 1 else { throw error(nil, text) }
    }
    let sent = try Parameters.with(values) { pointers in
      PQsendQueryPrepared(handle, name, Int32(values.count), pointers, nil, nil, 0)
    }
    guard sent == 1 else { throw error(nil, text) }
    ahead += 1
    if ahead >= Self.mostAhead { aheadChanged += try drain() }
  }
  /// Reads the answers to what was sent ahead; throws the first error among them.
  private func drain() throws -> Int {
    guard ahead > 0 else { return 0 }
    defer { ahead = 0 }
    guard PQpipelineSync(handle) == 1 else { throw error(nil, "pipeline") }
    var changed = 0
    var failure: StorageError?
    reading: while true {
      guard let result = PQgetResult(handle) else { continue }
      defer { PQclear(result) }
      switch PQresultStatus(result) {
      case PGRES_PIPELINE_SYNC: break reading
      case PGRES_COMMAND_OK, PGRES_TUPLES_OK: changed += changes(result)
      case PGRES_PIPELINE_ABORTED: continue
      default:
        if failure == nil { failure = error(result, "a statement sent ahead") }
        if PQstatus(handle) != CONNECTION_OK { break reading }
      }
    }
    PQexitPipelineMode(handle)
    if let failure { throw failure }
    return changed
  }
  func settle() throws -> Int {
    let changed = aheadChanged + (try drain())
    aheadChanged = 0
    return changed
  }
  func script(_ text: String) throws {
    aheadChanged += try drain()
    let result = PQexec(handle, text)
    defer { PQclear(result) }
    let status = PQresultStatus(result)
    guard status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK else { throw error(result, text) }
  }
  private func error(_ result: OpaquePointer?, _ text: String) -> StorageError {
    let message = result.flatMap { PQresultErrorMessage($0) } ?? PQerrorMessage(handle)
    let code = result.flatMap { PQresultErrorField($0, Int32(UInt8(ascii: "C"))) }
    return .statement(
      message: message.map { String(cString: $0) } ?? "failed", code: code.map { String(cString: $0) } ?? "",
      sql: text)
  }
}

extension SQLKind {
  /// pg_type oids: int8, text, bytea.
  fileprivate var oid: Oid {
    switch self {
    case .int: 20
    case .text: 25
    case .blob: 17
    }
  }
}

private final class PostgresStatement: ConnectionStatement {
  private let connection: PostgresConnection
  private let name: String
  private let text: String
  init(_ connection: PostgresConnection, name: String, text: String) {
    self.connection = connection
    self.name = name
    self.text = text
  }
  func run(_ row: RowBuffer) throws -> Int {
    try connection.send(name, row.values, text)
    return 0
  }
}

/// Values in libpq's text format, in one buffer.
private enum Parameters {
  static func with<T>(_ values: [SQLValue], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> T) throws -> T
  {
    var buffer: [CChar] = []
    var offsets: [Int?] = []
    offsets.reserveCapacity(values.count)
    for value in values {
      switch value {
      case .null: offsets.append(nil)
      case .int(let number):
        offsets.append(buffer.count)
        String(number).utf8.forEach { buffer.append(CChar(bitPattern: $0)) }
        buffer.append(0)
      case .text(let text):
        offsets.append(buffer.count)
        for byte in text.utf8 {
          if byte == 0 { throw StorageError.nulInText }
          buffer.append(CChar(bitPattern: byte))
        }
        buffer.append(0)
      case .blob(let bytes):
        offsets.append(buffer.count)
        "\\x\(Digest.hex(bytes))".utf8.forEach { buffer.append(CChar(bitPattern: $0)) }
        buffer.append(0)
      }
    }
    return buffer.withUnsafeBufferPointer { bytes in
      let pointers = offsets.map { offset in offset.flatMap { bytes.baseAddress?.advanced(by: $0) } }
      return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
    }
  }
}

final class PostgresCursor: Cursor {
  private let result: OpaquePointer
  var row: Int32 = 0
  private(set) lazy var columns: [String: Int] = {
    var names: [String: Int] = [:]
    for index in 0..<PQnfields(result) { names[String(cString: PQfname(result, index))] = Int(index) }
    return names
  }()
  init(_ result: OpaquePointer) { self.result = result }

  private func value(_ index: Int, _ types: [Oid]) -> UnsafePointer<CChar>? {
    let column = Int32(index)
    guard types.contains(PQftype(result, column)), PQgetisnull(result, row, column) == 0 else { return nil }
    return UnsafePointer(PQgetvalue(result, row, column))
  }
  func isNull(_ index: Int) -> Bool { PQgetisnull(result, row, Int32(index)) == 1 }
  func int(_ index: Int) -> Int64? { value(index, [20, 23, 21]).flatMap { Int64(String(cString: $0)) } }
  func text(_ index: Int) -> String? { value(index, [25, 1043, 19]).map { String(cString: $0) } }
  func blob(_ index: Int) -> [UInt8]? {
    guard let text = value(index, [17]) else { return nil }
    var count = 0
    guard let bytes = PQunescapeBytea(UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self), &count)
    else { return nil }
    defer { PQfreemem(bytes) }
    return Array(UnsafeBufferPointer(start: bytes, count: count))
  }
}
