internal import Documents

// Rules that need the whole activity: looked at once at its end.
extension ReadingState {
  mutating func check(_ cursor: XMLCursor) {
    checkIdentity(cursor)
    checkDates(cursor)
    checkPlaces(cursor)
    checkSectors(cursor)
  }

  private mutating func checkIdentity(_ cursor: XMLCursor) {
    if draft.status.isEmpty, !hasStatus { find(.statusMissing, cursor, [:]) }
    if descriptionElements == 0 { find(.descriptionMissing, cursor, [:]) }
    if draft.participants.isEmpty { find(.participantMissing, cursor, [:]) }
    let ref = draft.reporter.ref
    if ref.isEmpty { return find(.reporterMissing, cursor, [:]) }
    if draft.identifier == ref { return find(.identifierOfOrganisation, cursor, ["found": ref]) }
    if starts(draft.identifier, with: ref) { return }
    for other in draft.otherIdentifiers where other.type == "B1" && starts(draft.identifier, with: other.ref)
    { return }
    find(.identifierPrefix, cursor, ["found": draft.identifier, "expected": ref + "-…"])
  }

  /// `identifier` begins with `ref` and a hyphen.
  private func starts(_ identifier: String, with ref: String) -> Bool {
    let length = ref.utf8.count
    var identifier = identifier.utf8.makeIterator()
    for byte in ref.utf8 where identifier.next() != byte { return false }
    return length > 0 && identifier.next() == UInt8(ascii: "-")
  }

  private mutating func checkDates(_ cursor: XMLCursor) {
    // Positions by type, 1 to 4; the last of a type counts.
    var places = (0, -1, -1, -1, -1)
    for index in draft.dates.indices {
      switch draft.dates[index].type {
      case "1": places.1 = index
      case "2": places.2 = index
      case "3": places.3 = index
      case "4": places.4 = index
      default: break
      }
    }
    if places.1 < 0, places.2 < 0 { find(.startMissing, cursor, [:]) }
    checkOrder(places.1, places.3)
    checkOrder(places.2, places.4)
  }

  private mutating func checkOrder(_ start: Int, _ end: Int) {
    guard start >= 0, end >= 0, draft.dates[start].day > draft.dates[end].day else { return }
    let start = draft.dates[start]
    let end = draft.dates[end]
    find(
      .dateOrder, line: Int(end.line), path: "iati-activity/activity-date",
      ["start": start.day.text, "end": end.day.text, "startType": start.type, "endType": end.type])
  }

  // MARK: Places

  private mutating func checkPlaces(_ cursor: XMLCursor) {
    let hasPlaces = !draft.countries.isEmpty || !draft.regions.isEmpty
    if hasPlaces {
      if transactionsWithPlace > 0 {
        find(.placeBothLevels, cursor, ["count": String(transactionsWithPlace)])
      }
    } else if transactionsWithPlace < max(1, draft.transactions.count) {
      find(.placeMissing, cursor, ["count": String(draft.transactions.count - transactionsWithPlace)])
    }
    let countries = draft.countries
    let regions = draft.regions
    if regions.isEmpty {
      return checkShares(
        "recipient-country", countries.count, of: { _ in true }, share: { countries[$0].share },
        line: { countries[$0].line })
    }
    // Regions of one vocabulary and the countries together make the whole.
    for vocabulary in vocabularies(regions.count, { regions[$0].vocabulary }) {
      checkShares(
        "recipient-region", regions.count + countries.count,
        of: { $0 >= regions.count || regions[$0].vocabulary == vocabulary },
        share: { $0 < regions.count ? regions[$0].share : countries[$0 - regions.count].share },
        line: { $0 < regions.count ? regions[$0].line : countries[$0 - regions.count].line })
    }
  }

  // MARK: Sectors

  private mutating func checkSectors(_ cursor: XMLCursor) {
    if draft.sectors.isEmpty {
      if transactionsWithSector < max(1, draft.transactions.count) {
        find(.sectorMissing, cursor, ["count": String(draft.transactions.count - transactionsWithSector)])
      }
      return
    }
    if transactionsWithSector > 0 {
      find(.sectorBothLevels, cursor, ["count": String(transactionsWithSector)])
    }
    if draft.sectors.count == 1, draft.sectors[0].vocabulary == "1" {
      if let share = draft.sectors[0].share, share != .whole {
        findSingle(share, "sector", draft.sectors[0].line)
      }
      return
    }
    var hasDAC = false
    for sector in draft.sectors {
      if sector.vocabulary == "1" { hasDAC = true }
      if sector.names.isEmpty, sector.vocabulary == "98" || sector.vocabulary == "99" {
        find(
          .sectorNameMissing, line: Int(sector.line), path: "iati-activity/sector",
          ["found": sector.code, "vocabulary": sector.vocabulary])
      }
    }
    if !hasDAC { find(.sectorWithoutDAC, cursor, [:]) }
    let sectors = draft.sectors
    for vocabulary in vocabularies(sectors.count, { sectors[$0].vocabulary }) {
      checkShares(
        "sector[@vocabulary='\(vocabulary)']", sectors.count,
        of: { sectors[$0].vocabulary == vocabulary },
        share: { sectors[$0].share }, line: { sectors[$0].line })
    }
  }

  // MARK: Shares

  /// The different vocabularies among `count` parts, in order. More than sixteen are not looked at: no honest
  /// activity has them, and the work stays linear.
  private func vocabularies(_ count: Int, _ vocabulary: (Int) -> String) -> [String] {
    var found: [String] = []
    for index in 0..<count {
      let next = vocabulary(index)
      if !found.contains(next) { found.append(next) }
      if found.count == 16 { break }
    }
    return found
  }

  /// Several parts each need a share and make 100 % together, exactly; a single one is the whole.
  private mutating func checkShares(
    _ element: @autoclosure () -> String, _ count: Int, of belongs: (Int) -> Bool, share: (Int) -> Share?,
    line: (Int) -> Int32
  ) {
    var first: Int32 = 0
    var members = 0
    var stated = 0
    var sum: Int64 = 0
    var last: Share?
    for index in 0..<count where belongs(index) {
      if members == 0 { first = line(index) }
      members += 1
      guard let share = share(index) else { continue }
      stated += 1
      sum &+= share.exact
      last = share
    }
    if members == 1, let last, last != .whole { return findSingle(last, element(), first) }
    if members < 2 { return }
    if stated < members {
      find(
        .percentageMissing, line: Int(first), path: "iati-activity/" + element(),
        ["element": element(), "count": String(members - stated), "of": String(members)])
    } else if sum != Share.whole.exact {
      find(
        .percentageSum, line: Int(first), path: "iati-activity/" + element(),
        ["element": element(), "sum": Share(exact: sum).text, "count": String(members)])
    }
  }

  private mutating func findSingle(_ share: Share, _ element: String, _ line: Int32) {
    find(
      .percentageSingle, line: Int(line), path: "iati-activity/" + element,
      ["element": element, "found": share.text])
  }
}
