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
