package import Language
package import Storage

/// A name from data in up to six languages, with its status (`official`, `unreviewed`).
package struct Multilingual: Sendable, Hashable {
  /// Language code → text; absent when nobody has written it.
  package let texts: [String: String]
  package let status: String

  package init(texts: [String: String], status: String) {
    self.texts = texts
    self.status = status
  }
  /// Reads `name_en` … `name_es` (or another prefix).
  package init(row: Row, prefix: String = "name", status: String) throws {
    var texts: [String: String] = [:]
    for code in Multilingual.codes {
      let text: String? = try row["\(prefix)_\(code)"]
      texts[code] = text
    }
    self.init(texts: texts, status: status)
  }

  package static let codes = ["ar", "zh", "en", "fr", "ru", "es"]

  package struct Choice: Sendable, Equatable {
    package let text: String
    /// The language the text is in: the reader's, or English, which the page then marks with `lang`.
    package let language: String
  }
  package func choice(_ language: Language) -> Choice {
    if let text = texts[language.code] { return Choice(text: text, language: language.code) }
    return Choice(text: texts["en"] ?? "", language: "en")
  }
  package func text(_ language: Language) -> String { choice(language).text }
  package var isUnreviewed: Bool { status != "official" && status != "reviewed" && status != "UNTERM" }
}
