import HTTPTypes
import NIOCore
import Testing

@testable import Web

@Suite struct CacheTests {
  @Test func keptUntilTheDatabaseChanges() async throws {
    let fixture = try Fixture()
    let first = try await fixture.client.get("/en/things")
    let second = try await fixture.client.get("/en/things")
    #expect(fixture.handled.value == 1 && first.bytes == second.bytes)
    let own: (TestClient.Answer) -> [String] = {
      $0.headers.filter { $0.name != "X-Request-ID" }.map { "\($0.name): \($0.value)" }.sorted()
    }
    #expect(own(first) == own(second))
    fixture.revision.add()
    _ = try await fixture.client.get("/en/things")
    #expect(fixture.handled.value == 2)
  }

  @Test func apartByEverythingThatChangesTheBytes() async throws {
    let fixture = try Fixture()
    let asked: [(String, [(String, String)])] = [
      ("/en/things", []), ("/ar/things", []), ("/en/things?q=1", []), ("/en/things.csv", []),
      ("/api/v1/things", []),
      ("/en/things", [("Accept", "application/json")]), ("/en/things", [("Cookie", "wasl_session=operator")]),
      ("/en/things", [("Cookie", "wasl_session=kenya")]), ("/en/things", [("Cookie", "wasl_session=kenya2")]),
      ("/api/v1/things", [("Accept-Language", "fr")]),
    ]
    for (path, headers) in asked { _ = try await fixture.client.get(path, headers) }
    // The two people of Kenya are of one class and share their page; the whole list as CSV takes two parts.
    #expect(fixture.handled.value == UInt64(asked.count))
    for (path, headers) in asked { _ = try await fixture.client.get(path, headers) }
    #expect(fixture.handled.value == UInt64(asked.count))
    let operatorPage = try await fixture.client.get("/en/things", [("Cookie", "wasl_session=operator")])
    #expect(
      operatorPage.text.contains("Things for operator")
        && operatorPage.header("Cache-Control") == "private, no-store")
    let guestPage = try await fixture.client.get("/en/things", [("Cookie", "wasl_session=forged")])
    #expect(guestPage.text.contains("Things for guest") && guestPage.header("Cache-Control") == "no-cache")
  }

  @Test func aPageWithATokenIsNeverKept() async throws {
    let fixture = try Fixture()
    let one = try await fixture.client.get("/en/things/new")
    let other = try await fixture.client.get("/en/things/new")
    #expect(fixture.handled.value == 2 && one.header("Set-Cookie") != other.header("Set-Cookie"))
    #expect(one.header("Cache-Control") == "private, no-store")
  }

  @Test func keepsOnlySoMuch() {
    let cache = PageCache(limit: 100_000)
    func entry(_ revision: UInt64) -> PageCache.Entry {
      let headers: HTTPFields = [.eTag: "\"a\""]
      let plain = PageCache.Form(headers: headers, body: ByteBuffer(repeating: 65, count: 4000))
      let packed = PageCache.Form(headers: headers, body: ByteBuffer(repeating: 65, count: 1000))
      return PageCache.Entry(
        revision: revision, plain: plain!, packed: packed, pattern: "", language: "en")
    }
    func key(_ index: Int) -> PageCache.Key {
      PageCache.Key(target: "/\(index)", format: .html, language: "en", viewer: "g")
    }
    for index in 0..<200 {
      cache.keep(entry(1), as: key(index))
      _ = cache.find(key(0), revision: 1)
      #expect(cache.size.bytes <= 100_000)
    }
    // What is asked for all the time stays.
    #expect(
      cache.find(key(0), revision: 1) != nil && cache.find(key(1), revision: 1) == nil
        && cache.find(key(199), revision: 1) != nil)
    #expect(cache.find(key(199), revision: 2) == nil && cache.find(key(199), revision: 1) == nil)
    let none = PageCache(limit: 0)
    none.keep(entry(1), as: key(1))
    #expect(none.size.entries == 0)
  }
}
