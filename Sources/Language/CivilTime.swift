/// ISO 8601 dates and UTC times as numbers, without a calendar library.
package enum CivilTime {
  /// Milliseconds since 1970 of `2026-01-15` or `2026-01-15T09:30:00Z` (seconds and their fraction may be absent).
  ///
  /// - Returns: nil for anything else, also for 30 February.
  package static func milliseconds(_ iso: String) -> Int64? {
    let bytes = Array(iso.utf8)
    guard bytes.count >= 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
    guard let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10]),
      let days = days(year: year, month: month, day: day)
    else { return nil }
    if bytes.count == 10 { return Int64(days) * 86_400_000 }
    guard bytes[10] == UInt8(ascii: "T"), bytes.last == UInt8(ascii: "Z"), bytes.count >= 17,
      bytes[13] == UInt8(ascii: ":"), let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]),
      hour < 24, minute < 60
    else { return nil }
    var second = 0
    if bytes.count >= 20 {
      guard bytes[16] == UInt8(ascii: ":"), let seconds = number(bytes[17..<19]), seconds < 61 else {
        return nil
      }
      second = seconds
    }
    return (Int64(days) * 86_400 + Int64(hour * 3600 + minute * 60 + second)) * 1000
  }

  /// Whether the text is a day that exists, as `YYYY-MM-DD`.
  package static func isDay(_ text: String) -> Bool { text.utf8.count == 10 && milliseconds(text) != nil }

  /// Days since 1970-01-01 in the Gregorian calendar, nil for a day that does not exist.
  package static func days(year: Int, month: Int, day: Int) -> Int? {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= length(month, of: year) else {
      return nil
    }
    // March is taken as the first month, so that the leap day ends the year.
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  static func length(_ month: Int, of year: Int) -> Int {
    if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
    return [4, 6, 9, 11].contains(month) ? 30 : 31
  }
  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for digit in digits {
      guard digit >= 48, digit <= 57 else { return nil }
      value = value * 10 + Int(digit - 48)
    }
    return value
  }
}
