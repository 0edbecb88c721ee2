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
    element: String = "sector", vocabulary: String, code: String, area: String, provisions: [String],
    strength: Int,
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
  private let tables: RelevanceTables
  private let desk: Desk

  /// The one search that all calls share, in turn: making a new one costs more than looking through a text.
  private final class Desk: Sendable {
    let work: Mutex<RelevanceWork>
    init(_ matcher: TermMatcher, _ tables: RelevanceTables) { work = Mutex(RelevanceWork(matcher, tables)) }
  }

  /// - Parameters:
  ///   - provisions: areas of each known provision id, for tags that name a provision.
  ///   - vocabularyURIs: addresses by which tags of vocabulary 99 say that their codes are our provision ids. A code
  ///     that equals a known id counts also without an address.
  package init(
    terms: [RelevanceTerm], sectors: [SectorMapping], provisions: [String: [String]],
    vocabularyURIs: Set<String> = []
  ) {
    matcher = TermMatcher(terms: terms)
    tables = RelevanceTables(
      terms: terms, mappings: sectors, provisions: provisions, addresses: vocabularyURIs)
    desk = Desk(matcher, tables)
  }

  /// Each area, provision and source once, strongest first.
  package func claims(for draft: ActivityDraft) -> [RelevanceClaim] {
    desk.work.withLock { $0.claims(for: draft, tables) }
  }
}
