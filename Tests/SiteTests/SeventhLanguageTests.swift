import Documents
import Foundation
import Language
import Site
import Storage
import TestKit
import Testing
import Treaty
import Web

/// A language that comes as data alone, a line and files: it is offered, negotiated, read, written in and taken away.
@Suite(.serialized) struct SeventhLanguageTests {
  private static let texts: [String: String] = [
    "needs.list.title": "Mahitaji", "web.faults": "Kuna tatizo", "web.field.missing": "Weka thamani",
    "needs.need.title": "Kichwa", "spreadsheet.sheet.rows": "Safu", "spreadsheet.language": "Lugha",
    "web.pager.of one": "{shown} kati ya rekodi {count} pekee",
    "web.pager.of other": "{shown} kati ya rekodi {count}",
  ]

  @Test(arguments: TestSite.engines) func aLanguageOfDataAlone(on engine: Engine) async throws {
    try #require(SpreadsheetReader.isThere, "run scripts/openpyxl")
    try await LanguageFixture.with { copy in
      try copy.add("sw,Kiswahili,ltr,sw,gregorian,latn", categories: ["one", "other"]) {
        key, category, english in
        Self.texts[key + (category.map { " " + $0 } ?? "")] ?? "sw: " + english
      }
      let catalogue = try Catalogue.load(from: copy.path)
      #expect(catalogue.findings().isEmpty)
      try await TestSite.with(engine, data: DataDirectory(copy.path)) { site in
        let records = try await AccessRecords.fill(site)
        let standing = records.standing
        let client = TestClient(try await site.mount { $0.sessions = TestViewers(standing: standing) })
        try await Self.reading(client)
        try await Self.writing(client)
        try await Self.takingAway(client, site)
      }
      let swahili = try #require(catalogue.language("sw"))
      let po = try Translation.export(swahili, data: copy.path, now: "2026-06-15T09:30:00Z")
      #expect(po.header("Plural-Forms") == "nplurals=2; plural=(n != 1);")
      let outcome = try Translation.read(po.text, languages: catalogue.languages, data: copy.path)
      #expect(outcome.changed == 0 && outcome.untranslated == 0)
    }
  }

  /// Negotiation, page, plural forms, the way to and from the other languages.
  private static func reading(_ client: TestClient) async throws {
    let sent = try await client.get("/needs?state=KEN", [("Accept-Language", "sw-KE, en;q=0.5")])
    #expect(sent.status == 302 && sent.header("Location") == "/sw/needs?state=KEN")
    let one = try await client.get("/sw/needs?state=KEN&limit=1")
    #expect(one.status == 200 && one.header("Content-Language") == "sw")
    #expect(one.text.contains("<html lang=\"sw\" dir=\"ltr\"") && one.text.contains("<h1>Mahitaji</h1>"))
    #expect(!one.text.contains("⟦"))
    let total = try JSON.parse(try await client.get("/api/v1/needs?state=KEN").bytes)["total"]?.integer ?? 0
    #expect(total > 1 && one.text.contains("1 kati ya rekodi \(total)<"))
    let single = try await client.get("/sw/imports/1")
    #expect(single.status == 200)
    let few = try await client.get("/sw/needs?urgency=high&stage=stated&state=KEN&limit=1")
    #expect(few.text.contains("kati ya rekodi"))
    #expect(one.text.contains("hreflang=\"sw\"") && one.text.contains(">Kiswahili<"))
    let english = try await client.get("/en/needs")
    #expect(
      english.text.contains("<a href=\"/sw/needs\" lang=\"sw\" hreflang=\"sw\" dir=\"ltr\">Kiswahili</a>"))
    let problem = try await client.get("/api/v1/needs?year=x", [("Accept-Language", "sw")])
    #expect(problem.status == 400 && problem.text.contains("sw: "))
    let old = try await client.get("/sw/nothing")
    #expect(old.status == 404 && old.text.contains("lang=\"sw\""))
  }

  /// A form with faults, then filled in, in that language.
  private static func writing(_ client: TestClient) async throws {
    let form = TestSite.form()
    let headers =
      TestViewers.header(TestViewers.token(.focalPoint, AccessRecords.own)) + [("Cookie", form.cookie)]
    let page = try await client.get("/sw/needs/new", headers)
    #expect(page.status == 200 && page.text.contains(">Kiswahili</"))
    let wrong = try await client.post("/sw/needs", [("_csrf", form.token), ("title", "Majaji")], headers)
    #expect(wrong.status == 422 && wrong.text.contains("Kuna tatizo") && wrong.text.contains("Weka thamani"))
    #expect(wrong.text.contains("value=\"Majaji\""))
    let fields = [
      ("_csrf", form.token), ("language", "sw"), ("title", "Mafunzo kwa majaji"),
      ("missing", "Hakuna wakufunzi"),
      ("areas", "ICOOP"), ("provisions", "UNTOC-18"), ("form", "legal_advice"), ("urgency", "high"),
      ("visibility", "public"), ("authority", "Wizara"), ("quotation", "Maneno"), ("stated_on", "2026-06-01"),
    ]
    let asked = try await client.post("/sw/needs", fields, headers)
    #expect(asked.status == 200 && asked.text.contains("name=\"confirmed\""))
    let done = try await client.post("/sw/needs", fields + [("confirmed", "1")], headers)
    #expect(done.status == 303, "\(done.text.prefix(300))")
    let list = try await client.get("/sw/needs?state=KEN")
    #expect(list.text.contains("<bdi lang=\"sw\" dir=\"auto\">Mafunzo kwa majaji</bdi>"))
    let arabic = try await client.get("/ar/needs?state=KEN")
    #expect(arabic.text.contains("<bdi lang=\"sw\" dir=\"auto\">Mafunzo kwa majaji</bdi>"))
  }

  private static func takingAway(_ client: TestClient, _ site: TestSite) async throws {
    let csv = try await client.get("/sw/needs.csv?state=KEN")
    #expect(csv.header("Wasl-Statement")?.hasPrefix("UTF-8'sw'Mahitaji%0ALugha%3A%20Kiswahili") == true)
    let sheet = try await client.get("/sw/needs.xlsx?state=KEN")
    let path = site.folder + "/sw.xlsx"
    try Data(sheet.bytes).write(to: URL(fileURLWithPath: path))
    let read = try #require(try SpreadsheetReader.read([path])[path])
    #expect(read[1].name == "Safu" && read[1].rows[0].contains("s:Kichwa") && !read[1].isRightToLeft)
    #expect(read[0].rows.contains { $0[0] == "s:Lugha" && $0[1] == "s:Kiswahili (sw)" })
    #expect(read[1].rows.contains { $0.contains("s:Mafunzo kwa majaji") })
  }

  /// Plural forms of the language, from its file.
  @Test func pluralForms() async throws {
    try await LanguageFixture.with { copy in
      try copy.add("sw,Kiswahili,ltr,sw,gregorian,latn", categories: ["one", "other"]) {
        key, category, english in
        Self.texts[key + (category.map { " " + $0 } ?? "")] ?? english
      }
      let t = try Catalogue.load(from: copy.path).translator(
        Language(code: "sw", name: "", direction: .leftToRight, locale: "sw"))
      #expect(t("web.pager.of", ["count": 1, "shown": 1]) == "1 kati ya rekodi 1 pekee")
      #expect(t("web.pager.of", ["count": 1234, "shown": 50]) == "50 kati ya rekodi 1,234")
    }
  }
}
