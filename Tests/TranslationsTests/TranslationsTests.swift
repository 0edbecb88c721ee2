import Language
import Needs
import Storage
import TestKit
import Testing
import Web

@testable import Translations

/// A translation stands beside its original, says what it is worth, and is seen by those alone who see the record.
@Suite struct TranslationsTests {
  static let focal = TestViewers.header(TestViewers.token(.focalPoint, "KEN"))
  static let mission = TestViewers.header(TestViewers.token(.mission, "KEN"))
  static let stranger = TestViewers.header(TestViewers.token(.focalPoint, "BRA"))
  static let officer = TestViewers.header(TestViewers.token(.officer))

  static func fields(
    _ text: String, field: String = "missing", language: String = "ar", _ more: [(String, String)] = []
  ) -> [(String, String)] {
    [("field", field), ("language", language), ("text", text)] + more
  }
  static func json(_ client: TestClient, _ id: Needs.ID, _ headers: [(String, String)] = []) async throws
    -> [JSON]
  {
    let answer = try await client.get("/api/v1/needs/\(id)", headers)
    #expect(answer.status == 200)
    return try JSON.parse(answer.bytes)["translations"]?.elements ?? []
  }

  @Test(arguments: TestSite.engines) func besideTheOriginal(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      let id = try await site.added(TestSite.need("T-1"))
      let client = TestClient(try await site.mount())
      let words = "لا تتوافر وحدة متخصصة"
      let before = try await client.get("/ar/needs/\(id)")
      #expect(before.text.contains("English") && before.text.contains("What is missing in T-1"))
      let written = try await client.post(
        "/api/v1/needs/\(id)/translations", Self.fields(words), Self.focal)
      #expect(written.status == 200, "\(written.text)")
      // In Arabic beside the English original, marked; on the English page only behind a line to open.
      let arabic = try await client.get("/ar/needs/\(id)")
      #expect(arabic.text.contains("<p lang=\"ar\" dir=\"auto\">\(words)</p>"))
      #expect(arabic.text.contains("<p lang=\"en\" dir=\"auto\">What is missing in T-1</p>"))
      #expect(arabic.text.contains("ترجمة غير مراجعة") && arabic.text.contains("class=\"pair\""))
      let english = try await client.get("/en/needs/\(id)")
      #expect(english.text.contains("In 1 more language") && !english.text.contains("class=\"pair\""))
      let listed = try await Self.json(client, id)
      let entry = try #require(listed.first)
      #expect(listed.count == 1 && entry["text"]?.text == words && entry["status"]?.text == "unreviewed")
      #expect(entry["field"]?.text == "missing" && entry["language"]?.text == "ar")
      #expect(entry["made_by"]?.text == "state" && entry["original_changed"] == .bool(false))
      let list = try JSON.parse(try await client.get("/api/v1/needs").bytes)
      #expect(list["items"]?.elements?.first?["translations"]?.elements?.count == 1)
      let csv = try await client.get("/en/needs.csv")
      #expect(csv.text.contains(words))
    }
  }

  /// Another person reviews; what is official says the State alone; a changed original is told and cannot be reviewed.
  @Test(arguments: TestSite.engines) func review(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      let id = try await site.added(TestSite.need("T-2"))
      let client = TestClient(try await site.mount())
      let path = "/api/v1/needs/\(id)/translations"
      func say(_ status: String, _ headers: [(String, String)]) async throws -> Int {
        try await client.post(
          path + "/review", [("field", "missing"), ("language", "ar"), ("status", status)], headers
        ).status
      }
      func status() async throws -> String {
        try await Self.json(client, id).first?["status"]?.text ?? "none"
      }
      #expect(try await say("reviewed", Self.officer) == 404)
      #expect(try await client.post(path, Self.fields("أولى"), Self.officer).status == 200)
      #expect(try await say("reviewed", Self.officer) == 422)
      #expect(try await status() == "unreviewed")
      #expect(try await say("reviewed", Self.stranger) == 404)
      #expect(try await say("reviewed", Self.focal) == 200)
      #expect(try await status() == "reviewed")
      #expect(try await say("reviewed", Self.mission) == 422)
      #expect(try await say("official", Self.mission) == 200)
      #expect(try await status() == "official")
      // The State's own wording is replaced by the State alone; the new words wait for a review again.
      #expect(try await client.post(path, Self.fields("أخرى"), Self.officer).status == 422)
      #expect(try await client.post(path, Self.fields("ثانية"), Self.focal).status == 200)
      #expect(try await status() == "unreviewed")
      #expect(try await say("official", Self.officer) == 422)
      var draft = TestSite.need("T-2")
      draft.missing = "Something else"
      try await site.make(draft)
      let entry = try #require(try await Self.json(client, id).first)
      #expect(entry["original_changed"] == .bool(true))
      #expect(try await client.get("/en/needs/\(id)").text.contains("the original has changed since"))
      #expect(try await say("reviewed", Self.mission) == 422)
      // Another change of the need leaves the translation as good as it was.
      #expect(try await client.post(path, Self.fields("ثالثة"), Self.focal).status == 200)
      draft.urgency = .low
      try await site.make(draft)
      #expect(try await Self.json(client, id).first?["original_changed"] == .bool(false))
      // Each act stands in the trail of the State, without the words.
      let details = try await site.database.read { db in
        try db.values(
          """
          SELECT detail FROM sys_audit WHERE event = 'translations.written' AND subject = 'need'
            AND record = \(String(id)) ORDER BY id
          """, as: String.self)
      }
      #expect(details.count == 3 && details.allSatisfy { $0.contains("text:") && !$0.contains("ثانية") })
      let ofState = try await site.database.read {
        try $0.value(
          """
          SELECT count(*) FROM sys_audit a JOIN sys_audit_state s ON s.entry = a.id
          WHERE a.event LIKE 'translations.%' AND s.state = 'KEN'
          """, as: Int.self)
      }
      #expect(ofState == 5)
    }
  }

  @Test(arguments: TestSite.engines) func refusals(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      let id = try await site.added(TestSite.need("T-3"))
      let client = TestClient(try await site.mount())
      let path = "/api/v1/needs/\(id)/translations"
      func sent(_ fields: [(String, String)], _ headers: [(String, String)] = Self.focal) async throws -> (
        Int, String
      ) {
        let answer = try await client.post(path, fields, headers)
        return (answer.status, answer.text)
      }
      for (fields, word) in [
        (Self.fields(" "), "web.field.missing"),
        (Self.fields("x", language: "en"), "translations.same-language"),
        (Self.fields("x", language: "de"), "web.field.choice"),
        (Self.fields("x", field: "authority"), "web.field.choice"),
        (Self.fields(String(repeating: "x", count: 401), field: "title"), "web.field.long"),
        (Self.fields("x", [("version", "1")]), "translations.meanwhile"),
        (Self.fields("x", [("original", "00")]), "translations.original-changed"),
      ] {
        let (status, text) = try await sent(fields)
        #expect(status == 422 && text.contains(word), "\(word): \(status) \(text)")
      }
      #expect(try await sent(Self.fields("x"), Self.stranger).0 == 404)
      #expect(try await sent(Self.fields("x"), []).0 == 401)
      #expect(
        try await sent(Self.fields("x"), TestViewers.header(TestViewers.token(.donor, "XI-TEST-1"))).0 == 403)
      // The same words of the same original change nothing.
      #expect(try await sent(Self.fields("x", [("version", "0")])).0 == 200)
      #expect(try await sent(Self.fields("x", [("version", "1")])).0 == 200)
      let count = try await site.database.read {
        try $0.value("SELECT count(*) FROM sys_audit WHERE event = 'translations.written'", as: Int.self)
      }
      #expect(count == 1)
      // The page keeps what was typed, in every language.
      for language in Language.all {
        let page = try await client.get(
          "/\(language.code)/needs/\(id)/translations?language=fr", Self.officer)
        #expect(page.status == 200 && !page.text.contains("⟦"), "\(language.code)")
      }
    }
  }

  /// What translations of unpublished needs there are changes no byte for those who may not see the needs.
  @Test(arguments: TestSite.engines) func unseenWithItsRecord(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      let id = try await site.added(TestSite.need("T-4", visibility: .secretariat))
      let shown = try await site.added(TestSite.need("T-5"))
      let client = TestClient(try await site.mount())
      func answers() async throws -> [String] {
        var all: [String] = []
        for address in ["needs/\(id)", "needs/\(shown)", "needs", "states/KEN", "search?q=zwickel"] {
          for headers in [[], Self.stranger] {
            for face in ["/api/v1/", "/fr/"] {
              let answer = try await client.get(face + address, headers)
              let request = answer.header("X-Request-ID") ?? "none"
              all.append(Self.withoutTokens(answer.text.replacing(request, with: "")))
            }
          }
        }
        return all
      }
      let before = try await answers()
      let own = try await client.post(
        "/api/v1/needs/\(id)/translations", Self.fields("zwickel", language: "fr"), Self.focal)
      #expect(own.status == 200)
      for (one, other) in zip(before, try await answers()) where one != other {
        let common = one.commonPrefix(with: other)
        Issue.record(
          "\(common.suffix(60))… \(one.dropFirst(common.count).prefix(60)) … \(other.dropFirst(common.count).prefix(60))"
        )
      }
      let unseen = try await client.get("/en/needs/\(id)/translations", Self.stranger)
      #expect(unseen.status == 404)
      #expect(try await client.get("/fr/needs/\(id)", Self.focal).text.contains("zwickel"))
    }
  }
  /// Answers without what differs from request to request.
  static func withoutTokens(_ text: String) -> String {
    text.replacing(/name="_csrf" value="[^"]*"/, with: "")
  }
}
