package import Storage
package import Web

extension People {
  /// Who follows whom in an office, and when.
  package struct Handover: Sendable, Equatable {
    package enum Successor: Sendable, Equatable {
      case account(ID)
      case nomination(ID)
      /// `account:5` or `nomination:7`, as a form sends it.
      package init?(_ text: String) {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let id = Int64(parts[1]), id > 0 else { return nil }
        switch parts[0] {
        case "account": self = .account(id)
        case "nomination": self = .nomination(id)
        default: return nil
        }
      }
    }
    package var account: ID
    package var successor: Successor
    /// Last day of the one who leaves.
    package var until: String
    package init(account: ID, successor: Successor, until: String) {
      self.account = account
      self.successor = successor
      self.until = until
    }
  }

  /// What a hand-over chooses among, and what goes with it.
  struct HandoverStanding: Sendable {
    let members: [Member]
    let nominations: [Nomination]
    /// Account → sections open to experts, and tokens.
    let sections: [ID: Int]
    let tokens: [ID: Int]
    /// Accounts that the viewer may hand over.
    let own: Set<ID>
  }
  static func handoverStanding(_ office: Office, for viewer: Viewer, in db: Reader) throws -> HandoverStanding
  {
    let today = db.today
    let members = try members(of: office.id, for: viewer, in: db).filter { $0.account.isValid(on: today) }
    // A mission hands over for all offices of its State, the Secretariat what comes on paper; everyone else the own
    // account alone.
    let isWide = viewer.may(handingOver, .anywhere) || viewer.role == .mission
    func counts(_ query: SQL) throws -> [ID: Int] {
      var counts: [ID: Int] = [:]
      try db.each(query) { counts[try $0[at: 0]] = try $0[at: 1] }
      return counts
    }
    let ids = members.map(\.account.id)
    return HandoverStanding(
      members: members,
      nominations: try db.rows(
        "SELECT * FROM people_nomination WHERE office = \(office.id) AND stage = 'received' ORDER BY id"),
      sections: try counts(
        """
        SELECT account, count(*) FROM people_section WHERE account IN \(list: ids) AND revoked_at IS NULL
        GROUP BY account
        """),
      tokens: try counts(
        """
        SELECT account, count(*) FROM people_token WHERE account IN \(list: ids) AND revoked_at IS NULL
        GROUP BY account
        """),
      own: Set(
        members.map(\.account).filter { isWide ? mayEnd($0, viewer) : $0.id == viewer.account }.map(\.id)))
  }

  static func faults(_ handover: Handover, _ standing: HandoverStanding, today: String) -> [Fault] {
    var faults: [Fault] = []
    let leaving = standing.members.first { $0.account.id == handover.account }?.account
    if leaving == nil || !standing.own.contains(handover.account) {
      faults.append(.fault(field: "account", "people.handover.account-unknown"))
    }
    switch handover.successor {
    case .account(let id):
      let next = standing.members.first { $0.account.id == id }?.account
      if next == nil || id == handover.account || next?.person == leaving?.person {
        faults.append(.fault(field: "successor", "people.handover.successor-unknown"))
      }
    case .nomination(let id):
      let next = standing.nominations.first { $0.id == id }
      if next == nil || next?.replaces.map({ $0 != handover.account }) == true {
        faults.append(.fault(field: "successor", "people.handover.successor-unknown"))
      }
    }
    if handover.until < today { faults.append(.fault(field: "until", "people.handover.date-past")) }
    if let last = leaving?.validUntil, handover.until > last {
      faults.append(.fault(field: "until", "people.handover.date-beyond", ["date": .date(last)]))
    } else if handover.until > yearAfter(today) {
      faults.append(.fault(field: "until", "people.handover.date-far"))
    }
    return faults
  }
  private static func yearAfter(_ today: String) -> String {
    String(Clock.text(seconds: (Clock.seconds(today + "T00:00:00Z") ?? 0) + 366 * 86_400).prefix(10))
  }

  /// Ends the old account on its last day and names who follows. All that the office holds stays with the office.
  package static func handOver(_ id: ID, _ handover: Handover, by viewer: Viewer, in db: Writer) throws {
    try requireStanding(viewer, in: db)
    guard let office = try office(id, for: viewer, handingOver, in: db) else { throw Problem.notFound }
    let standing = try handoverStanding(office, for: viewer, in: db)
    let faults = faults(handover, standing, today: db.today)
    guard faults.isEmpty,
      let old = standing.members.first(where: { $0.account.id == handover.account })?.account
    else { throw Problem.invalid(faults) }
    try db.run(
      """
      UPDATE people_account SET valid_until = \(handover.until), version = version + 1 WHERE id = \(old.id)
      """)
    var after = ["valid_until": handover.until]
    switch handover.successor {
    case .account(let next):
      after["successor"] = "account:\(next)"
      if let new = standing.members.first(where: { $0.account.id == next })?.account {
        try passOn(from: old, to: new, in: db)
      }
    case .nomination(let next):
      after["successor"] = "nomination:\(next)"
      try db.run(
        "UPDATE people_nomination SET replaces = \(old.id), version = version + 1 WHERE id = \(next)")
    }
    db.record(
      Event(
        "people.handed-over", subject: "account", record: String(old.id),
        before: ["valid_until": old.validUntil ?? ""], after: after))
    if old.role == .administrator { try requireAdministrator(in: db) }
  }
}
