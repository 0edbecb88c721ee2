import Activities
import Coverage
import Needs
import Storage
import TestKit
import Testing
import Web

/// The kept aggregates equal a recomputation, whatever happened.
@Suite struct CoveragePropertyTests {
  struct Random: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
    mutating func below(_ count: Int) -> Int { Int((next() >> 16) % UInt64(count)) }
    mutating func pick<T>(_ items: [T]) -> T { items[below(items.count)] }
  }
  static let changes = 1_000
  static let states = ["KEN", "UGA", "PER", "ALB", "JPN"]
  static let alpha2 = ["KE", "UG", "PE", "AL", "JP", "XK"]
  static let titles = [
    "Training on mutual legal assistance", "Witness protection programme", "Marking of firearms",
    "Rural roads",
    "تدريب على المساعدة القانونية المتبادلة", "Lutte contre le blanchiment d'argent",
  ]

  static func activity(_ random: inout Random) -> IATIText {
    var item = IATIText("XI-TEST-1-\(random.below(60))", title: random.pick(titles))
    let count = random.below(4)
    item.countries = (0..<count).map { _ in (random.pick(alpha2), nil as String?) }
    if count > 1 {
      let whole = 100 / count
      item.countries = item.countries.enumerated().map {
        ($1.code, $0 == 0 ? "\(100 - whole * (count - 1))" : "\(whole)")
      }
    }
    item.sectors =
      random.below(3) == 0 ? [] : [random.pick(["15130", "15113", "15132", "15190", "21010", "15210"])]
    item.tags = random.below(4) == 0 ? [random.pick(["UNTOC-18", "UNTOC-6.1", "FAP-8", "UNTOC-24"])] : []
    let start = 2019 + random.below(8)
    item.start = "\(start)-0\(1 + random.below(9))-10"
    item.end = "\(start + random.below(4))-12-31"
    item.status = random.pick(["1", "2", "2", "4", "5"])
    for _ in 0..<random.below(3) {
      item.budgets.append(
        (
          2020 + random.below(6), "\(random.below(900)).\(10 + random.below(89))",
          random.pick(["USD", "EUR", "JPY"])
        ))
    }
    for _ in 0..<random.below(3) {
      item.spending.append(
        (
          "\(2020 + random.below(6))-03-04", "\(random.below(5_000) - 200)", "USD",
          random.below(2) == 0 ? random.pick(alpha2) : nil
        ))
    }
    return item
  }
  static func need(_ random: inout Random) -> Needs.Draft {
    TestSite.need(
      "N-\(random.below(40))", state: random.pick(states),
      provisions: random.pick([
        [], ["UNTOC-18"], ["UNTOC-6.1", "UNTOC-7"], ["FAP-8"], ["UNTOC-24"], ["UNTOC-6"],
      ]),
      areas: random.pick([["ICOOP"], ["CRIM"], ["WITNESS", "ICOOP"], ["FIREARMS"]]),
      visibility: random.pick(Visibility.allCases), stage: random.pick(Needs.Stage.allCases),
      statedOn: "202\(random.below(6))-05-0\(1 + random.below(9))")
  }

  @Test(arguments: TestSite.engines) func equalAfterRandomChanges(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      var random = Random(state: 42)
      var counts = (imports: 0, needs: 0, judgements: 0, undone: 0)
      for step in 1...Self.changes {
        switch random.below(10) {
        case 0..<4:
          let items = (0...random.below(3)).map { _ in Self.activity(&random) }
          var seen: Set<String> = []
          let unique = items.filter { seen.insert($0.identifier).inserted }
          _ = try await site.importText(IATIText.file(unique))
          counts.imports += 1
        case 4..<8:
          try await site.make(Self.need(&random))
          counts.needs += 1
        case 8:
          let area = random.pick(["ICOOP", "CRIM", "WITNESS"])
          let provision = random.pick(["", "UNTOC-18", "UNTOC-24"])
          let verdict = random.pick(Activities.Verdict.allCases)
          let choice = random.below(1_000)
          try await site.database.write(by: Actor("test")) { db in
            let ids = try db.values("SELECT id FROM activities_activity ORDER BY id", as: Int64.self)
            if ids.isEmpty { return }
            try Activities.judge(ids[choice % ids.count], area: area, provision: provision, verdict, in: db)
          }
          counts.judgements += 1
        default:
          // A change that is undone at its end leaves the aggregates as they were.
          struct Undone: Error {}
          let draft = Self.need(&random)
          _ = try? await site.database.write(by: Actor("test")) { db in
            _ = try Needs.save(draft, in: db)
            throw Undone()
          }
          counts.undone += 1
        }
        if step % 100 == 0 {
          let verdict = try await site.database.read { try Coverage.check(in: $0) }
          #expect(verdict.isEqual, "after \(step): \(verdict.differences.prefix(5))")
          if !verdict.isEqual { return }
        }
      }
      let verdict = try await site.database.read { try Coverage.check(in: $0) }
      #expect(verdict.cells > 100 && verdict.activities > 20 && verdict.needs > 10)
      print(
        "summary: coverage equals recomputation on \(engine.rawValue) after \(Self.changes) changes (\(counts.imports) imports, \(counts.needs) needs, \(counts.judgements) judgements, \(counts.undone) undone), \(verdict.cells) cells"
      )
    }
  }

  /// The check is able to fail: a cell changed behind its back is found, in every table.
  @Test(arguments: TestSite.engines) func aWrongCellIsFound(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      var random = Random(state: 7)
      for _ in 0..<20 { _ = try await site.importText(IATIText.file([Self.activity(&random)])) }
      for _ in 0..<10 { try await site.make(Self.need(&random)) }
      let changes: [(SQL, String)] = [
        (
          "UPDATE coverage_activity SET activities = activities + 1 WHERE place = 'world' AND area = ''",
          "coverage_activity"
        ),
        ("UPDATE coverage_money SET minor = minor + 1 WHERE place = 'world' AND area = ''", "coverage_money"),
        ("UPDATE coverage_need SET needs = needs + 1 WHERE area = '*'", "coverage_need"),
        (
          "DELETE FROM coverage_status WHERE need IN (SELECT min(need) FROM coverage_status)",
          "coverage_status"
        ),
      ]
      for (change, table) in changes {
        struct Back: Error {}
        _ = try? await site.database.write(by: Actor("test")) { db in
          #expect(try db.run(change) > 0)
          let verdict = try Coverage.check(in: db)
          #expect(verdict.differences.contains { $0.table == table })
          throw Back()
        }
      }
      #expect(try await site.database.read { try Coverage.check(in: $0) }.isEqual)
    }
  }
}
