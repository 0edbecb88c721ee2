import Activities
import Coverage
import Needs
import Storage
import TestKit
import Testing
import Web

/// What the four words mean, by example.
@Suite struct CoverageStatusTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let name: String
    let provisions: [String]
    let areas: [String]
    let activity: (@Sendable (inout IATIText) -> Void)?
    let status: Coverage.Status
    var testDescription: String { name }
  }
  static let examples: [Example] = [
    Example(
      name: "nothing reported", provisions: ["UNTOC-18"], areas: ["ICOOP"], activity: nil, status: .unknown),
    Example(
      name: "another subject", provisions: ["UNTOC-18"], areas: ["ICOOP"],
      activity: {
        $0.title = "Rural roads"
        $0.sectors = ["21010"]
      }, status: .uncovered),
    Example(
      name: "tagged with the provision", provisions: ["UNTOC-18"], areas: ["ICOOP"],
      activity: {
        $0.title = "Rural roads"
        $0.sectors = []
        $0.tags = ["UNTOC-18"]
      }, status: .covered),
    Example(
      name: "tagged with a paragraph of the article", provisions: ["UNTOC-6"], areas: ["CRIM"],
      activity: {
        $0.title = "Rural roads"
        $0.sectors = []
        $0.tags = ["UNTOC-6.1"]
      }, status: .covered),
    Example(
      name: "one of two provisions", provisions: ["UNTOC-18", "UNTOC-24"], areas: ["ICOOP", "WITNESS"],
      activity: {
        $0.title = "Rural roads"
        $0.sectors = []
        $0.tags = ["UNTOC-18"]
      }, status: .partly),
    Example(
      name: "another State", provisions: ["UNTOC-18"], areas: ["ICOOP"],
      activity: {
        $0.tags = ["UNTOC-18"]
        $0.countries = [("PE", nil)]
      }, status: .unknown),
    Example(
      name: "cancelled", provisions: ["UNTOC-18"], areas: ["ICOOP"],
      activity: {
        $0.tags = ["UNTOC-18"]
        $0.status = "5"
      }, status: .unknown),
    Example(
      name: "another year", provisions: ["UNTOC-18"], areas: ["ICOOP"],
      activity: {
        $0.tags = ["UNTOC-18"]
        $0.start = "2010-01-01"
        $0.end = "2012-01-01"
      }, status: .unknown),
  ]

  @Test(arguments: TestSite.engines, examples) func status(on engine: Engine, of example: Example)
    async throws
  {
    try await TestSite.with(engine) { site in
      let need = try await site.added(
        TestSite.need("N-1", provisions: example.provisions, areas: example.areas))
      if let change = example.activity {
        var item = IATIText("XI-TEST-1-1")
        change(&item)
        let outcome = try await site.importText(IATIText.file([item]))
        #expect(outcome.accepted == 1)
      }
      let statuses = try await site.database.read { try Coverage.statuses(of: need, in: $0) }
      #expect(statuses.map(\.year) == [2025, 2026, 2027, 2028, 2029])
      #expect(statuses.first { $0.year == 2026 }?.status == example.status)
    }
  }

  /// Totals hold only needs that the viewer may see.
  @Test(arguments: TestSite.engines) func totalsFollowVisibility(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      for (index, level) in Visibility.allCases.enumerated() {
        try await site.make(TestSite.need("N-\(index)", visibility: level))
      }
      let viewers: [(Viewer, Int)] = [
        (.guest, 1), (.secretariat, 4),
        (Viewer(role: .provider, sees: [.providers, .public]), 2),
        (Viewer(role: .delegate, sees: [.parties, .providers, .public]), 3),
        (Viewer(role: .focalPoint, state: "KEN", sees: [.parties, .providers, .public]), 5),
        (Viewer(role: .focalPoint, state: "PER", sees: [.parties, .providers, .public]), 3),
      ]
      for (viewer, expected) in viewers {
        let (cells, list, count) = try await site.database.read { db in
          (
            try Coverage.byGroup(year: 2026, for: viewer, in: db),
            try Needs.list(Needs.Filter(), for: viewer, after: nil, limit: 50, in: db),
            try Needs.count(Needs.Filter(), for: viewer, in: db)
          )
        }
        #expect(cells["world"]?["*"]?.needs.stated == expected)
        #expect(cells["african"]?["ICOOP"]?.needs.stated == expected)
        #expect(list.count == expected && count == expected)
        let state = try await site.database.read {
          try Coverage.ofState("KEN", year: 2026, for: viewer, in: $0)
        }
        #expect(state["*"]?.needs.stated == expected)
        let years = try await site.database.read { try Coverage.yearByYear("KEN", for: viewer, in: $0) }
        #expect(years.first { $0.year == 2026 }?.cell.needs.stated == expected)
        let byState = try await site.database.read {
          try Coverage.byState(group: "african", year: 2026, for: viewer, in: $0)
        }
        #expect(byState["KEN"]?["ICOOP"]?.needs.stated == expected)
        let provision = try await site.database.read {
          try Coverage.ofProvision("UNTOC-18", year: 2026, for: viewer, in: $0)
        }
        #expect(provision.stated == expected)
        #expect(
          try await site.database.read { try Coverage.years(for: viewer, in: $0) } == [
            2025, 2026, 2027, 2028, 2029,
          ])
      }
    }
  }

  /// Every figure opens exactly the records that it counts.
  @Test(arguments: TestSite.engines) func figuresOpenTheirRecords(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      var random = CoveragePropertyTests.Random(state: 99)
      var items: [IATIText] = []
      for number in 0..<80 {
        var item = CoveragePropertyTests.activity(&random)
        item.identifier = "XI-TEST-1-\(number)"
        items.append(item)
      }
      _ = try await site.importText(IATIText.file(items))
      for number in 0..<40 {
        var draft = CoveragePropertyTests.need(&random)
        draft.reference = "N-\(number)"
        try await site.make(draft)
      }
      let viewer = Viewer.secretariat
      var compared = 0
      for year in [2021, 2024, 2026] {
        let groups = try await site.database.read { try Coverage.byGroup(year: year, for: viewer, in: $0) }
        for (place, areas) in groups {
          for (area, cell) in areas where area != Coverage.allReported {
            var needs = Needs.Filter()
            needs.year = year
            needs.area = area == Coverage.anyArea ? nil : area
            needs.group = place == Coverage.world ? nil : place
            var activities = Activities.Filter()
            activities.year = year
            activities.area = area
            activities.group = place == Coverage.world ? nil : place
            let (needFilter, activityFilter) = (needs, activities)
            let (needCount, activityCount) = try await site.database.read { db in
              (try Needs.count(needFilter, for: viewer, in: db), try Activities.count(activityFilter, in: db))
            }
            #expect(needCount == cell.needs.stated, "\(place) \(area) \(year)")
            #expect(activityCount == cell.activities, "\(place) \(area) \(year)")
            compared += 2
          }
        }
      }
      #expect(compared > 100)
    }
  }
}
