/// A sector code that speaks for a priority area, as `data/relevance/sectors.csv` states it.
package struct SectorMapping: Sendable, Hashable {
  package var vocabulary: String
  package var code: String
  package var area: String
  package var provisions: [String]
  package var strength: Int
  package var reason: String

  package init(vocabulary: String, code: String, area: String, provisions: [String], strength: Int, reason: String) {
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
package struct Relevance: Sendable {
  package let matcher: TermMatcher

  /// - Parameters:
  ///   - provisions: area of each known provision id, for tags that name a provision.
  ///   - vocabularyURIs: addresses by which tags of vocabulary 99 say that their codes are our provision ids.
  package init(
    terms: [RelevanceTerm], sectors: [SectorMapping], provisions: [String: String], vocabularyURIs: Set<String> = []
  ) {
    matcher = TermMatcher(terms: terms)
  }

  /// Each area–provision–source once, strongest first.
  package func claims(for draft: ActivityDraft) -> [RelevanceClaim] { [] }
}
