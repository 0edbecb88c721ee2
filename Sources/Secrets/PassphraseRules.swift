import Foundation

/// What a passphrase must be: 12 to 128 characters, none that others try first, not made of its owner's own words.
/// No rule asks for capitals, digits or signs.
package struct PassphraseRules: Sendable {
  package enum Fault: String, Sendable, CaseIterable { case short, long, known, personal }
  package static let shortest = 12
  package static let longest = 128

  /// Folded known texts.
  private let known: Set<String>
  package var knownCount: Int { known.count }
  private let breached: [BreachedList]
  /// Files that could not be read; the program that serves refuses to start with one.
  package let unread: [String]

  /// - Parameters:
  ///   - knownFile: one text a line, `#` begins a remark (data/passphrases/known.txt).
  ///   - further: files an operator adds: of the same form, or hashes of passphrases from breaches (`BreachedList`).
  package init(knownFile: String?, further: [String] = []) {
    var known: Set<String> = []
    var unread: [String] = []
    var breached: [BreachedList] = []
    for path in [knownFile].compactMap({ $0 }) + further {
      if let list = BreachedList(path: path) {
        breached.append(list)
        continue
      }
      guard let bytes = FileManager.default.contents(atPath: path) else {
        unread.append(path)
        continue
      }
      for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
      where line.first != "#" {
        let folded = Self.fold(String(line))
        if folded.count >= 4 { known.insert(folded) }
      }
    }
    self.known = known
    self.breached = breached
    self.unread = unread
  }

  /// What is wrong, in a fixed order; empty when nothing is.
  /// - Parameter about: names, e-mail addresses and words of the site that others would try.
  package func faults(_ text: String, about: [String]) -> [Fault] {
    let count = text.precomposedStringWithCompatibilityMapping.count
    var faults: [Fault] = []
    if count < Self.shortest { faults.append(.short) }
    if count > Self.longest { faults.append(.long) }
    if count <= Self.longest {
      if isKnown(text) || isBreached(text) { faults.append(.known) }
      if Self.isPersonal(text, about: about) { faults.append(.personal) }
    }
    return faults
  }

  /// A list that has gone since the start counts as one that knows the text: nobody gets past it by its absence.
  private func isBreached(_ text: String) -> Bool {
    breached.contains { list in (try? list.contains(text)) ?? true }
  }
  private func isKnown(_ text: String) -> Bool {
    let plain = Self.fold(text)
    let read = Self.fold(Self.withoutDisguise(text))
    for candidate in [plain, read] {
      if Self.isPattern(candidate) || known.contains(candidate) { return true }
      let bare = candidate.trimmingSuffix { $0.isNumber }
      if known.contains(String(bare)) || known.contains(String(bare.drop { $0.isNumber })) { return true }
    }
    // "p4ssw0rd2024": the digits at the end are no letters.
    let stem = Self.fold(Self.withoutDisguise(String(text.trimmingSuffix { !$0.isLetter })))
    return known.contains(stem)
  }

  /// One short unit repeated, a word of at most eight characters twice, a run along the alphabet or the digits, or hardly any different characters.
  static func isPattern(_ folded: String) -> Bool {
    let scalars = folded.unicodeScalars.map { Int64($0.value) }
    guard scalars.count >= 4 else { return false }
    if Set(scalars).count < 5 { return true }
    for length in 1...max(1, scalars.count / 3) where length <= 6 {
      if scalars.indices.dropFirst(length).allSatisfy({ scalars[$0] == scalars[$0 - length] }) { return true }
    }
    let half = scalars.count / 2
    if half <= 8, scalars.count % 2 == 0, scalars[..<half] == scalars[half...] { return true }
    let steps = zip(scalars, scalars.dropFirst()).map { $1 - $0 }
    let walked = steps.count { abs($0) == 1 || $0 == -9 || $0 == 9 }
    return walked * 10 >= steps.count * 9
  }

  /// Made of the owner's words: fewer than eight characters are left without them.
  static func isPersonal(_ text: String, about: [String]) -> Bool {
    var rest = fold(text).filter { !$0.isNumber }
    let before = rest.count
    let words = about.flatMap { parts(of: $0) }
    for word in Set(words).sorted(by: { ($0.count, $0) > ($1.count, $1) }) {
      rest = rest.replacing(word, with: "")
    }
    return rest.count < before && rest.count < 8
  }
  /// Words of a name or address that are long enough to be meant; two characters are a name in Chinese.
  private static func parts(of text: String) -> [String] {
    let parts = text.split { !$0.isLetter && !$0.isNumber }.map { fold(String($0)).filter { !$0.isNumber } }
    let whole = fold(text).filter { !$0.isNumber }
    return (parts + [whole]).filter { word in
      word.count >= 3 || (word.count == 2 && word.unicodeScalars.allSatisfy { $0.value >= 0x2E80 })
    }
  }

  /// Lower case without accents, letters and digits only.
  static func fold(_ text: String) -> String {
    let scalars = text.decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars
      .filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }
      .filter { $0.properties.generalCategory != .nonspacingMark }
    return String(String.UnicodeScalarView(scalars))
  }
  /// Letters written as digits and signs, read as the letters.
  static func withoutDisguise(_ text: String) -> String {
    let letters: [Character: Character] = [
      "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "s", "!": "i",
      "€": "e",
    ]
    return String(text.map { letters[$0] ?? $0 })
  }
}

extension StringProtocol {
  func trimmingSuffix(while condition: (Character) -> Bool) -> SubSequence {
    var end = endIndex
    while end > startIndex, condition(self[index(before: end)]) { end = index(before: end) }
    return self[..<end]
  }
}
