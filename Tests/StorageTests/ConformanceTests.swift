import Storage
import TestKit
import Testing

/// The same questions to both engines, with hostile values; the same answers.
@Suite struct ConformanceTests {
  static let migrations = [
    Migration(
      "20000101-1-thing",
      Array(
        """
        CREATE TABLE thing (id {id}, name TEXT, number {int}, raw {bytes}, flag {int} CHECK (flag IN (0,1))){strict};
        CREATE TABLE pair (a {int} NOT NULL, b TEXT NOT NULL, PRIMARY KEY (a, b)){clustered};
        """.utf8))
  ]
  static let happened = Event("thing.changed", subject: "thing", record: "1")

  @discardableResult
  static func with<T>(
    _ engine: Engine, context: DatabaseContext? = nil, _ body: (Database) async throws -> T
  ) async throws -> T {
    try await TestSite.withEmptyDatabase(
      engine, context ?? DatabaseContext(clock: TestSite.clock, statements: TestSite.statements)
    ) { database in
      try await database.migrate(migrations)
      return try await body(database)
    }
  }

  struct Thing: DecodableRow, Equatable, Sendable {
    let name: String?
    let number: Int64?
    let raw: [UInt8]?
    init(row: Row) throws {
      name = try row["name"]
      number = try row["number"]
      raw = try row["raw"]
    }
  }

  static let texts = [
    "", " ", "a", "'; DROP TABLE thing; --", "\"", "\\", "$1 ?1 ?", "\u{1F600}", "وصل", "卫生", "e\u{301}", "é",
    "\n\r\t",
    String(repeating: "x", count: 70_000), "\u{FEFF}bom", "\u{202E}rtl", "1", "null", "\\x00",
  ]
  static let numbers: [Int64] = [0, 1, -1, .max, .min, 1 << 53, -(1 << 53) - 1, 2_147_483_648]

  @Test(arguments: TestSite.engines) func valuesComeBack(on engine: Engine) async throws {
    try await Self.with(engine) { database in
      for text in Self.texts {
        let back: String? = try await database.read { try $0.value("SELECT CAST(\(text) AS TEXT)") }
        #expect(back == text)
      }
      for number in Self.numbers {
        let back: Int64? = try await database.read { try $0.value("SELECT CAST(\(number) AS BIGINT)") }
        #expect(back == number)
      }
      let bytes = (0...255).map { UInt8($0) }
      try await database.write(by: .system) { db throws in
        try db.run("INSERT INTO thing (name, number, raw) VALUES (\("a"), \(5), \(bytes))")
        try db.run(
          "INSERT INTO thing (name, number, raw) VALUES (\(nil as String?), \(nil as Int64?), \(nil as [UInt8]?))"
        )
        try db.run("INSERT INTO thing (name, number, raw) VALUES (\(""), \(0), \([] as [UInt8]))")
        db.record(Self.happened)
      }
      let rows: [Thing] = try await database.read {
        try $0.rows("SELECT name, number, raw FROM thing ORDER BY id")
      }
      #expect(rows.map(\.name) == ["a", nil, ""])
      #expect(rows.map(\.number) == [5, nil, 0])
      #expect(rows.map(\.raw) == [bytes, nil, []])
    }
  }

  @Test(arguments: TestSite.engines) func nulInTextIsRefused(on engine: Engine) async throws {
    try await Self.with(engine) { database in
      await #expect(throws: StorageError.self) {
        try await database.write(by: .system) { db throws in
          try db.run("INSERT INTO thing (name) VALUES (\("a\0b"))")
          db.record(Self.happened)
        }
      }
    }
  }

  @Test(arguments: TestSite.engines) func nullsKeepTheirType(on engine: Engine) async throws {
    try await Self.with(engine) { database in
      let answers = try await database.read { db in
        [
          try db.value("SELECT CASE WHEN \(nil as Int?) IS NULL THEN 1 ELSE 0 END", as: Int.self),
          try db.value("SELECT COALESCE(\(nil as Int?), 7)", as: Int.self),
          try db.value("SELECT count(*) FROM thing WHERE number = \(nil as Int?)", as: Int.self),
          try db.value("SELECT count(*) FROM thing WHERE name IN \(list: [] as [String])", as: Int.self),
        ]
      }
      #expect(answers == [1, 7, 0, 0])
    }
  }

  @Test(arguments: TestSite.engines) func commonSubset(on engine: Engine) async throws {
    try await Self.with(engine) { database in
      try await database.write(by: .system) { db throws in
        for (name, number) in [("b", 2), ("a", nil), ("ä", 4), ("B", 1 << 40)] as [(String, Int?)] {
          let id = try db.insert(
            "INSERT INTO thing (name, number) VALUES (\(name), \(number)) RETURNING id", returning: Int64.self
          )
          #expect(id > 0)
        }
        try db.run("INSERT INTO pair VALUES (\(1), \("x")) ON CONFLICT (a, b) DO UPDATE SET b = excluded.b")
        try db.run("INSERT INTO pair VALUES (\(1), \("x")) ON CONFLICT (a, b) DO NOTHING")
        db.record(Self.happened)
      }
      try await database.read { db throws in
        #expect(
          try db.values("SELECT name FROM thing ORDER BY name", as: String.self) == ["B", "a", "b", "ä"])
        #expect(
          try db.values("SELECT name FROM thing ORDER BY number NULLS LAST, id", as: String.self) == [
            "b", "ä", "B", "a",
          ])
        #expect(
          try db.value("SELECT CAST(sum(number) AS BIGINT) FROM thing", as: Int64.self)
            == Int64(6 + (1 << 40)))
        #expect(try db.value("SELECT count(*) FILTER (WHERE number > 1) FROM thing", as: Int.self) == 3)
        #expect(
          try db.values(
            "WITH x AS (SELECT number FROM thing) SELECT row_number() OVER (ORDER BY number NULLS LAST) FROM x",
            as: Int.self)
            == [1, 2, 3, 4])
        #expect(try db.value("SELECT count(*) FROM pair", as: Int.self) == 1)
      }
    }
  }

  @Test(arguments: TestSite.engines) func decodingNamesTheColumn(on engine: Engine) async throws {
    try await Self.with(engine) { database in
      struct Wrong: DecodableRow, Sendable {
        let x: Int
        init(row: Row) throws { x = try row["missing_column"] }
      }
      struct Typed: DecodableRow, Sendable {
        let x: Int
        init(row: Row) throws { x = try row["word"] }
      }
      await #expect {
        _ = try await database.read { try $0.rows("SELECT 1 AS present", as: Wrong.self) }
      } throws: {
        "\($0)".contains("missing_column") && "\($0)".contains("present")
      }
      await #expect {
        _ = try await database.read { try $0.rows("SELECT 'a' AS word", as: Typed.self) }
      } throws: {
        "\($0)".contains("word")
      }
    }
  }

  @Test(arguments: TestSite.engines) func statementsSentAhead(on engine: Engine) async throws {
    try await Self.with(engine) { database in
      try await database.write(by: .system) { db throws in
        let insert = try db.statement("INSERT INTO pair (a, b) VALUES (?, ?)")
        for number in 0..<1_500 {
          try insert.run {
            $0.int(number)
            $0.text("b'\(number)")
          }
        }
        #expect(try db.value("SELECT count(*) FROM pair", as: Int.self) == 1_500)
        db.record(Self.happened)
      }
      // An error among them undoes the whole transaction, also when it surfaces only at the end.
      await #expect(throws: StorageError.self) {
        try await database.write(by: .system) { db throws in
          let insert = try db.statement("INSERT INTO pair (a, b) VALUES (?, ?)")
          try insert.run {
            $0.int(9_999)
            $0.text("new")
          }
          try insert.run {
            $0.int(1)
            $0.text("b'1")
          }
          db.record(Self.happened)
        }
      }
      #expect(try await database.read { try $0.value("SELECT count(*) FROM pair", as: Int.self) } == 1_500)
    }
  }

  @Test(arguments: TestSite.engines) func constraintsAreTold(on engine: Engine) async throws {
    try await Self.with(engine) { database in
      do {
        try await database.write(by: .system) { db throws in
          try db.run("INSERT INTO thing (name, flag) VALUES ('x', 2)")
          db.record(Self.happened)
        }
        Issue.record("a broken CHECK was taken")
      } catch let error as StorageError {
        #expect(error.isConstraint)
      }
    }
  }
}
