import Activities
import Directory
import Storage
import Treaty

/// Sums of activities and money by cell, kept in memory with packed keys: an import touches the same cells
/// thousands of times.
struct CellSums {
  private(set) var counts: [UInt64: Coverage.Count] = [:]
  private(set) var money: [UInt64: Sum] = [:]
  private var names: [String] = [""]
  private var numbers: [String: UInt64] = ["": 0]
  private let groupOf: [String: String]
  private let parentOf: [String: String]
  /// States whose cells changed.
  private(set) var states: Set<String> = []

  struct Sum {
    var minor: Int64 = 0
    var entries: Int64 = 0
  }

  init(_ book: Treaty.Book, _ directory: Directory.Book) {
    groupOf = Dictionary(directory.states.map { ($0.id, $0.group) }, uniquingKeysWith: { first, _ in first })
    parentOf = Dictionary(
      book.provisions.compactMap { provision in provision.parent.map { (provision.id, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  private mutating func number(_ name: String) -> UInt64 {
    if let found = numbers[name] { return found }
    let made = UInt64(names.count)
    names.append(name)
    numbers[name] = made
    return made
  }
  // 16 bits each: place, area, provision or currency, and 13 for the year with 1 for the kind of money.
  private static func pack(
    _ place: UInt64, _ area: UInt64, _ third: UInt64, _ year: Int, _ isSpent: Bool = false
  ) -> UInt64 {
    place << 48 | area << 32 | third << 16 | UInt64(max(0, min(year, 8191))) << 1 | (isSpent ? 1 : 0)
  }

  /// Adds a footprint (`sign` 1) or takes it away (-1).
  mutating func add(_ footprint: Activities.Footprint, sign: Int64) {
    let world = number(Coverage.world)
    var places = [world]
    for state in footprint.states {
      if sign != 0 { states.insert(state) }
      places.append(number(state))
      if let group = groupOf[state] {
        let place = number(group)
        if !places.contains(place) { places.append(place) }
      }
    }
    // Area → whether a tie of the footprint is strong enough to cover.
    var areas: [(number: UInt64, isStrong: Bool)] = [(number(Coverage.allReported), false)]
    var provisions: [(number: UInt64, isStrong: Bool)] = []
    func merge(_ list: inout [(number: UInt64, isStrong: Bool)], _ number: UInt64, _ isStrong: Bool) {
      if let index = list.firstIndex(where: { $0.number == number }) {
        if isStrong { list[index].isStrong = true }
      } else {
        list.append((number, isStrong))
      }
    }
    if !footprint.claims.isEmpty {
      let any = number(Coverage.anyArea)
      for claim in footprint.claims {
        let isStrong = claim.strength >= Coverage.strongTie
        merge(&areas, any, isStrong)
        merge(&areas, number(claim.area), isStrong)
        if claim.provision.isEmpty { continue }
        merge(&provisions, number(claim.provision), isStrong)
        // What concerns a paragraph concerns its article.
        if let parent = parentOf[claim.provision] { merge(&provisions, number(parent), isStrong) }
      }
    }
    if let years = footprint.years {
      for year in years {
        for place in places {
          for area in areas { count(Self.pack(place, area.number, 0, year), area.isStrong, sign) }
        }
        if provisions.isEmpty { continue }
        let any = number(Coverage.anyArea)
        for provision in provisions {
          count(Self.pack(world, any, provision.number, year), provision.isStrong, sign)
          for state in footprint.states {
            count(Self.pack(number(state), any, provision.number, year), provision.isStrong, sign)
          }
        }
      }
    }
    for sum in footprint.money {
      let currency = number(sum.currency)
      var holders = [world]
      if let state = sum.state {
        holders.append(number(state))
        if let group = groupOf[state] { holders.append(number(group)) }
      }
      for holder in holders {
        for area in areas {
          let key = Self.pack(holder, area.number, currency, sum.year, sum.isSpent)
          var value = money[key] ?? Sum()
          value.minor = value.minor.addingReportingOverflow(sign * sum.minor).partialValue
          value.entries += sign
          money[key] = value
        }
      }
    }
  }
  private mutating func count(_ key: UInt64, _ isStrong: Bool, _ sign: Int64) {
    var value = counts[key] ?? Coverage.Count()
    value.activities += sign
    if isStrong { value.strong += sign }
    counts[key] = value
  }

  struct CountCell: Hashable {
    let place: String
    let area: String
    let provision: String
    let year: Int
  }
  struct MoneyCell: Hashable {
    let place: String
    let area: String
    let year: Int
    let kind: String
    let currency: String
  }
  private func name(_ key: UInt64, _ shift: UInt64) -> String { names[Int(key >> shift & 0xffff)] }
  func cell(_ key: UInt64) -> CountCell {
    CountCell(
      place: name(key, 48), area: name(key, 32), provision: name(key, 16), year: Int(key >> 1 & 0x1fff))
  }
  func moneyCell(_ key: UInt64) -> MoneyCell {
    MoneyCell(
      place: name(key, 48), area: name(key, 32), year: Int(key >> 1 & 0x1fff),
      kind: key & 1 == 1 ? "spent" : "budget",
      currency: name(key, 16))
  }
}
