/// Turns texts into the words under which they are found: in one way for every language, since a text may mix them and
/// who searches does not say in which one.
///
/// Words are broken by ICU, brought to compatible forms (NFKC), folded (`Folding`) and stored as they stand and as stems
/// (`SearchStems`). Chinese is stored by characters and by overlapping pairs. Symbols such as `CTOC/COP/2008/16` are
/// stored by their parts and by every run of parts.
package enum SearchWords {
  /// A place in a text with the words under which it is found.
  package struct Token: Sendable {
    /// Bytes of UTF-8.
    package let range: Range<Int>
    package let words: [String]
  }

  /// Every place of a text that can be found, in order of its beginning.
  package static func tokens(_ text: String) -> [Token] {
    var tokens: [Token] = []
    for unit in units(text) {
      switch unit {
      case .word(let part): tokens.append(Token(range: part.range, words: SearchStems.forms(part.text)))
      case .characters(let parts):
        for (index, part) in parts.enumerated() {
          tokens.append(Token(range: part.range, words: [part.text]))
          guard index + 1 < parts.count else { continue }
          let next = parts[index + 1]
          tokens.append(
            Token(range: part.range.lowerBound..<next.range.upperBound, words: [part.text + next.text]))
        }
      case .symbol(let parts):
        for first in parts.indices {
          tokens.append(Token(range: parts[first].range, words: SearchStems.forms(parts[first].text)))
          for last in parts.indices.dropFirst(first + 1) {
            tokens.append(
              Token(
                range: parts[first].range.lowerBound..<parts[last].range.upperBound,
                words: [joined(parts[first...last])]))
          }
        }
      }
    }
    return tokens
  }

  /// The distinct words of texts, sorted.
  /// - Parameter most: beyond these no further words are taken in, in the order of the texts.
  package static func index(_ texts: [String], most: Int = 4_000) -> [String] {
    var words: Set<String> = []
    for text in texts {
      for token in tokens(text) {
        if words.count >= most { return words.sorted() }
        // What is longer is no word that anyone types.
        for word in token.words where word.utf8.count <= 120 { words.insert(word) }
      }
    }
    return words.sorted()
  }

  /// The words of texts as they stand, apart from the stems of others that look alike: for telling the very word from
  /// its forms. Distinct and sorted.
  package static func exact(_ texts: [String]) -> [String] {
    Set(texts.flatMap(tokens).compactMap { $0.words.first.map(exact) }).sorted()
  }
  static func exact(_ word: String) -> String { joint + word }

  // MARK: Parts of a text

  struct Part: Sendable {
    let range: Range<Int>
    /// Folded, Arabic with its article.
    let text: String
  }
  enum Unit {
    case word(Part)
    /// Characters of a script that writes no spaces, one after another.
    case characters([Part])
    /// Parts held together by signs, with a digit in one of them.
    case symbol([Part])
  }

  /// Between the parts of a symbol in its stored form; no text holds it after folding.
  static let joint = "·"
  static func joined(_ parts: ArraySlice<Part>) -> String { parts.map(\.text).joined(separator: joint) }

  /// More parts than these are cut: a symbol has at most seven.
  private static let mostParts = 8
  private static let signs: Set<String> = ["/", "-", ".", "_", ":", "‐", "‑", "–", "⁄", "／"]
  // Any language breaks words alike but for scripts that have a dictionary of their own in ICU, which all languages
  // share.
  private static let breaker = Formats(.english)

  static func units(_ text: String) -> [Unit] {
    guard let breaker else { return [] }
    let bytes = Array(text.utf8)
    let folded = FoldedText()
    var builder = UnitBuilder()
    for range in breaker.wordRanges(text) {
      let raw = String(decoding: bytes[range], as: UTF8.self)
      folded.clear()
      var plain = Normal.folded(raw)
      plain.withUTF8 { Folding.fold($0, into: folded, keepingArticles: true) }
      let pieces = folded.text.split(separator: " ").map(String.init)
      if pieces.count == 1, isCharacters(pieces[0]) {
        builder.add(characters: characters(of: raw, at: range.lowerBound))
        continue
      }
      let gap = builder.end.flatMap { end in
        range.lowerBound > end && range.lowerBound - end <= 3
          ? String(decoding: bytes[end..<range.lowerBound], as: UTF8.self) : nil
      }
      // Of `l’assistance` and `State's` the single letter says nothing.
      let kept = pieces.count > 1 ? pieces.filter { $0.utf8.count > 1 || isDigit($0) } : pieces
      builder.add(
        kept.map { Part(range: range, text: $0) }, continues: gap.map(signs.contains) ?? false,
        isInner: kept.count > 1 && !raw.contains(where: { $0 == "'" || $0 == "’" }))
    }
    builder.close()
    return builder.units
  }

  private struct UnitBuilder {
    var units: [Unit] = []
    var end: Int?
    private var chain: [Part] = []
    private var run: [Part] = []

    mutating func add(_ parts: [Part], continues: Bool, isInner: Bool) {
      closeRun()
      if !continues || chain.count + parts.count > SearchWords.mostParts { closeChain() }
      if parts.count > 1 && !isInner {
        closeChain()
        units += parts.map(Unit.word)
      } else {
        chain += parts
      }
      if let last = parts.last { end = last.range.upperBound }
    }
    mutating func add(characters: [Part]) {
      closeChain()
      if let last = run.last, let first = characters.first, last.range.upperBound != first.range.lowerBound {
        closeRun()
      }
      run += characters
      end = nil
    }
    private mutating func closeChain() {
      if chain.count > 1, chain.contains(where: { $0.text.utf8.contains { 48...57 ~= $0 } }) {
        units.append(.symbol(chain))
      } else {
        units += chain.map(Unit.word)
      }
      chain = []
    }
    private mutating func closeRun() {
      if !run.isEmpty { units.append(.characters(run)) }
      run = []
    }
    mutating func close() {
      closeChain()
      closeRun()
    }
  }

  private static func isDigit(_ text: String) -> Bool { text.utf8.first.map { 48...57 ~= $0 } ?? false }
  /// Whether a folded word is of a script that writes no spaces (or one that is treated as such).
  private static func isCharacters(_ text: String) -> Bool { text.utf8.first.map { $0 >= 0xE0 } ?? false }

  private static func characters(of raw: String, at start: Int) -> [Part] {
    var place = start
    var parts: [Part] = []
    for scalar in raw.unicodeScalars {
      let length = UTF8.width(scalar)
      let text = Folding.fold(Normal.folded(String(scalar)))
      if !text.isEmpty { parts.append(Part(range: place..<place + length, text: text)) }
      place += length
    }
    return parts
  }
}
