/// Dates, amounts and percentages straight from bytes, without floating point and without copying.
enum Decimals {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  /// Without white space at both ends.
  @inline(__always) static func trimmed(_ bytes: Bytes) -> Bytes {
    guard let base = bytes.baseAddress else { return bytes }
    var start = 0
    var end = bytes.count
    while start < end, base[start] <= 0x20 { start &+= 1 }
    while end > start, base[end &- 1] <= 0x20 { end &-= 1 }
    return Bytes(start: base + start, count: end &- start)
  }

  // MARK: Days

  enum DayReading {
    case day(Day)
    /// A day followed by a time of day, which is left out.
    case dayWithTime(Day)
    case empty
    case invalid
  }

  /// Reads xsd:date (`YYYY-MM-DD`, perhaps with a time zone) and, with a remark, xsd:dateTime.
  @inline(__always) static func readDay(_ bytes: Bytes) -> DayReading {
    if bytes.count == 10, let day = day(bytes) { return .day(day.value) }
    return readUnusualDay(trimmed(bytes))
  }

  private static func readUnusualDay(_ bytes: Bytes) -> DayReading {
    if bytes.isEmpty { return .empty }
    guard let day = day(bytes) else { return .invalid }
    let rest = Bytes(rebasing: bytes[day.rest...])
    if rest.isEmpty || isZone(rest) { return .day(day.value) }
    if rest[0] == UInt8(ascii: "T") || rest[0] == UInt8(ascii: " "), isTime(Bytes(rebasing: rest[1...])) {
      return .dayWithTime(day.value)
    }
    return .invalid
  }

  /// The day at the front and where it ends (always 10).
  @inline(__always) static func day(_ bytes: Bytes) -> (value: Day, rest: Int)? {
    guard bytes.count >= 10, let base = bytes.baseAddress else { return nil }
    guard base[4] == UInt8(ascii: "-"), base[7] == UInt8(ascii: "-") else { return nil }
    var wrong: UInt8 = 0
    @inline(__always) func digit(_ place: Int) -> Int {
      let value = base[place] &- 0x30
      wrong |= value > 9 ? 1 : 0
      return Int(value)
    }
    let century = digit(0) &* 10 &+ digit(1)
    let year = century &* 100 &+ digit(2) &* 10 &+ digit(3)
    let month = digit(5) &* 10 &+ digit(6)
    let number = digit(8) &* 10 &+ digit(9)
    guard wrong == 0, let day = Day(year: year, month: month, day: number) else { return nil }
    return (day, 10)
  }

  /// `Z`, `+hh:mm` or `-hh:mm`.
  private static func isZone(_ bytes: Bytes) -> Bool {
    if bytes.count == 1 { return bytes[0] == UInt8(ascii: "Z") }
    guard bytes.count == 6, bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-") else {
      return false
    }
    return bytes[3] == UInt8(ascii: ":") && isDigit(bytes[1]) && isDigit(bytes[2]) && isDigit(bytes[4])
      && isDigit(bytes[5])
  }

  /// `hh:mm:ss`, perhaps with fraction and zone.
  private static func isTime(_ bytes: Bytes) -> Bool {
    guard bytes.count >= 8, bytes[2] == UInt8(ascii: ":"), bytes[5] == UInt8(ascii: ":") else { return false }
    for place in [0, 1, 3, 4, 6, 7] where !isDigit(bytes[place]) { return false }
    var place = 8
    if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
      place += 1
      while place < bytes.count, isDigit(bytes[place]) { place += 1 }
    }
    return place == bytes.count || isZone(Bytes(rebasing: bytes[place...]))
  }

  @inline(__always) static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 <= 9 }

  // MARK: Amounts

  enum AmountReading: Equatable {
    case amount(Int64, rounded: Bool)
    case empty
    /// Digits with commas, spaces or apostrophes: what is meant cannot be known.
    case separator
    case tooLarge
    case invalid
  }

  /// Decimal text in units of 10^-digits, rounded half away from zero.
  @inline(__always) static func readAmount(_ bytes: Bytes, digits: Int) -> AmountReading {
    guard let base = bytes.baseAddress, bytes.count > 0 else { return .empty }
    // Up to 17 plain digits with a point: nearly every amount there is.
    if bytes.count <= 18 {
      var place = 0
      var value: Int64 = 0
      let negative = base[0] == UInt8(ascii: "-")
      if negative { place = 1 }
      let first = place
      while place < bytes.count, base[place] &- 0x30 <= 9 {
        value = value &* 10 &+ Int64(base[place] &- 0x30)
        place &+= 1
      }
      if place > first {
        var missing = digits
        if place < bytes.count, base[place] == UInt8(ascii: ".") {
          place &+= 1
          while place < bytes.count, missing > 0, base[place] &- 0x30 <= 9 {
            value = value &* 10 &+ Int64(base[place] &- 0x30)
            place &+= 1
            missing &-= 1
          }
        }
        if place == bytes.count, bytes.count &+ missing <= 18 {
          while missing > 0 {
            value = value &* 10
            missing &-= 1
          }
          return .amount(negative ? 0 &- value : value, rounded: false)
        }
      }
    }
    return readUnusualAmount(trimmed(bytes), digits: digits)
  }

  private static func readUnusualAmount(_ bytes: Bytes, digits: Int) -> AmountReading {
    if bytes.isEmpty { return .empty }
    var place = 0
    let negative = bytes[0] == UInt8(ascii: "-")
    if negative || bytes[0] == UInt8(ascii: "+") { place = 1 }
    var value: UInt64 = 0
    var overflow = false
    var seen = 0
    func add(_ digit: UInt8) {
      let (product, first) = value.multipliedReportingOverflow(by: 10)
      let (sum, second) = product.addingReportingOverflow(UInt64(digit))
      overflow = overflow || first || second
      value = sum
    }
    while place < bytes.count, isDigit(bytes[place]) {
      add(bytes[place] - 0x30)
      place += 1
      seen += 1
    }
    var rest = digits
    var rounded = false
    if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
      place += 1
      var isFirstBeyond = true
      while place < bytes.count, isDigit(bytes[place]) {
        let digit = bytes[place] - 0x30
        if rest > 0 {
          add(digit)
          rest -= 1
        } else {
          if digit > 0 { rounded = true }
          if isFirstBeyond, digit >= 5 {
            let (sum, over) = value.addingReportingOverflow(1)
            overflow = overflow || over
            value = sum
          }
          isFirstBeyond = false
        }
        seen += 1
        place += 1
      }
    }
    guard place == bytes.count, seen > 0 else { return whyNot(bytes) }
    while rest > 0 {
      add(0)
      rest -= 1
    }
    if overflow || value > UInt64(Int64.max) { return .tooLarge }
    return .amount(negative ? -Int64(value) : Int64(value), rounded: rounded)
  }

  /// Tells a number written with separators from what is no number at all.
  private static func whyNot(_ bytes: Bytes) -> AmountReading {
    var digits = 0
    var commas = 0
    for (place, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
      case UInt8(ascii: ","), UInt8(ascii: " "), UInt8(ascii: "'"), UInt8(ascii: "."), UInt8(ascii: "_"):
        commas += 1
      // No-break spaces and the typographic apostrophe, byte by byte.
      case 0xC2, 0xA0, 0xE2, 0x80, 0xAF, 0x99: commas += 1
      case UInt8(ascii: "-") where place == 0, UInt8(ascii: "+") where place == 0: break
      default: return .invalid
      }
    }
    return digits > 0 && commas > 0 ? .separator : .invalid
  }

  // MARK: Percentages

  /// Decimal percent, exact to ten places (further ones are cut off); nil when it is not a number below a million.
  @inline(__always) static func readShare(_ bytes: Bytes) -> Share? {
    if bytes.count == 3, bytes[0] == 0x31, bytes[1] == 0x30, bytes[2] == 0x30 { return .whole }
    let bytes = trimmed(bytes)
    guard let base = bytes.baseAddress, bytes.count > 0, bytes.count < 40 else { return nil }
    var place = 0
    let negative = base[0] == UInt8(ascii: "-")
    if negative || base[0] == UInt8(ascii: "+") { place = 1 }
    var value: Int64 = 0
    var seen = 0
    while place < bytes.count, isDigit(base[place]) {
      value = value &* 10 &+ Int64(base[place] &- 0x30)
      if value > 999_999 { return nil }
      seen &+= 1
      place &+= 1
    }
    var missing = 10
    if place < bytes.count, base[place] == UInt8(ascii: ".") {
      place &+= 1
      while place < bytes.count, isDigit(base[place]) {
        if missing > 0 {
          value = value &* 10 &+ Int64(base[place] &- 0x30)
          missing &-= 1
        }
        seen &+= 1
        place &+= 1
      }
    }
    guard place == bytes.count, seen > 0 else { return nil }
    while missing > 0 {
      value = value &* 10
      missing &-= 1
    }
    return Share(exact: negative ? 0 &- value : value)
  }
}
