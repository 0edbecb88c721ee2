internal import Language

/// A word or phrase that speaks for a priority area, as `data/relevance/terms.csv` states it.
package struct RelevanceTerm: Sendable, Hashable {
  package var area: String
  /// Ids of provisions that the term speaks for; may be empty.
  package var provisions: [String]
  /// UN language code of the term.
  package var language: String
  /// As written; `*` at the end of a word makes it a stem: any ending may follow.
  package var term: String
  /// 1 weak … 3 strong.
  package var strength: Int

  package init(area: String, provisions: [String], language: String, term: String, strength: Int) {
    self.area = area
    self.provisions = provisions
    self.language = language
    self.term = term
    self.strength = strength
  }
}

/// Finds many terms in a text at once. Made once, then shared between threads.
///
/// Texts and terms are folded (`Folding`). A term begins where a word begins and ends where one ends, unless its
/// last word is a stem; terms of scripts without spaces are found anywhere.
package struct TermMatcher: Sendable {
  package let terms: [RelevanceTerm]
  let trie: TermTrie

  package init(terms: [RelevanceTerm]) {
    self.terms = terms
    trie = TermTrie(terms.map { Self.pattern($0.term) })
  }

  /// Folded bytes of a term, with `star` after each stem.
  private static func pattern(_ term: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for word in term.split(whereSeparator: \.isWhitespace) {
      let isStem = word.hasSuffix("*")
      let folded = Array(Folding.fold(String(isStem ? word.dropLast() : word)).utf8)
      if folded.isEmpty { continue }
      // Two pieces of a script without spaces belong together even when written apart.
      if let last = bytes.last, last < 0x80 || folded[0] < 0xE0 || !isUnspaced(bytes) { bytes.append(0x20) }
      bytes += folded
      if isStem { bytes.append(TermTrie.star) }
    }
    return bytes
  }

  /// The last character has three bytes or more.
  private static func isUnspaced(_ bytes: [UInt8]) -> Bool {
    guard let lead = bytes.lastIndex(where: { $0 & 0xC0 != 0x80 }) else { return false }
    return bytes[lead] >= 0xE0
  }

  /// Indices into `terms` of all that occur, each once, ascending.
  package func matches(in text: String) -> [Int] {
    let search = TermSearch(self)
    search.begin()
    search.look(in: text)
    return search.found.map { Int($0) }.sorted()
  }
}

/// Room for looking through texts, reused; one per thread.
package final class TermSearch {
  private let matcher: TermMatcher
  private let folded = FoldedText()
  private var stamps: [UInt32]
  private var stamp: UInt32 = 0
  /// Indices of the terms found since `begin`, in the order of finding.
  package private(set) var found: [Int32] = []

  package init(_ matcher: TermMatcher) {
    self.matcher = matcher
    stamps = [UInt32](repeating: 0, count: matcher.terms.count)
  }

  /// Forgets what was found.
  package func begin() {
    found.removeAll(keepingCapacity: true)
    stamp &+= 1
    if stamp == 0 {
      for index in stamps.indices { stamps[index] = 0 }
      stamp = 1
    }
  }

  /// Adds the terms of a text.
  package func look(in text: String) {
    folded.clear()
    Folding.fold(text, into: folded)
    matcher.trie.search(folded) { term in
      if stamps[Int(term)] == stamp { return }
      stamps[Int(term)] = stamp
      found.append(term)
    }
  }
}
