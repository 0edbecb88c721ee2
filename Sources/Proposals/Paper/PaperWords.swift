package import Language

/// What must be seen to before a paper can be issued.
package enum PaperFinding: Sendable, Equatable {
  /// Longer than the rules allow; a warning.
  case tooLong(words: Int)
  /// A field of the masthead is empty; stops the issue.
  case missing(String)
}

extension PaperOutline {
  /// Words allowed in a paper of the secretariat, headings and footnotes included (Editorial Manual).
  package static let wordLimit = 8_500

  /// All words: title, headings, paragraphs, footnotes, annex.
  package func wordCount(_ t: Translator) -> Int {
    var texts: [String] = [title, annex.title, annex.caption, annex.note] + annex.header
    for chapter in chapters {
      texts.append(chapter.title)
      texts += chapter.sections.map(\.title)
      for paragraph in chapter.all {
        texts.append(paragraph.text.map(\.plain).joined())
        texts += paragraph.items.map { $0.map(\.plain).joined() }
      }
    }
    for row in annex.rows { texts += [row.heading] + row.cells.map(\.plain) }
    return texts.reduce(0) { $0 + PaperOutline.words($1, t) }
  }

  /// Words between spaces, as word processors count them; Chinese, which has none, by its dictionary.
  static func words(_ text: String, _ t: Translator) -> Int {
    if t.language.code == "zh" { return t.words(text).count }
    return text.split(whereSeparator: \.isWhitespace).count { $0.contains { $0.isLetter || $0.isNumber } }
  }

  package func findings(_ t: Translator) -> [PaperFinding] {
    let words = wordCount(t)
    let missing = masthead.missing.map { PaperFinding.missing($0) }
    return missing + (words > PaperOutline.wordLimit ? [.tooLong(words: words)] : [])
  }
}
