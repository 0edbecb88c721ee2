import Documents
import Foundation
import Language
import TestKit
import Testing
import Web

/// In pages of the other languages nothing is in English but what says so (`lang`), names and symbols.
///
/// Arabic, Chinese and Russian: no Latin word of three letters or more. French and Spanish: no word of the English texts
/// that their own texts do not have. What is allowed stands in allowed-words.csv, each with its reason.
@Suite(.serialized) struct EnglishWordsTests {
  static let file = TestSite.root + "/Tests/SiteTests/allowed-words.csv"

  @Test func pagesAreInTheirLanguage() async throws {
    let table = CSVTable(Array(try Data(contentsOf: URL(fileURLWithPath: Self.file))))
    #expect(table.faults.isEmpty && table.header == ["word", "languages", "reason"])
    #expect(table.rows.allSatisfy { !$0["reason"].isEmpty })
    let catalogue = try Catalogue.load(from: TestSite.data.path)
    var used: Set<String> = []
    for language in Language.all where language != .english {
      let allowed = Set(table.rows.filter { Self.covers($0, language) }.map { $0["word"].lowercased() })
      let english = language.isLatin ? try Self.words(.english, catalogue) : []
      let own = language.isLatin ? try Self.words(language, catalogue) : []
      let foreign = english.subtracting(own)
      try await TestSite.with(.sqlite) { site in
        let crawl = try await PageCrawl(site)
        let records = try crawl.texts()
        var found: [String: (text: String, address: String)] = [:]
        var texts = 0
        let pages = try await crawl.pages(in: language.code) { address, page in
          for text in page.texts where text.language == language.code && !text.isCode {
            // Titles of records in a choice, which mark-up cannot tell apart.
            if text.element == "option" && address.contains("sections") { continue }
            // Examples of a symbol, of a field's name and of what was asked; a person's own reason.
            if ["/design", "/search", "/resets"].contains(where: { address.contains($0) }) { continue }
            texts += 1
            for word in Self.latinWords(Self.withoutRecords(text, records)) {
              let isForeign = language.isLatin ? foreign.contains(word) : true
              guard isForeign else { continue }
              if allowed.contains(word) {
                used.insert(word)
              } else {
                found[word] = (String(text.text.prefix(80)), address)
              }
            }
          }
        }
        let list = found.sorted { $0.key < $1.key }.prefix(60).map {
          "\($0.key): \"\($0.value.text)\" at \($0.value.address)"
        }
        #expect(found.isEmpty, "\(language.code): \(found.count)\n\(list.joined(separator: "\n"))")
        print("summary: \(language.code): \(pages) pages, \(texts) texts, \(found.count) English words")
      }
    }
    let needless = Set(table.rows.map { $0["word"].lowercased() }).subtracting(used)
    #expect(needless.isEmpty, "allowed-words.csv allows what does not occur: \(needless.sorted())")
  }

  /// A name that someone gave stands isolated, in `bdi` or between U+2068 and U+2069, and is in no language that is
  /// known; it must be a text of a record.
  private static func withoutRecords(_ text: PageTexts.Text, _ records: Set<String>) -> String {
    if text.isIsolated && records.contains(text.text.trimmingCharacters(in: .whitespacesAndNewlines)) {
      return ""
    }
    return text.text.replacing(/\u{2068}([^\u{2068}\u{2069}]*)\u{2069}/) { match in
      records.contains(String(match.1)) ? " " : match.1
    }
  }
  private static func covers(_ row: CSVTable.Row, _ language: Language) -> Bool {
    row["languages"] == "all" || row["languages"].split(separator: " ").contains(Substring(language.code))
  }
  /// Words of three Latin letters or more, lower case; what has a digit in it is a symbol (SHA-256, B53CD-4NSRE).
  static func latinWords(_ text: String) -> [String] {
    text.matches(of: /[A-Za-z0-9\u{C0}-\u{24F}:-]+/).filter { !$0.output.contains(/[0-9]/) }
      .flatMap { $0.output.matches(of: /[A-Za-z\u{C0}-\u{24F}]+/).map { $0.output.lowercased() } }
      .filter { $0.count >= 3 }
  }
  /// Words of a language's texts and of the names in data files that are in it.
  private static func words(_ language: Language, _ catalogue: Catalogue) throws -> Set<String> {
    var found: Set<String> = []
    let folder = TestSite.data.path
    for name in try FileManager.default.contentsOfDirectory(atPath: "\(folder)/languages/\(language.code)") {
      let path = "\(folder)/languages/\(language.code)/\(name)"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      let json = try JSON.parse(text)
      for (_, value) in json["messages"]?.members ?? [] {
        for text in [value.text].compactMap({ $0 }) + (value.members ?? []).compactMap(\.value.text) {
          // Names of arguments are no words.
          found.formUnion(latinWords(text.replacing(/\{[a-zA-Z]+\}/, with: " ")))
        }
      }
    }
    guard language != .english else { return found }
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder)
    where name.hasSuffix(".csv") && !name.hasPrefix("codelists") {
      let table = CSVTable(Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))))
      for column in table.header where column.split(separator: "_").contains(Substring(language.code)) {
        for row in table.rows { found.formUnion(latinWords(row[column])) }
      }
    }
    return found
  }
}

extension Language {
  fileprivate var isLatin: Bool { code == "fr" || code == "es" }
}
