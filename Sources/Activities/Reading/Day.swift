/// A calendar day of the proleptic Gregorian calendar, without time zone. Ordered by time.
package struct Day: Sendable, Hashable, Comparable {
  /// year × 10,000 + month × 100 + day.
  package let number: Int32

  /// Nil for an impossible day (30 February) or a year outside 1–9999.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
    guard day <= Day.length(of: month, in: year) else { return nil }
    number = Int32(truncatingIfNeeded: year &* 10_000 &+ month &* 100 &+ day)
  }

  /// Reads `YYYY-MM-DD`, nothing else.
  package init?(_ text: String) {
    var text = text
    guard let day = text.withUTF8({ $0.count == 10 ? Decimals.day($0) : nil }) else { return nil }
    self = day.value
  }

  package var year: Int { Int(number) / 10_000 }
  package var month: Int { Int(number) / 100 % 100 }
  package var day: Int { Int(number) % 100 }

  /// `YYYY-MM-DD`.
  package var text: String {
    var number = Int(number)
    return String(unsafeUninitializedCapacity: 10) { bytes in
      var place = 9
      while place >= 0 {
        if place == 4 || place == 7 {
          bytes[place] = UInt8(ascii: "-")
        } else {
          bytes[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10)
          number /= 10
        }
        place -= 1
      }
      return 10
    }
  }

  /// The same day a year later; 29 February becomes 28 February.
  package var yearLater: Day {
    Day(year: year + 1, month: month, day: min(day, Day.length(of: month, in: year + 1))) ?? self
  }

  package static func < (left: Day, right: Day) -> Bool { left.number < right.number }

  private static func length(of month: Int, in year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
