internal import Synchronization

/// A sector or tag code that speaks for a priority area, as `data/relevance/sectors.csv` states it.
package struct SectorMapping: Sendable, Hashable {
  /// Which element carries the code: `sector` or `tag`.
  package var element: String
  package var vocabulary: String
  package var code: String
  package var area: String
  package var provisions: [String]
  /// 1 weak … 3 strong.
  package var strength: Int
  package var reason: String

  package init(
    element: String = "sector", vocabulary: String, code: String, area: String, provisions: [String], strength: Int,
    reason: String
  ) {
    self.element = element
    self.vocabulary = vocabulary
    self.code = code
    self.area = area
    self.provisions = provisions
    self.strength = strength
    self.reason = reason
  }
}

/// Why an activity concerns a priority area, and perhaps a provision.
package struct RelevanceClaim: Sendable, Hashable {
  package enum Source: String, Sendable, CaseIterable { case tag, sector, words }

  package var area: String
  /// Nil when only the area is known.
  package var provision: String?
  /// 1 weak … 3 strong.
  package var strength: Int
  package var by: Source
  /// The tag or sector code, or the terms found with their languages: "money laundering (en)".
  package var evidence: String
}

/// Says which priority areas and provisions an activity concerns, and why.
///
/// - A tag that names a provision: strength 3.
/// - A sector or tag code of the mapping: the strength of its line.
/// - Words: a strong term in a title 3, only in a description 2; weak terms 1, two different ones of one language 2.
package struct Relevance: Sendable {
  package let matcher: TermMatcher
  private let provisions: [String: String]
  private let addresses: Set<String>
  private let mappings: [MappingKey: [SectorMapping]]

  private let desk: Desk

  /// The one search that all calls share, in turn: making a new one costs more than looking through a text.
  private final class Desk: Sendable {
    let search: Mutex<TermSearch>
    init(_ matcher: TermMatcher) { search = Mutex(TermSearch(matcher)) }
  }

  private struct MappingKey: Hashable {
    var element: String
    var vocabulary: String
    var code: String
  }

  /// - Parameters:
  ///   - provisions: area of each known provision id, for tags that name a provision.
  ///   - vocabularyURIs: addresses by which tags of vocabulary 99 say that their codes are our provision ids. A code
  ///     that equals a known id counts also without an address.
  package init(
    terms: [RelevanceTerm], sectors: [SectorMapping], provisions: [String: String], vocabularyURIs: Set<String> = []
  ) {
    matcher = TermMatcher(terms: terms)
    desk = Desk(matcher)
    self.provisions = provisions
    addresses = vocabularyURIs
    mappings = Dictionary(grouping: sectors) {
      MappingKey(element: $0.element, vocabulary: $0.vocabulary, code: $0.code)
    }
  }

  /// Each area, provision and source once, strongest first.
  package func claims(for draft: ActivityDraft) -> [RelevanceClaim] {
    desk.search.withLock { claims(for: draft, using: $0) }
  }

  private func claims(for draft: ActivityDraft, using search: TermSearch) -> [RelevanceClaim] {
    var gathered = Gathered()
    for tag in draft.tags {
      if tag.vocabulary == "99", let area = area(of: tag) {
        gathered.add(area, tag.code, 3, .tag, tag.code)
      }
      addMapped("tag", tag, .tag, to: &gathered)
    }
    for sector in draft.sectors { addMapped("sector", sector, .sector, to: &gathered) }
    for transaction in draft.transactions {
      for sector in transaction.sectors { addMapped("sector", sector, .sector, to: &gathered) }
    }
    addWords(draft, search, to: &gathered)
    return gathered.claims()
  }

  /// The area of the provision that a tag names; nil when it names none of ours.
  private func area(of tag: ActivityDraft.Classification) -> String? {
    if !tag.vocabularyURI.isEmpty, !addresses.isEmpty, !addresses.contains(tag.vocabularyURI) {
      // Another's vocabulary: only a code that cannot be mistaken counts.
      return tag.code.contains("-") ? provisions[tag.code] : nil
    }
    return provisions[tag.code]
  }

  private func addMapped(
    _ element: String, _ part: ActivityDraft.Classification, _ source: RelevanceClaim.Source, to gathered: inout Gathered
  ) {
    let key = MappingKey(element: element, vocabulary: part.vocabulary, code: part.code)
    guard let lines = mappings[key] else { return }
    for line in lines {
      let evidence = part.vocabulary + ":" + part.code
      if line.provisions.isEmpty { gathered.add(line.area, nil, line.strength, source, evidence) }
      for provision in line.provisions { gathered.add(line.area, provision, line.strength, source, evidence) }
    }
  }

  private func addWords(_ draft: ActivityDraft, _ search: TermSearch, to gathered: inout Gathered) {
    search.begin()
    for title in draft.titles { search.look(in: title.text) }
    let inTitles = search.found.count
    for description in draft.descriptions { search.look(in: description.text) }
    if search.found.isEmpty { return }
    var weak: [String: [String: Int]] = [:]
    for index in search.found {
      let term = matcher.terms[Int(index)]
      if term.strength < 3 { weak[term.area, default: [:]][term.language, default: 0] += 1 }
    }
    for (position, index) in search.found.enumerated() {
      let term = matcher.terms[Int(index)]
      var strength = term.strength
      if strength >= 3 {
        strength = position < inTitles ? 3 : 2
      } else if (weak[term.area]?[term.language] ?? 0) > 1 {
        strength = max(strength, 2)
      }
      let evidence = term.term + " (" + term.language + ")"
      if term.provisions.isEmpty { gathered.add(term.area, nil, strength, .words, evidence) }
      for provision in term.provisions { gathered.add(term.area, provision, strength, .words, evidence) }
    }
  }
}

/// Claims of one activity while they are collected.
private struct Gathered {
  private struct Key: Hashable {
    var area: String
    var provision: String?
    var by: RelevanceClaim.Source
  }
  private struct Value {
    var strength: Int
    var evidence: [String]
    var more = 0
  }

  private var entries: [Key: Value] = [:]

  mutating func add(
    _ area: String, _ provision: String?, _ strength: Int, _ by: RelevanceClaim.Source, _ evidence: String
  ) {
    let key = Key(area: area, provision: provision, by: by)
    var value = entries[key] ?? Value(strength: strength, evidence: [])
    value.strength = max(value.strength, strength)
    if !value.evidence.contains(evidence) {
      if value.evidence.count < 6 { value.evidence.append(evidence) } else { value.more += 1 }
    }
    entries[key] = value
  }

  /// Strongest first, then tag, sector, words, then by name. An area without provision is left out when one of its
  /// provisions is claimed by the same source as strongly.
  func claims() -> [RelevanceClaim] {
    var claims: [RelevanceClaim] = []
    for (key, value) in entries {
      if key.provision == nil {
        let isSaid = entries.contains { other in
          other.key.area == key.area && other.key.by == key.by && other.key.provision != nil
            && other.value.strength >= value.strength
        }
        if isSaid { continue }
      }
      var evidence = value.evidence.joined(separator: ", ")
      if value.more > 0 { evidence += ", +\(value.more)" }
      claims.append(
        RelevanceClaim(area: key.area, provision: key.provision, strength: value.strength, by: key.by, evidence: evidence))
    }
    return claims.sorted { left, right in
      if left.strength != right.strength { return left.strength > right.strength }
      if left.by != right.by { return Self.rank(left.by) < Self.rank(right.by) }
      if left.area != right.area { return left.area < right.area }
      return (left.provision ?? "") < (right.provision ?? "")
    }
  }

  private static func rank(_ source: RelevanceClaim.Source) -> Int {
    switch source {
    case .tag: 0
    case .sector: 1
    case .words: 2
    }
  }
}
