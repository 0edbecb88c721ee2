import Language
import TestKit
import Testing
import Web

/// A first view is small enough for a slow line: page and style sheet together, as they go over the wire.
@Suite struct BudgetTests {
  static let most = 50_000

  @Test func everyFirstViewIsSmall() async throws {
    try await TestSite.with(.sqlite) { site in
      let records = try await AccessRecords.fill(site)
      let mount = try await site.mount()
      let client = TestClient(mount)
      let gzip = [("Accept-Encoding", "gzip")]
      let home = try await client.get("/en", gzip)
      let plain = try await client.get("/en")
      #expect(home.header("Content-Encoding") == "gzip")
      let style = try #require(plain.text.firstMatch(of: /href="(\/assets\/[^"]+\.css)"/)).1
      let sheet = try await client.get(String(style), gzip).bytes.count
      var greatest = (bytes: 0, address: "")
      var pages = 0
      for route in mount.routes where route.method == .get && route.faces.contains(.page) {
        for (_, path) in records.paths(route) {
          for language in Language.all {
            let address = "/\(language.code)" + (path.isEmpty ? "" : "/\(path)")
            for token in [nil, RoutesTests.entitled[0]] {
              let answer = try await client.get(address, gzip + TestViewers.header(token))
              guard answer.header("Content-Type")?.hasPrefix("text/html") == true else { continue }
              pages += 1
              let bytes = answer.bytes.count + sheet
              if bytes > greatest.bytes { greatest = (bytes, address) }
              #expect(bytes <= Self.most, "\(address): \(bytes) bytes")
            }
          }
        }
      }
      #expect(pages > 300)
      print(
        "summary: \(pages) first views of at most \(greatest.bytes) bytes (\(greatest.address)), style sheet \(sheet) of them"
      )
    }
  }

  /// One request for style, nothing from elsewhere, and no picture that the page does not carry itself.
  @Test func nothingElseIsFetched() async throws {
    try await TestSite.with(.sqlite) { site in
      let records = try await AccessRecords.fill(site)
      let mount = try await site.mount()
      let client = TestClient(mount)
      for route in mount.routes
      where route.method == .get && route.faces.contains(.page) && route.access == .everyone {
        for (_, path) in records.paths(route) {
          let text = try await client.get("/ar" + (path.isEmpty ? "" : "/\(path)")).text
          let sources = text.matches(
            of: /(?:<(?:img|script|iframe|source|video|audio)[^>]*src|<link[^>]*href)="([^"]+)"/)
          for source in sources {
            #expect(source.1.hasPrefix("/"), "\(path) fetches \(source.1)")
          }
          #expect(text.components(separatedBy: "rel=\"stylesheet\"").count <= 2, "\(path)")
        }
      }
    }
  }
}
