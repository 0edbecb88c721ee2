import Testing

@testable import Activities

@Suite struct ValuesTests {
  private func amount(_ text: String, _ digits: Int) -> Decimals.AmountReading {
    var text = text
    return text.withUTF8 { Decimals.readAmount($0, digits: digits) }
  }
  private func share(_ text: String) -> Int64? {
    var text = text
    return text.withUTF8 { Decimals.readShare($0) }?.exact
  }

  @Test func amounts() {
    let table: [(String, Int, Decimals.AmountReading)] = [
      ("0", 2, .amount(0, rounded: false)), ("1", 2, .amount(100, rounded: false)),
      ("-1.5", 2, .amount(-150, rounded: false)),
      ("1.005", 2, .amount(101, rounded: true)), ("1.004999", 2, .amount(100, rounded: true)),
      ("-1.005", 2, .amount(-101, rounded: true)),
      ("1.500", 2, .amount(150, rounded: false)), ("0.5", 0, .amount(1, rounded: true)),
      ("12.3456", 3, .amount(12_346, rounded: true)),
      ("9.999", 2, .amount(1_000, rounded: true)), (" 7 ", 2, .amount(700, rounded: false)), ("", 2, .empty),
      ("  ", 2, .empty),
      ("-", 2, .invalid), (".", 2, .invalid), ("--1", 2, .invalid), ("1-", 2, .invalid),
      ("0x10", 2, .invalid), ("1e3", 2, .invalid),
      ("1,000", 2, .separator), ("1.000.000", 2, .separator), ("1'000", 2, .separator),
      ("1\u{00A0}000", 2, .separator), ("١٢", 2, .invalid),
      ("92233720368547758.07", 2, .amount(.max, rounded: false)), ("92233720368547758.08", 2, .tooLarge),
      ("99999999999999999", 2, .tooLarge),
      ("9999999999999999", 2, .amount(999_999_999_999_999_900, rounded: false)),
      ("000000000000000000000000012", 2, .amount(1_200, rounded: false)),
      ("14155.0825000000", 2, .amount(1_415_508, rounded: true)),
    ]
    for (text, digits, expected) in table { #expect(amount(text, digits) == expected, "\(text)") }
  }

  /// Written and read back, for many values and numbers of digits.
  @Test func amountsComeBack() {
    var random = SplitMix(seed: 1)
    for _ in 0..<20_000 {
      let digits = random.next(4)
      let minor =
        Int64(bitPattern: random.next() >> UInt64(random.next(60) + 2)) * (random.next(2) == 0 ? 1 : -1)
      var unit: Int64 = 1
      for _ in 0..<digits { unit *= 10 }
      let fraction =
        digits == 0 ? "" : "." + String(String(minor.magnitude % UInt64(unit) + UInt64(unit)).dropFirst())
      let text = (minor < 0 ? "-" : "") + String(minor.magnitude / UInt64(unit)) + fraction
      #expect(amount(text, digits) == .amount(minor, rounded: false), "\(text)")
    }
  }

  @Test func shares() {
    let table: [(String, Int64?)] = [
      ("100", 1_000_000_000_000), ("100.0000000000", 1_000_000_000_000), ("0", 0),
      ("33.3333", 333_333_000_000), ("33.33333333333", 333_333_333_333),
      (".5", 5_000_000_000), ("-1", -10_000_000_000), ("+50.", 500_000_000_000), ("1000000", nil), ("", nil),
      ("5%", nil), ("1e2", nil), ("1,5", nil), ("abc", nil), (".", nil),
    ]
    for (text, expected) in table { #expect(share(text) == expected, "\(text)") }
    #expect(Share(exact: 333_333_000_000).text == "33.3333")
    #expect(Share(exact: 1_000_000_000_000).text == "100")
    #expect(Share(exact: -5_000_000_000).text == "-0.5")
    #expect(Share(exact: 333_333_333_333).partsPerMillion == 333_333)
  }

  @Test func days() {
    for text in ["2024-02-29", "0001-01-01", "9999-12-31", "2000-02-29"] { #expect(Day(text)?.text == text) }
    for text in [
      "2023-02-29", "1900-02-29", "2024-00-01", "2024-1-1", "2024-01-32", "0000-01-01", "24-01-01",
      "2024/01/01", "", "2024-01-01Z", "20240101",
    ] {
      #expect(Day(text) == nil, "\(text)")
    }
    #expect(Day("2024-02-29")?.yearLater.text == "2025-02-28")
    var previous: Day?
    for year in [1999, 2000, 2023, 2024] {
      for month in 1...12 {
        for number in 1...31 {
          guard let day = Day(year: year, month: month, day: number) else { continue }
          #expect(day.year == year && day.month == month && day.day == number)
          if let previous { #expect(previous < day) }
          previous = day
        }
      }
    }
  }

  @Test func dayReadings() {
    func kind(_ text: String) -> String {
      var text = text
      switch text.withUTF8({ Decimals.readDay($0) }) {
      case .day(let day): return day.text
      case .dayWithTime(let day): return "time " + day.text
      case .empty: return "empty"
      case .invalid: return "invalid"
      }
    }
    let table = [
      ("2024-05-06", "2024-05-06"), (" 2024-05-06\n", "2024-05-06"), ("2024-05-06Z", "2024-05-06"),
      ("2024-05-06+02:00", "2024-05-06"),
      ("2024-05-06-11:00", "2024-05-06"), ("2024-05-06T01:02:03", "time 2024-05-06"),
      ("2024-05-06T01:02:03.123456Z", "time 2024-05-06"),
      ("2024-05-06 01:02:03+01:00", "time 2024-05-06"), ("2024-05-06T", "invalid"),
      ("2024-05-06x", "invalid"), ("2024-05-06+2", "invalid"), ("", "empty"), (" ", "empty"),
    ]
    for (text, expected) in table { #expect(kind(text) == expected, "\(text)") }
  }

  @Test func namesOfTheStandard() {
    #expect(
      IATIName.reportingOrg.text == "reporting-org" && IATIName.isoDate.text == "iso-date"
        && IATIName.other.text == "other")
    #expect(Set(IATIName.texts).count == IATIName.texts.count)
    for (index, name) in IATIName.allCases.enumerated() { #expect(IATIName(symbol: index) == name) }
    #expect(IATIName(symbol: 250) == .other)
  }

  @Test func codeTable() {
    let table = CodeTable(Sample.codes)
    func standing(_ code: String, _ list: CodeList) -> CodeTable.Standing {
      var code = code
      return code.withUTF8 { table.standing($0, in: list) }
    }
    for list in CodeList.allCases {
      let codes = Sample.codes.lists[list.rawValue] ?? []
      for code in codes where !(Sample.codes.withdrawn[list.rawValue]?.contains(code) ?? false) {
        #expect(standing(code, list) == .active)
      }
      let otherwise: CodeTable.Standing =
        codes.isEmpty ? .unchecked : list == .language ? .unlisted : .unknown
      for code in ["", "nope", "a much longer code than any"] { #expect(standing(code, list) == otherwise) }
    }
    #expect(standing("20", .flowType) == .withdrawn)
  }
}
