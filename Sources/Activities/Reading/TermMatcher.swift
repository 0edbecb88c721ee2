internal import Documents

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
/// last word is a stem; terms of scripts without spaces are found anywhere. One trie holds all terms; it is entered
/// at the starts of words only, behind a filter of their first two bytes.
package struct TermMatcher: Sendable {
  package let terms: [RelevanceTerm]

  /// Row of a node: for each class of byte the next node, 0 for none. Node 0 is the root.
  private let next: [Int32]
  private let classes: [UInt8]
  private let classCount: Int
  /// Per node: first index into `outputs` and how many; bit 0 of `rules` ends at a word's end, bit 1 is a stem.
  private let nodes: [Node]
  private let outputs: [Int32]
  /// Bit per pair of first bytes with which a term begins.
  private let firsts: [UInt64]

  private struct Node {
    /// Terms that are complete here when a word ends, and terms whose last word may go on.
    var exact: Range<Int32> = 0..<0
    var stem: Range<Int32> = 0..<0
    /// The node after any ending of this word, 0 for none.
    var anyEnding: Int32 = 0
  }

  /// Byte that stands for "any ending" while terms are put in; folded text never has it.
  private static let star: UInt8 = 1

  package init(terms: [RelevanceTerm]) {
    self.terms = terms
    let patterns = terms.map { Self.pattern($0.term) }
    var classes = [UInt8](repeating: 0, count: 256)
    var classCount = 1
    for pattern in patterns {
      for byte in pattern where classes[Int(byte)] == 0 && classCount < 256 {
        classes[Int(byte)] = UInt8(classCount)
        classCount += 1
      }
    }
    var next = [Int32](repeating: 0, count: classCount)
    var ends: [[Int32]] = [[]]
    var firsts = [UInt64](repeating: 0, count: 1_024)
    for (index, pattern) in patterns.enumerated() where !pattern.isEmpty {
      var node = 0
      for byte in pattern {
        let place = node * classCount + Int(classes[Int(byte)])
        if next[place] == 0 {
          next[place] = Int32(ends.count)
          ends.append([])
          next.append(contentsOf: repeatElement(0, count: classCount))
        }
        node = Int(next[place])
      }
      ends[node].append(Int32(index))
      let second: ClosedRange<Int> = pattern.count > 1 && pattern[1] != Self.star ? Int(pattern[1])...Int(pattern[1]) : 0...255
      for byte in second {
        let pair = Int(pattern[0]) << 8 | byte
        firsts[pair >> 6] |= 1 << UInt64(pair & 63)
      }
    }
    var nodes = [Node](repeating: Node(), count: ends.count)
    var outputs: [Int32] = []
    let starClass = Int(classes[Int(Self.star)])
    for node in ends.indices {
      func range(_ terms: [Int32]) -> Range<Int32> {
        let start = Int32(outputs.count)
        outputs.append(contentsOf: terms)
        return start..<Int32(outputs.count)
      }
      nodes[node].exact = range(ends[node])
      guard starClass != 0 else { continue }
      let after = next[node * classCount + starClass]
      nodes[node].anyEnding = after
      if after != 0 { nodes[node].stem = range(ends[Int(after)]) }
    }
    self.next = next
    self.classes = classes
    self.classCount = classCount
    self.nodes = nodes
    self.outputs = outputs
    self.firsts = firsts
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
      if isStem { bytes.append(star) }
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

  // MARK: Search

  /// Calls `report` for each term found, perhaps several times.
  func search(_ text: FoldedText, _ report: (Int32) -> Void) {
    let bytes = UnsafePointer(text.bytes)
    let count = text.count
    firsts.withUnsafeBufferPointer { firsts in
      for index in 0..<text.startCount {
        let start = Int(text.starts[index])
        // The article of an Arabic word may have been all there was behind the start; a start beyond the end is none.
        if start &+ 1 >= count { continue }
        let pair = Int(bytes[start]) &<< 8 | Int(bytes[start &+ 1])
        if firsts[pair &>> 6] &>> UInt64(truncatingIfNeeded: pair & 63) & 1 == 0 { continue }
        follow(bytes, count, start, 0, report)
      }
    }
  }

  private func follow(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ start: Int, _ root: Int, _ report: (Int32) -> Void) {
    var node = root
    var place = start
    while place < count {
      node = Int(next[node &* classCount &+ Int(classes[Int(bytes[place])])])
      if node == 0 { return }
      place &+= 1
      let state = nodes[node]
      if !state.exact.isEmpty, isBoundary(bytes, count, place) {
        for index in state.exact { report(outputs[Int(index)]) }
      }
      if state.anyEnding == 0 { continue }
      for index in state.stem { report(outputs[Int(index)]) }
      var end = place
      while end < count, bytes[end] != 0x20, bytes[end] < 0xE0 || bytes[end] & 0xC0 == 0x80 { end &+= 1 }
      follow(bytes, count, end, Int(state.anyEnding), report)
    }
  }

  /// Between words, or next to a character of a script without spaces.
  @inline(__always) private func isBoundary(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ place: Int) -> Bool {
    if place >= count || bytes[place] == 0x20 || bytes[place] >= 0xE0 { return true }
    // A term that ends with such a character ends wherever it stands.
    var lead = place &- 1
    while lead > 0, bytes[lead] & 0xC0 == 0x80 { lead &-= 1 }
    return bytes[lead] >= 0xE0
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
    matcher.search(folded) { term in
      if stamps[Int(term)] == stamp { return }
      stamps[Int(term)] = stamp
      found.append(term)
    }
  }
}
