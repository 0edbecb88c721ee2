package import Storage
package import Web

extension People {
  /// Whoever acts must still hold the account by which they came in: it may have ended since the page was opened,
  /// even in the transaction just before.
  static func requireStanding(_ viewer: Viewer, in db: Reader) throws {
    guard let id = viewer.account else { return }
    guard let (account, _, _) = try account(id, in: db), account.role.viewerRole == viewer.role else {
      throw Problem.forbidden
    }
  }
  /// Someone must remain who can let others in, and without an end in sight.
  static func requireAdministrator(in db: Reader) throws {
    let one: Int? = try db.value(
      """
      SELECT 1 FROM people_account a JOIN people_office o ON o.id = a.office
      WHERE a.role = 'administrator' AND a.valid_until IS NULL AND \(valid(on: db.today)) LIMIT 1
      """)
    if one == nil { throw Problem(409, "people.administrator.last") }
  }

  /// Opens an account without a nomination: for the first people of a site, made from the command line.
  @discardableResult
  package static func openAccount(
    person: ID, office: ID, role: Role, function: String = "", from: String? = nil, until: String? = nil,
    nomination: ID? = nil, in db: Writer
  ) throws -> Account {
    let id: ID = try db.insert(
      """
      INSERT INTO people_account (person, office, role, function, valid_from, valid_until, confirmed_at, nomination)
      VALUES (\(person), \(office), \(role), \(function), \(from ?? db.today), \(until), \(db.now), \(nomination))
      RETURNING id
      """)
    db.record(
      Event(
        "people.account-opened", subject: "account", record: String(id),
        after: [
          "person": String(person), "office": String(office), "role": role.rawValue,
          "valid_from": from ?? db.today,
          "valid_until": until ?? "",
        ]))
    guard let account: Account = try db.row("SELECT * FROM people_account WHERE id = \(id)") else {
      throw Problem.notFound
    }
    return account
  }

  /// Those who run or audit the system are put out only by those who run it.
  static func mayEnd(_ account: Account, _ viewer: Viewer) -> Bool {
    guard account.role == .administrator || account.role == .auditor else { return true }
    return viewer.role == .administrator
  }

  @discardableResult
  package static func endAccount(_ id: ID, by viewer: Viewer, in db: Writer) throws -> Account {
    try requireStanding(viewer, in: db)
    guard let account: Account = try db.row("SELECT * FROM people_account WHERE id = \(id)"),
      try office(account.office, for: viewer, ending, in: db) != nil
    else { throw Problem.notFound }
    guard mayEnd(account, viewer) else { throw Problem.forbidden }
    guard account.endedAt == nil, account.validUntil.map({ $0 >= db.today }) ?? true else {
      throw Problem(409, "people.account.ended-already")
    }
    try end(account, why: "ended", in: db)
    if account.role == .administrator { try requireAdministrator(in: db) }
    return account
  }

  static func end(_ account: Account, why: String, in db: Writer) throws {
    let last = min(account.validUntil ?? db.today, db.today)
    try db.run(
      """
      UPDATE people_account SET ended_at = \(db.now), ended_why = \(why), valid_until = \(last),
        version = version + 1
      WHERE id = \(account.id)
      """)
    db.record(
      Event(
        "people.account-ended", subject: "account", record: String(account.id),
        before: ["valid_until": account.validUntil ?? ""],
        after: [
          "valid_until": last, "why": why, "person": String(account.person), "office": String(account.office),
          "role": account.role.rawValue,
        ]))
    if try !hasProspect(account.person, in: db) {
      try revokeLinks(person: account.person, in: db)
    }
  }

  /// Gives the account an earlier last day.
  static func shorten(_ account: Account, until day: String, in db: Writer) throws {
    if let last = account.validUntil, last <= day { return }
    try db.run(
      "UPDATE people_account SET valid_until = \(day), version = version + 1 WHERE id = \(account.id)")
    db.record(
      Event(
        "people.account-shortened", subject: "account", record: String(account.id),
        before: ["valid_until": account.validUntil ?? ""], after: ["valid_until": day]))
  }
  static func dayBefore(_ day: String) -> String {
    String(Clock.text(seconds: (Clock.seconds(day + "T00:00:00Z") ?? 0) - 86_400).prefix(10))
  }

  /// Sections opened to experts go with the work, not with the person; tokens end with the account.
  static func passOn(from old: Account, to new: Account, in db: Writer) throws {
    guard old.role == new.role, old.office == new.office, new.validFrom <= db.today else { return }
    let count = try db.run(
      "UPDATE people_section SET account = \(new.id) WHERE account = \(old.id) AND revoked_at IS NULL")
    if count > 0 {
      db.record(
        Event(
          "people.sections-passed-on", subject: "account", record: String(new.id),
          before: ["account": String(old.id)],
          after: ["account": String(new.id), "sections": String(count)]))
    }
  }

  package enum StillYou: String, Sendable, CaseIterable { case yes, other, left }

  /// The yearly answer; `other` and `left` end the account today.
  package static func confirm(_ id: ID, _ answer: StillYou, by viewer: Viewer, in db: Writer) throws {
    try requireStanding(viewer, in: db)
    guard let account: Account = try db.row("SELECT * FROM people_account WHERE id = \(id)"),
      actorName(account.person) == viewer.name, account.isValid(on: db.today)
    else { throw Problem.notFound }
    guard answer == .yes else {
      try end(account, why: answer.rawValue, in: db)
      if account.role == .administrator { try requireAdministrator(in: db) }
      return
    }
    try db.run(
      """
      UPDATE people_account SET confirmed_at = \(db.now), asked_at = NULL, reminded_at = NULL,
        version = version + 1
      WHERE id = \(id)
      """)
    db.record(
      Event(
        "people.account-confirmed", subject: "account", record: String(id),
        before: ["confirmed_at": account.confirmedAt], after: ["confirmed_at": db.now]))
  }
}
