/// A share of 100 %, exact to ten decimal places of a percent; never a floating-point number.
package struct Share: Sendable, Hashable, Comparable {
  /// 10⁻¹⁰ per cent: 100 % is 1,000,000,000,000.
  package let exact: Int64

  package init(exact: Int64) { self.exact = exact }

  /// Parts per million of 100 % (100 % is 1,000,000), rounded half up.
  package var partsPerMillion: Int { Int((exact + 500_000) / 1_000_000) }

  package static let whole = Share(exact: 1_000_000_000_000)
  package static let zero = Share(exact: 0)

  /// Percent as decimal text without trailing zeros: "33.3333", "100".
  package var text: String {
    let unit: Int64 = 10_000_000_000
    let sign = exact < 0 ? "-" : ""
    let whole = (exact / unit).magnitude
    var digits = String((exact % unit).magnitude)
    digits = String(repeating: "0", count: 10 - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return digits.isEmpty ? "\(sign)\(whole)" : "\(sign)\(whole).\(digits)"
  }

  package static func < (left: Share, right: Share) -> Bool { left.exact < right.exact }
}
