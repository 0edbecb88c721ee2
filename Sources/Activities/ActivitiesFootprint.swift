extension Activities {
  /// What an activity adds to the aggregates: where, when, about what, how much.
  package struct Footprint: Sendable, Equatable {
    /// Years in which it runs; nil when it is cancelled or states no date and no money.
    package var years: ClosedRange<Int>?
    /// ISO3 codes, sorted, distinct.
    package var states: [String]
    /// Per area and provision ('' = the area as a whole) the strongest claim, refused ones left out.
    package var claims: [Claim]
    package var money: [Money]

    package struct Claim: Sendable, Equatable {
      package var area: String
      package var provision: String
      package var strength: Int
    }
    package struct Money: Sendable, Equatable {
      /// Nil when the file does not say which State's part it is.
      package var state: String?
      package var year: Int
      package var isSpent: Bool
      package var currency: String
      package var minor: Int64
    }
  }
  package struct FootprintChange: Sendable {
    package let old: Footprint?
    package let new: Footprint?
  }

  /// What the footprint is made of, read from a draft or from the tables alike.
  struct FootprintSource {
    struct Place {
      var state: String?
      var share: Int64?
      var isCountry: Bool
    }
    struct Sum {
      var year: Int
      /// Budget: revised; transaction: disbursement or expenditure.
      var isRevised = false
      var currency: String
      var minor: Int64
      var state: String?
    }
    var status = ""
    var from: Int?
    var to: Int?
    var places: [Place] = []
    var budgets: [Sum] = []
    var spent: [Sum] = []
    /// area, provision, strength; in any order.
    var claims: [(area: String, provision: String, strength: Int)] = []
    /// area, provision → confirmed.
    var judgements: [(area: String, provision: String, isConfirmed: Bool)] = []
  }
}

extension Activities.Footprint {
  /// Strength of a claim that a person confirmed.
  static let confirmed = 3
  /// IATI ActivityStatus.
  private static let cancelled = "5"
  /// An end later than this many years after the start is taken as a slip.
  static let longest = 50

  init(_ source: Activities.FootprintSource) {
    claims = Self.effective(source)
    var found: [String] = []
    for place in source.places { if let state = place.state { found.append(state) } }
    for sum in source.spent { if let state = sum.state { found.append(state) } }
    states = found.count < 2 ? found : Array(Set(found)).sorted()
    money = []
    years = nil
    if source.status == Self.cancelled { return }
    money = Self.allocated(source)
    years = Self.period(source)
  }

  private static func period(_ source: Activities.FootprintSource) -> ClosedRange<Int>? {
    let paid = (source.budgets + source.spent).map(\.year)
    guard let from = source.from ?? paid.min() else { return nil }
    let to = max(source.to ?? paid.max() ?? from, from)
    return from...min(to, from + longest)
  }

  private static func effective(_ source: Activities.FootprintSource) -> [Claim] {
    var best: [Claim] = []
    func add(_ area: String, _ provision: String, _ strength: Int) {
      if let index = best.firstIndex(where: { $0.area == area && $0.provision == provision }) {
        best[index].strength = max(best[index].strength, strength)
      } else {
        best.append(Claim(area: area, provision: provision, strength: strength))
      }
    }
    for claim in source.claims { add(claim.area, claim.provision, claim.strength) }
    for judgement in source.judgements {
      if judgement.isConfirmed {
        add(judgement.area, judgement.provision, confirmed)
      } else {
        best.removeAll { $0.area == judgement.area && $0.provision == judgement.provision }
      }
    }
    if best.count > 1 { best.sort { ($0.area, $0.provision) < ($1.area, $1.provision) } }
    return best
  }

  /// Sums by year, kind, currency and State. A budget that was revised for a year replaces the original one.
  /// Shares of several countries are applied to the minor unit, towards zero; the rest stays without a State.
  private static func allocated(_ source: Activities.FootprintSource) -> [Money] {
    var result: [Money] = []
    func add(_ state: String?, _ sum: Activities.FootprintSource.Sum, _ isSpent: Bool, _ minor: Int64) {
      if minor == 0 { return }
      if let index = result.firstIndex(where: {
        $0.year == sum.year && $0.isSpent == isSpent && $0.state == state && $0.currency == sum.currency
      }) {
        result[index].minor = result[index].minor.addingReportingOverflow(minor).partialValue
      } else {
        result.append(
          Money(state: state, year: sum.year, isSpent: isSpent, currency: sum.currency, minor: minor))
      }
    }
    func split(_ sum: Activities.FootprintSource.Sum, _ isSpent: Bool) {
      if let state = sum.state { return add(state, sum, isSpent, sum.minor) }
      if source.places.count == 1, let only = source.places.first, only.share == nil {
        return add(only.state, sum, isSpent, sum.minor)
      }
      var rest = sum.minor
      for place in source.places where place.isCountry && place.state != nil {
        guard let share = place.share, share > 0, share <= whole else { continue }
        let part = Int64(truncatingIfNeeded: Int128(sum.minor) * Int128(share) / Int128(whole))
        add(place.state, sum, isSpent, part)
        rest -= part
      }
      add(nil, sum, isSpent, rest)
    }
    for sum in source.budgets {
      let isReplaced = !sum.isRevised && source.budgets.contains { $0.isRevised && $0.year == sum.year }
      if !isReplaced { split(sum, false) }
    }
    for sum in source.spent { split(sum, true) }
    if result.count > 1 {
      result.sort {
        ($0.year, $0.isSpent ? 1 : 0, $0.currency, $0.state ?? "") < (
          $1.year, $1.isSpent ? 1 : 0, $1.currency, $1.state ?? ""
        )
      }
    }
    return result
  }
  /// 100 % in the unit of `Share.exact`.
  private static let whole: Int64 = 1_000_000_000_000
}
