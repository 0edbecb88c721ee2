import Language

/// Official names in the paper's language, by code. They come from data, never from texts of the paper.
package struct PaperNames: Sendable {
  package let states: [String: String]
  /// Names of States in the language of the original. Paragraphs follow their order in every language, so that a
  /// paragraph has the same number everywhere; lists inside a sentence follow the order of the paper's language.
  package let original: [String: String]
  /// Short names: "Organized Crime Convention".
  package let instruments: [String: String]
  package let forms: [String: String]
  package let groups: [String: String]
  package let obligations: [String: String]

  package init(
    states: [String: String], original: [String: String] = [:], instruments: [String: String],
    forms: [String: String], groups: [String: String],
    obligations: [String: String]
  ) {
    self.states = states
    self.original = original
    self.instruments = instruments
    self.forms = forms
    self.groups = groups
    self.obligations = obligations
  }

  func state(_ code: String) -> PaperNode { states[code].map { .name($0, language: nil) } ?? .symbol(code) }
  func instrument(_ code: String) -> PaperNode {
    instruments[code].map { .name($0, language: nil) } ?? .symbol(code)
  }

  /// Codes of States in the order of the original.
  func ordered(_ codes: [String], original code: String, _ t: Translator) -> [String] {
    let language = t.catalogue.language(code) ?? t.language
    return t.catalogue.translator(language).sorted(codes) { original[$0] ?? $0 }
  }
  /// Codes of States in the alphabetical order of the language.
  func sorted(_ codes: [String], _ t: Translator) -> [String] { t.sorted(codes) { states[$0] ?? $0 } }
}
