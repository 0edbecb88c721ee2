package import Storage

extension Activities.FootprintSource {
  /// - Parameter state: ISO2 → ISO3, nil for territories that are not in the directory.
  init(_ draft: ActivityDraft, claims found: [RelevanceClaim], state: (String) -> String?) {
    status = draft.status
    let (start, end) = Self.period(draft)
    from = start?.year
    to = end?.year
    for place in draft.countries {
      places.append(Place(state: state(place.code), share: place.share?.exact, isCountry: true))
    }
    for place in draft.regions {
      places.append(Place(state: nil, share: place.share?.exact, isCountry: false))
    }
    for budget in draft.budgets {
      guard let amount = budget.amount, let day = budget.start ?? budget.end, !amount.currency.isEmpty else {
        continue
      }
      budgets.append(
        Sum(
          year: day.year, isRevised: budget.type == "2", currency: amount.currency, minor: amount.minor,
          state: nil))
    }
    for transaction in draft.transactions where Self.isSpending(transaction.type) {
      guard let amount = transaction.amount, let day = transaction.day, !amount.currency.isEmpty else {
        continue
      }
      spent.append(
        Sum(
          year: day.year, currency: amount.currency, minor: amount.minor,
          state: transaction.country.isEmpty ? nil : state(transaction.country)))
    }
    claims = found.map { ($0.area, $0.provision ?? "", $0.strength) }
  }
  /// The parts as they are stored; what `init(_:claims:state:)` takes from a draft.
  mutating func add(_ detail: Activities.Detail) {
    for place in detail.places {
      places.append(Place(state: place.state, share: place.share, isCountry: place.vocabulary.isEmpty))
    }
    for row in detail.budgets where row.kind == "budget" {
      guard let minor = row.minor, let currency = row.currency, !currency.isEmpty,
        let year = (row.startOn ?? row.endOn).flatMap({ Int($0.prefix(4)) })
      else { continue }
      budgets.append(
        Sum(year: year, isRevised: row.type == "2", currency: currency, minor: minor, state: nil))
    }
    for row in detail.transactions where Self.isSpending(row.type) {
      guard let minor = row.minor, let currency = row.currency, !currency.isEmpty,
        let year = row.day.flatMap({ Int($0.prefix(4)) })
      else { continue }
      spent.append(Sum(year: year, currency: currency, minor: minor, state: row.state))
    }
  }
  /// TransactionType 3 disbursement, 4 expenditure.
  static func isSpending(_ type: String) -> Bool { type == "3" || type == "4" }

  /// Actual dates where stated, planned ones else. ActivityDateType 1–4.
  static func period(_ draft: ActivityDraft) -> (start: Day?, end: Day?) {
    func day(_ type: String) -> Day? { draft.dates.first { $0.type == type }?.day }
    return (day("2") ?? day("1"), day("4") ?? day("3"))
  }
}

extension Activities {
  /// The footprint of a stored activity, from the tables; nil when there is none.
  static func footprint(of id: ID, in db: Reader) throws -> Footprint? {
    var source = FootprintSource()
    var isFound = false
    try db.each("SELECT status, start_on, end_on FROM activities_activity WHERE id = \(id)") {
      isFound = true
      source.status = try $0[at: 0]
      let start: String? = try $0[at: 1]
      let end: String? = try $0[at: 2]
      source.from = start.flatMap { Int($0.prefix(4)) }
      source.to = end.flatMap { Int($0.prefix(4)) }
    }
    guard isFound else { return nil }
    source.add(try detail(of: id, in: db))
    try db.each("SELECT area, provision, strength FROM activities_claim WHERE activity = \(id)") {
      source.claims.append((try $0[at: 0], try $0[at: 1], try $0[at: 2]))
    }
    source.judgements = try judgements(of: id, in: db)
    return Footprint(source)
  }

  static func judgements(of id: ID, in db: Reader) throws -> [(
    area: String, provision: String, isConfirmed: Bool
  )] {
    var result: [(area: String, provision: String, isConfirmed: Bool)] = []
    try db.each("SELECT area, provision, verdict FROM activities_judgement WHERE activity = \(id)") {
      let verdict: String = try $0[at: 2]
      result.append((try $0[at: 0], try $0[at: 1], verdict == "confirmed"))
    }
    return result
  }

  /// Every footprint, for a recomputation.
  package static func allFootprints(in db: Reader, _ body: (Footprint) throws -> Void) throws {
    let ids = try db.values("SELECT id FROM activities_activity ORDER BY id", as: Int64.self)
    for id in ids { if let footprint = try footprint(of: id, in: db) { try body(footprint) } }
  }
}
