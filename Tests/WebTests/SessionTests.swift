import Storage
import Synchronization
import Testing

@testable import Web

@Suite struct SessionTests {
  private func site(https: Bool = false, clock: Clock = .fixed("2026-01-15T09:30:00Z")) throws -> (
    Fixture, OperatorSessions
  ) {
    let sessions = OperatorSessions(
      linkKey: "right-key", apiKey: "api-key", secret: Fixture.secret, clock: clock, https: https)
    return (try Fixture(sessions: sessions, extra: sessions.routes, https: https), sessions)
  }

  @Test func theLinkWorksOnce() async throws {
    let (fixture, _) = try site()
    #expect(try await fixture.client.get("/en/operator").status == 403)
    #expect(try await fixture.client.get("/en/operator?key=wrong").status == 403)
    let opened = try await fixture.client.get("/en/operator?key=right-key")
    #expect(opened.status == 303 && opened.header("Location") == "/en")
    let cookie = try #require(opened.header("Set-Cookie"))
    for part in ["wasl_session=1.", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=43200"] {
      #expect(cookie.contains(part))
    }
    #expect(!cookie.contains("Secure") && opened.header("Cache-Control") == "private, no-store")
    #expect(try await fixture.client.get("/en/operator?key=right-key").status == 403)
    let value = String(cookie.prefix { $0 != ";" })
    #expect(try await fixture.client.get("/en/secret", [("Cookie", value)]).status == 200)
    #expect(try await fixture.client.get("/en/things", [("Cookie", value)]).text.contains("for operator"))
    // Every changed character makes it void.
    for index in value.indices.dropFirst("wasl_session=".count) {
      var forged = value
      forged.replaceSubrange(index...index, with: value[index] == "A" ? "B" : "A")
      #expect(try await fixture.client.get("/en/secret", [("Cookie", forged)]).status == 403)
    }
    #expect(try await fixture.client.get("/en/secret", [("Cookie", value + "; " + value)]).status == 403)
  }

  @Test func overTLS() async throws {
    let (fixture, _) = try site(https: true)
    let cookie = try #require(try await fixture.client.get("/en/operator?key=right-key").header("Set-Cookie"))
    #expect(cookie.hasPrefix("__Host-wasl_session=") && cookie.contains("; Secure"))
    let plain = cookie.prefix { $0 != ";" }.dropFirst("__Host-".count)
    #expect(try await fixture.client.get("/en/secret", [("Cookie", String(plain))]).status == 403)
  }

  @Test func itEnds() async throws {
    let now = Box("2026-01-15T09:30:00Z")
    let (fixture, _) = try site(clock: Clock { now.text.withLock { $0 } })
    let cookie = try #require(try await fixture.client.get("/en/operator?key=right-key").header("Set-Cookie"))
    let value = String(cookie.prefix { $0 != ";" })
    now.text.withLock { $0 = "2026-01-15T21:29:59Z" }
    #expect(try await fixture.client.get("/en/secret", [("Cookie", value)]).status == 200)
    now.text.withLock { $0 = "2026-01-15T21:30:00Z" }
    #expect(try await fixture.client.get("/en/secret", [("Cookie", value)]).status == 403)
  }
  private final class Box: Sendable {
    let text: Mutex<String>
    init(_ text: String) { self.text = Mutex(text) }
  }

  @Test func keys() async throws {
    let (fixture, _) = try site()
    #expect(
      try await fixture.client.get("/api/v1/secret", [("Authorization", "Bearer api-key")]).status == 200)
    for header in ["Bearer api-ke", "Bearer api-keyy", "Bearer", "Basic api-key", "Bearer right-key", ""] {
      #expect(
        try await fixture.client.get("/api/v1/secret", [("Authorization", header)]).status == 401, "\(header)"
      )
    }
    #expect(
      OperatorSessions.newKey() != OperatorSessions.newKey() && OperatorSessions.newKey().utf8.count == 32)
  }

  /// RFC 4231, cases 1, 2 and 6.
  @Test func hmac() {
    let cases: [(key: [UInt8], text: String, hex: String)] = [
      (
        [UInt8](repeating: 0x0B, count: 20), "Hi There",
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
      ),
      (
        Array("Jefe".utf8), "what do ya want for nothing?",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
      ),
      (
        [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
      ),
    ]
    for row in cases { #expect(Digest.hex(Seal.hmac(Array(row.text.utf8), key: row.key)) == row.hex) }
    #expect(Seal.equal("a", "a") && !Seal.equal("a", "b") && !Seal.equal("a", "aa") && Seal.equal("", ""))
    #expect(
      Base64URL.decode(Base64URL.encode([0, 255, 16])) == [0, 255, 16] && Base64URL.decode("A") == nil
        && Base64URL.decode("AB=") == nil)
  }

  @Test func grants() {
    let wide = Viewer(role: .officer, sees: [], grants: .these([.publishThing: [.anywhere]]))
    let narrow = Viewer(
      role: .focalPoint, state: "KEN", sees: [], grants: .these([.publishThing: [.ofOwnState]]))
    for scope in Scope.allCases { #expect(wide.may(.publishThing, scope)) }
    #expect(
      narrow.may(.publishThing, .ofOwnState) && !narrow.may(.publishThing, .anywhere)
        && !narrow.may("other", .ofOwnState))
    #expect(!Viewer.guest.may(.publishThing, .anywhere) && Viewer.operator.may("anything", .anywhere))
    let classes = [
      Viewer.guest, .operator, wide, narrow,
      Viewer(role: .focalPoint, state: "PER", sees: [], grants: narrow.grants),
    ]
    #expect(Set(classes.map(\.classKey)).count == classes.count)
  }
}
