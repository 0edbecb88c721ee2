import Language
import Storage

/// In which order results stand. Nothing is counted over records: what a reader may not see moves nothing.
extension Search {
  /// Best first: every word as it was typed in the title; every word in the title; every word, some in the title; every
  /// word anywhere. Within one, kinds, then the latest day.
  enum Quality: Int, CaseIterable, Sendable {
    case exactTitle, title, partTitle, anywhere
  }

  struct Filter: Sendable {
    var question: SearchQuestion
    var kind: Kind?
    var language: String?

    var places: ClosedRange<Int64> { kind?.places ?? SearchEntry.allPlaces }

    /// Records of exactly this quality.
    func expression(_ quality: Quality) -> SearchExpression {
      let words = question.words
      let exact = SearchExpression.all(
        words.map { word in .all(word.exact.map { .word($0, isPrefix: false, in: .title) }) })
      let title = SearchExpression.all(words.map { Self.expression($0, in: .title) })
      let part = SearchExpression.any(words.map { Self.expression($0, in: .title) })
      let anywhere = SearchExpression.all(words.map { Self.expression($0, in: .text) })
      let chosen: SearchExpression =
        switch quality {
        case .exactTitle: exact
        case .title: .but(title, not: exact)
        case .partTitle: .but(.all([anywhere, part]), not: title)
        case .anywhere: .but(anywhere, not: part)
        }
      return marked(chosen)
    }
    /// Records of any quality.
    var expression: SearchExpression { marked(.all(question.words.map { Self.expression($0, in: .text) })) }

    private func marked(_ expression: SearchExpression) -> SearchExpression {
      guard let language else { return expression }
      return .all([.word(language, isPrefix: false, in: .mark), expression])
    }
    private static func expression(_ word: SearchQuestion.Word, in field: SearchIndex.Field)
      -> SearchExpression
    {
      .any(
        word.alternatives.map { terms in .all(terms.map { .word($0.text, isPrefix: $0.isPrefix, in: field) })
        })
    }
  }

  /// Results are counted up to this number; beyond it the page says "more than".
  static let countedUpTo = 1_000

  struct Place: Sendable {
    let quality: Quality
    let hit: SearchHit
  }

  /// The best results after a place.
  static func find(
    _ filter: Filter, where condition: SQL, after: (quality: Int, place: Int64)?, limit: Int, in db: Reader
  ) throws -> [Place] {
    var found: [Place] = []
    for quality in Quality.allCases where quality.rawValue >= after?.quality ?? 0 {
      var places = filter.places
      if let after, after.quality == quality.rawValue {
        // A place outside of the kind's: nothing more of this quality, or all of it.
        if after.place <= places.lowerBound { continue }
        places = places.lowerBound...min(places.upperBound, after.place - 1)
      }
      let hits = try db.hits(
        filter.expression(quality), within: places, where: condition, limit: limit - found.count)
      found += hits.map { Place(quality: quality, hit: $0) }
      if found.count >= limit { break }
    }
    return found
  }

  struct Counts: Sendable {
    /// Up to one more than `countedUpTo`.
    var total = 0
    /// Under all other filters; nil where there are more than are counted.
    var kinds: [Kind: Int]?
    var languages: [String: Int]?
  }
  /// - Parameter languages: those to count by, for a page with its choices; without them there is the total alone.
  static func counts(
    _ filter: Filter, languages: [String], where condition: SQL, in db: Reader
  ) throws -> Counts {
    func count(_ filter: Filter) throws -> Int {
      try db.countHits(filter.expression, within: filter.places, where: condition, most: countedUpTo + 1)
    }
    if languages.isEmpty { return Counts(total: try count(filter)) }
    var open = filter
    open.kind = nil
    let all = try db.hits(open.expression, within: open.places, where: condition, limit: countedUpTo + 1)
    var counts = Counts(total: filter.kind == nil ? all.count : try count(filter))
    if all.count <= countedUpTo {
      counts.kinds = all.reduce(into: [:]) { kinds, hit in
        if let kind = Kind(rawValue: hit.kind) { kinds[kind, default: 0] += 1 }
      }
    }
    if counts.total <= countedUpTo {
      var one = filter
      var found: [String: Int] = [:]
      for language in languages {
        one.language = language
        found[language] = try count(one)
      }
      counts.languages = found
    }
    return counts
  }
}
