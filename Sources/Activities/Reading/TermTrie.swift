internal import Language

/// All terms in one trie over folded bytes. It is entered at the starts of words only, behind a filter of their
/// first bytes, so most words cost one look into eight kilobytes.
final class TermTrie: @unchecked Sendable {
  // Nothing changes after init: that is what makes sharing safe.

  /// Stands for "any ending" in a pattern; folded text never has this byte.
  static let star: UInt8 = 1

  private struct Node {
    /// Terms that are complete here when a word ends, and terms whose last word may go on: places in `outputs`.
    var exact: Int32 = 0
    var exactEnd: Int32 = 0
    var stem: Int32 = 0
    var stemEnd: Int32 = 0
    /// The node after any ending of this word, 0 for none.
    var anyEnding: Int32 = 0
  }

  private let classCount: Int
  /// Class of each byte; 0 for bytes that no term has.
  private let classes: UnsafeMutablePointer<UInt8>
  /// For each node and class the next node, 0 for none. Node 0 is the root.
  private let next: UnsafeMutablePointer<Int32>
  private let nodes: UnsafeMutablePointer<Node>
  private let outputs: UnsafeMutablePointer<Int32>
  /// A bit per digest of the first four bytes of a term, and per first two bytes of terms that are shorter.
  private let fours: UnsafeMutablePointer<UInt64>
  private let twos: UnsafeMutablePointer<UInt64>
  private static let words = 1_024

  /// - Parameter patterns: folded bytes with `star` after stems; empty ones are never found.
  init(_ patterns: [[UInt8]]) {
    classes = .allocate(capacity: 256)
    classes.initialize(repeating: 0, count: 256)
    var classCount = 1
    for pattern in patterns {
      for byte in pattern where classes[Int(byte)] == 0 {
        classes[Int(byte)] = UInt8(truncatingIfNeeded: classCount)
        classCount += 1
      }
    }
    self.classCount = classCount
    var next = [Int32](repeating: 0, count: classCount)
    var ends: [[Int32]] = [[]]
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
    }
    var nodes = [Node](repeating: Node(), count: ends.count)
    var outputs: [Int32] = []
    let starClass = Int(classes[Int(Self.star)])
    for node in ends.indices {
      nodes[node].exact = Int32(outputs.count)
      outputs += ends[node]
      nodes[node].exactEnd = Int32(outputs.count)
      let after = starClass == 0 ? 0 : next[node * classCount + starClass]
      if after == 0 { continue }
      nodes[node].anyEnding = after
      nodes[node].stem = Int32(outputs.count)
      outputs += ends[Int(after)]
      nodes[node].stemEnd = Int32(outputs.count)
    }
    self.next = Self.copy(next)
    self.nodes = Self.copy(nodes)
    self.outputs = Self.copy(outputs)
    fours = .allocate(capacity: Self.words)
    fours.initialize(repeating: 0, count: Self.words)
    twos = .allocate(capacity: Self.words)
    twos.initialize(repeating: 0, count: Self.words)
    for pattern in patterns where !pattern.isEmpty { enter(pattern) }
  }

  deinit {
    classes.deallocate()
    next.deallocate()
    nodes.deallocate()
    outputs.deallocate()
    fours.deallocate()
    twos.deallocate()
  }

  private static func copy<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
    elements.withUnsafeBufferPointer {
      if let base = $0.baseAddress { memory.initialize(from: base, count: $0.count) }
    }
    return memory
  }

  /// Opens the filter for a pattern.
  private func enter(_ pattern: [UInt8]) {
    let front = pattern.prefix(4)
    if front.count == 4, !front.contains(Self.star) {
      let four = front.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      let digest = Self.digest(four)
      fours[digest >> 6] |= 1 << UInt64(digest & 63)
      return
    }
    let second = pattern.count > 1 && pattern[1] != Self.star ? Int(pattern[1])...Int(pattern[1]) : 0...255
    for byte in second {
      let pair = Int(pattern[0]) | byte << 8
      twos[pair >> 6] |= 1 << UInt64(pair & 63)
    }
  }

  @inline(__always) private static func digest(_ four: UInt32) -> Int {
    Int(truncatingIfNeeded: (four &* 0x9E37_79B1) &>> 16)
  }

  /// Calls `report` for each term found, perhaps several times.
  @inline(__always) func search(_ text: FoldedText, _ report: (Int32) -> Void) {
    let bytes = UnsafePointer(text.bytes)
    let starts = UnsafePointer(text.starts)
    let count = text.count
    var index = 0
    while index < text.startCount {
      let start = Int(starts[index])
      index &+= 1
      // Four bytes are always there: the folded text ends with spaces to spare.
      let four = UnsafeRawPointer(bytes + start).loadUnaligned(as: UInt32.self).littleEndian
      let digest = Self.digest(four)
      let pair = Int(four & 0xFFFF)
      let isFour = fours[digest &>> 6] &>> UInt64(truncatingIfNeeded: digest & 63) & 1
      let isTwo = twos[pair &>> 6] &>> UInt64(truncatingIfNeeded: pair & 63) & 1
      if isFour | isTwo == 0 { continue }
      follow(bytes, count, start, 0, report)
    }
  }

  private func follow(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, _ start: Int, _ root: Int, _ report: (Int32) -> Void
  ) {
    var node = root
    var place = start
    while place < count {
      node = Int(next[node &* classCount &+ Int(classes[Int(bytes[place])])])
      if node == 0 { return }
      place &+= 1
      let state = nodes + node
      if state.pointee.exact < state.pointee.exactEnd, isBoundary(bytes, count, place) {
        for index in state.pointee.exact..<state.pointee.exactEnd { report(outputs[Int(index)]) }
      }
      if state.pointee.anyEnding == 0 { continue }
      for index in state.pointee.stem..<state.pointee.stemEnd { report(outputs[Int(index)]) }
      var end = place
      while end < count, bytes[end] != 0x20, bytes[end] < 0xE0 { end &+= 1 }
      follow(bytes, count, end, Int(state.pointee.anyEnding), report)
    }
  }

  /// Between words, or next to a character of a script without spaces.
  @inline(__always) private func isBoundary(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ place: Int) -> Bool
  {
    if place >= count || bytes[place] == 0x20 || bytes[place] >= 0xE0 { return true }
    // A term that ends with such a character ends wherever it stands.
    var lead = place &- 1
    while lead > 0, bytes[lead] & 0xC0 == 0x80 { lead &-= 1 }
    return bytes[lead] >= 0xE0
  }
}
