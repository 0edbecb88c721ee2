import Storage
import Synchronization
import Testing

@testable import Web

/// A bound for everyone, by network and by session.
@Suite struct RateTests {
  private final class Time: Sendable {
    let text = Mutex("2026-01-15T09:30:10Z")
    func move(to moment: String) { text.withLock { $0 = moment } }
    var clock: Clock { Clock { self.text.withLock { $0 } } }
  }

  @Test func networksAndSessions() {
    let time = Time()
    let counter = RateCounter(RateLimit(network: 5, session: 3), clock: time.clock)
    for left in [4, 3, 2, 1, 0] {
      let verdict = counter.note(network: "192.0.2.0/24", session: nil)
      #expect(verdict.left == left && !verdict.isOver && verdict.seconds == 50)
    }
    #expect(counter.note(network: "192.0.2.0/24", session: nil).isOver)
    // Another network, and one session in it.
    for index in 1...4 {
      let verdict = counter.note(network: "198.51.100.0/24", session: "s")
      #expect(verdict.isOver == (index == 4) && verdict.name == "session")
    }
    #expect(!counter.note(network: "198.51.100.0/24", session: "other").isOver)
    // The next minute begins anew.
    time.move(to: "2026-01-15T09:31:00Z")
    #expect(counter.note(network: "192.0.2.0/24", session: nil).left == 4)
    // A bound of a route's own.
    for index in 1...3 {
      let isRefused = (try? counter.check("codes", network: "n", limit: 2)) == nil
      #expect(isRefused == (index == 3))
    }
  }

  @Test func refusedWithTheTimeToWait() async throws {
    let time = Time()
    let fixture = try Fixture(
      extra: [Route.get("codes", access: .everyone) { call in call.json(.bool(true)) }.limited(to: 2)],
      clock: time.clock
    ) { $0.rate = RateLimit(network: 8, session: 4) }
    let first = try await fixture.client.get("/en/things")
    #expect(first.header("RateLimit-Policy") == "\"network\";q=8;w=60")
    #expect(first.header("RateLimit") == "\"network\";r=7;t=50")
    // A kept page counts as well.
    #expect(try await fixture.client.get("/en/things").header("RateLimit") == "\"network\";r=6;t=50")
    let own = try await fixture.client.get("/en/things", [("Cookie", "wasl_session=kenya")])
    #expect(own.header("RateLimit") == "\"session\";r=3;t=50")
    for _ in 0..<2 { #expect(try await fixture.client.get("/api/v1/codes").status == 200) }
    let codes = try await fixture.client.get("/api/v1/codes")
    #expect(codes.status == 429 && codes.header("Retry-After") == "50")
    for _ in 0..<3 { _ = try await fixture.client.get("/en/things") }
    for path in ["/en/things", "/api/v1/things", "/en/nowhere"] {
      let refused = try await fixture.client.get(path)
      #expect(refused.status == 429 && refused.header("Retry-After") == "50", "\(path)")
      #expect(refused.header("RateLimit") == "\"network\";r=0;t=50")
    }
    #expect(try await fixture.client.get("/api/v1/things").text.contains("\"code\":\"web.too-many\""))
    // Those who watch the site are answered all the same.
    #expect(try await fixture.client.get("/healthz").status == 200)
    time.move(to: "2026-01-15T09:31:00Z")
    #expect(try await fixture.client.get("/en/things").status == 200)
    // Without the setting nothing is counted and nothing said.
    let plain = try Fixture()
    #expect(try await plain.client.get("/en/things").header("RateLimit") == nil)
  }
}
