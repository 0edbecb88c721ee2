import Foundation
import Language
import Storage
import TestKit
import Testing
import Web

/// Markup, SQL and templates in every field of text and in every field of an address: shown as they are, never run.
@Suite(.serialized) struct HostileTests {
  /// Each ends with its own mark, so that one can see that it came through whole.
  static let texts: [String] = [
    "<script>zqx(1)</script>zqx01", "\"><zqx-el onzqx=\"1\">zqx02", "'><img src=x onerror=zqx(3)>zqx03",
    "\" onmouseover=\"zqx(4)\" zqx04", "</title></textarea></bdi><svg onload=zqx(5)>zqx05",
    "javascript:zqx(6)//zqx06",
    "<a href=\"javascript:zqx(7)\">zqx07</a>", "&lt;script&gt;zqx(8)&lt;/script&gt;zqx08",
    "<!--<zqx-el>-->zqx09",
    "]]><zqx-el/>zqx10", "'; DROP TABLE needs_need; --zqx11", "' OR '1'='1' --zqx12",
    "\") UNION SELECT hash FROM sys_audit --zqx13",
    "{{7*7}}${7*7}<%= 7*7 %>#{7*7}zqx14", "%s%n%x%00zqx15", "\\u003cscript\\u003ezqx16",
    "=HYPERLINK(\"http://evil.example\")zqx17",
    "\u{202E}zqx18\u{2066}<b>", "{count, plural, other {zqx19}}", "../../etc/passwd zqx20",
    "<zqx-el\nonzqx\n=1>zqx21",
  ]

  static func fill(_ site: TestSite) async throws -> AccessRecords {
    let records = try await AccessRecords.fill(site)
    try await plantPeople(site, records)
    for (number, text) in texts.enumerated() {
      var draft = TestSite.need("H\(number)-\(text)", state: "KEN")
      draft.title = text
      draft.missing = text
      draft.beneficiaries = text
      draft.quotation = text
      draft.authority = text
      draft.language = ["en", "ar", "fr"][number % 3]
      if case .added(let id) = try await site.make(draft) {
        try await plantTranslation(text, of: id, in: site)
      }
      let escaped = text.filter { !$0.isNewline }.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
        .replacing("\"", with: "&quot;")
      var item = IATIText("XI-TEST-1-\(escaped)", title: escaped)
      item.budgets = [(2026, "10", "USD")]
      item.tags = [escaped]
      let file = IATIText.file([item]).replacing("<narrative>Test provider<", with: "<narrative>\(escaped)<")
      _ = try await site.importText(file, name: "\(text).xml")
    }
    return records
  }
  private static func plantTranslation(_ text: String, of need: Int64, in site: TestSite) async throws {
    try await site.database.write(by: Actor("test")) { db in
      for field in ["title", "missing", "beneficiaries", "quotation"] {
        try db.run(
          """
          INSERT INTO translations_text (kind, record, field, language, body, status, made_by, made_for, made_at,
            original_version, original_hash)
          VALUES ('need', \(String(need)), \(field), 'ru', \(text), 'unreviewed', 'person:1', 'state', \(db.now), 1, '')
          """)
      }
      db.record(Event("translations.written", subject: "need", record: String(need), state: "KEN"))
    }
  }
  /// In every field of text of offices, people, nominations, sections, keys and letters.
  private static func plantPeople(_ site: TestSite, _ records: AccessRecords) async throws {
    let focal = records.standing[TestViewers.token(.focalPoint, "KEN")]?.account ?? 0
    try await site.database.write(by: Actor("test")) { db in
      for (number, text) in texts.enumerated() {
        let office: Int64 = try db.insert(
          """
          INSERT INTO people_office (kind, state, name, language, email)
          VALUES ('focal_point', 'KEN', \(text), 'en', \(text)) RETURNING id
          """)
        let person: Int64 = try db.insert(
          """
          INSERT INTO people_person (name, language, email, email_key, created_at)
          VALUES (\(text), 'en', \(text), \("h\(number)@example.org"), \(db.now)) RETURNING id
          """)
        let account: Int64 = try db.insert(
          """
          INSERT INTO people_account (person, office, role, function, valid_from, confirmed_at)
          VALUES (\(person), \(office), 'expert', \(text), '2026-01-01', \(db.now)) RETURNING id
          """)
        let nomination: Int64 = try db.insert(
          """
          INSERT INTO people_nomination (office, role, person_name, function, email, language, reference, noted_on,
            scan_name, stage, reason, recorded_by, recorded_at)
          VALUES (\(office), 'expert', \(text), \(text), \(text), 'en', \(text), '2026-05-01', \(text), 'refused',
            \(text), \(text), \(db.now)) RETURNING id
          """)
        try db.run(
          """
          INSERT INTO people_section (account, state, section, expert, hash, made_at, expires_at)
          VALUES (\(focal), 'KEN', \(text), \(text), \("hash \(number)"), \(db.now), '2027-01-01T00:00:00Z')
          """)
        try db.run(
          """
          INSERT INTO people_token (account, name, hash, hint, scopes, made_at, expires_at)
          VALUES (\(focal), \(text), \("hash \(number)"), \(text), \(text), \(db.now), '2027-01-01T00:00:00Z')
          """)
        try db.run(
          """
          INSERT INTO mail_letter (key, message_id, recipient, language, subject, body, state, reply, queued_at)
          VALUES (\("hostile \(number)"), \("m\(number)"), \(text), 'en', \(text), \(text), 'refused', \(text), \(db.now))
          """)
        // The trail and receipts tell of them too.
        db.record(
          Event(
            "people.nominated", subject: "nomination", record: String(nomination), before: ["stage": text],
            after: ["stage": text + "!", text: text], state: "KEN"))
        db.record(Event(text, subject: text, record: text, after: [text: text], state: "KEN"))
        db.record(Event("people.account-opened", subject: "account", record: String(account), state: "KEN"))
        try db.receipt(
          act: "people.nominated", subject: "nomination", record: String(nomination), state: "KEN",
          person: text, content: ["reason": text])
      }
    }
  }
  static func ids(_ list: String, _ client: TestClient) async throws -> [String] {
    let answer = try await client.get("/api/v1/\(list)?limit=500")
    let page = try await client.get("/en/\(list)?limit=500")
    #expect(answer.status == 200 && page.status == 200)
    return Set(
      page.text.matches(of: /href="\/en\/([a-z]+\/[0-9]+)"/).map { String($0.1) }.filter {
        $0.hasPrefix(list + "/")
      }
    )
    .sorted()
  }

  /// What a template engine would leave of the text above: each value beside a neighbour not yet, or already, evaluated.
  /// Never digits alone: a hash may hold those.
  static let evaluated = ["49zqx14", "49${7*7}", "{{7*7}}49", "{{7*7}}$49", "4949<", "$49<"]

  @Test(arguments: TestSite.engines) func nothingFromDataIsMarkup(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      let records = try await Self.fill(site)
      let mount = try await site.mount { $0.sessions = TestViewers(standing: records.standing) }
      let client = TestClient(mount)
      var paths: [String] = []
      for route in mount.routes where route.method == .get && route.faces.contains(.page) {
        paths += records.paths(route).map(\.path)
      }
      for list in ["needs", "activities", "imports"] { paths += try await Self.ids(list, client) }
      let planted = try await site.database.read { db in
        (
          try db.values("SELECT id FROM people_office WHERE state = 'KEN'", as: Int64.self),
          try db.values("SELECT id FROM people_nomination", as: Int64.self),
          try db.values("SELECT code FROM sys_receipt", as: String.self)
        )
      }
      paths += planted.0.flatMap { ["offices/\($0)", "offices/\($0)/edit", "offices/\($0)/handover"] }
      paths += planted.1.map { "nominations/\($0)" } + planted.2.map { "receipts/\($0)" }
      paths += [
        "offices?limit=500", "nominations?limit=500", "audit?limit=500", "states/KEN/trail?limit=500",
      ]
      paths += ["needs?limit=500", "activities?limit=500", "imports?limit=500", "imports/1?limit=500"]
      let count: SQL = "SELECT count(*) FROM needs_need"
      let held = try await site.database.read { try $0.value(count, as: Int.self) ?? 0 }
      var pages = 0
      var tags = 0
      var seen: Set<String> = []
      for path in Set(paths).sorted() {
        for (language, token) in [
          ("en", nil), ("ar", TestViewers.token(.officer)), ("fr", TestViewers.token(.focalPoint, "KEN")),
          ("ru", TestViewers.token(.auditor)),
        ] {
          let address = "/\(language)" + (path.isEmpty ? "" : "/" + path)
          let answer = try await client.get(address, TestViewers.header(token))
          #expect(answer.status < 500, "\(address)")
          let markup = HostileMarkup(answer.text)
          #expect(markup.faults.isEmpty, "\(address): \(markup.faults.prefix(5))")
          #expect(
            !answer.text.contains("<zqx") && !Self.evaluated.contains { markup.text.contains($0) },
            "\(address)")
          for text in Self.texts where markup.text.contains(text) { seen.insert(text) }
          pages += 1
          tags += markup.count
        }
      }
      // Pages that only a session of a browser opens.
      let own = TestClient(try await site.mount(stored: true))
      let session = [
        ("Cookie", "wasl_session=" + AccessPeople.session(TestViewers.token(.focalPoint, "KEN")))
      ]
      for path in ["account/tokens", "sections", "account", "offices?limit=500"] {
        let answer = try await own.get("/en/" + path, session)
        let markup = HostileMarkup(answer.text)
        #expect(
          answer.status == 200 && markup.faults.isEmpty,
          "\(path): \(answer.status) \(markup.faults.prefix(5))")
        if ["account/tokens", "sections"].contains(path) {
          for text in Self.texts { #expect(markup.text.contains(text), "\(path) does not show \(text)") }
        }
        pages += 1
      }
      // What was planted stands on these pages: the scan looked at it.
      for (path, token) in [
        ("nominations?limit=500", TestViewers.token(.officer)),
        ("offices?limit=500", TestViewers.token(.officer)),
        ("outbox?limit=500", TestViewers.token(.officer)),
        ("states/KEN/trail?limit=500", TestViewers.token(.focalPoint, "KEN")),
      ] {
        let markup = HostileMarkup(try await client.get("/en/" + path, TestViewers.header(token)).text)
        #expect(markup.faults.isEmpty, "\(path): \(markup.faults.prefix(5))")
        let missing = Self.texts.filter { !markup.text.contains($0) }
        #expect(missing.isEmpty, "\(path) does not show \(missing)")
      }
      // Otherwise the scan would have looked at pages without them.
      let unseen = Self.texts.filter { !seen.contains($0) }
      #expect(unseen.isEmpty, "never shown: \(unseen)")
      let left = try await site.database.read { try $0.value(count, as: Int.self) ?? 0 }
      #expect(left == held && held >= Self.texts.count)
      print(
        "summary: \(Self.texts.count) hostile texts, \(pages) pages, \(tags) tags on \(engine.rawValue): 0 unescaped"
      )
    }
  }

  @Test(arguments: TestSite.engines) func dataAnswersStayData(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      _ = try await Self.fill(site)
      let client = TestClient(try await site.mount())
      for path in ["needs", "activities", "imports", "imports/3"] {
        let json = try await client.get("/api/v1/\(path)?limit=500")
        #expect(json.status == 200 && json.header("Content-Type") == "application/json", "\(path)")
        #expect(json.header("X-Content-Type-Options") == "nosniff" && !json.text.contains("<"))
        _ = try JSON.parse(json.bytes)
        let csv = try await client.get("/api/v1/\(path).csv?limit=500")
        #expect(csv.header("Content-Disposition")?.hasPrefix("attachment; filename=\"wasl-") == true)
        // No cell that a spreadsheet would run.
        let cells = Self.cells(csv.text).filter { cell in
          ["=", "+", "@", "\t", "\r"].contains { cell.hasPrefix($0) }
        }
        #expect(cells.isEmpty, "\(path): \(cells.prefix(3))")
      }
    }
  }

  /// Cells by RFC 4180.
  private static func cells(_ text: String) -> [String] {
    var cells: [String] = []
    var cell = ""
    var isQuoted = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": isQuoted.toggle()
      case ",", "\n", "\r":
        if isQuoted {
          cell.unicodeScalars.append(scalar)
        } else {
          cells.append(cell)
          cell = ""
        }
      default: cell.unicodeScalars.append(scalar)
      }
    }
    return cells
  }

  /// The scan itself finds what is planted.
  @Test func theScanBites() {
    for text in Self.texts.prefix(5) + [Self.texts[20]] {
      let page = "<!doctype html><html lang=\"en\"><body><p title=\"\(text)\">\(text)</p></body></html>"
      #expect(!HostileMarkup(page).faults.isEmpty, "\(text)")
    }
    let clean = HostileMarkup("<!doctype html><p class=\"a\">a &lt;b&gt; &amp;amp; c</p>")
    #expect(clean.faults.isEmpty && clean.text == "a <b> &amp; c")
  }

  /// Any text in any field of any address is answered with 200, 400 or 404.
  @Test(arguments: TestSite.engines) func addressesAreToldNotBroken(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      let records = try await AccessRecords.fill(site)
      let mount = try await site.mount { $0.sessions = TestViewers(standing: records.standing) }
      let client = TestClient(mount)
      let values =
        Self.texts + [
          "", " ", "0", "-1", "99999999999999999999", "1e9", "\u{FEFF}", String(repeating: "a", count: 5000),
          "[]", "null", Cursor(.int(.min)).text, Cursor(.int(.max)).text,
        ]
      var asked = 0
      for route in mount.routes where route.method == .get {
        guard let path = records.paths(route).first?.path else { continue }
        for field in route.fields.map(\.name) + ["no-such", "sort", "after", "limit"] {
          for (number, value) in values.enumerated() {
            let query = "?\(field)=" + Address.encode(value)
            let isData = route.faces.contains(.data) && (number % 2 == 0 || !route.faces.contains(.page))
            let answer = try await client.get(
              (isData ? "/api/v1" : "/en") + (path.isEmpty ? "" : "/" + path) + query)
            // Closed doors, and pages that only a key of their own opens.
            let isTold = [200, 302, 303, 400, 401, 403, 404, 410].contains(answer.status)
            #expect(isTold, "\(path)\(query) \(answer.status)")
            #expect(HostileTests.leadsNowhereElse(answer), "\(path)\(query)")
            asked += 1
          }
        }
        guard route.path.contains(":") else { continue }
        for value in values {
          let parts = route.path.split(separator: "/").map {
            $0.hasPrefix(":") ? Address.encode(value) : String($0)
          }
          let answer = try await client.get(
            (route.faces.contains(.data) ? "/api/v1/" : "/en/") + parts.joined(separator: "/"))
          #expect([200, 301, 400, 401, 403, 404].contains(answer.status), "\(parts) \(answer.status)")
          asked += 1
        }
      }
      for path in [
        "/en?a=%", "/en?%ff=1", "/en/needs?a=%00", "/en/%2e%2e/%2e%2e/etc/passwd",
        "/assets/..%2f..%2fPackage.swift", "/en//needs", "/en/needs/%c0%ae",
      ] {
        let answer = try await client.get(path)
        #expect(
          [200, 400, 404].contains(answer.status) && !answer.text.contains("swift-tools-version"),
          "\(path) \(answer.status)")
        asked += 1
      }
      #expect(try await site.database.read { try Audit.verify(in: $0) }.brokenAt == nil)
      print("summary: \(asked) hostile addresses on \(engine.rawValue), none answered with 5xx")
    }
  }
  static func leadsNowhereElse(_ answer: TestClient.Answer) -> Bool {
    guard let location = answer.header("Location") else { return true }
    return location.hasPrefix("/") && !location.hasPrefix("//") && !location.hasPrefix("/\\")
  }

  /// Any text in any field of any form is refused or taken, never broken; by everyone, since a guard may refuse first.
  @Test(arguments: TestSite.engines) func formsAreToldNotBroken(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      let records = try await AccessRecords.fill(site)
      let mount = try await site.mount { $0.sessions = TestViewers(standing: records.standing) }
      let client = TestClient(mount)
      let form = TestSite.form()
      var asked = 0
      for route in mount.routes where route.method != .get {
        guard let path = records.paths(route).first?.path else { continue }
        for (number, text) in Self.texts.enumerated() {
          for role in [
            TestViewers.token(.officer), TestViewers.token(.focalPoint, "KEN"),
            TestViewers.token(.administrator),
          ] {
            let isPage = route.faces.contains(.page) && number % 2 == 0
            let fields = route.fields.filter { !$0.isInQuery }.map {
              Address.encode($0.name) + "=" + Address.encode(text)
            }
            let body = (fields + (isPage ? ["_csrf=" + form.token] : [])).joined(separator: "&")
            let address = (isPage || !route.faces.contains(.data) ? "/en/" : "/api/v1/") + path
            let answer = try await client.send(
              route.method.rawValue, address,
              TestViewers.header(role) + [
                ("Cookie", form.cookie), ("Content-Type", "application/x-www-form-urlencoded"),
              ], Array(body.utf8))
            #expect(answer.status < 500 && HostileTests.leadsNowhereElse(answer), "\(route) \(answer.status)")
            if answer.header("Content-Type")?.hasPrefix("text/html") == true {
              let markup = HostileMarkup(answer.text)
              #expect(markup.faults.isEmpty, "\(route): \(markup.faults.prefix(3))")
            }
            asked += 1
          }
        }
        for (type, body) in [
          ("application/json", "{\"a\":[{}]}"), ("application/json", "[[[["), ("text/plain", "x"),
          ("multipart/form-data", "x"),
        ] {
          let answer = try await client.send(
            route.method.rawValue, "/api/v1/" + path,
            TestViewers.header(TestViewers.token(.officer)) + [("Content-Type", type)], Array(body.utf8))
          #expect(
            answer.status >= 400 && answer.status < 500 || route.fields.isEmpty,
            "\(route) \(type) \(answer.status)")
          asked += 1
        }
      }
      print("summary: \(asked) hostile forms on \(engine.rawValue), none answered with 5xx")
    }
  }
}
