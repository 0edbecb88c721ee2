import Foundation
import Testing

@testable import Language
@testable import Web

@Suite struct FormTests {
  @Test func aFormOfOurs() async throws {
    let fixture = try Fixture()
    for session in [nil, "kenya"] as [String?] {
      let (cookie, token) = try await fixture.form(session: session)
      let answer = try await fixture.client.post(
        "/en/things", [("_csrf", token), ("title", "T")],
        [("Cookie", cookie), ("Origin", "http://localhost"), ("Sec-Fetch-Site", "same-origin")])
      #expect(answer.status == 303 && answer.header("Location") == "/en/things/9?made=T")
      #expect(answer.header("Cache-Control") == "private, no-store")
    }
  }

  @Test func forgedForms() async throws {
    let fixture = try Fixture()
    let (cookie, token) = try await fixture.form()
    let (otherCookie, _) = try await fixture.form()
    let rows: [(fields: [(String, String)], headers: [(String, String)], code: String)] = [
      ([], [], "old"), ([("_csrf", token)], [], "old"), ([], [("Cookie", cookie)], "old"),
      ([("_csrf", "x" + token)], [("Cookie", cookie)], "old"), ([("_csrf", "")], [("Cookie", cookie)], "old"),
      ([("_csrf", token)], [("Cookie", otherCookie)], "old"),
      ([("_csrf", token)], [("Cookie", cookie), ("Sec-Fetch-Site", "cross-site")], "another site"),
      ([("_csrf", token)], [("Cookie", cookie), ("Sec-Fetch-Site", "same-site")], "another site"),
      ([("_csrf", token)], [("Cookie", cookie), ("Origin", "https://evil.example")], "another site"),
      ([("_csrf", token)], [("Cookie", cookie), ("Origin", "null")], "another site"),
      ([("_csrf", token)], [("Cookie", cookie), ("Origin", "https://localhost")], "another site"),
      ([("_csrf", token)], [("Cookie", cookie + "; " + otherCookie)], "old"),
    ]
    for row in rows {
      let answer = try await fixture.client.post("/en/things", [("title", "T")] + row.fields, row.headers)
      #expect(answer.status == 403 && answer.text.contains(row.code), "\(row)")
    }
    #expect(fixture.handled.value == 2)
    // The API takes no cookie's word without the token either; a key needs none.
    let body = Array(#"{"title":"T"}"#.utf8)
    let json = ("Content-Type", "application/json")
    #expect(
      try await fixture.client.send("POST", "/api/v1/things", [json, ("Cookie", "wasl_session=kenya")], body)
        .status == 403)
    #expect(
      try await fixture.client.send("POST", "/api/v1/things", [json, ("Sec-Fetch-Site", "cross-site")], body)
        .status == 403)
    #expect(
      try await fixture.client.send(
        "POST", "/api/v1/things", [json, ("Authorization", "Bearer operator")], body
      ).status == 201)
    let (session, proper) = try await fixture.form(session: "kenya")
    #expect(
      try await fixture.client.send(
        "POST", "/api/v1/things", [json, ("Cookie", session), ("X-CSRF-Token", proper)], body
      ).status == 201)
  }

  @Test func faultsOnPageAndAPI() async throws {
    let fixture = try Fixture()
    let (cookie, token) = try await fixture.form()
    let page = try await fixture.client.post(
      "/en/things",
      [
        ("_csrf", token), ("title", "far too long <b>"), ("day-day", "30"), ("day-month", "2"),
        ("day-year", "2026"),
      ], [("Cookie", cookie)])
    #expect(page.status == 422 && page.text.contains("<title>Error: New"))
    #expect(
      page.text.contains("value=\"far too long &lt;b&gt;\"") && page.text.contains("href=\"#field-title\"")
        && page.text.contains("href=\"#field-day\""))
    let data = try await fixture.client.send(
      "POST", "/api/v1/things", [("Content-Type", "application/json")], Array(#"{"day":"2026-02-30"}"#.utf8))
    let json = try JSON.parse(data.bytes)
    #expect(data.status == 422)
    #expect(json["errors"]?.elements?.map { $0["pointer"]?.text } == ["#/title", "#/day"])
    #expect(json["errors"]?.elements?.allSatisfy { $0["detail"]?.text?.isEmpty == false } == true)
    let french = try await fixture.client.send(
      "POST", "/api/v1/things", [("Content-Type", "application/json"), ("Accept-Language", "fr")],
      Array("{}".utf8))
    #expect(french.header("Content-Language") == "fr")
  }

  @Test func bodiesThatAreNone() async throws {
    let client = try Fixture().client
    let rows: [(type: String?, body: [UInt8], status: Int)] = [
      ("application/json", Array("{".utf8), 400), ("application/json", Array("{\"a\":1,\"a\":2}".utf8), 400),
      ("application/json", [0xFF], 400),
      ("application/json", Array(String(repeating: "[", count: 1500).utf8), 400),
      ("text/plain", Array("x".utf8), 415), (nil, Array("x".utf8), 415),
      ("application/x-www-form-urlencoded", Array("title=%zz".utf8), 400),
      ("application/x-www-form-urlencoded", [0xFF], 400),
      ("application/x-www-form-urlencoded", Array(String(repeating: "a=1&", count: 499).utf8), 422),
      ("application/x-www-form-urlencoded", Array(String(repeating: "a=1&", count: 600).utf8), 413),
      ("multipart/form-data", Array("x".utf8), 400),
      ("multipart/form-data; boundary=" + String(repeating: "b", count: 71), Array("x".utf8), 400),
      ("application/json", [UInt8](repeating: 32, count: 2001), 413), (nil, [], 422),
    ]
    for row in rows {
      for pieces in [1, 7, Int.max] {
        let answer = try await client.send(
          "POST", "/api/v1/things", row.type.map { [("Content-Type", $0)] } ?? [], row.body, pieces: pieces)
        #expect(answer.status == row.status, "\(row.type ?? "-") \(row.status)")
      }
    }
    // A length that is told too large is refused before a byte is read, a false one while reading.
    let told = try await client.send(
      "POST", "/api/v1/things", [("Content-Type", "application/json"), ("Content-Length", "9999999")],
      Array("{}".utf8))
    #expect(told.status == 413)
    let lied = try await client.send(
      "POST", "/api/v1/things", [("Content-Type", "application/json"), ("Content-Length", "1")],
      [UInt8](repeating: 32, count: 5000))
    #expect(lied.status == 413)
  }

  // MARK: Files

  private func multipart(
    _ parts: [(headers: String, body: [UInt8])], end: String = "--", boundary: String = "b0"
  ) -> [UInt8] {
    var out: [UInt8] = []
    for part in parts {
      out += Array("--\(boundary)\r\n\(part.headers)\r\n\r\n".utf8) + part.body + [13, 10]
    }
    return out + Array("--\(boundary)\(end)\r\n".utf8)
  }
  private let type = ("Content-Type", "multipart/form-data; boundary=\"b0\"")

  @Test func files() async throws {
    let fixture = try Fixture()
    let content =
      (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 7) } + Array("\r\n--b".utf8) + Array("\r\n-".utf8)
    let body = multipart([
      ("Content-Disposition: form-data; name=\"title\"", Array("Zoë".utf8)),
      (
        "content-disposition: form-data; name=\"file\"; filename=\"../../etc/pass\u{202E}wd\"\r\nContent-Type: text/xml",
        content
      ),
      ("Content-Disposition: form-data; name=\"empty\"; filename=\"\"", []),
      ("Content-Disposition: form-data; name=\"none\"", []),
    ])
    for pieces in [1, 2, 3, 63, 4096, Int.max] {
      let answer = try await fixture.client.send("POST", "/api/v1/files", [type], body, pieces: pieces)
      #expect(
        answer.text == "\"file=passwd:\(content.count)|title=Zoë\\u0026none=\"", "\(pieces): \(answer.text)")
    }
  }

  @Test func hostileMultipart() async throws {
    let fixture = try Fixture()
    let good = "Content-Disposition: form-data; name=\"a\""
    let file = "Content-Disposition: form-data; name=\"f\"; filename=\"x\""
    let whole = multipart([(good, Array("x".utf8)), (file, Array("y".utf8))])
    var bodies: [(body: [UInt8], status: Int)] = [
      (multipart([(good, Array("x".utf8))], end: ""), 400),
      (multipart([(good, Array("x".utf8))], end: "x"), 400),
      (multipart([("X-Other: 1", Array("x".utf8))]), 400),
      (multipart([("Content-Disposition: attachment; name=\"a\"", [])]), 400),
      (multipart([("Content-Disposition: form-data", [])]), 400), (multipart([(good, [0xFF, 0xFE])]), 400),
      (multipart([(good, [0])]), 400),
      (multipart([("X: " + String(repeating: "h", count: 9000) + "\r\n" + good, [])]), 400),
      (
        multipart([
          ("Content-Disposition: form-data; name=\"" + String(repeating: "n", count: 300) + "\"", [])
        ]), 400
      ),
      (multipart(Array(repeating: (good, []), count: 501)), 400),
      (multipart([(file, [UInt8](repeating: 65, count: 300_000))]), 413),
      (Array("--b0\r\n\r\n\r\n--b0--".utf8), 400), (Array("--b0--".utf8), 200),
      (Array("preamble\r\n--b0--\r\nepilogue".utf8), 200),
      (multipart([(good, Array("x".utf8))], boundary: "other"), 400),
    ]
    for length in 0..<(whole.count - 3) {
      bodies.append((Array(whole.prefix(length)), length == 0 ? 400 : 400))
    }
    for (body, status) in bodies {
      let answer = try await fixture.client.send("POST", "/api/v1/files", [type], body, pieces: 97)
      #expect(answer.status == status, "\(body.count) bytes: \(answer.status)")
    }
    // A cut upload leaves no file behind.
    let left = try FileManager.default.contentsOfDirectory(
      atPath: fixture.mount.site.settings.uploadDirectory)
    #expect(left.filter { $0.hasPrefix("wasl-upload-\(getpid())") }.isEmpty)
  }

  @Test func uploadsAreGoneAfterTheCall() async throws {
    let folder = NSTemporaryDirectory() + "wasl-up-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let seen = Fixture.Lines()
    let route = Route.post("keep", access: .everyone, bodyLimit: 10_000) { call in
      let file = try #require(call.form.file("f"))
      let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
      seen.add(Array("\(try file.bytes().count) \(mode == 0o600) \(file.path.hasPrefix(folder))".utf8))
      return call.json(.null)
    }
    let fixture = try Fixture(extra: [route], configure: { $0.uploadDirectory = folder })
    let body = multipart([("Content-Disposition: form-data; name=\"f\"; filename=\"x\"", Array("hello".utf8))]
    )
    #expect(try await fixture.client.send("POST", "/api/v1/keep", [type], body).status == 200)
    #expect(
      try await fixture.client.send("POST", "/api/v1/keep", [type], Array(body.dropLast(9))).status == 400)
    #expect(seen.text == "5 true true")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
  }

  // MARK: Fields

  @Test func fieldsOfEveryKind() throws {
    enum Word: String { case a, b }
    let fields = Fields([
      ("text", "  e\u{301}  "), ("blank", " \r\n "), ("long", "12345678901"), ("control", "a\u{7}"),
      ("lines", "a\r\nb\rc"),
      ("n", "١٢"), ("bad-n", "12x"), ("far", "99"), ("day", "٢٠٢٦-٠١-١٥"), ("bad-day", "2026-02-30"),
      ("flag", "on"),
      ("bad-flag", "maybe"), ("word", "b"), ("bad-word", "c"), ("code", "KEN"), ("bad-code", "XXX"),
      ("many", "x"), ("many", "y"),
      ("many", "x"), ("d-day", "5"), ("d-month", "1"), ("d-year", "2026"), ("half-day", "5"),
      ("m", "1,234.50"), ("bad-m", "1.234"),
    ])
    var form = Form(fields: fields, files: [], json: nil).reader
    #expect(form.text("text") == "\u{E9}" && form.text("blank") == nil && form.text("none") == nil)
    #expect(form.text("lines") == "a\nb\nc")
    #expect(
      form.integer("n") == 12 && form.date("day") == "2026-01-15" && form.date("d") == "2026-01-05"
        && form.date("none") == nil)
    #expect(
      form.flag("flag") == true && form.choice("word", as: Word.self) == .b
        && form.code("code", of: ["KEN"]) == "KEN")
    #expect(form.codes("many", of: ["x", "y"]) == ["x", "y"] && form.money("m", currency: "USD") == 123_450)
    try form.finish()
    _ = (
      form.text("long", max: 10), form.text("control"), form.integer("bad-n"), form.integer("far", in: 0...9)
    )
    _ = (
      form.date("bad-day"), form.flag("bad-flag"), form.choice("bad-word", as: Word.self),
      form.code("bad-code", of: ["KEN"])
    )
    _ = (
      form.codes("many", of: ["x"]), form.date("half"), form.money("bad-m", currency: "USD"),
      form.required("none")
    )
    #expect(form.faults.count == 12)
    #expect(throws: Problem.self) { try form.finish() }
    let t = try Catalogue.load(from: Fixture.data).translator(.english)
    #expect(form.faults.allSatisfy { !$0.text(t).contains("⟦") })
  }

  @Test(
    arguments: [
      ("1234.50", 123_450), ("1,234.50", 123_450), ("1234,5", 123_450), ("1 234 567", 123_456_700),
      ("-3", -300), ("0", 0), ("1,234,567", 123_456_700),
      ("1,234", 123_400), ("١٢٣", 12_300), ("", nil), ("1.2.3", nil), ("1,23,456", nil), ("12.345", nil),
      ("1.", nil), (".5", nil), ("--1", nil),
      ("abc", nil), ("99999999999999999999", nil), ("1e5", nil), ("１２", 1200),
    ] as [(String, Int64?)])
  func amounts(_ text: String, _ minor: Int64?) {
    #expect(Amount.minor(text, digits: 2) == minor)
  }

  @Test(arguments: [
    ("a.txt", "a.txt"), ("../../x", "x"), ("C:\\Users\\me\\f.xml", "f.xml"), ("..", "file"), ("", "file"),
    (".htaccess", "htaccess"),
    ("a\u{202E}b", "ab"), ("a\nb", "ab"), ("مصر.xml", "مصر.xml"), ("/", "file"),
  ])
  func fileNames(_ given: String, _ safe: String) {
    #expect(UploadedFile.safeName(given) == safe)
  }
}
