/// Work that the clock starts: once a day, however many servers run.
extension Job {
  /// The event that begins a day, with its date as the record.
  package static let dayBegan = "clock.day"

  /// `run` ends with `call.finish`, as that of any job; `call.record` is the UTC day.
  package static func daily(_ kind: String, _ run: @escaping @Sendable (JobCall) async throws -> Void) -> Job
  {
    .on(dayBegan, kind, run)
  }
}

extension Database {
  /// Starts the jobs of today, unless they were started already: the first server to ask writes the day down, and
  /// writers come one after another.
  ///
  /// - Returns: whether the day began now.
  @discardableResult
  package func beginDay() async throws -> Bool {
    let today = String(context.clock.now().prefix(10))
    let known = try await read {
      try $0.value("SELECT value FROM sys_fact WHERE name = 'clock.day'", as: String.self)
    }
    guard known != today else { return false }
    return try await write(by: .system) { db in
      let latest: String? = try db.value("SELECT value FROM sys_fact WHERE name = 'clock.day'")
      // A clock that went back starts no day a second time.
      if let latest, latest >= db.today { return false }
      try db.run(
        """
        INSERT INTO sys_fact (name, value) VALUES ('clock.day', \(db.today))
        ON CONFLICT (name) DO UPDATE SET value = \(db.today)
        """)
      db.record(
        Event(Job.dayBegan, subject: "day", record: db.today, before: latest.map { ["day": $0] } ?? [:]))
      return true
    }
  }
}
