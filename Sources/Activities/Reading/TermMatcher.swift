/// A word or phrase that speaks for a priority area, as `data/relevance/terms.csv` states it.
package struct RelevanceTerm: Sendable, Hashable {
  package var area: String
  /// Ids of provisions that the term speaks for; may be empty.
  package var provisions: [String]
  /// UN language code of the term.
  package var language: String
  /// As written; a trailing `*` makes it a stem: any ending may follow.
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

/// Finds terms in texts. Made once, then shared between threads.
package struct TermMatcher: Sendable {
  package let terms: [RelevanceTerm]

  package init(terms: [RelevanceTerm]) { self.terms = terms }

  /// Indices into `terms` of all that occur, each once, ascending.
  package func matches(in text: String) -> [Int] { [] }
}
