import Language

/// Marks of chapters, sections, paragraphs and lists as the paper's language writes them.
/// The series stand in the language files, separated by spaces.
struct PaperMarks {
  private let chapters: [String]
  private let sections: [String]
  private let letters: [String]
  private let t: Translator

  init(_ t: Translator) {
    self.t = t
    func series(_ key: String) -> [String] { t(key).split(separator: " ").map(String.init) }
    chapters = series("proposals-paper.mark.chapters")
    sections = series("proposals-paper.mark.sections")
    letters = series("proposals-paper.mark.letters")
  }

  /// From 0: `I.`, `أولا-`
  func chapter(_ index: Int) -> String {
    t("proposals-paper.mark.chapter", ["mark": .text(PaperMarks.member(chapters, index))])
  }
  /// From 0: `A.`, `ألف-`
  func section(_ index: Int) -> String {
    t("proposals-paper.mark.section", ["mark": .text(PaperMarks.member(sections, index))])
  }
  func paragraph(_ number: Int) -> String { t("proposals-paper.mark.paragraph", ["number": .number(number)]) }
  /// From 0: `(a)`, `a)`, `(أ)`; after the last letter the series begins again with letters doubled.
  func letter(_ index: Int) -> String {
    t("proposals-paper.mark.letter", ["letter": .text(PaperMarks.member(letters, index))])
  }

  static func member(_ series: [String], _ index: Int) -> String {
    guard !series.isEmpty else { return String(index + 1) }
    return String(repeating: series[index % series.count], count: index / series.count + 1)
  }
}
