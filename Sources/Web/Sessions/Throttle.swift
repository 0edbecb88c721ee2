package import Storage

/// Slows down guessing: after some failures in one network a growing delay, 30 seconds to 15 minutes, never for good.
///
/// What is tried is named by kind: `account:…`, `network:…`, `link:…`. An attempt during a delay is refused without
/// being counted, so that a delay cannot be prolonged; what failed is forgotten after a day.
package enum Throttle {
  private static let first: Int64 = 30
  private static let longest: Int64 = 900
  private static let window: Int64 = 86_400

  /// Failures before the first delay. Many people may share a network.
  static func free(_ what: String) -> Int64 { what.hasPrefix("network:") ? 20 : 5 }

  static func delay(failures: Int64, free: Int64) -> Int64 {
    guard failures >= free else { return 0 }
    var delay = first
    for _ in 0..<min(failures - free, 10) { delay = min(longest, delay * 2) }
    return delay
  }

  /// Seconds still to wait, nil when it may be tried now.
  package static func wait(_ what: [String], in database: Database) async throws -> Int64? {
    try await database.read { try wait(what, in: $0) }
  }
  private static func wait(_ what: [String], in db: Reader) throws -> Int64? {
    let until: String? = try db.value("SELECT max(until) FROM sys_attempt WHERE what IN \(list: what)")
    guard let until, until > db.now, let end = Clock.seconds(until), let now = Clock.seconds(db.now) else {
      return nil
    }
    return min(end - now, longest)
  }

  /// Counts an attempt as failed before it is looked at, so that many sent at once are counted too; `passed` takes
  /// it back.
  /// - Parameter slowing: counted too, yet never refused: too many attempts on it make all its answers slower, by a
  ///   little, so that nobody is kept out by others.
  /// - Returns: milliseconds by which the answer is to be delayed, at most `longestPause`.
  /// - Throws: `Problem` 429 when it must wait; the attempt is then not counted.
  @discardableResult
  package static func begin(
    _ what: [String], slowing: String? = nil, in database: Database
  ) async throws -> Int64 {
    let (seconds, tried): (Int64?, Int64) = try await database.housekeeping { db in
      if let seconds = try wait(what, in: db) { return (seconds, 0) }
      let now = db.now
      var tried: Int64 = 0
      if let slowing {
        tried = (try db.value("SELECT failures FROM sys_attempt WHERE what = \(slowing)") ?? 0) + 1
        try db.run(
          """
          INSERT INTO sys_attempt (what, failures, since) VALUES (\(slowing), 1, \(now))
          ON CONFLICT (what) DO UPDATE SET failures = \(tried)
          """)
      }
      try db.run("DELETE FROM sys_attempt WHERE since < \(Sessions.later(now, -window))")
      for one in what {
        let known: Int64? = try db.value("SELECT failures FROM sys_attempt WHERE what = \(one)")
        let failures = (known ?? 0) + 1
        let delay = delay(failures: failures, free: free(one))
        let until = delay > 0 ? Sessions.later(now, delay) : nil
        if known == nil {
          try db.run(
            "INSERT INTO sys_attempt (what, failures, since, until) VALUES (\(one), \(failures), \(now), \(until))"
          )
        } else {
          try db.run("UPDATE sys_attempt SET failures = \(failures), until = \(until) WHERE what = \(one)")
        }
      }
      return (nil, tried)
    }
    if let seconds { throw Problem.wait(seconds: seconds) }
    return tried > freeOfPause ? min(longestPause, (tried - freeOfPause) * 100) : 0
  }
  /// Attempts from everywhere before answers become slower, and the longest delay in milliseconds.
  private static let freeOfPause: Int64 = 10
  static let longestPause: Int64 = 2_000

  /// The right one came: failures of the account or link are forgotten, of the network only this attempt, since
  /// others may be guessing from there.
  package static func passed(_ what: [String], in database: Database) async throws {
    try await database.housekeeping { db in
      for one in what {
        if one.hasPrefix("network:") {
          try db.run(
            "UPDATE sys_attempt SET failures = failures - 1, until = NULL WHERE what = \(one) AND failures > 0"
          )
        } else {
          try db.run("DELETE FROM sys_attempt WHERE what = \(one)")
        }
      }
    }
  }
}
