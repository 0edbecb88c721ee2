import Activities
import Coverage
import Storage
import TestKit
import Testing
import Web

@Suite struct MoneyTests {
  static let digits: @Sendable (String) -> Int = { $0 == "JPY" ? 0 : $0 == "KWD" ? 3 : 2 }

  @Test(arguments: TestSite.engines) func moneyIsSharedAndConverted(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      var one = IATIText("XI-TEST-1-1")
      one.countries = [("KE", "33.33"), ("PE", "66.67")]
      one.budgets = [(2024, "100.01", "EUR"), (2024, "5", "USD"), (2024, "7.000", "KWD")]
      var two = IATIText("XI-TEST-1-2")
      two.countries = [("KE", nil), ("PE", nil)]
      two.budgets = [(2024, "10", "USD")]
      two.spending = [("2024-05-05", "3", "USD", "KE"), ("2024-06-05", "-1", "USD", "KE")]
      _ = try await site.importText(IATIText.file([one, two]))
      let cells = try await site.database.read {
        try Coverage.ofState("KEN", year: 2024, for: .guest, in: $0)
      }
      let money = cells["ICOOP"]?.money ?? []
      func minor(_ currency: String, spent: Bool = false) -> Int64? {
        money.first { $0.currency == currency && $0.isSpent == spent }?.minor
      }
      // Towards zero; what is not shared out stands in the world's total only.
      #expect(minor("EUR") == 3_333)
      #expect(minor("USD") == 166)
      #expect(minor("KWD") == 2_333)
      #expect(minor("USD", spent: true) == 200)
      let world = try await site.database.read { try Coverage.byGroup(year: 2024, for: .guest, in: $0) }
      let all = world["world"]?["ICOOP"]?.money ?? []
      #expect(all.first { $0.currency == "USD" && !$0.isSpent }?.minor == 1_500)
      #expect(all.first { $0.currency == "EUR" }?.minor == 10_001)

      let rates = try await site.database.read { try Coverage.Rates(in: $0) }
      let dollars = rates.dollars(money, spent: false, digits: Self.digits)
      #expect(dollars.unconverted.map(\.currency) == ["KWD"])
      #expect(dollars.isUnverified)
      #expect((dollars.minor ?? 0) > 166 + 3_333 && (dollars.minor ?? 0) < 166 + 4_500)
    }
  }

  @Test func conversionIsExact() async throws {
    try await TestSite.with(.sqlite) { site in
      try await site.database.write(by: .system) { db in
        try db.run("DELETE FROM coverage_rate")
        try db.run("INSERT INTO coverage_rate VALUES ('JPY', 2024, 151400000, 'test', 'verified')")
        try db.run("INSERT INTO coverage_rate VALUES ('KWD', 2024, 307000, 'test', 'verified')")
        db.record(Event("test.rates", subject: "rate", record: "x"))
      }
      let rates = try await site.database.read { try Coverage.Rates(in: $0) }
      func cents(_ minor: Int64, _ currency: String) -> Int64? {
        rates.dollars(
          [Coverage.Amount(isSpent: true, currency: currency, year: 2024, minor: minor)], spent: true,
          digits: Self.digits
        ).minor
      }
      #expect(cents(15_140, "JPY") == 10_000)
      #expect(cents(307, "KWD") == 100)
      #expect(cents(-307, "KWD") == -100)
      #expect(cents(1, "USD") == 1)
      #expect(cents(5, "XXX") == nil)
      #expect(cents(Int64.max / 1_000, "JPY") != nil)
    }
  }
}
