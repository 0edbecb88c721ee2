import Documents
import Foundation
import HTTPTypes
import NIOCore
import Testing

@testable import Web

/// Answers packed with gzip: the same bytes once unpacked, their own tag, the cost paid once.
@Suite struct PackingTests {
  static let long: Route = .get("long", access: .everyone, cached: true) { call in
    call.page(Page("Long") { (0..<200).map { p("Paragraph \($0) for \(call.viewer.role.rawValue)") } })
  }
  private static let gzip = [("Accept-Encoding", "gzip, deflate, br")]

  private func unpacked(_ bytes: [UInt8]) throws -> [UInt8] {
    let source = GunzipBytes(MemoryBytes(bytes))
    var result: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = try source.read(into: buffer)
      if count == 0 { return result }
      result += buffer[0..<count]
    }
  }
  private func without(_ text: String) -> String { text.replacing(/<p class="printed">.*?<\/p>/, with: "") }

  @Test func samePageInBothForms() async throws {
    let fixture = try Fixture(extra: [Self.long])
    for round in 0..<2 {
      let plain = try await fixture.client.get("/en/long")
      let packed = try await fixture.client.get("/en/long", Self.gzip)
      #expect(try unpacked(packed.bytes) == plain.bytes, "round \(round)")
      #expect(packed.bytes.count * 3 < plain.bytes.count)
      #expect(packed.header("Content-Encoding") == "gzip" && plain.header("Content-Encoding") == nil)
      #expect(packed.header("Content-Length") == String(packed.bytes.count))
      for answer in [plain, packed] {
        #expect(answer.header("Vary")?.contains("Accept-Encoding") == true)
        #expect(answer.header("Content-Type") == "text/html; charset=utf-8")
      }
      let tags = try [plain, packed].map { try #require($0.header("ETag")) }
      #expect(tags[0] != tags[1] && tags[1] == Packing.tag(tags[0]))
      // Each form is known by its own tag.
      for (tag, headers, status) in [
        (tags[0], [], 304), (tags[1], Self.gzip, 304), (tags[0], Self.gzip, 200), (tags[1], [], 200),
      ] as [(String, [(String, String)], Int)] {
        let again = try await fixture.client.get("/en/long", headers + [("If-None-Match", tag)])
        #expect(again.status == status, "\(tag) \(headers)")
        if status == 304 {
          #expect(
            again.bytes.isEmpty && again.header("Content-Encoding") == nil && again.header("ETag") == tag)
          #expect(again.header("Vary")?.contains("Accept-Encoding") == true)
        }
      }
      let head = try await fixture.client.send("HEAD", "/en/long", Self.gzip)
      #expect(
        head.bytes.isEmpty && head.header("Content-Encoding") == "gzip" && head.header("ETag") == tags[1])
    }
  }

  @Test func thePackedFormIsKept() async throws {
    let fixture = try Fixture(extra: [Self.long])
    _ = try await fixture.client.get("/en/long")
    let key = PageCache.Key(target: "/en/long", format: .html, language: "en", viewer: Viewer.guest.classKey)
    let first = try #require(fixture.mount.site.cache.find(key, revision: 0)?.packed)
    let answer = try await fixture.client.get("/en/long", Self.gzip)
    #expect(answer.bytes == Array(first.body.readableBytesView))
  }

  @Test func whoAsksForWhat() {
    for header in ["gzip", "deflate, gzip;q=0.5", "*", "GZIP", "br, x-gzip", "identity;q=0, *;q=0.1"] {
      #expect(Packing.isAccepted(header), "\(header)")
    }
    for header in [nil, "", "identity", "br", "gzip;q=0", "*;q=0", "gzip;q=0, *", "zip"] {
      #expect(!Packing.isAccepted(header), "\(header ?? "nil")")
    }
    #expect(Packing.plain("\"v5-gz\", \"v6\"") == "\"v5\", \"v6\"" && Packing.plain("*") == "*")
    #expect(Packing.isPackable("text/csv; charset=utf-8; header=present") && !Packing.isPackable("image/png"))
    #expect(Packing.pack(ByteBuffer(repeating: 65, count: 1023)) == nil)
    #expect(Packing.pack(ByteBuffer(bytes: (0..<4000).map { _ in UInt8.random(in: 0...255) })) == nil)
  }

  /// A form's token is another text at each address; what one viewer sees tells nothing by its exact length.
  @Test func lengthsTellNoSecrets() async throws {
    let form = Route.get("form", access: .everyone, cached: true) { call in
      call.page(
        Page("Form") {
          FormFrame("things", call) { (0..<100).map { p("Line \($0)") } }
        })
    }
    let fixture = try Fixture(extra: [Self.long, form])
    let own = Self.gzip + [("Cookie", "wasl_session=kenya")]
    var tokens: Set<String> = []
    for address in ["/en/form?q=a", "/en/form?q=b", "/en/form", "/en/form"] {
      let answer = try await fixture.client.get(address, own)
      #expect(answer.header("Content-Encoding") == "gzip")
      let text = String(decoding: try unpacked(answer.bytes), as: UTF8.self)
      let token = String(try #require(text.firstMatch(of: /name="_csrf" value="([^"]+)"/)).1)
      tokens.insert(token)
      let sent = try await fixture.client.post(
        "/en/things", [("_csrf", token), ("title", "T")], [("Cookie", "wasl_session=kenya")])
      #expect(sent.status == 303)
      let other = try await fixture.client.post(
        "/en/things", [("_csrf", token), ("title", "T")], [("Cookie", "wasl_session=operator")])
      #expect(other.status == 403)
    }
    #expect(tokens.count == 3)
    var lengths: Set<Int> = []
    for _ in 0..<40 {
      fixture.revision.add()
      let answer = try await fixture.client.get("/en/long", own)
      #expect(answer.header("Content-Encoding") == "gzip")
      #expect(String(decoding: try unpacked(answer.bytes), as: UTF8.self).contains("focal_point"))
      lengths.insert(answer.bytes.count)
    }
    #expect(lengths.count > 5)
  }

  @Test func assetsAndData() async throws {
    let fixture = try Fixture(extra: [
      .get("numbers", access: .everyone) { call in
        call.json(.array((0..<2000).map { .int($0) }))
      }
    ])
    let page = try await fixture.client.get("/en")
    let style = try #require(page.text.firstMatch(of: /href="(\/assets\/wasl\.[0-9a-f]+\.css)"/)).1
    let plain = try await fixture.client.get(String(style))
    let packed = try await fixture.client.get(String(style), Self.gzip)
    #expect(try unpacked(packed.bytes) == plain.bytes && packed.bytes.count < 7000)
    #expect(packed.header("Cache-Control")?.contains("immutable") == true)
    #expect(packed.header("Vary") == "Accept-Encoding" && packed.header("ETag") != plain.header("ETag"))
    let data = try await fixture.client.get("/api/v1/numbers", Self.gzip)
    #expect(data.header("Content-Encoding") == "gzip")
    let small = try await fixture.client.get("/api/v1/things/5", Self.gzip)
    #expect(
      small.header("Content-Encoding") == nil && small.header("Vary")?.contains("Accept-Encoding") == true)
  }

  /// A version read in packed form is still that version.
  @Test func aVersionSurvivesPacking() async throws {
    let fixture = try Fixture()
    let answer = try await fixture.client.send(
      "PUT", "/api/v1/things/5", [("If-Match", "\"v3-gz\""), ("Content-Type", "application/json")],
      Array("{}".utf8))
    #expect(answer.text == #""\"v3\"""#, "\(answer.text)")
  }

  @Test func scriptsOnlyWhereAPageBringsOurs() async throws {
    let fixture = try Fixture(extra: [
      .get("sending", access: .everyone) { call in
        call.page(Page("Sending", usesScript: true) { h1("Sending") })
      }
    ])
    let plain = try await fixture.client.get("/en/things")
    let scripted = try await fixture.client.get("/en/sending")
    #expect(plain.header("Content-Security-Policy")?.contains("script-src") == false)
    let policy = try #require(scripted.header("Content-Security-Policy"))
    #expect(
      policy.contains("script-src 'self'") && policy.contains("connect-src 'self'")
        && !policy.contains("unsafe"))
    let address = try #require(scripted.text.firstMatch(of: /<script src="([^"]+)" defer>/)).1
    #expect(
      try await fixture.client.get(String(address)).header("Content-Type")?.hasPrefix("text/javascript")
        == true)
  }
}
