import Foundation
import Testing

@testable import Language

enum Fixture {
  /// A catalogue of texts given as JSON by language and subject.
  static func catalogue(_ texts: [(Language, String, String)] = []) throws -> Catalogue {
    let files = try texts.map { language, subject, messages in
      try CatalogueFile.parse(
        Array("{\"status\":\"unreviewed\",\"reviewed\":[],\"messages\":\(messages)}".utf8), path: "test.json",
        subject: subject, language)
    }
    return try Catalogue(languages: Language.all, files: files)
  }
  static let data = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/data"
}

@Suite struct CatalogueTests {
  @Test func argumentsOfEveryKind() throws {
    let catalogue = try Fixture.catalogue([
      (
        .english, "needs",
        #"""
        {"needs.all":"{a} {b} {c} {d} {e} {f} {g} {h} {i} {{x}}","needs.word":"open",
         "needs.count":{"one":"{count} need in {place}","other":"{count} needs in {place}"}}
        """#
      )
    ])
    let t = catalogue.translator(.english)
    let text = t(
      "needs.all",
      [
        "a": "A", "b": 1234, "c": .decimal("1.50"), "d": .year(2026), "e": .date("2026-01-15"),
        "f": .money(minor: 100, currency: "USD"), "g": .percent(0.5), "h": .word("needs.word"),
        "i": .isolated("<x>"),
      ])
    #expect(text == "A 1,234 1.5 2026 15 January 2026 USD\u{A0}1 50% open \u{2068}<x>\u{2069} {x}")
    #expect(t("needs.count", ["count": 1, "place": "Peru"]) == "1 need in Peru")
    #expect(t("needs.count", ["count": 1001, "place": "Peru"]) == "1,001 needs in Peru")
    #expect(catalogue.missing.isEmpty)
  }

  @Test func arabicHasSixForms() throws {
    let forms = #"{"n.n":{"zero":"z","one":"o","two":"t","few":"f","many":"m","other":"x"}}"#
    let t = try Fixture.catalogue([(.arabic, "n", forms)]).translator(.arabic)
    let chosen = [0, 1, 2, 3, 10, 11, 99, 100, 103].map { t("n.n", ["count": .number($0)]) }
    #expect(chosen == ["z", "o", "t", "f", "f", "m", "m", "x", "f"])
  }

  @Test func whatIsMissingShowsAndCounts() throws {
    let catalogue = try Fixture.catalogue([(.english, "a", #"{"a.b":"{x} and {y}"}"#)])
    let t = catalogue.translator(.english)
    #expect(t("a.none") == "⟦a.none⟧")
    #expect(t("a.none") == "⟦a.none⟧")
    #expect(t("a.b", ["x": "X"]) == "X and ⟦y⟧")
    #expect(catalogue.missing["en a.none"] == 2)
    #expect(catalogue.translator(.french)("a.b") == "⟦a.b⟧")
  }

  @Test(arguments: [
    (#"{"b.x":"t"}"#, "does not begin"), (#"{"a.x":"{"}"#, "without"), (#"{"a.x":"}"}"#, "without"),
    (#"{"a.x":"{a b}"}"#, "not an argument"), (#"{"a.x":3}"#, "neither"), (#"{"a.x":{"one":"t"}}"#, "other"),
    (#"{"a.x":{"sometimes":"t","other":"t"}}"#, "plural category"), (#"{"a.x":"t","a.x":"u"}"#, "twice"),
    (#"{"a.x":{"other":[]}}"#, "not a text"), (#"[]"#, "not an object"), (#"{"a.x":"t",}"#, "line 1"),
  ])
  func faultyFiles(_ messages: String, _ reason: String) {
    #expect {
      try Fixture.catalogue([(.english, "a", messages)])
    } throws: { "\($0)".contains(reason) }
  }

  @Test func findingsBetweenLanguages() throws {
    let catalogue = try Fixture.catalogue([
      (
        .english, "a",
        #"{"a.one":"{x}","a.two":"t","a.plural":{"one":"{count} of {y}","other":"{count} of {y}"},"a.same":"s"}"#
      ),
      (
        .russian, "a",
        #"{"a.one":"{z}","a.extra":"t","a.plural":{"one":"{count}","other":"{count} {y}"},"a.same":"s"}"#
      ),
      (.french, "a", #"{"a.one":"{x}","a.two":"t","a.plural":"{count} {y}","a.same":"s"}"#),
    ])
    let found = Set(catalogue.findings().map(\.description))
    #expect(found.contains("ru a.two: missing "))
    #expect(found.contains("ru a.extra: extra "))
    #expect(found.contains(#"ru a.one: arguments ["z"] instead of ["x"]"#))
    #expect(found.contains("ru a.plural: plural lacks few, many"))
    #expect(found.contains("ru a.plural: arguments one lacks y"))
    #expect(found.contains("fr a.plural: forms no plural forms"))
    #expect(!found.contains { $0.contains("a.same") })
    #expect(catalogue.unreviewed(.french).count == 4)
  }

  @Test func theShippedCatalogueLoads() throws {
    let catalogue = try Catalogue.load(from: Fixture.data)
    #expect(catalogue.languages.map(\.code) == ["ar", "zh", "en", "fr", "ru", "es"])
    for (one, other) in zip(catalogue.languages, Language.all) {
      #expect(one.name == other.name && one.direction == other.direction && one.locale == other.locale)
    }
    #expect(catalogue.keys(.english).contains("web.skip"))
    // Whatever English says must be sound in itself.
    #expect(catalogue.findings().filter { $0.language == "en" && $0.kind != .plural }.isEmpty)
  }

  @Test func aSeventhLanguageIsDataAlone() throws {
    let folder = NSTemporaryDirectory() + "wasl-language-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(
      atPath: folder + "/languages/sw", withIntermediateDirectories: true)
    try
      "code,name,direction,locale,calendar,digits\nen,English,ltr,en_GB,gregorian,latn\nsw,Kiswahili,ltr,sw,gregorian,latn\n"
      .write(toFile: folder + "/languages.csv", atomically: true, encoding: .utf8)
    try #"{"status":"reviewed","reviewed":[],"messages":{"a.b":"Habari {x}"}}"#
      .write(toFile: folder + "/languages/sw/a.json", atomically: true, encoding: .utf8)
    let catalogue = try Catalogue.load(from: folder)
    let swahili = try #require(catalogue.language("sw"))
    #expect(catalogue.translator(swahili)("a.b", ["x": 1234]) == "Habari 1,234")
    #expect(Language.negotiate(acceptLanguage: "sw-KE", among: catalogue.languages).code == "sw")
  }

  @Test(arguments: [
    "", "code,name\n", "code,name,direction,locale,calendar,digits\n",
    "code,name,direction,locale,calendar,digits\nen,English,sideways,en,gregorian,latn\n",
    "code,name,direction,locale,calendar,digits\nen,English,ltr,en,gregorian\n",
    "code,name,direction,locale,calendar,digits\nen,E,ltr,en,gregorian,latn\nen,E,ltr,en,gregorian,latn\n",
  ])
  func faultyTables(_ text: String) {
    #expect(throws: CatalogueError.self) { try LanguageTable.parse(text, path: "languages.csv") }
  }
}
