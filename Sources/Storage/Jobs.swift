/// Background work that a recorded event starts, after the commit of the change that recorded it.
package struct Job: Sendable {
  /// Stable name, `activities.import`.
  package let kind: String
  let event: String
  let run: @Sendable (JobCall) async throws -> Void

  /// `run` ends with `call.finish { writer in … }`: effect and "done" are one transaction, so that a crash
  /// repeats the work but never doubles it.
  package static func on(
    _ event: String, _ kind: String, _ run: @escaping @Sendable (JobCall) async throws -> Void
  ) -> Job {
    Job(kind: kind, event: event, run: run)
  }
}

package struct JobCall: Sendable {
  package let database: Database
  package let subject: String
  package let record: String
  let id: Int64

  /// Writes the effect and marks the job done.
  package func finish<T: Sendable>(by actor: Actor, _ body: @escaping @Sendable (Writer) throws -> T)
    async throws -> T
  {
    let id = id
    return try await database.submit { connection in
      let writer = Writer(connection, context: database.context, actor: actor)
      defer { writer.end() }
      let value = try body(writer)
      try writer.finish()
      try connection.query(
        "UPDATE sys_job SET state = 'done', leased_until = NULL, error = NULL WHERE id = \(id)")
      return value
    }
  }
}

extension DatabaseContext {
  func enqueue(_ event: Event, entry: Int64, at now: String, on connection: any Connection) throws {
    for job in jobs where job.event == event.name {
      try connection.query(
        """
        INSERT INTO sys_job (kind, event, subject, record, due_at)
        VALUES (\(job.kind), \(entry), \(event.subject), \(event.record), \(now))
        """)
    }
  }
}

extension Database {
  private struct Claim: Sendable {
    let id: Int64
    let kind: String
    let subject: String
    let record: String
    let attempts: Int
  }
  /// Delay before each further attempt, in seconds; after the last the job is shown as failed.
  private static let delays: [Int64] = [60, 300, 900, 3_600, 10_800, 43_200, 86_400]
  private static let leaseSeconds: Int64 = 900

  /// Runs the next due job; false when there is none.
  package func runNextJob() async throws -> Bool {
    let now = context.clock.now()
    let seconds = Clock.seconds(now) ?? 0
    let lease = Clock.text(seconds: seconds + Self.leaseSeconds)
    let claim: Claim? = try await submit(quietly: true) { connection in
      var found: Claim?
      try connection.query(
        """
        SELECT id, kind, subject, record, attempts FROM sys_job
        WHERE state = 'waiting' AND due_at <= \(now) AND (leased_until IS NULL OR leased_until < \(now))
        ORDER BY due_at, id LIMIT 1
        """
      ) {
        found = Claim(
          id: $0.int(0) ?? 0, kind: $0.text(1) ?? "", subject: $0.text(2) ?? "", record: $0.text(3) ?? "",
          attempts: Int($0.int(4) ?? 0))
      }
      if let found {
        try connection.query(
          "UPDATE sys_job SET leased_until = \(lease), attempts = attempts + 1 WHERE id = \(found.id)")
      }
      return found
    }
    guard let claim else { return false }
    do {
      guard let job = context.jobs.first(where: { $0.kind == claim.kind }) else {
        throw StorageError.closed("job \(claim.kind), which this program does not know,")
      }
      try await job.run(JobCall(database: self, subject: claim.subject, record: claim.record, id: claim.id))
    } catch {
      let text = "\(error)"
      let isLast = claim.attempts >= Self.delays.count
      let due = Clock.text(seconds: seconds + Self.delays[min(claim.attempts, Self.delays.count - 1)])
      let state = isLast ? "failed" : "waiting"
      try await submit { connection in
        try connection.query(
          """
          UPDATE sys_job SET state = \(state), error = \(text), due_at = \(due), leased_until = NULL
          WHERE id = \(claim.id)
          """)
      }
    }
    return true
  }
  /// Runs until nothing is due (tests, commands).
  package func runJobs() async throws { while try await runNextJob() {} }
}
