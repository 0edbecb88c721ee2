import Storage
import TestKit
import Testing

@Suite struct TransactionTests {
  struct Stop: Error {}

  @Test(arguments: TestSite.engines) func aChangeWithoutAnEntryIsUndone(on engine: Engine) async throws {
    try await ConformanceTests.with(engine) { database in
      await #expect {
        try await database.write(by: .system) { try $0.run("INSERT INTO thing (name) VALUES ('silent')") }
      } throws: { "\($0)".contains("INSERT INTO thing") }
      // Sent-ahead statements count as changes too.
      await #expect(throws: StorageError.self) {
        try await database.write(by: .system) { db in
          try db.statement("INSERT INTO pair (a, b) VALUES (?, ?)").run {
            $0.int(1)
            $0.text("silent")
          }
        }
      }
      // Reading only needs no entry.
      let count = try await database.write(by: .system) {
        try $0.value("SELECT count(*) FROM thing", as: Int.self)
      }
      #expect(count == 0)
      #expect(try await database.read { try $0.value("SELECT count(*) FROM pair", as: Int.self) } == 0)
    }
  }

  @Test(arguments: TestSite.engines) func oneThatFailsUndoesOnlyItself(on engine: Engine) async throws {
    try await ConformanceTests.with(engine) { database in
      try await withThrowingTaskGroup(of: Bool.self) { group in
        for number in 0..<60 {
          group.addTask {
            do {
              try await database.write(by: .system) { db in
                try db.run("INSERT INTO pair VALUES (\(number), 'x')")
                db.record(ConformanceTests.happened)
                if number % 3 == 0 { throw Stop() }
                // A failing statement inside, which PostgreSQL answers with an aborted transaction.
                if number % 3 == 1 { try db.run("INSERT INTO pair VALUES (\(number), 'x')") }
              }
              return true
            } catch { return false }
          }
        }
        var done = 0
        for try await isDone in group where isDone { done += 1 }
        #expect(done == 20)
      }
      let kept = try await database.read { try $0.values("SELECT a FROM pair ORDER BY a", as: Int.self) }
      #expect(kept == (0..<60).filter { $0 % 3 == 2 })
      #expect(try await database.read { try Audit.verify(in: $0) }.entries == 20)
    }
  }

  @Test(arguments: TestSite.engines) func theTrailIsAppendOnlyAndChained(on engine: Engine) async throws {
    try await ConformanceTests.with(engine) { database in
      for number in 1...5 {
        try await database.write(by: Actor("tester", onBehalf: "KEN", request: "r\(number)", language: "ar"))
        { db in
          try db.run("INSERT INTO pair VALUES (\(number), 'x')")
          db.record(
            Event(
              "thing.changed", subject: "thing", record: "\(number)", before: ["a": "\"x\"\n"],
              after: ["a": "وصل"]))
        }
      }
      let verdict = try await database.read { try Audit.verify(in: $0) }
      #expect(verdict.entries == 5 && verdict.brokenAt == nil)
      let history = try await database.read {
        try Audit.history(subject: "thing", record: "3", limit: 10, in: $0)
      }
      #expect(
        history.count == 1 && history[0].onBehalf == "KEN" && history[0].detail.contains("\\\"x\\\"\\n"))
      for change: SQL in [
        "UPDATE sys_audit SET actor = 'x' WHERE id = 2", "DELETE FROM sys_audit WHERE id = 5",
      ] {
        await #expect(throws: StorageError.self) { try await database.housekeeping { try $0.run(change) } }
      }
    }
  }

  @Test(arguments: TestSite.engines) func housekeepingTouchesItsOwnTablesOnly(on engine: Engine) async throws
  {
    try await ConformanceTests.with(engine) { database in
      await #expect(throws: StorageError.self) {
        try await database.housekeeping { try $0.run("INSERT INTO thing (name) VALUES ('x')") }
      }
      await #expect(throws: StorageError.self) {
        try await database.housekeeping { try $0.run("DELETE FROM pair") }
      }
      try await database.housekeeping { try $0.run("INSERT INTO sys_fact VALUES ('a', 'b')") }
      #expect(try await database.read { try $0.value("SELECT value FROM sys_fact", as: String.self) } == "b")
    }
  }

  @Test(arguments: TestSite.engines) func readersSeeOneState(on engine: Engine) async throws {
    try await ConformanceTests.with(engine) { database in
      try await database.write(by: .system) { db in
        try db.run("INSERT INTO pair VALUES (1, 'x')")
        db.record(ConformanceTests.happened)
      }
      let revision = database.revision
      #expect(revision > 1)
      try await database.watch()
      try await database.write(by: .system) { db in
        try db.run("INSERT INTO pair VALUES (2, 'x')")
        db.record(ConformanceTests.happened)
      }
      #expect(database.revision > revision)
    }
  }

  final class Total: Accumulator {
    private var sum = 0
    func add(_ number: Int) { sum += number }
    func finish(in db: Writer) throws {
      try db.run("INSERT INTO pair VALUES (\(sum), 'sum')")
      if sum == 6 { throw Stop() }
    }
  }
  static let topic = Topic<Int>("test.number")

  @Test(arguments: TestSite.engines) func reactionsRunInsideTheTransaction(on engine: Engine) async throws {
    let context = DatabaseContext(clock: TestSite.clock, reactions: [Self.topic.reaction { _ in Total() }])
    try await ConformanceTests.with(engine, context: context) { database in
      try await database.write(by: .system) { db in
        try db.publish(Self.topic, 1)
        try db.publish(Self.topic, 2)
        db.record(ConformanceTests.happened)
      }
      await #expect(throws: Stop.self) {
        try await database.write(by: .system) { db in
          try db.run("INSERT INTO pair VALUES (100, 'change')")
          try db.publish(Self.topic, 6)
          db.record(ConformanceTests.happened)
        }
      }
      let kept = try await database.read { try $0.values("SELECT a FROM pair ORDER BY a", as: Int.self) }
      #expect(kept == [3])
    }
  }
}
