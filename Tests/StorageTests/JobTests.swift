import Storage
import Synchronization
import TestKit
import Testing

@Suite struct JobTests {
  struct Broken: Error {}

  @Test(arguments: TestSite.engines) func anEventStartsItsJobOnce(on engine: Engine) async throws {
    let context = DatabaseContext(
      clock: TestSite.clock,
      jobs: [
        .on("thing.changed", "test.copy") { call in
          let record = call.record
          try await call.finish(by: .system) { db in
            try db.run("INSERT INTO pair VALUES (\(Int(record) ?? 0), 'copied')")
            db.record(Event("pair.copied", subject: "pair", record: record))
          }
        }
      ])
    try await ConformanceTests.with(engine, context: context) { database in
      for number in 1...3 {
        try await database.write(by: .system) { db in
          db.record(Event("thing.changed", subject: "thing", record: String(number)))
        }
      }
      // Undone with its change.
      _ = try? await database.write(by: .system) { db in
        db.record(Event("thing.changed", subject: "thing", record: "9"))
        throw Broken()
      }
      try await database.runJobs()
      try await database.runJobs()
      #expect(
        try await database.read { try $0.values("SELECT a FROM pair ORDER BY a", as: Int.self) } == [1, 2, 3])
      #expect(
        try await database.read {
          try $0.value("SELECT count(*) FROM sys_job WHERE state = 'done'", as: Int.self)
        } == 3)
    }
  }

  @Test(arguments: TestSite.engines) func aJobThatFailsIsTriedLaterAndKeepsItsError(on engine: Engine)
    async throws
  {
    let now = Mutex("2026-06-15T09:30:00Z")
    let attempts = Mutex(0)
    let context = DatabaseContext(
      clock: Clock { now.withLock { $0 } },
      jobs: [
        .on("thing.changed", "test.break") { call in
          attempts.withLock { $0 += 1 }
          throw Broken()
        }
      ])
    try await ConformanceTests.with(engine, context: context) { database in
      try await database.write(by: .system) {
        $0.record(Event("thing.changed", subject: "thing", record: "1"))
      }
      try await database.runJobs()
      #expect(attempts.withLock { $0 } == 1)
      try await database.runJobs()
      #expect(attempts.withLock { $0 } == 1)
      for day in 16...30 {
        now.withLock { $0 = "2026-06-\(day)T09:30:00Z" }
        try await database.runJobs()
      }
      #expect(attempts.withLock { $0 } == 8)
      let state = try await database.read { try $0.value("SELECT state FROM sys_job", as: String.self) }
      let error = try await database.read { try $0.value("SELECT error FROM sys_job", as: String.self) }
      #expect(state == "failed" && error?.contains("Broken") == true)
    }
  }
}
