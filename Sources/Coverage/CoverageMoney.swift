package import Storage
package import Treaty

extension Coverage {
  /// Yearly rates: units of a currency for one US dollar, in millionths.
  package struct Rates: Sendable {
    let millionths: [String: Int64]
    /// Currency and year → whether a person has verified the rate.
    let unverified: Set<String>

    package init(in db: Reader) throws {
      var millionths: [String: Int64] = [:]
      var unverified: Set<String> = []
      try db.each("SELECT currency, year, millionths, status FROM coverage_rate") {
        let currency: String = try $0[at: 0]
        let year: Int = try $0[at: 1]
        let status: String = try $0[at: 3]
        millionths["\(currency)/\(year)"] = try $0[at: 2]
        if status != "verified" { unverified.insert("\(currency)/\(year)") }
      }
      self.millionths = millionths
      self.unverified = unverified
    }

    /// A sum in US dollars, with what could not be converted said.
    package struct Dollars: Sendable, Equatable {
      /// Cents; nil when nothing could be converted.
      package var minor: Int64?
      package var isUnverified = false
      /// Amounts in currencies without a rate for the year.
      package var unconverted: [Amount] = []
    }
    /// - Parameter digits: digits after the point of a currency's minor unit.
    package func dollars(_ amounts: [Amount], spent: Bool, digits: (String) -> Int) -> Dollars {
      var result = Dollars()
      for amount in amounts where amount.isSpent == spent {
        let key = "\(amount.currency)/\(amount.year)"
        let rate = amount.currency == "USD" ? 1_000_000 : millionths[key]
        guard let rate else {
          result.unconverted.append(amount)
          continue
        }
        if unverified.contains(key) { result.isUnverified = true }
        // cents = minor / 10^digits × 100 / rate, rounded to the nearest.
        var scale = Int128(1)
        for _ in 0..<digits(amount.currency) { scale *= 10 }
        let numerator = Int128(amount.minor) * 100 * 1_000_000
        let denominator = scale * Int128(rate)
        let half = numerator >= 0 ? denominator / 2 : -(denominator / 2)
        let cents = (numerator + half) / denominator
        result.minor =
          (result.minor ?? 0).addingReportingOverflow(Int64(truncatingIfNeeded: cents)).partialValue
      }
      return result
    }
  }

  package struct Files: Sendable {
    let rates: [DataRow]
    package static let names = ["codelists/rates/usd-annual.csv"]

    package init(_ data: DataDirectory, _ faults: inout [DataFault]) {
      rates = data.rows(
        Self.names[0], needing: ["currency", "year", "units_per_usd", "source", "status"], &faults)
      DataCheck.unique(rates, ["currency", "year"], &faults)
      for row in rates where Self.millionths(row["units_per_usd"]) == nil {
        faults.append(DataFault(row, "units_per_usd", "number"))
      }
      for row in rates where Int(row["year"]) == nil { faults.append(DataFault(row, "year", "number")) }
    }
    package func load(in db: Writer) throws {
      try db.run("DELETE FROM coverage_rate")
      for row in rates {
        guard let millionths = Self.millionths(row["units_per_usd"]), let year = Int(row["year"]) else {
          continue
        }
        try db.run(
          """
          INSERT INTO coverage_rate (currency, year, millionths, source, status)
          VALUES (\(row["currency"]), \(year), \(millionths), \(row["source"]), \(row["status"]))
          """)
      }
    }
    /// Decimal text → millionths, exactly; nil when it is none, not positive or finer than a millionth.
    static func millionths(_ text: String) -> Int64? {
      let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
      guard let whole = Int64(parts[0]), whole >= 0, whole < 1_000_000_000 else { return nil }
      let fraction = parts.count == 2 ? String(parts[1]) : ""
      guard fraction.count <= 6, fraction.allSatisfy(\.isNumber) else { return nil }
      let padded = fraction + String(repeating: "0", count: 6 - fraction.count)
      guard let small = Int64(padded) else { return nil }
      let value = whole * 1_000_000 + small
      return value > 0 ? value : nil
    }
  }
}
