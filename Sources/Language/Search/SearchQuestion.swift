/// What someone typed, as it is understood: a text fits when it holds every word.
package struct SearchQuestion: Sendable {
  package struct Term: Sendable, Hashable {
    package let text: String
    /// Whether it stands for every word that begins with it.
    package let isPrefix: Bool
  }
  package struct Word: Sendable {
    /// As it is shown to who asked: folded, Arabic without its article.
    package let shown: String
    package let isPrefix: Bool
    /// The very word, as `SearchWords.exact` gives it: all of these.
    package let exact: [String]
    /// One of these, each of which may need several terms.
    package let alternatives: [[Term]]

    /// Whether a place of a text is what was meant.
    package func fits(_ token: SearchWords.Token) -> Bool {
      alternatives.contains { terms in
        terms.contains { term in
          token.words.contains { term.isPrefix ? $0.hasPrefix(term.text) : $0 == term.text }
        }
      }
    }
  }
  package let words: [Word]
  package var isEmpty: Bool { words.isEmpty }

  private static let mostWords = 12
  /// Letters that a beginning needs before it stands for whole words.
  private static let leastLetters = 3

  package init(_ text: String) {
    let units = SearchWords.units(text)
    var words: [(word: Word, isSmall: Bool)] = []
    for (index, unit) in units.enumerated() {
      let isLast = index == units.count - 1
      switch unit {
      case .word(let part):
        let isOpen = isLast && part.range.upperBound == text.utf8.count
        words.append((Self.word(part.text, isOpen: isOpen), Self.smallWords.contains(part.text)))
      case .characters(let parts):
        let run = parts.map(\.text)
        let pairs = run.count == 1 ? run : zip(run, run.dropFirst()).map { $0 + $1 }
        words.append(
          (
            Word(
              shown: run.joined(), isPrefix: false, exact: pairs.map(SearchWords.exact),
              alternatives: [pairs.map { Term(text: $0, isPrefix: false) }]), false
          ))
      case .symbol(let parts):
        let isOpen = isLast && parts.last?.range.upperBound == text.utf8.count
        let joined = SearchWords.joined(parts[...])
        words.append(
          (
            Word(
              shown: parts.map(\.text).joined(separator: "/"), isPrefix: isOpen,
              exact: [SearchWords.exact(joined)],
              alternatives: [[Term(text: joined, isPrefix: isOpen)]]), false
          ))
      }
    }
    // "of" and "in" part nothing, unless there is nothing else.
    let telling = words.filter { !$0.isSmall }
    self.words = (telling.isEmpty ? words : telling).prefix(Self.mostWords).map(\.word)
  }

  private static func word(_ text: String, isOpen: Bool) -> Word {
    let script = SearchStems.Script(text)
    var alternatives = SearchStems.stems(text).map { [Term(text: $0, isPrefix: false)] }
    let bare = script == .arabic ? Folding.fold(text) : text
    let isPrefix = isOpen && script.isAlphabetic && text.count >= leastLetters
    if isPrefix {
      for start in bare == text ? [text] : [bare, text] where start.count >= leastLetters {
        alternatives.append([Term(text: start, isPrefix: true)])
      }
    }
    return Word(shown: bare, isPrefix: isPrefix, exact: [SearchWords.exact(text)], alternatives: alternatives)
  }

  /// Folded words that join others, in the six languages (Chinese has none that stand by themselves).
  private static let smallWords = Set(
    """
    a an and are as at by for from in into is of on or the to with \
    au aux avec ce ces dans de des du en est et la le les leur leurs ou par pour que qui sur un une \
    al como con del e el las los o para por se su sus una y \
    в во и из к ко на не о об от по с со у для или при \
    في من الي علي عن و او مع ان
    """.split(separator: " ").map(String.init))
}
