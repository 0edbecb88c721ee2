import Language
import Storage

/// Finding records of every subject by their words, in all languages at once (design: section 9).
///
/// The index belongs to `Storage`; what stands in it follows from the records, so it can be made anew at any time.
package enum Search {
  /// What can be found, in the order in which it stands among results of one quality.
  package enum Kind: String, Sendable, CaseIterable {
    case state, provision, area, clause, need, activity

    var rank: Int {
      switch self {
      case .state: 6
      case .provision: 5
      case .area: 4
      case .clause: 3
      case .need: 2
      case .activity: 1
      }
    }
    var places: ClosedRange<Int64> { SearchEntry.places(ofRank: rank) }
    static let ofData: [Kind] = [.state, .provision, .area, .clause]
  }

  /// A text with the language that it is in; "" where that is not known.
  struct Line: Sendable {
    let text: String
    let language: String
  }

  /// The texts of a record, for the index and for the page of results alike.
  struct Record: Sendable {
    let kind: Kind
    /// As its address has it: `17`, `KEN`, `UNTOC-18`, `2006/ICOOP`, `R-7b`.
    let id: String
    /// Of the record as it was read; 0 where it has none.
    var version: Int64 = 0
    /// Days since 1900, or how far in front it stands in its list.
    var day = 0
    /// Its name, where it has one in each language.
    var titles: [Line]
    var bodies: [Line] = []
    /// Words for finding it that are not shown.
    var further: [String] = []
    /// State of a need.
    var state: String?
    /// Who reports an activity.
    var provider: String?

    var entry: SearchEntry {
      let names = titles.map(\.text)
      let title = SearchWords.index(names) + SearchWords.exact(names)
      let known = Set(title)
      let body = SearchWords.index(bodies.map(\.text) + further).filter { !known.contains($0) }
      let languages = Set((titles + bodies).map { String($0.language.lowercased().prefix { $0 != "-" }) })
      return SearchEntry(
        kind: kind.rawValue, record: id, rank: kind.rank, day: day, title: title, body: body,
        marks: languages.filter { !$0.isEmpty }.sorted())
    }
  }
}
