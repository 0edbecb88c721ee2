import Activities
import Foundation
import Storage
import TestKit
import Testing

@Suite struct ActivitiesImportTests {
  struct Bad: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    var testDescription: String { name }
    init(_ name: String, _ text: String) { self.init(name, bytes: Array(text.utf8)) }
    init(_ name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }
  static let good = IATIText.file([IATIText("XI-TEST-1-1"), IATIText("XI-TEST-1-2")])
  /// Files of which nothing may be kept.
  static let refused: [Bad] = [
    Bad("truncated", String(good.dropLast(60))),
    Bad("empty", ""),
    Bad("HTML", "<!doctype html><html><body><p>Not found</p></body></html>"),
    Bad("not XML", "identifier,title\n1,2\n"),
    Bad(
      "entity bomb",
      "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><iati-activities version=\"2.03\">&b;</iati-activities>"
    ),
    Bad(
      "external entity",
      "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><iati-activities version=\"2.03\">&e;</iati-activities>"
    ),
    Bad("version 1.05", good.replacing("version=\"2.03\"", with: "version=\"1.05\"")),
    Bad("no version", good.replacing(" version=\"2.03\"", with: "")),
    Bad("organisations", "<iati-organisations version=\"2.03\"></iati-organisations>"),
    Bad(
      "wrong encoding",
      bytes: Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?><iati-activities version=\"2.03\">".utf8) + [
        0xFF, 0xFE, 0xC3,
      ] + Array("</iati-activities>".utf8)),
    Bad(
      "NUL", bytes: Array("<iati-activities version=\"2.03\">".utf8) + [0] + Array("</iati-activities>".utf8)),
    Bad("mismatched tags", good.replacing("</title>", with: "</titel>")),
    Bad("damaged gzip", bytes: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3]),
  ]

  @Test(arguments: TestSite.engines, refused) func nothingOfItIsKept(on engine: Engine, _ bad: Bad)
    async throws
  {
    try await TestSite.with(engine) { site in
      let outcome = try await site.importBytes(bad.bytes, name: "bad.xml")
      #expect(outcome.isRefused)
      #expect(outcome.accepted == 0)
      #expect(outcome.received == outcome.accepted + outcome.unchanged + outcome.rejected)
      let (rows, findings) = try await site.database.read { db in
        (
          try Activities.count(Activities.Filter(), in: db),
          try Activities.findings(of: outcome.id, after: 0, limit: 10, in: db)
        )
      }
      #expect(rows == 0)
      #expect(findings.count == 1)
      for code in ["en", "ar", "zh", "fr", "ru", "es"] {
        let t = site.site.translator(code)
        for finding in findings {
          #expect(!Activities.text(finding, t).contains("⟦") && !Activities.mend(finding, t).contains("⟦"))
        }
      }
    }
  }

  @Test(arguments: TestSite.engines) func aFolderAndNothingAreRefused(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      for path in [site.folder, site.folder + "/absent.xml"] {
        let outcome = try await site.importPath(path, name: "x")
        #expect(outcome.isRefused && outcome.received == 0)
      }
    }
  }

  @Test(arguments: TestSite.engines) func unchangedChangedAndDuplicate(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      let first = try await site.importText(Self.good)
      #expect(first.received == 2 && first.accepted == 2)
      let again = try await site.importText(Self.good.replacing("><title>", with: ">\n  <title>"))
      #expect(again.unchanged == 2 && again.accepted == 0, "white space between elements is no change")
      var changed = IATIText("XI-TEST-1-2")
      changed.title = "Witness protection"
      let third = try await site.importText(IATIText.file([IATIText("XI-TEST-1-1"), changed, changed]))
      #expect(third.received == 3 && third.accepted == 1 && third.unchanged == 1 && third.rejected == 1)
      let item = try await site.database.read { try Activities.find(identifier: "XI-TEST-1-2", in: $0) }
      #expect(item?.title == "Witness protection" && item?.version == 2)
      let rules = try await site.database.read { try Activities.findingCounts(of: third.id, in: $0) }.map(
        \.rule)
      #expect(rules.contains("iati.identifier.duplicate"))
    }
  }

  @Test(arguments: TestSite.engines) func everythingComesBack(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      var item = IATIText("XI-TEST-1-1")
      item.countries = [("KE", "60"), ("XK", "40")]
      item.tags = ["UNTOC-18"]
      item.budgets = [(2025, "1234.50", "EUR")]
      item.spending = [("2025-04-01", "-7", "JPY", "PE")]
      _ = try await site.importText(IATIText.file([item]))
      let whole = try #require(try await site.database.read { try Activities.whole(1, in: $0) })
      #expect(whole.detail.texts.map(\.kind) == ["title", "description"])
      #expect(
        whole.detail.places.map(\.state) == ["KEN", nil]
          && whole.detail.places.map(\.share) == [600_000_000_000, 400_000_000_000])
      #expect(whole.detail.budgets.first?.minor == 123_450 && whole.detail.transactions.first?.minor == -7)
      #expect(whole.detail.classes.map(\.kind) == ["sector", "tag"])
      #expect(
        whole.claims.contains {
          $0.area == "ICOOP" && $0.provision == "UNTOC-18" && $0.source == "tag" && $0.strength == 3
        })
      #expect(whole.claims.contains { $0.source == "words" })
    }
  }

  /// Filters, facets and names on stored activities.
  @Test(arguments: TestSite.engines) func filtersAndFacets(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      var other = IATIText("XI-TEST-1-2", title: "Rural roads")
      other.sectors = ["21010"]
      other.countries = [("PE", nil)]
      other.status = "5"
      _ = try await site.importText(IATIText.file([IATIText("XI-TEST-1-1"), other]))
      let filters: [(@Sendable (inout Activities.Filter) -> Void, Int)] = [
        ({ _ in }, 2), ({ $0.state = "KEN" }, 1), ({ $0.group = "african" }, 1), ({ $0.area = "ICOOP" }, 1),
        ({ $0.areas = ["ICOOP", "CA"] }, 1), ({ $0.area = "*" }, 1), ({ $0.provision = "UNTOC-18" }, 1),
        ({ $0.reporter = "XI-TEST-1" }, 2), ({ $0.status = "5" }, 1), ({ $0.year = 2025 }, 1),
        ({ $0.year = 2030 }, 0),
      ]
      for (index, (change, expected)) in filters.enumerated() {
        var filter = Activities.Filter()
        change(&filter)
        let chosen = filter
        let (rows, count) = try await site.database.read { db in
          (try Activities.list(chosen, after: nil, limit: 10, in: db), try Activities.count(chosen, in: db))
        }
        #expect(rows.count == expected && count == expected, "filter \(index)")
      }
      for facet in Activities.Facet.allCases {
        #expect(
          !(try await site.database.read { try Activities.counts(of: facet, Activities.Filter(), in: $0) })
            .isEmpty)
      }
      #expect(
        try await site.database.read { try Activities.reporterNames(in: $0) } == [
          "XI-TEST-1": "Test provider"
        ])
      let first = try await site.database.read {
        try Activities.list(Activities.Filter(), after: nil, limit: 1, in: $0)
      }
      let last = try #require(first.first)
      let (day, id) = (last.startOn ?? "", last.id)
      let rest = try await site.database.read {
        try Activities.list(Activities.Filter(), after: (day, id), limit: 5, in: $0)
      }
      #expect(rest.count == 1)
      let providers = try await site.database.read { try Activities.providers(Activities.Filter(), in: $0) }
      #expect(providers.map(\.activities) == [2])
      #expect(
        try await site.database.read { try Activities.recipients(Activities.Filter(), in: $0) } == [
          "KEN", "PER",
        ])
      let imports = try await site.database.read { try Activities.imports(before: nil, limit: 5, in: $0) }
      #expect(imports.count == 1 && imports[0].received == 2)
      #expect(try await site.database.read { try Activities.imports(before: 1, limit: 5, in: $0) }.isEmpty)
    }
  }

  /// Other people's real files, where they are beside the package: every activity counted, all taken in, then all unchanged.
  @Test(arguments: TestSite.engines) func realFiles(on engine: Engine) async throws {
    guard let shared = TestSite.shared else { return print("summary: real files absent, not imported") }
    try await TestSite.with(engine) { site in
      let folder = shared + "/iati/real"
      var total = 0
      for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      where name.hasSuffix(".xml") {
        let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
        let counted = text.matches(of: /<iati-activity[\s>]/).count
        let first = try await site.importPath("\(folder)/\(name)", name: name)
        #expect(first.received == counted && first.accepted == counted && !first.isRefused, "\(name)")
        let again = try await site.importPath("\(folder)/\(name)", name: name)
        #expect(again.unchanged == counted && again.accepted == 0, "\(name)")
        total += counted
      }
      #expect(total == 1_144)
      print(
        "summary: \(total) activities of the real files taken in on \(engine.rawValue), then all unchanged")
    }
  }

  @Test(arguments: TestSite.engines) func ownStandard(on engine: Engine) async throws {
    guard let shared = TestSite.shared else { return print("summary: standard absent, not loaded") }
    try await TestSite.with(engine) { site in
      let outcome = try await Activities.loadStandard(
        shared + "/iati", files: site.site.files, by: Actor("test"), database: site.database)
      #expect(outcome.schemas == 4 && outcome.rulesets == 1 && outcome.lists > 60 && outcome.codes > 1_000)
      let own = try await site.database.read {
        try $0.value("SELECT count(*) FROM activities_code", as: Int.self)
      }
      #expect((own ?? 0) > 1_000)
      let reference = try await Activities.reference(data: site.site.data, database: site.database)
      #expect(reference.codes.lists["AidType"]?.contains("D01") == true)
    }
  }
}
