import Documents
import Language
import Testing

@testable import Activities

@Suite struct MatcherTests {
  private static func term(
    _ text: String, _ language: String = "en", area: String = "A", provisions: [String] = [],
    strength: Int = 3
  ) -> RelevanceTerm {
    RelevanceTerm(area: area, provisions: provisions, language: language, term: text, strength: strength)
  }

  /// Term, text, whether it is found.
  static let table: [(String, String, Bool)] = [
    ("money laundering", "Combating MONEY-LAUNDERING in banks", true),
    ("money laundering", "money, laundering", true),
    ("money laundering", "money and laundering", false), ("money laundering", "money laundering's", true),
    ("law", "outlaw lawyer laws", false),
    ("law", "rule of law.", true), ("law*", "lawyers", true), ("law*", "outlaws", false),
    ("groupe* criminel* organisé*", "Des groupes criminels organises", true),
    ("groupe* criminel* organisé*", "groupe criminel organisé", true),
    ("groupe* criminel* organisé*", "groupe très criminel organisé", false),
    ("отмывани* денег", "противодействие отмыванию денег", true),
    ("отмывани* денег", "отмывание средств", false), ("коррупци*", "антикоррупционный", false),
    ("الجريمة المنظمة", "مكافحة الجريمة المنظمة عبر الوطنية", true),
    ("الجريمة المنظمة", "للجريمة المنظمة", true), ("جريمة منظمة", "بالجريمة المنظمة", true),
    ("فساد", "الفَساد", true), ("فساد", "إفساد", false), ("有组织犯罪", "打击跨国有组织犯罪公约", true),
    ("有组织犯罪", "有 组织 犯罪", true), ("司法", "法司", false),
    ("DNA 检测", "开展DNA检测工作", true), ("corrupción", "CORRUPCION", true),
    ("anti-corruption", "anti corruption", true), ("a*", "b a", true), ("x", "x", true), ("x", "", false),
    ("", "anything", false), ("*", "anything", false),
  ]

  @Test(arguments: table) func finds(_ term: String, _ text: String, _ isFound: Bool) {
    #expect(TermMatcher(terms: [Self.term(term)]).matches(in: text) == (isFound ? [0] : []))
  }

  /// The trie against the plainest possible search, on random texts and terms of all scripts.
  @Test func likeANaiveSearch() {
    var random = SplitMix(seed: 21)
    let words = [
      "law", "laws", "lawyer", "la", "коррупция", "коррупции", "корр", "الفساد", "فساد", "بالفساد", "犯罪", "有",
      "组织", "2024", "é", "ecole", "a",
    ]
    func phrase(_ count: Int, stems: Bool) -> String {
      (0..<count).map { _ in
        let word = words[random.next(words.count)]
        let isStem = stems && random.next(3) == 0 && word.unicodeScalars.allSatisfy { $0.value < 0x2E80 }
        return isStem ? String(word.prefix(1 + random.next(word.count))) + "*" : word
      }.joined(separator: [" ", " - ", "  "][random.next(3)])
    }
    for _ in 0..<400 {
      let terms = (0..<12).map { _ in Self.term(phrase(1 + random.next(3), stems: true)) }
      let matcher = TermMatcher(terms: terms)
      for _ in 0..<10 {
        let text = phrase(random.next(14), stems: false)
        let expected = terms.indices.filter { Self.naive(terms[$0].term, in: text) }
        #expect(matcher.matches(in: text) == expected, "\(terms.map(\.term)) in \(text)")
      }
    }
  }

  /// Words of folded text; each character of three bytes is a word of its own that may stand close.
  private static func tokens(_ text: String) -> [String] {
    var tokens: [String] = []
    for word in Folding.fold(text).split(separator: " ") {
      var open = ""
      for scalar in word.unicodeScalars {
        if scalar.value >= 0x800 {
          if !open.isEmpty { tokens.append(open) }
          open = ""
          tokens.append(String(scalar))
        } else {
          open.unicodeScalars.append(scalar)
        }
      }
      if !open.isEmpty { tokens.append(open) }
    }
    return tokens
  }

  private static func naive(_ term: String, in text: String) -> Bool {
    var pattern: [(String, Bool)] = []
    for word in term.split(separator: " ") {
      let isStem = word.hasSuffix("*")
      let parts = tokens(String(isStem ? word.dropLast() : word))
      for (index, part) in parts.enumerated() { pattern.append((part, isStem && index == parts.count - 1)) }
    }
    let words = tokens(text)
    if pattern.isEmpty || words.count < pattern.count { return false }
    return (0...words.count - pattern.count).contains { start in
      pattern.indices.allSatisfy { index in
        pattern[index].1
          ? words[start + index].hasPrefix(pattern[index].0) : words[start + index] == pattern[index].0
      }
    }
  }

  @Test func manyThreads() async {
    let matcher = TermMatcher(terms: Self.table.map { Self.term($0.0) })
    await withTaskGroup(of: [Int].self) { group in
      for index in 0..<64 { group.addTask { matcher.matches(in: Self.table[index % Self.table.count].1) } }
      for await _ in group {}
    }
  }

  /// The table that the product ships: every term folds to something and finds itself.
  @Test func theShippedTable() throws {
    let table = CSVTable(try Sample.bytes(Sample.root + "/data/relevance/terms.csv"))
    #expect(table.faults.isEmpty && table.rows.count > 100)
    let terms = table.rows.map { Self.term($0["term"], $0["language"], area: $0["area"]) }
    let matcher = TermMatcher(terms: terms)
    for (index, term) in terms.enumerated() {
      #expect(matcher.matches(in: term.term.replacing("*", with: "")).contains(index), "\(term.term)")
    }
  }
}

@Suite struct RelevanceTests {
  private let relevance = Relevance(
    terms: [
      RelevanceTerm(
        area: "ICOOP", provisions: ["UNTOC-18"], language: "en", term: "mutual legal assistance", strength: 3),
      RelevanceTerm(
        area: "ICOOP", provisions: ["UNTOC-18"], language: "fr", term: "entraide judiciaire", strength: 3),
      RelevanceTerm(area: "CRIM", provisions: [], language: "en", term: "prosecutor*", strength: 1),
      RelevanceTerm(area: "CRIM", provisions: [], language: "en", term: "court", strength: 1),
    ],
    sectors: [
      SectorMapping(
        vocabulary: "1", code: "15113", area: "CRIM", provisions: ["UNTOC-8", "UNTOC-9"], strength: 3,
        reason: "r"),
      SectorMapping(vocabulary: "1", code: "15130", area: "CRIM", provisions: [], strength: 1, reason: "r"),
      SectorMapping(
        element: "tag", vocabulary: "3", code: "16.4", area: "FIREARMS", provisions: ["FAP-5"], strength: 2,
        reason: "r"),
    ],
    provisions: ["UNTOC-18": ["ICOOP"], "FAP-5": ["FIREARMS"]], vocabularyURIs: ["http://example.org/ours"])

  private func draft(title: String = "x", description: String = "y") -> ActivityDraft {
    var draft = ActivityDraft()
    draft.titles = [.init(language: "en", text: title)]
    draft.descriptions = [.init(type: "1", language: "en", text: description, line: 1)]
    return draft
  }
  private func part(_ vocabulary: String, _ code: String, _ uri: String = "") -> ActivityDraft.Classification
  {
    .init(vocabulary: vocabulary, code: code, vocabularyURI: uri, share: nil, line: 1)
  }

  @Test func words() {
    #expect(relevance.claims(for: draft()) == [])
    #expect(
      relevance.claims(for: draft(title: "Mutual legal assistance")) == [
        RelevanceClaim(
          area: "ICOOP", provision: "UNTOC-18", strength: 3, by: .words,
          evidence: "mutual legal assistance (en)")
      ])
    #expect(
      relevance.claims(for: draft(description: "on mutual legal assistance; l'entraide judiciaire")) == [
        RelevanceClaim(
          area: "ICOOP", provision: "UNTOC-18", strength: 2, by: .words,
          evidence: "mutual legal assistance (en), entraide judiciaire (fr)")
      ])
    #expect(relevance.claims(for: draft(title: "Training prosecutors")).map(\.strength) == [1])
    #expect(
      relevance.claims(for: draft(title: "Prosecutors", description: "in court")).map(\.strength) == [2])
  }

  @Test func tags() {
    var draft = draft()
    draft.tags = [
      part("99", "UNTOC-18", "http://example.org/ours"), part("99", "FAP-5"), part("99", "nothing"),
      part("1", "UNTOC-18"), part("3", "16.4"),
    ]
    let claims = relevance.claims(for: draft)
    #expect(claims.map(\.provision) == ["FAP-5", "UNTOC-18"])
    #expect(claims.allSatisfy { $0.strength == 3 && $0.by == .tag })
    #expect(claims[0].evidence == "FAP-5, 3:16.4")
  }

  @Test func manyTermsAreNamedOnceEach() {
    let terms = (0..<9).map {
      RelevanceTerm(area: "A", provisions: ["P"], language: "en", term: "word\($0)", strength: 1)
    }
    let relevance = Relevance(terms: terms + terms, sectors: [], provisions: [:])
    let text = (0..<9).map { "word\($0)" }.joined(separator: " ")
    let claims = relevance.claims(for: draft(title: text))
    #expect(claims.count == 1 && claims[0].strength == 2)
    #expect(claims[0].evidence.hasPrefix("word0 (en), ") && claims[0].evidence.hasSuffix(", +12"))
    // Nothing of one activity colours the next, and two lines for the same words are one reason.
    #expect(relevance.claims(for: draft(title: "word1")).map(\.strength) == [1])
  }

  @Test func sectors() {
    var draft = draft()
    draft.sectors = [part("1", "15113"), part("1", "15130"), part("2", "151")]
    let claims = relevance.claims(for: draft)
    // The area alone says less than its provisions, claimed more strongly by the same source.
    #expect(claims.map(\.provision) == ["UNTOC-8", "UNTOC-9"])
    #expect(claims.allSatisfy { $0.by == .sector && $0.strength == 3 && $0.evidence == "1:15113" })
    draft.sectors = [part("1", "15130")]
    #expect(
      relevance.claims(for: draft) == [
        RelevanceClaim(area: "CRIM", provision: nil, strength: 1, by: .sector, evidence: "1:15130")
      ])
  }

  @Test func sectorsOfTransactionsAndOrder() {
    var draft = draft(title: "Prosecutors", description: "mutual legal assistance")
    var transaction = ActivityDraft.Transaction()
    transaction.sectors = [part("1", "15113")]
    draft.transactions = [transaction, transaction]
    draft.tags = [part("99", "UNTOC-18")]
    let claims = relevance.claims(for: draft)
    #expect(claims.map(\.strength) == [3, 3, 3, 2, 1])
    #expect(claims.map(\.by) == [.tag, .sector, .sector, .words, .words])
    #expect(Set(claims).count == claims.count)
  }
}
