import Storage
import TestKit
import Testing

/// The index answers alike in both engines, for words that few records hold and for those that many do.
@Suite struct SearchIndexTests {
  static func entry(_ number: Int, title: [String] = [], body: [String] = [], marks: [String] = [])
    -> SearchEntry
  {
    SearchEntry(
      kind: "thing", record: String(number), rank: 1, day: number % 5_000, title: title, body: body,
      marks: marks)
  }
  static func word(_ word: String, _ field: SearchIndex.Field = .text, prefix: Bool = false)
    -> SearchExpression
  {
    .word(word, isPrefix: prefix, in: field)
  }

  @Test(arguments: TestSite.engines) func fewAndMany(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      let count = 2_600
      let entries = (1...count).map { number in
        Self.entry(
          number, title: number % 7 == 0 ? ["seventh"] : [],
          body: ["commonest", "слово", number % 2 == 0 ? "even" : "odd"],
          marks: [number % 3 == 0 ? "ru" : "en"])
      }
      let put = try await site.database.index { try $0.put(entries) }
      let again = try await site.database.index { try $0.put(entries) }
      #expect(put == count && again == 0)
      try await site.database.read { db in
        func records(_ expression: SearchExpression, limit: Int = 5, where condition: SQL = "1 = 1") throws
          -> [Int]
        {
          try db.hits(expression, within: SearchEntry.places(ofRank: 1), where: condition, limit: limit)
            .compactMap { Int($0.record) }
        }
        func all(_ expression: SearchExpression) throws -> Int {
          try db.countHits(expression, within: SearchEntry.places(ofRank: 1), where: "1 = 1", most: 10_000)
        }
        let newest = [2600, 2599, 2598, 2597, 2596]
        #expect(try records(Self.word("commonest")) == newest)
        #expect(try records(Self.word("comm", prefix: true)) == newest)
        #expect(try records(Self.word("сло", prefix: true)) == newest)
        #expect(try records(Self.word("even"), where: "r.number <= 10") == [10, 8, 6, 4, 2])
        #expect(try records(Self.word("commonest"), where: "r.number <= 10") == [10, 9, 8, 7, 6])
        #expect(try records(Self.word("seventh", .title), limit: 2) == [2597, 2590])
        #expect(try records(Self.word("even", .title)).isEmpty && records(Self.word("ru")).isEmpty)
        #expect(try records(.all([Self.word("even"), Self.word("ru", .mark)]), limit: 2) == [2598, 2592])
        #expect(try records(.but(Self.word("commonest"), not: Self.word("even")), limit: 2) == [2599, 2597])
        #expect(try records(.any([Self.word("seventh", .title), Self.word("nothing")]), limit: 1) == [2597])
        #expect(try all(Self.word("commonest")) == count && all(Self.word("seventh")) == 371)
        #expect(try all(Self.word("nothing")) == 0)
        let elsewhere = try db.hits(
          Self.word("commonest"), within: SearchEntry.places(ofRank: 2), where: "1 = 1", limit: 5)
        #expect(elsewhere.isEmpty)
        #expect(try db.indexFault() == nil)
        #expect(try db.unlike(entries.suffix(300)).isEmpty)
      }
    }
  }

  /// A new day moves a record; words that are not plain never reach the engine; what is taken out is gone.
  @Test(arguments: TestSite.engines) func changes(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      let odd = Self.entry(
        1, title: ["quux", "a'b", "\"x\"", "two words", "", "Big", "3·4"], body: ["quux"], marks: ["en"])
      #expect(odd.title == ["quux", "3·4"])
      try await site.database.index { try $0.put([odd, Self.entry(2, title: ["quux"])]) }
      func quux() async throws -> [String] {
        try await site.database.read {
          try $0.hits(Self.word("quux"), within: SearchEntry.allPlaces, where: "1 = 1", limit: 9).map(
            \.record)
        }
      }
      let first = try await quux()
      try await site.database.index {
        try $0.put([
          SearchEntry(kind: "thing", record: "1", rank: 1, day: 9, title: ["quux"], body: [], marks: [])
        ])
      }
      let moved = try await quux()
      try await site.database.index { try $0.remove(kind: "thing", records: ["2"]) }
      let left = try await quux()
      #expect(first == ["2", "1"] && moved == ["1", "2"] && left == ["1"])
    }
  }
}
