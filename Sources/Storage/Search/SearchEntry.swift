/// A record as the index holds it.
package struct SearchEntry: Sendable, Equatable {
  package let kind: String
  package let record: String
  /// 0…7: kinds of a higher rank stand first in results.
  package let rank: Int
  /// 0…65535: within a rank, later days stand first.
  package let day: Int
  /// Distinct words, sorted.
  package let title: [String]
  package let body: [String]
  package let marks: [String]

  /// Words that are not plain (ASCII beyond letters and digits) are left out: the engines would read signs into them.
  package init(
    kind: String, record: String, rank: Int, day: Int, title: [String], body: [String], marks: [String]
  ) {
    self.kind = kind
    self.record = record
    self.rank = min(max(rank, 0), 7)
    self.day = min(max(day, 0), 65_535)
    self.title = title.filter(Self.isPlain)
    self.body = body.filter(Self.isPlain)
    self.marks = marks.filter(Self.isPlain)
  }
  package static func isPlain(_ word: String) -> Bool {
    !word.isEmpty && word.utf8.allSatisfy { $0 >= 128 || 48...57 ~= $0 || 97...122 ~= $0 }
  }

  /// All places of a rank.
  package static func places(ofRank rank: Int) -> ClosedRange<Int64> {
    let first = Int64(rank) << 60
    return first...(first | ((1 << 60) - 1))
  }
  package static let allPlaces: ClosedRange<Int64> = 0...Int64.max

  /// Where it stands among all: nothing but what the record itself says, so that no place tells of other records.
  var place: Int64 {
    let digest = Digest.sha256(Array("\(kind)/\(record)".utf8)).prefix(8).reduce(UInt64(0)) {
      $0 << 8 | UInt64($1)
    }
    return Int64(rank) << 60 | Int64(day) << 44 | Int64(digest >> 20)
  }
  var hash: [UInt8] {
    let parts = [[kind, record, String(rank), String(day)], title, body, marks].map {
      $0.joined(separator: " ")
    }
    return Digest.sha256(Array(parts.joined(separator: "\n").utf8))
  }
}

/// A record that was found.
package struct SearchHit: DecodableRow, Sendable, Equatable {
  package let place: Int64
  package let kind: String
  package let record: String

  package init(row: Row) throws {
    place = try row[at: 0]
    kind = try row[at: 1]
    record = try row[at: 2]
  }
}

extension Reader {
  /// Records that fit, highest place first.
  /// - Parameter condition: on `r`, a row of `sys_search`: what the reader may see.
  package func hits(
    _ expression: SearchExpression, within places: ClosedRange<Int64>, where condition: SQL, limit: Int
  ) throws -> [SearchHit] {
    if engine == .postgres {
      try planForTheWords()
      let few = try values(SearchIndex.some(expression, places, limit: SearchIndex.few + 1), as: Int64.self)
      if few.count <= SearchIndex.few { return try hits(among: few.sorted(by: >), condition, limit) }
    }
    return try rows(
      """
      SELECT h.id, r.kind, r.record FROM \(SearchIndex.hits(expression, places, engine)) h CROSS JOIN sys_search r
      WHERE r.id = h.id AND \(condition) ORDER BY h.id DESC LIMIT \(limit)
      """)
  }
  // In parts of one size, so that one prepared statement serves all.
  private func hits(among places: [Int64], _ condition: SQL, _ limit: Int) throws -> [SearchHit] {
    let size = 200
    var found: [SearchHit] = []
    for start in stride(from: 0, to: places.count, by: size) where found.count < limit {
      let part = Array(places[start..<min(start + size, places.count)])
      let padded = part + [Int64](repeating: -1, count: size - part.count)
      found += try rows(
        """
        SELECT r.id, r.kind, r.record FROM sys_search r
        WHERE r.id IN \(list: padded) AND \(condition) ORDER BY r.id DESC
        """)
    }
    return Array(found.prefix(limit))
  }
  /// How many fit, counted up to `most`.
  package func countHits(
    _ expression: SearchExpression, within places: ClosedRange<Int64>, where condition: SQL, most: Int
  ) throws -> Int {
    try planForTheWords()
    return try value(
      """
      SELECT count(*) FROM (
        SELECT h.id FROM \(SearchIndex.unordered(expression, places, engine)) h CROSS JOIN sys_search r
        WHERE r.id = h.id AND \(condition) LIMIT \(most)) c
      """) ?? 0
  }
  /// On PostgreSQL the way to the words depends on how common they are: it is chosen for each question anew, until the
  /// end of the transaction.
  private func planForTheWords() throws {
    if engine == .postgres { try connection.script("SET LOCAL plan_cache_mode = force_custom_plan") }
  }
}
