import Documents
import Foundation
import Language
import TestKit
import Testing
import Treaty
import Web

/// An extra language in which every text stands between marks, with accents: what a page says outside of them was not
/// taken from the catalogue.
@Suite(.serialized) struct PseudoLocaleTests {
  @Test func noTextIsHardCoded() async throws {
    try await LanguageFixture.with { copy in
      try copy.add("qps,Pseudo,ltr,en_GB,gregorian,latn", categories: ["one", "other"]) { key, _, text in
        key.hasPrefix("marks.") ? text : "⟪" + Self.accented(text) + "⟫"
      }
      let known = try Self.dataTexts()
      try await TestSite.with(.sqlite, data: DataDirectory(copy.path)) { site in
        let crawl = try await PageCrawl(site)
        var found: [String: String] = [:]
        var texts = 0
        let pages = try await crawl.pages(in: "qps") { address, page in
          var depth = 0
          for text in page.texts {
            // An attribute is a text of its own.
            var own = text.attribute == nil ? depth : 0
            let outside = Self.outside(text.text, depth: &own)
            if text.attribute == nil { depth = own }
            texts += 1
            // Records and what people wrote, where mark-up cannot say so.
            let isRecord =
              text.element == "option" && (address.contains("sections") || address.contains("/audit"))
            if isRecord || address.contains("/design") || address.hasSuffix("/resets") { continue }
            guard text.language == "qps", !text.isIsolated else { continue }
            let rest = outside.withoutIsolates.trimmingCharacters(in: Self.separators)
            // "Pseudo" is the language's own name, "and" CLDR's way of joining names in its locale.
            guard rest.contains(where: \.isLetter), !known.contains(rest), !["Pseudo", "and"].contains(rest)
            else {
              continue
            }
            found["<\(text.element)> \(text.attribute ?? "") \"\(rest)\""] = address
          }
          #expect(depth == 0, "\(address): marks do not pair")
        }
        let list = found.map { "\($0.key) at \($0.value)" }.sorted().prefix(60).joined(separator: "\n")
        #expect(found.isEmpty, "\n\(list)")
        #expect(pages > 150)
        print(
          "summary: pseudo-locale: \(pages) pages, \(texts) texts and attributes, \(found.count) hard-coded")
      }
    }
  }

  private static let separators = CharacterSet.whitespacesAndNewlines.union(
    .init(charactersIn: ":;,.·–—()/›"))

  private static func accented(_ text: String) -> String {
    let letters: [Character: Character] = [
      "a": "á", "e": "é", "i": "í", "o": "ó", "u": "ú", "A": "Á", "E": "É",
    ]
    var inArgument = false
    return String(
      text.map { character in
        if character == "{" { inArgument = true }
        if character == "}" { inArgument = false }
        return inArgument ? character : letters[character] ?? character
      })
  }
  /// What stands outside of the marks.
  private static func outside(_ text: String, depth: inout Int) -> String {
    var out = ""
    for character in text {
      switch character {
      case "⟪": depth += 1
      case "⟫": depth -= 1
      default: if depth <= 0 { out.append(character) }
      }
    }
    return out
  }

  /// Names from data files, which have languages of their own.
  static func dataTexts() throws -> Set<String> {
    var known: Set<String> = []
    let data = TestSite.data.path
    for name in try FileManager.default.subpathsOfDirectory(atPath: data)
    where name.hasSuffix(".csv") && !name.hasPrefix("codelists") && !name.hasPrefix("demo") {
      let table = CSVTable(Array(try Data(contentsOf: URL(fileURLWithPath: "\(data)/\(name)"))))
      for row in table.rows {
        for column in table.header {
          known.insert(row[column].trimmingCharacters(in: Self.separators))
        }
      }
    }
    return known
  }
}
