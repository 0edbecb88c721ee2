/// Catalogues out of `data/languages` as gettext PO, and back.
package enum Translation {
  /// Texts of a language as a PO file: context is the key, source the English text, `fuzzy` what no person has read.
  ///
  /// - Parameters:
  ///   - data: folder in which `languages.csv` lies.
  ///   - now: UTC time.
  /// - Throws: `CatalogueError` for faults of the files and for a language whose plural rule is not known.
  package static func export(_ language: Language, data: String, now: String) throws -> GettextFile {
    let source = try TranslationBook(.english, data: data)
    let book = try TranslationBook(language, data: data)
    let rule = try pluralRule(language)
    var entries: [GettextFile.Entry] = []
    for file in source.files {
      let own = book.file(file.subject)
      for (key, value) in file.messages {
        entries.append(
          try entry(key, value, own?[key], isReviewed: own?.isReviewed(key) ?? false, file, rule))
      }
    }
    let day = String(now.prefix(10)) + " " + now.dropFirst(11).prefix(5) + "+0000"
    return GettextFile(
      header: [
        ("Project-Id-Version", "Wasl"), ("Report-Msgid-Bugs-To", ""), ("POT-Creation-Date", day),
        ("PO-Revision-Date", day), ("Last-Translator", ""), ("Language-Team", ""),
        ("Language", language.code),
        ("MIME-Version", "1.0"), ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"), ("Plural-Forms", rule.header),
        ("X-Plural-Categories", rule.categories.joined(separator: " ")),
      ], entries: entries)
  }

  /// Gettext takes an empty text for one that is missing; a language may want none (no space between words).
  static let nothing = "∅"

  static func pluralRule(_ language: Language) throws -> PluralRule {
    guard let formats = Formats(language), let rule = PluralRule(formats) else {
      throw CatalogueError(faults: ["\(language.code): no plural rule of gettext is known for it"])
    }
    return rule
  }

  private static func entry(
    _ key: String, _ source: JSON, _ own: JSON?, isReviewed: Bool, _ file: TranslationFile, _ rule: PluralRule
  ) throws -> GettextFile.Entry {
    var entry = GettextFile.Entry()
    entry.context = key
    entry.references = [file.subject + ".json"]
    let arguments = try message(source, key).arguments.sorted()
    if !arguments.isEmpty {
      entry.comments = [arguments.map { "{\($0)}" }.joined(separator: " ")]
      entry.flags.insert("python-brace-format")
    }
    switch source {
    case .object(let forms):
      let other = source["other"]?.text ?? ""
      entry.source = forms.first { $0.key == "one" }?.value.text ?? other
      entry.sourcePlural = other
      // A form that the language has and the file lacks is left to the translator.
      entry.texts = rule.categories.map { own?[$0]?.text ?? "" }
      entry.comments.append("msgstr: " + rule.categories.joined(separator: ", "))
    default:
      entry.source = source.text ?? ""
      entry.texts = [own.map { $0.text == "" ? nothing : $0.text ?? "" } ?? ""]
      if source.text?.contains(where: { !$0.isWhitespace }) != true {
        entry.comments.append("\(nothing) stands for no text at all")
      }
    }
    if !isReviewed, entry.texts.contains(where: { !$0.isEmpty }) { entry.flags.insert("fuzzy") }
    return entry
  }

  static func message(_ value: JSON, _ key: String) throws -> Message {
    do throws(MessageFault) {
      return try Message(value)
    } catch {
      throw CatalogueError(faults: ["\"\(key)\": \(error.reason)"])
    }
  }
}
