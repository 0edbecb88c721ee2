import Needs
import Storage
import TestKit
import Testing

@Suite struct NeedsImportTests {
  static let today = "2026-06-15"
  static let header = Needs.importColumns.joined(separator: ",")
  static let row =
    "KEN-2026-001,KEN,UNTOC-18;UNTOC-16,,legal_advice,en,Title,What is missing,Prosecutors,high,answer,\"We said, so\",Ministry,2026-01-15,public,stated"

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    let received: Int
    let accepted: Int
    let rules: [String]
    var testDescription: String { name }
  }
  static func changed(_ column: String, _ value: String) -> String {
    var cells = [
      "KEN-2026-001", "KEN", "UNTOC-18", "", "legal_advice", "en", "Title", "Missing", "Prosecutors", "high",
      "answer",
      "Words", "Ministry", "2026-01-15", "public", "stated",
    ]
    if let index = Needs.importColumns.firstIndex(of: column) { cells[index] = value }
    return header + "\n" + cells.joined(separator: ",") + "\n"
  }
  static let cases: [Case] = [
    Case(name: "good", text: header + "\n" + row + "\n", received: 1, accepted: 1, rules: []),
    Case(
      name: "BOM and CRLF", text: "\u{FEFF}" + header + "\r\n" + row + "\r\n", received: 1, accepted: 1,
      rules: []),
    Case(name: "CR only, no last break", text: header + "\r" + row, received: 1, accepted: 1, rules: []),
    Case(
      name: "empty file", text: "", received: 0, accepted: 0, rules: ["file-empty"]),
    Case(
      name: "header in capitals, with spaces", text: " " + header.uppercased() + " \n" + row, received: 1,
      accepted: 1, rules: []),
    Case(
      name: "lines of commas", text: header + "\n" + row + "\n,,,,,,,,,,,,,,,\n", received: 1, accepted: 1,
      rules: []),
    Case(name: "web page", text: "<!DOCTYPE html>\n<p>No</p>", received: 0, accepted: 0, rules: ["web-page"]),
    Case(
      name: "semicolons", text: header.replacing(",", with: ";") + "\n", received: 0, accepted: 0,
      rules: ["separator"]),
    Case(
      name: "column twice", text: header + ",title\n" + row + ",b\n", received: 0, accepted: 0,
      rules: ["column-twice"]),
    Case(
      name: "in the future", text: changed("stated_on", "2026-06-16"), received: 1, accepted: 0,
      rules: ["date-range"]),
    Case(
      name: "before the Convention", text: changed("stated_on", "0001-01-01"), received: 1, accepted: 0,
      rules: ["date-range"]),
    Case(
      name: "turned direction", text: changed("title", "a\u{202E}b"), received: 1, accepted: 0,
      rules: ["characters"]),
    Case(name: "header only", text: header + "\n", received: 0, accepted: 0, rules: ["no-rows"]),
    Case(
      name: "missing column", text: header.replacing(",quotation", with: "") + "\n", received: 0, accepted: 0,
      rules: ["column-missing"]),
    Case(
      name: "unknown column", text: header + ",colour\n" + row + ",red\n", received: 0, accepted: 0,
      rules: ["column-unknown"]),
    Case(name: "short row", text: header + "\nKEN-1,KEN\n" + row, received: 2, accepted: 1, rules: ["cells"]),
    Case(
      name: "open quotation mark", text: header + "\n" + row + "\n\"open", received: 0, accepted: 0,
      rules: ["csv"]),
    Case(
      name: "NUL", text: header + "\n" + row.replacing("Title", with: "Ti\0tle"), received: 0, accepted: 0,
      rules: ["csv"]),
    Case(
      name: "no quotation", text: changed("quotation", ""), received: 1, accepted: 0, rules: ["cell-empty"]),
    Case(
      name: "no authority", text: changed("authority", " "), received: 1, accepted: 0, rules: ["cell-empty"]),
    Case(
      name: "unknown State", text: changed("state", "XXX"), received: 1, accepted: 0, rules: ["state-unknown"]
    ),
    Case(
      name: "unknown provisions", text: changed("provisions", "UNTOC-99;UNTOC-18;nothing"), received: 1,
      accepted: 0,
      rules: ["provision-unknown", "provision-unknown"]),
    Case(
      name: "unknown area", text: changed("areas", "NONE"), received: 1, accepted: 0, rules: ["area-unknown"]),
    Case(
      name: "unknown form", text: changed("form", "magic"), received: 1, accepted: 0, rules: ["form-unknown"]),
    Case(
      name: "unknown urgency", text: changed("urgency", "very"), received: 1, accepted: 0,
      rules: ["word-unknown"]),
    Case(
      name: "no such day", text: changed("stated_on", "2026-02-30"), received: 1, accepted: 0,
      rules: ["date-invalid"]),
    Case(
      name: "day of another form", text: changed("stated_on", "15/01/2026"), received: 1, accepted: 0,
      rules: ["date-invalid"]),
    Case(
      name: "another language", text: changed("language", "de"), received: 1, accepted: 0,
      rules: ["language-unknown"]),
    Case(
      name: "the same twice", text: header + "\n" + row + "\n" + row, received: 2, accepted: 1,
      rules: ["reference-twice"]),
    Case(
      name: "formula-like cells are text", text: changed("title", "=1+1"), received: 1, accepted: 1, rules: []
    ),
  ]

  @Test(arguments: TestSite.engines, cases) func imports(on engine: Engine, _ example: Case) async throws {
    try await TestSite.with(engine) { site in
      let outcome = try await Needs.importCSV(
        Array(example.text.utf8), today: Self.today, by: Actor("test"), database: site.database)
      #expect(outcome.received == example.received)
      #expect(outcome.accepted == example.accepted)
      #expect(outcome.received == outcome.accepted + outcome.unchanged + outcome.rejected)
      #expect(outcome.faults.map(\.rule) == example.rules)
      let t = site.site.translator("en")
      for fault in outcome.faults {
        #expect(t.has("needs.import.\(fault.rule)"))
        #expect(!Needs.text(fault, t).contains("⟦"), "\(fault)")
      }
      let stored = try await site.database.read { try Needs.countAll(in: $0) }
      #expect(stored == example.accepted)
    }
  }

  @Test(arguments: TestSite.engines) func wideLettersAreOneFault(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      let wide = Array((Self.header + "\n" + Self.row).utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })
      for bytes in [[0xFF, 0xFE] + wide, wide] {
        let outcome = try await Needs.importCSV(
          bytes, today: Self.today, by: Actor("test"), database: site.database)
        #expect(outcome.isRefused && outcome.faults.map(\.found) == ["utf-16"])
      }
    }
  }

  @Test(arguments: TestSite.engines) func theSameAgainIsUnchanged(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      let bytes = Array((Self.header + "\n" + Self.row).utf8)
      _ = try await Needs.importCSV(bytes, today: Self.today, by: Actor("test"), database: site.database)
      let before = try await site.database.read { try Audit.verify(in: $0) }.entries
      let again = try await Needs.importCSV(
        bytes, today: Self.today, by: Actor("test"), database: site.database)
      #expect(again.unchanged == 1 && again.accepted == 0)
      #expect(try await site.database.read { try Audit.verify(in: $0) }.entries == before)
      let changed = Array((Self.header + "\n" + Self.row.replacing("high", with: "low")).utf8)
      #expect(
        try await Needs.importCSV(changed, today: Self.today, by: Actor("test"), database: site.database)
          .accepted == 1)
      let found = try await site.database.read {
        try Needs.list(Needs.Filter(), for: .secretariat, after: nil, limit: 10, in: $0)
      }
      let need = try #require(found.first)
      #expect(
        found.count == 1 && need.version == 2 && need.urgency == .low && need.quotation == "We said, so")
      #expect(try await site.database.read { try Needs.areas(of: need.id, in: $0) } == ["CA", "ICOOP"])
    }
  }

  @Test(arguments: TestSite.engines) func filtersAndFacetsAgree(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      try await site.make(TestSite.need("A", state: "KEN"))
      try await site.make(
        TestSite.need("B", state: "PER", provisions: ["UNTOC-6.1"], areas: ["CRIM"], stage: .met))
      try await site.make(
        TestSite.need("C", state: "KEN", provisions: [], areas: ["WITNESS", "ICOOP"], visibility: .state))
      try await site.make(TestSite.need("D", state: "KEN", stage: .withdrawn))
      let filters: [(@Sendable (inout Needs.Filter) -> Void, Int)] = [
        ({ _ in }, 3), ({ $0.state = "KEN" }, 2), ({ $0.group = "african" }, 2), ({ $0.area = "CRIM" }, 1),
        ({ $0.provision = "UNTOC-6" }, 1), ({ $0.provision = "UNTOC-18" }, 2),
        ({ $0.form = "legal_advice" }, 3),
        ({ $0.stage = .met }, 1), ({ $0.urgency = .low }, 0), ({ $0.year = 2026 }, 2),
        ({ $0.year = 2031 }, 0),
      ]
      for (change, expected) in filters {
        var filter = Needs.Filter()
        change(&filter)
        let chosen = filter
        let rows = try await site.database.read {
          try Needs.list(chosen, for: .guest, after: nil, limit: 10, in: $0)
        }
        let count = try await site.database.read { try Needs.count(chosen, for: .guest, in: $0) }
        #expect(rows.count == expected && count == expected)
      }
      for facet in Needs.Facet.allCases {
        let counts = try await site.database.read {
          try Needs.counts(of: facet, Needs.Filter(), for: .guest, in: $0)
        }
        #expect(!counts.isEmpty)
        if facet == .state { #expect(counts == ["KEN": 2, "PER": 1]) }
      }
      // A keyset: the second page begins after the first.
      let first = try await site.database.read {
        try Needs.list(Needs.Filter(), for: .guest, after: nil, limit: 2, in: $0)
      }
      let last = try #require(first.last)
      let (day, id) = (last.statedOn, last.id)
      let rest = try await site.database.read {
        try Needs.list(Needs.Filter(), for: .guest, after: (day, id), limit: 2, in: $0)
      }
      #expect(rest.count == 1 && Set((first + rest).map(\.id)).count == 3)
      #expect(try await site.database.read { try Needs.find(3, for: .guest, in: $0) }?.id == nil)
    }
  }
}
