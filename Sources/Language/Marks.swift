/// Marks of chapters, sections, paragraphs and lists, and quotation marks, as a language writes them.
/// They stand in the language's files (`marks.json`), series separated by spaces.
package struct Marks: Sendable {
  private let chapters: [String]
  private let sections: [String]
  private let letters: [String]
  private let t: Translator

  package init(_ t: Translator) {
    self.t = t
    func series(_ key: String) -> [String] { t(key).split(separator: " ").map(String.init) }
    chapters = series("marks.chapters")
    sections = series("marks.sections")
    letters = series("marks.letters")
  }

  /// From 0: `I.`, `أولا-`
  package func chapter(_ index: Int) -> String {
    t("marks.chapter", ["mark": .text(Marks.member(chapters, index))])
  }
  /// From 0: `A.`, `ألف-`
  package func section(_ index: Int) -> String {
    t("marks.section", ["mark": .text(Marks.member(sections, index))])
  }
  package func paragraph(_ number: Int) -> String { t("marks.paragraph", ["number": .number(number)]) }
  /// From 0: `(a)`, `a)`, `а)`, `(أ)`; after the last letter the series begins again with letters doubled.
  package func letter(_ index: Int) -> String {
    t("marks.letter", ["letter": .text(Marks.member(letters, index))])
  }
  /// Between the members of a plain list.
  package var separator: String { t("marks.separator") }
  /// What stands before and after words of someone else; `inner` within such words.
  package func quotation(inner: Bool = false) -> (open: String, close: String) {
    inner
      ? (t("marks.quote.inner-open"), t("marks.quote.inner-close"))
      : (t("marks.quote.open"), t("marks.quote.close"))
  }

  static func member(_ series: [String], _ index: Int) -> String {
    guard !series.isEmpty else { return String(index + 1) }
    return String(repeating: series[index % series.count], count: index / series.count + 1)
  }
}
