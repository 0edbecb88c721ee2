package import Storage
package import Web

extension People {
  /// A person's role in an office for a time: what sessions and tokens stand on.
  package struct Account: DecodableRow, Sendable, Equatable {
    package let id: ID
    package let person: ID
    package let office: ID
    package let role: Role
    package let function: String
    package let validFrom: String
    /// Last day; nil: open.
    package let validUntil: String?
    package let endedAt: String?
    package let confirmedAt: String
    /// When the yearly letter and its reminder were written; nil: not since the last yes.
    package let askedAt: String?
    package let remindedAt: String?
    /// `ended`, `replaced`, `office-closed`, `other`, `left` or `unanswered`.
    package let endedWhy: String?
    package let nomination: ID?
    package let version: Int64

    package init(row: Row) throws { try self.init(row: row, prefix: "") }
    /// - Parameter prefix: of the columns' names, where another record stands beside them.
    init(row: Row, prefix: String) throws {
      id = try row[prefix + "id"]
      person = try row[prefix + "person"]
      office = try row[prefix + "office"]
      role = try row[prefix + "role"]
      function = try row[prefix + "function"]
      validFrom = try row[prefix + "valid_from"]
      validUntil = try row[prefix + "valid_until"]
      endedAt = try row[prefix + "ended_at"]
      confirmedAt = try row[prefix + "confirmed_at"]
      askedAt = try row[prefix + "asked_at"]
      remindedAt = try row[prefix + "reminded_at"]
      endedWhy = try row[prefix + "ended_why"]
      nomination = try row[prefix + "nomination"]
      version = try row[prefix + "version"]
    }
    package func isValid(on day: String) -> Bool {
      endedAt == nil && validFrom <= day && (validUntil.map { $0 >= day } ?? true)
    }
    /// Whether "is this still you?" is asked: a year after the last yes.
    package func isDue(at now: String) -> Bool { confirmedAt < People.yearBefore(now) }
  }

  /// The one fragment that says which accounts let someone in on a day; aliases `a` and `o`.
  static func valid(on day: String) -> SQL {
    """
    (a.ended_at IS NULL AND a.valid_from <= \(day) AND (a.valid_until IS NULL OR a.valid_until >= \(day))
      AND (o.closed_on IS NULL OR o.closed_on > \(day)))
    """
  }

  /// Account, office and person, only when the account is valid today.
  package static func account(_ id: ID, in db: Reader) throws -> (Account, Office, Person)? {
    let found: Account? = try db.row(
      """
      SELECT a.* FROM people_account a JOIN people_office o ON o.id = a.office
      WHERE a.id = \(id) AND \(valid(on: db.today))
      """)
    guard let account = found, let office = try office(account.office, in: db),
      let person = try person(account.person, in: db)
    else { return nil }
    return (account, office, person)
  }
  /// Valid today, oldest first.
  package static func accounts(ofPerson person: ID, in db: Reader) throws -> [Account] {
    try db.rows(
      """
      SELECT a.* FROM people_account a JOIN people_office o ON o.id = a.office
      WHERE a.person = \(person) AND \(valid(on: db.today)) ORDER BY a.id
      """)
  }
  /// Whether the person has an account that is valid today or will be.
  static func hasProspect(_ person: ID, in db: Reader) throws -> Bool {
    try db.value(
      """
      SELECT 1 FROM people_account a JOIN people_office o ON o.id = a.office
      WHERE a.person = \(person) AND a.ended_at IS NULL
        AND (a.valid_until IS NULL OR a.valid_until >= \(db.today))
        AND (o.closed_on IS NULL OR o.closed_on > \(db.today)) LIMIT 1
      """, as: Int.self) != nil
  }
  /// First day of the account that begins next, for someone who has none today.
  static func firstDay(ofPerson person: ID, in db: Reader) throws -> String? {
    try db.value(
      """
      SELECT min(a.valid_from) FROM people_account a JOIN people_office o ON o.id = a.office
      WHERE a.person = \(person) AND a.ended_at IS NULL AND a.valid_from > \(db.today)
        AND (o.closed_on IS NULL OR o.closed_on > \(db.today))
      """)
  }
  /// Those of `accounts(ofPerson:)` that are to be confirmed.
  package static func accountsDue(ofPerson person: ID, in db: Reader) throws -> [Account] {
    let now = db.now
    return try accounts(ofPerson: person, in: db).filter { $0.isDue(at: now) }
  }
  /// All accounts valid today that are to be confirmed, for reminders.
  package static func accountsDue(in db: Reader) throws -> [Account] {
    try db.rows(
      """
      SELECT a.* FROM people_account a JOIN people_office o ON o.id = a.office
      WHERE \(valid(on: db.today)) AND a.confirmed_at < \(yearBefore(db.now)) ORDER BY a.confirmed_at, a.id
      """)
  }

  static func yearBefore(_ now: String) -> String {
    Clock.text(seconds: (Clock.seconds(now) ?? 0) - 365 * 86_400)
  }

  /// Who someone is while acting by an account.
  ///
  /// - Parameters:
  ///   - isParty: whether the office's State is a party to the Convention.
  ///   - language: the person's.
  package static func viewer(
    account: Account, office: Office, roles: RoleBook, isParty: Bool, language: String? = nil
  ) -> Viewer {
    let sees: Set<Visibility> =
      switch account.role {
      case .officer: [.secretariat, .parties, .providers, .public]
      case .focalPoint, .mission, .expert, .delegate, .chair:
        isParty ? [.parties, .providers, .public] : [.public]
      case .provider, .providerField, .donor: [.providers, .public]
      // Running or auditing the system is no right to read a State's facts.
      case .administrator, .auditor: [.public]
      }
    // A State's own records are open to those who write them, not to all who speak for it.
    let isOfState = [Role.focalPoint, .mission, .expert].contains(account.role)
    return Viewer(
      role: account.role.viewerRole, name: actorName(account.person), state: isOfState ? office.state : nil,
      organisation: office.organisation, sees: sees, grants: roles.grants(account.role), account: account.id,
      language: language)
  }
}

extension People.Role {
  /// The same word in `Web`; a word that is missing there gets nothing.
  package var viewerRole: Viewer.Role { Viewer.Role(rawValue: rawValue) ?? .guest }
}
