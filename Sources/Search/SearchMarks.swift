import Language
import Web

/// Texts with the words that were found marked in them.
extension Search {
  /// A piece of a text: a match or what stands between.
  struct Piece: Sendable, Equatable {
    let text: String
    let isMatch: Bool
  }
  struct Excerpt: Sendable {
    let pieces: [Piece]
    let language: String
    var text: String { pieces.map(\.text).joined() }
    var matches: [String] { pieces.filter(\.isMatch).map(\.text) }

    var html: HTML {
      let content = HTML.joined(pieces.map { $0.isMatch ? mark($0.text) : HTML($0.text) })
      return bdi(content, lang: language.isEmpty ? nil : language)
    }
  }

  /// A text whole.
  static func whole(_ line: Line, _ question: SearchQuestion) -> Excerpt {
    let bytes = Array(line.text.utf8)
    return Excerpt(
      pieces: pieces(bytes, 0..<bytes.count, matches(line.text, question).ranges), language: line.language)
  }

  /// Bytes before the first match and in all: two or three lines of a page.
  private static let (before, length) = (90, 330)

  /// The part of the texts that shows most of the words; nil where none stands in them.
  static func best(_ lines: [Line], _ question: SearchQuestion) -> Excerpt? {
    var best: (line: Line, ranges: [Range<Int>], words: Int)?
    for line in lines {
      let (ranges, words) = matches(line.text, question)
      if words > best?.words ?? 0 { best = (line, ranges, words) }
      if words == question.words.count { break }
    }
    guard let (line, ranges, _) = best, let first = ranges.first else { return nil }
    let bytes = Array(line.text.utf8)
    let tokens = SearchWords.tokens(line.text).map(\.range)
    var start = 0
    if first.lowerBound > before {
      start = tokens.first { $0.lowerBound >= first.lowerBound - before }?.lowerBound ?? first.lowerBound
    }
    var end = bytes.count
    if end - start > length {
      end = max(
        tokens.filter { $0.upperBound <= start + length }.map(\.upperBound).max() ?? first.upperBound,
        first.upperBound)
    }
    var parts = pieces(bytes, start..<end, ranges)
    if start > 0 { parts.insert(Piece(text: "… ", isMatch: false), at: 0) }
    if end < bytes.count { parts.append(Piece(text: " …", isMatch: false)) }
    return Excerpt(pieces: parts, language: line.language)
  }

  /// Where the words stand, apart and in order, and how many of them do.
  private static func matches(_ text: String, _ question: SearchQuestion) -> (
    ranges: [Range<Int>], words: Int
  ) {
    var ranges: [Range<Int>] = []
    var found: Set<Int> = []
    for token in SearchWords.tokens(text) {
      for (index, word) in question.words.enumerated() where word.fits(token) {
        found.insert(index)
        if let last = ranges.last, token.range.lowerBound <= last.upperBound {
          ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, token.range.upperBound)
        } else {
          ranges.append(token.range)
        }
      }
    }
    return (ranges, found.count)
  }

  private static func pieces(_ bytes: [UInt8], _ window: Range<Int>, _ ranges: [Range<Int>]) -> [Piece] {
    var parts: [Piece] = []
    var place = window.lowerBound
    func add(_ range: Range<Int>, _ isMatch: Bool) {
      guard !range.isEmpty else { return }
      parts.append(Piece(text: String(decoding: bytes[range], as: UTF8.self), isMatch: isMatch))
    }
    for range in ranges where range.lowerBound >= place && range.upperBound <= window.upperBound {
      add(place..<range.lowerBound, false)
      add(range, true)
      place = range.upperBound
    }
    add(place..<window.upperBound, false)
    return parts
  }
}
