import Foundation
import Language
import TestKit
import Testing
import Treaty

/// The words of the field are the same in all catalogues.
///
/// `data/languages/glossary.csv` has for each term the accepted forms of each language, apart by `|`, the
/// preferred one first. A star stands for any letters at an end of a word. `glossary-exceptions.csv` names
/// messages in which a word means something else; there a star stands for all languages, or at the end of a
/// key for all keys that begin so.
@Suite struct GlossaryTests {
  static let languages = ["ar", "zh", "fr", "ru", "es"]

  /// One word of a form.
  struct Word {
    /// The word itself, and in English, French and Spanish its plurals.
    let variants: [String]
    let openStart: Bool
    let openEnd: Bool

    init(_ text: String, _ language: String) {
      openStart = text.hasPrefix("*")
      openEnd = text.hasSuffix("*")
      let core = text.replacing("*", with: "")
      var variants = [core]
      if ["en", "fr", "es"].contains(language) {
        variants += [core + "s", core + "es"]
        if core.hasSuffix("y") { variants.append(String(core.dropLast()) + "ies") }
      }
      self.variants = variants
    }

    func matches(_ word: String) -> Bool {
      if openStart && openEnd { return word.contains(variants[0]) }
      if openStart { return word.hasSuffix(variants[0]) }
      if openEnd { return word.hasPrefix(variants[0]) }
      return variants.contains(word)
    }
  }

  struct Term {
    let id: String
    /// By language, as they are written.
    let forms: [String: [String]]
    /// By language, word by word; Chinese is compared as it is written.
    let words: [String: [[Word]]]
  }

  struct Exception {
    let term: String
    let key: String
    let language: String
    let reason: String

    func covers(_ term: String, _ key: String, _ language: String) -> Bool {
      guard self.term == term, self.language == "*" || self.language == language else { return false }
      return self.key.hasSuffix("*") ? key.hasPrefix(String(self.key.dropLast())) : self.key == key
    }
  }

  /// Spaces, hyphens, dashes, apostrophes and marks of direction: they part words, not sentences.
  static let joiners = Set(
    (" \n-'\u{A0}\u{202F}\u{2010}\u{2011}\u{2013}\u{2014}\u{2019}"
      + "\u{200E}\u{200F}\u{2066}\u{2067}\u{2068}\u{2069}").unicodeScalars)

  /// Words without case, accents and marks; a full stop stands for an argument and for every other sign.
  static func split(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var inArgument = false
    for scalar in text.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars {
      var letter = false
      if !inArgument {
        switch scalar.properties.generalCategory {
        case .nonspacingMark: continue
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
          .decimalNumber, .letterNumber, .otherNumber:
          letter = true
        default: letter = scalar == "*"
        }
      }
      if letter {
        // Tatweel is no letter; alef maksura is written like ya in many texts.
        if scalar.value == 0x640 { continue }
        word.unicodeScalars.append(scalar.value == 0x649 ? "\u{64A}" : scalar)
        continue
      }
      if !word.isEmpty {
        words.append(word)
        word = ""
      }
      if scalar == "}" { inArgument = false }
      if inArgument { continue }
      if scalar == "{" { inArgument = true }
      if !joiners.contains(scalar) { words.append(".") }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  /// Whether the form stands at this place.
  static func stands(_ form: [Word], in words: [String], at place: Int) -> Bool {
    guard !form.isEmpty, place + form.count <= words.count else { return false }
    for (index, word) in form.enumerated() where !word.matches(words[place + index]) { return false }
    return true
  }

  static func rows(_ file: String, _ columns: [String]) -> [DataRow] {
    var faults: [DataFault] = []
    let rows = TestSite.data.rows("languages/\(file)", needing: columns, &faults)
    #expect(faults.isEmpty, "\(faults.prefix(5))")
    return rows
  }

  static func terms() -> [Term] {
    rows("glossary.csv", ["id", "en"] + languages + ["note", "status", "source"]).map { row in
      var forms: [String: [String]] = [:]
      var words: [String: [[Word]]] = [:]
      for language in ["en"] + languages {
        let cells = row[language].components(separatedBy: "|")
        let written = cells.map { $0.trimmingCharacters(in: .whitespaces) }
        forms[language] = written
        words[language] = written.map { form in
          split(form).filter { $0 != "." }.map { Word($0, language) }
        }
      }
      return Term(id: row["id"], forms: forms, words: words)
    }
  }

  static func exceptions() -> [Exception] {
    rows("glossary-exceptions.csv", ["term", "key", "language", "reason"]).map { row in
      Exception(term: row["term"], key: row["key"], language: row["language"], reason: row["reason"])
    }
  }

  /// Texts of a language by key; plural forms in one text.
  static func messages(_ language: String) throws -> [String: String] {
    let folder = TestSite.data.path + "/languages/" + language
    var texts: [String: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasSuffix(".json") {
      let file = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
      let json = try JSON.parse(file)
      for member in json["messages"]?.members ?? [] {
        let forms = (member.value.members ?? []).compactMap { $0.value.text }
        texts[member.key] = member.value.text ?? forms.joined(separator: " | ")
      }
    }
    return texts
  }

  /// Terms that a text in English uses. A word inside a longer term belongs to that term alone.
  static func uses(_ words: [String], _ starts: [String: [(term: Int, form: [Word])]]) -> [Int] {
    var found: [(from: Int, to: Int, term: Int)] = []
    for (place, word) in words.enumerated() {
      for (term, form) in starts[word] ?? [] where stands(form, in: words, at: place) {
        found.append((from: place, to: place + form.count, term: term))
      }
    }
    var terms: Set<Int> = []
    for use in found {
      let isPart = found.contains { other in
        other.from <= use.from && use.to <= other.to && other.to - other.from > use.to - use.from
      }
      if !isPart { terms.insert(use.term) }
    }
    return terms.sorted()
  }

  @Test func everyTermIsGivenInEveryLanguage() {
    let rows = Self.rows("glossary.csv", ["id", "en"] + Self.languages + ["note", "status", "source"])
    #expect(rows.count >= 150)
    let ids = Set(rows.map { $0["id"] })
    #expect(ids.count == rows.count)
    for row in rows {
      let status = row["status"]
      #expect(status == "unreviewed" || status == "reviewed", "line \(row.line)")
      #expect(!row["id"].isEmpty && !row["source"].isEmpty, "line \(row.line)")
    }
    for term in Self.terms() {
      for language in ["en"] + Self.languages {
        let forms = term.forms[language] ?? []
        #expect(!forms.isEmpty && !forms.contains(""), "\(term.id): \(language)")
        #expect(Set(forms).count == forms.count, "\(term.id): \(language)")
        let preferred = forms.first ?? ""
        #expect(!preferred.contains("*"), "\(term.id): the preferred form in \(language) is not whole")
      }
    }
  }

  /// Where the English message uses a term, the others use an accepted form of it.
  @Test func cataloguesUseTheTerms() throws {
    let terms = Self.terms()
    let exceptions = Self.exceptions()
    let english = try Self.messages("en")
    let ids = Set(terms.map(\.id))
    for exception in exceptions {
      #expect(ids.contains(exception.term) && !exception.reason.isEmpty, "\(exception.term) \(exception.key)")
    }

    var starts: [String: [(term: Int, form: [Word])]] = [:]
    for (index, term) in terms.enumerated() {
      for form in term.words["en"] ?? [] {
        for variant in form.first?.variants ?? [] {
          starts[variant, default: []].append((term: index, form: form))
        }
      }
    }
    let keys = english.keys.sorted()
    var used: [String: [Int]] = [:]
    for key in keys { used[key] = Self.uses(Self.split(english[key] ?? ""), starts) }

    var compared = 0
    var differences: [String] = []
    var applied: Set<Int> = []
    for language in Self.languages {
      let texts = try Self.messages(language)
      for key in keys {
        guard let text = texts[key], let indices = used[key], !indices.isEmpty else { continue }
        let words = Self.split(text)
        for index in indices {
          let term = terms[index]
          let excused = exceptions.indices.filter { exceptions[$0].covers(term.id, key, language) }
          if !excused.isEmpty {
            applied.formUnion(excused)
            continue
          }
          compared += 1
          let agrees: Bool
          if language == "zh" {
            agrees = (term.forms[language] ?? []).contains { text.contains($0) }
          } else {
            agrees = (term.words[language] ?? []).contains { form in
              words.indices.contains { Self.stands(form, in: words, at: $0) }
            }
          }
          if !agrees {
            let forms = (term.forms[language] ?? []).joined(separator: " | ")
            differences.append("\(language) \(key): \(term.id) (\(forms)) in “\(text)”")
          }
        }
      }
    }
    for difference in differences { print("difference: \(difference)") }
    #expect(differences.isEmpty, "\(differences.count) uses differ from the glossary")
    for index in exceptions.indices where !applied.contains(index) {
      Issue.record("an exception is needed no longer: \(exceptions[index].term) \(exceptions[index].key)")
    }
    #expect(compared > 4_000)
    print("summary: \(terms.count) terms, \(english.count) messages, \(compared) uses compared")
  }
}
