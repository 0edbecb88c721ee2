import HTTPTypes
import Storage
import Synchronization

/// How many requests are answered in a minute. Generous: a person never meets it, a program that floods the site does.
package struct RateLimit: Sendable {
  /// From one network, which many people may share (an office behind one address).
  package var network: Int
  /// In one session, or with one key of a program.
  package var session: Int
  package init(network: Int = 1200, session: Int = 600) {
    self.network = network
    self.session = session
  }
}

/// Counts of the present minute, in the memory of this process.
final class RateCounter: Sendable {
  static let window: Int64 = 60
  /// Senders counted one by one; those beyond share a count, so that a flood of addresses takes no memory.
  private static let mostKeys = 100_000

  struct Verdict: Sendable {
    /// What bounds the sender most closely: `network`, `session`.
    let name: String
    let limit: Int
    let left: Int
    /// Seconds until the minute is over.
    let seconds: Int64
    var isOver: Bool { left < 0 }
  }
  private struct State {
    var minute: Int64 = -1
    var counts: [String: Int] = [:]
  }
  private let state = Mutex(State())
  private let limit: RateLimit
  private let clock: Clock

  init(_ limit: RateLimit, clock: Clock) {
    self.limit = limit
    self.clock = clock
  }

  /// Counts a request under its network and, for someone who is signed in, under the session.
  func note(network: String, session: String?) -> Verdict {
    let one = count("network|" + network, "network", limit.network)
    guard let session else { return one }
    let other = count("session|" + session, "session", limit.session)
    return one.isOver || (!other.isOver && one.left < other.left) ? one : other
  }
  /// Counts a request under a bound of its own.
  /// - Throws: 429 beyond it.
  func check(_ name: String, network: String, limit: Int) throws {
    let verdict = count(name + "|" + network, name, limit)
    if verdict.isOver { throw Problem.tooMany(seconds: verdict.seconds) }
  }

  private func count(_ key: String, _ name: String, _ limit: Int) -> Verdict {
    let now = Clock.seconds(clock.now()) ?? 0
    let minute = now / Self.window
    let seen = state.withLock { state in
      if state.minute != minute {
        state.minute = minute
        state.counts.removeAll(keepingCapacity: state.counts.count < 10_000)
      }
      let key = state.counts.count >= Self.mostKeys && state.counts[key] == nil ? "others" : key
      let seen = (state.counts[key] ?? 0) + 1
      state.counts[key] = seen
      return seen
    }
    return Verdict(name: name, limit: limit, left: limit - seen, seconds: (minute + 1) * Self.window - now)
  }
}

extension HTTPFields {
  /// `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers).
  mutating func set(_ verdict: RateCounter.Verdict) {
    set("RateLimit-Policy", "\"\(verdict.name)\";q=\(verdict.limit);w=\(RateCounter.window)")
    set("RateLimit", "\"\(verdict.name)\";r=\(verdict.isOver ? 0 : verdict.left);t=\(verdict.seconds)")
  }
}
