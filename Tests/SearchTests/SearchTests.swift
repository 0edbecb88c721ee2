import Foundation
import Language
import Needs
import Storage
import TestKit
import Testing
import Web

@testable import Search

/// Finding records through the pages and data of a site, on both engines.
@Suite struct SearchTests {
  static func need(
    _ reference: String, _ language: String, _ title: String, _ missing: String,
    visibility: Visibility = .public,
    statedOn: String = "2025-03-01"
  ) -> Needs.Draft {
    var draft = TestSite.need(reference, visibility: visibility, statedOn: statedOn)
    draft.language = language
    draft.title = title
    draft.missing = missing
    draft.beneficiaries = "–"
    draft.quotation = "–"
    draft.authority = "–"
    return draft
  }
  static let needs: [Needs.Draft] = [
    need("N-AR", "ar", "تدريب القضاة على مكافحة الاتجار بالأشخاص", "لا تتوافر خبرة في هذا المجال"),
    need("N-ZH", "zh", "打击人口贩运的司法协助", "缺少检察官培训"),
    need(
      "N-EN", "en", "Training of prosecutors",
      "Units against trafficking in persons do not exist (CTOC/COP/2008/16)"),
    need("N-FR", "fr", "Formation des juges", "L’entraide judiciaire fait défaut"),
    need("N-RU", "ru", "Противодействие торговле людьми", "Отсутствует подготовка судей"),
    need("N-ES", "es", "Formación de fiscales", "No existen unidades contra la trata de personas"),
  ]

  static func ids(_ site: TestSite, _ query: String, _ token: String? = nil) async throws -> [String] {
    let client = TestClient(try await site.mount())
    var address: String? = "/api/v1/search?" + query
    var found: [String] = []
    while let next = address, found.count < 3_000 {
      let answer = try await client.get(next, TestViewers.header(token))
      #expect(answer.status == 200, "\(next): \(answer.text.prefix(300))")
      let json = try JSON.parse(answer.bytes)
      found += (json["items"]?.elements ?? []).map { "\($0["kind"]?.text ?? "")/\($0["record"]?.text ?? "")" }
      address = json["next"]?.text
    }
    return found
  }
  static func words(_ text: String) -> String { "q=" + Address.encode(text) }
  static func references(_ site: TestSite, _ query: String, _ token: String? = nil) async throws -> [String] {
    let found = try await ids(site, query + "&kind=need", token)
    return try await site.database.read { db in
      try found.compactMap {
        try db.value(
          "SELECT reference FROM needs_need WHERE id = \(Int64($0.dropFirst(5)) ?? 0)", as: String.self)
      }
    }
  }

  /// Question → references of the needs that it finds, whatever the language of the page.
  static let questions: [(String, [String])] = [
    ("الأشخاص", ["N-AR"]), ("اشخاص", ["N-AR"]), ("قضاة", ["N-AR"]), ("التدريب", ["N-AR"]),
    ("贩运", ["N-ZH"]), ("人口贩运", ["N-ZH"]), ("检察官", ["N-ZH"]), ("协助", ["N-ZH"]),
    ("prosecutor", ["N-EN"]), ("trafficked person", ["N-EN"]), ("cop/2008/16", ["N-EN"]),
    ("prosec", ["N-EN"]),
    ("juge", ["N-FR"]), ("l'entraide", ["N-FR"]), ("торговля людьми", ["N-RU"]), ("торговли", ["N-RU"]),
    ("судья", ["N-RU"]), ("fiscal", ["N-ES"]), ("persona trata", ["N-ES"]), ("unidad", ["N-ES"]),
    ("N-FR", ["N-FR"]), ("nothing-of-this", []), ("Kenya prosecutors", ["N-EN"]), ("肯尼亚 培训", ["N-ZH"]),
  ]

  @Test(arguments: TestSite.engines) func needsInSixLanguages(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      for draft in Self.needs { _ = try await site.make(draft) }
      for (question, expected) in Self.questions {
        let found = try await Self.references(site, Self.words(question))
        #expect(found == expected, "\(question)")
      }
      print("summary: \(Self.questions.count) questions in six languages on \(engine.rawValue)")
    }
  }

  /// States, provisions, areas and clauses are found by their names in every language and by their codes.
  @Test(arguments: TestSite.engines) func namesOfData(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      for name in ["Kenya", "Кения", "كينيا", "肯尼亚", "KEN"] {
        let states = try await Self.ids(site, Self.words(name) + "&kind=state")
        #expect(states.contains("state/KEN"), "\(name)")
      }
      let provisions = try await Self.ids(site, Self.words("UNTOC-18"))
      #expect(provisions.contains("provision/UNTOC-18"))
      let clauses = try await Self.ids(site, Self.words("R-7b"))
      #expect(clauses.first == "clause/R-7b")
      let areas = try await Self.ids(site, Self.words("ICOOP") + "&kind=area")
      #expect(areas.contains("area/2006/ICOOP"))
      // The exact name stands before names that hold it.
      let exact = try await Self.ids(site, Self.words("Niger"))
      #expect(exact.first == "state/NER")
    }
  }

  /// Words in the title before words in the text, the very word before its forms, then the latest day.
  @Test(arguments: TestSite.engines) func order(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      for draft in [
        Self.need("T-body", "en", "Something", "quuxes are missing", statedOn: "2025-12-01"),
        Self.need("T-form", "en", "Of quuxes", "x", statedOn: "2025-11-01"),
        Self.need("T-exact", "en", "A quux", "x", statedOn: "2024-01-01"),
        Self.need("T-exact-later", "en", "One quux", "x", statedOn: "2024-05-01"),
        Self.need("T-part", "en", "Of quuxes", "and blorbs", statedOn: "2024-01-01"),
      ] { _ = try await site.make(draft) }
      let one = try await Self.references(site, Self.words("quux "))
      #expect(one == ["T-exact-later", "T-exact", "T-form", "T-part", "T-body"])
      // One a page gives the same.
      let singly = try await Self.references(site, Self.words("quux ") + "&limit=1")
      #expect(singly == one)
      let both = try await Self.references(site, Self.words("quux blorb"))
      #expect(both == ["T-part"])
    }
  }

  @Test(arguments: TestSite.engines) func activitiesAfterTheirImport(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      var one = IATIText("XI-TEST-1-1")
      one.title = "Zwickelwork for prosecutors"
      _ = try await site.importText(IATIText.file([one, IATIText("XI-TEST-1-2")]))
      let early = try await Self.ids(site, Self.words("zwickelwork"))
      #expect(early.isEmpty)
      try await site.database.runJobs()
      let titled = try await Self.ids(site, Self.words("zwickelwork"))
      #expect(titled == ["activity/1"])
      let identified = try await Self.ids(site, Self.words("XI-TEST-1-2"))
      #expect(identified == ["activity/2"])
      let verdict = try await site.database.read { try Search.check(in: $0) }
      #expect(verdict.isEqual)
      // A new version of the file: other words.
      one.title = "Brumwork"
      _ = try await site.importText(IATIText.file([one, IATIText("XI-TEST-1-2")]))
      try await site.database.runJobs()
      let old = try await Self.ids(site, Self.words("zwickelwork"))
      #expect(old.isEmpty)
      let new = try await Self.ids(site, Self.words("brumwork"))
      #expect(new == ["activity/1"])
    }
  }

  /// By the name of a State that receives, in each of the six languages, whatever the activity's own language.
  @Test(arguments: TestSite.engines) func activitiesByTheirRecipients(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      var one = IATIText("XI-TEST-1-1")
      one.countries = [("KE", nil)]
      var other = IATIText("XI-TEST-1-2")
      other.countries = [("BR", nil)]
      _ = try await site.importText(IATIText.file([one, other]))
      try await site.database.runJobs()
      let names = [
        ("كينيا", "البرازيل"), ("肯尼亚", "巴西"), ("Kenya", "Brazil"), ("Kenya", "Brésil"), ("Кения", "Бразилия"),
        ("Kenya", "Brasil"),
      ]
      for (kenya, brazil) in names {
        let first = try await Self.ids(site, Self.words(kenya) + "&kind=activity")
        #expect(first == ["activity/1"], "\(kenya)")
        let second = try await Self.ids(site, Self.words(brazil) + "&kind=activity")
        #expect(second == ["activity/2"], "\(brazil)")
      }
      let verdict = try await site.database.read { try Search.check(in: $0) }
      #expect(verdict.isEqual, "\(verdict)")
      // A State whose name the data files change is found by the new one after they were loaded.
      try await site.database.write(by: Actor("test")) { db in
        try db.run("UPDATE directory_state SET name_fr = 'Zwickelland' WHERE id = 'KEN'")
        db.record(Event("data.loaded", subject: "data", record: "data"))
      }
      try await site.database.runJobs()
      let renamed = try await Self.ids(site, Self.words("Zwickelland") + "&kind=activity")
      #expect(renamed == ["activity/1"])
    }
  }

  /// The index equals what the records say, says where it does not, and can be made anew.
  @Test(arguments: TestSite.engines) func checkAndRebuild(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      for draft in Self.needs { _ = try await site.make(draft) }
      _ = try await site.importText(IATIText.file((1...7).map { IATIText("XI-TEST-1-\($0)") }))
      try await site.database.runJobs()
      let whole = try await site.database.read { try Search.check(in: $0) }
      #expect(whole.isEqual, "\(whole)")
      // A changed need is found by its new words alone.
      var draft = Self.needs[2]
      draft.title = "Laboratories"
      draft.missing = "Nothing else"
      _ = try await site.make(draft)
      let former = try await Self.references(site, Self.words("prosecutors"))
      #expect(former.isEmpty)
      let latter = try await Self.references(site, Self.words("laboratory"))
      #expect(latter == ["N-EN"])
      let changed = try await site.database.read { try Search.check(in: $0) }
      #expect(changed.isEqual)
      // An index that lost and kept what it should not.
      try await site.database.index { db in
        try db.remove(kind: "activity", records: ["3"])
        try db.put([
          SearchEntry(kind: "activity", record: "99", rank: 1, day: 1, title: ["ghost"], body: [], marks: []),
          SearchEntry(kind: "activity", record: "4", rank: 1, day: 1, title: ["other"], body: [], marks: []),
        ])
      }
      let broken = try await site.database.read { try Search.check(in: $0) }
      #expect(Set(broken.different) == ["activity/3", "activity/4"] && broken.orphans == ["activity/99"])
      let count = try await Search.rebuild(site.database)
      let mended = try await site.database.read { try Search.check(in: $0) }
      #expect(mended.isEqual && mended.records == count)
      let isEmpty = try await site.database.read { try Search.isEmpty(in: $0) }
      #expect(!isEmpty)
    }
  }

  /// What may not be seen is not found, not counted and moves nothing.
  @Test(arguments: TestSite.engines) func visibility(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      _ = try await site.make(Self.need("V-public", "en", "Quux seen", "blorb"))
      func answer(_ token: String?) async throws -> [UInt8] {
        try await TestClient(try await site.mount()).get("/en/search?q=quux", TestViewers.header(token)).bytes
      }
      let before = try await answer(nil)
      for level in [Visibility.state, .secretariat, .parties, .providers] {
        _ = try await site.make(
          Self.need("V-\(level.rawValue)", "en", "Quux \(level.rawValue)", "quux", visibility: level))
      }
      let after = try await answer(nil)
      #expect(after == before)
      let own = TestViewers.token(.focalPoint, "KEN")
      let ofState = try await Self.references(site, Self.words("quux"), own)
      #expect(ofState.count == 5)
      let ofProvider = try await Self.references(
        site, Self.words("quux"), TestViewers.token(.provider, "XI-TEST-1"))
      #expect(ofProvider.count == 2)
      // The State finds in its trail that they were seen.
      let views = try await site.database.read {
        try $0.value("SELECT count(*) FROM sys_view", as: Int.self) ?? 0
      }
      #expect(views > 0)
    }
  }

  @Test(arguments: TestSite.engines) func page(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      for draft in Self.needs { _ = try await site.make(draft) }
      let client = TestClient(try await site.mount())
      for language in Language.all {
        let answer = try await client.get("/\(language.code)/search?" + Self.words("الأشخاص"))
        #expect(answer.status == 200 && !answer.text.contains("⟦"))
        #expect(answer.text.contains("<mark>بالأشخاص</mark>"))
        #expect(answer.text.contains("<bdi lang=\"ar\" dir=\"auto\">"))
        let empty = try await client.get("/\(language.code)/search")
        #expect(empty.status == 200 && !empty.text.contains("⟦"))
        let none = try await client.get("/\(language.code)/search?q=quuxquux&kind=need")
        #expect(none.status == 200 && none.text.contains("class=\"empty\"") && !none.text.contains("⟦"))
        let home = try await client.get("/\(language.code)/needs")
        #expect(
          home.text.contains("id=\"site-search\"")
            && home.text.contains("action=\"/\(language.code)/search\""))
      }
      let marked = try await client.get("/en/search?" + Self.words("людей"))
      #expect(marked.text.contains("<mark>людьми</mark>"))
      #expect(marked.text.contains("Searched for:"))
      let data = try JSON.parse(try await client.get("/api/v1/search?kind=need&" + Self.words("людей")).bytes)
      #expect(
        data["total"] == .int(1)
          && data["items"]?.elements?.first?["matched"]?.elements?.first?.text == "людьми")
      // By the language of the text.
      let english = try await Self.references(site, "q=training&language=en")
      #expect(english == ["N-EN"])
      let french = try await Self.references(site, "q=training&language=fr")
      #expect(french.isEmpty)
      for bad in ["kind=x", "language=de", "q=" + String(repeating: "a", count: 201), "after=zz"] {
        let refused = try await client.get("/en/search?" + (bad.hasPrefix("q=") ? "" : "q=a&") + bad)
        #expect(refused.status == 400, "\(bad.prefix(20))")
      }
      for hostile in [
        "\"", "'", "a\" OR \"b", "title:x", "*", "NEAR(a b)", "a & !b", "\\", "<b>", "^a", "a:*", "-a",
      ] {
        let answer = try await client.get("/en/search?" + Self.words(hostile))
        #expect(answer.status == 200, "\(hostile)")
      }
    }
  }
}
