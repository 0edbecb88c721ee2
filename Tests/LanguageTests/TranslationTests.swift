import Documents
import Foundation
import Testing

@testable import Language

/// Catalogues as gettext PO: there and back, checked by gettext's own programs.
@Suite struct TranslationTests {
  static let data =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path + "/data"
  static let now = "2026-06-15T09:30:00Z"

  /// A copy of the data that may be changed.
  static func copied<T>(_ body: (String) throws -> T) throws -> T {
    let folder = FileManager.default.temporaryDirectory.path + "/wasl-po-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for name in ["languages", "languages.csv"] {
      try FileManager.default.copyItem(atPath: "\(data)/\(name)", toPath: "\(folder)/\(name)")
    }
    return try body(folder)
  }
  static func run(_ command: [String], _ input: String = "") throws -> String {
    let ended = try SystemProgram("/usr/bin/env", command, input: Array(input.utf8)).run()
    try #require(ended.code == 0, "\(command.joined(separator: " ")): \(ended.complaint)")
    return ended.text + ended.complaint
  }

  /// Export, msgfmt, another tool's line breaks, import: the same bytes in every language.
  @Test(arguments: Language.all) func thereAndBack(_ language: Language) throws {
    try Self.copied { folder in
      let file = try Translation.export(language, data: folder, now: Self.now)
      let path = "\(folder)/\(language.code).po"
      try file.text.write(toFile: path, atomically: true, encoding: .utf8)
      let counted = try Self.run([
        "msgfmt", "--check", "--use-fuzzy", "--statistics", "--output-file=/dev/null", path,
      ])
      #expect(counted.contains("\(file.entries.count) fuzzy translations"), "\(counted)")
      #expect(!counted.contains("untranslated"), "\(counted)")
      for text in [file.text, try Self.run(["msgcat", "--width=50", path])] {
        #expect(GettextFile.parse(text).faults.isEmpty)
        let outcome = try Translation.read(text, languages: Language.all, data: folder)
        #expect(outcome.files.isEmpty, "\(outcome.files.map(\.path))")
        #expect(outcome.texts == file.entries.count && outcome.changed == 0 && outcome.untranslated == 0)
      }
      // Also when every file is written anew from nothing but what was read.
      for subject in try TranslationBook(language, data: folder).files {
        #expect(
          subject.bytes == Array(try Data(contentsOf: URL(fileURLWithPath: subject.path))), "\(subject.path)")
      }
      print(
        "summary: \(language.code): \(file.entries.count) texts as PO, msgfmt --check, import gives the same bytes"
      )
    }
  }

  /// The header chooses the form that CLDR chooses; evaluated by Python's gettext.
  @Test(arguments: [
    "ar", "zh_Hans", "en_GB", "fr", "ru", "es", "pl", "cs", "sl", "lt", "ro", "he", "pt", "sw", "hi", "ja",
    "uk",
  ])
  func pluralForms(_ locale: String) throws {
    let language = Language(code: locale, name: locale, direction: .leftToRight, locale: locale)
    let formats = try #require(Formats(language))
    let rule = try #require(PluralRule(formats), "\(locale): \(formats.pluralCategories)")
    let program =
      "import gettext,sys\nf=gettext.c2py(sys.argv[1])\nprint(*[f(n) for n in range(3000)],f(1000000),f(1000001))"
    let chosen = try Self.run(["python3", "-c", program, rule.formula]).split(whereSeparator: \.isWhitespace)
      .compactMap {
        Int($0)
      }
    let wanted = (Array(0..<3000) + [1_000_000, 1_000_001]).map { formats.plural(Double($0)) }
    #expect(chosen.map { rule.categories[$0] } == wanted, "\(locale)")
    let counts = ["ar": 6, "ru": 4, "zh_Hans": 1, "en_GB": 2, "fr": 3, "es": 3]
    if let count = counts[locale] { #expect(rule.header.hasPrefix("nplurals=\(count); ")) }
  }

  /// What a person has read loses `fuzzy` and is noted; a changed text is written; new keys stand where they belong.
  @Test func reviewsAndChangesAreKept() throws {
    try Self.copied { folder in
      let path = "\(folder)/languages/fr/needs.json"
      var book = try TranslationFile(path, subject: "needs")
      book.messages.removeAll { $0.key == "needs.list.none" }
      try Data(book.bytes).write(to: URL(fileURLWithPath: path))
      var file = try Translation.export(.french, data: folder, now: Self.now)
      let missing = try #require(file.entries.firstIndex { $0.context == "needs.list.none" })
      #expect(file.entries[missing].texts == [""] && !file.entries[missing].flags.contains("fuzzy"))
      file.entries[missing].texts = ["Aucun besoin \"ici\"\nni là"]
      let title = try #require(file.entries.firstIndex { $0.context == "needs.list.title" })
      file.entries[title].flags.remove("fuzzy")
      let outcome = try Translation.read(file.text, languages: Language.all, data: folder)
      #expect(outcome.changed == 1 && outcome.reviewed == 2 && outcome.files.map(\.path) == [path])
      try outcome.write()
      let after = try TranslationFile(path, subject: "needs")
      #expect(after["needs.list.none"]?.text == "Aucun besoin \"ici\"\nni là")
      #expect(after.reviewed == ["needs.list.title", "needs.list.none"] && after.status == "unreviewed")
      let english = try TranslationFile("\(folder)/languages/en/needs.json", subject: "needs")
      #expect(after.messages.map(\.key) == english.messages.map(\.key))
      #expect(try Catalogue.load(from: folder).findings().filter { $0.language == "fr" }.isEmpty)
      // Marked as unsure again: no longer noted.
      file.entries[title].flags.insert("fuzzy")
      file.entries[missing].flags.insert("fuzzy")
      try Translation.read(file.text, languages: Language.all, data: folder).write()
      #expect(try TranslationFile(path, subject: "needs").reviewed.isEmpty)
    }
  }

  /// All faults at once, each with line and key; nothing is written.
  @Test func faultsAreToldTogether() throws {
    try Self.copied { folder in
      var file = try Translation.export(.russian, data: folder, now: Self.now)
      func change(_ key: String, _ body: (inout GettextFile.Entry) -> Void) throws {
        let index = try #require(file.entries.firstIndex { $0.context == key })
        body(&file.entries[index])
      }
      try change("web.request") { $0.texts = ["Запрос"] }
      try change("web.place.line") { $0.texts[0] += " {extra}" }
      try change("web.skip") { $0.source = "Skip" }
      try change("web.home") { $0.context = "web.house" }
      try change("web.pager.of") { $0.texts.removeLast() }
      try change("web.wait") { $0.texts[1] = "" }
      try change("web.none") { $0.texts = [""] }
      try change("web.yes") { $0.texts = ["Да {"] }
      file.entries.append(try #require(file.entries.first { $0.context == "web.no" }))
      let text = file.text + "\nmsgid nonsense\n"
      let before = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/languages/ru").count
      let refused = #expect(throws: Translation.Refused.self) {
        try Translation.read(text, languages: Language.all, data: folder)
      }
      let found = Dictionary(grouping: refused?.faults ?? [], by: \.rule).mapValues { $0.map(\.key) }
      #expect(
        found == [
          "syntax": [""], "placeholder-missing": ["web.request"], "placeholder-unknown": ["web.place.line"],
          "source": ["web.skip"], "unknown": ["web.house"], "forms": ["web.pager.of"],
          "form-missing": ["web.wait"],
          "emptied": ["web.none"], "text": ["web.yes"], "twice": ["web.no"],
        ], "\(found)")
      #expect(refused?.faults.filter { $0.line == 0 }.isEmpty == true)
      #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/languages/ru").count == before)
      let catalogue = try Catalogue.load(from: folder)
      for language in Language.all {
        let t = catalogue.translator(language)
        for fault in refused?.faults ?? [] {
          let words = t("catalogues.fault." + fault.rule, fault.arguments)
          #expect(!words.contains("⟦"), "\(words)")
        }
      }
      file.header = file.header.map { $0.name == "Plural-Forms" ? ($0.name, "nplurals=3; plural=0;") : $0 }
      file.header = file.header.map { $0.name == "Language" ? ($0.name, "de") : $0 }
      let other = #expect(throws: Translation.Refused.self) {
        try Translation.read(file.text, languages: Language.all, data: folder)
      }
      #expect(other?.faults.map(\.rule) == ["language"])
      file.header = file.header.map { $0.name == "Language" ? ($0.name, "ru") : $0 }
      let third = #expect(throws: Translation.Refused.self) {
        try Translation.read(file.text, languages: Language.all, data: folder)
      }
      #expect(third?.faults.first?.rule == "plural-forms")
    }
  }

  @Test func marksOfEachLanguage() throws {
    let catalogue = try Catalogue.load(from: Self.data)
    let wanted: [(Language, String, String, String, String)] = [
      (.arabic, "(أ)", "(ج)", "أولا-", "«"), (.chinese, "(a)", "(c)", "一、", "“"),
      (.english, "(a)", "(c)", "I.", "“"),
      (.french, "a)", "c)", "I.", "«\u{202F}"), (.russian, "а)", "в)", "I.", "«"),
      (.spanish, "a)", "c)", "I.", "«"),
    ]
    for (language, first, third, chapter, quote) in wanted {
      let marks = Marks(catalogue.translator(language))
      #expect(marks.letter(0) == first && marks.letter(2) == third && marks.chapter(0) == chapter)
      #expect(marks.quotation().open == quote && marks.quotation(inner: true).open != quote)
    }
  }
}
