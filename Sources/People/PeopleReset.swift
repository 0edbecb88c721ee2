import Secrets
package import Storage
package import Web

/// Whoever lost the device and the recovery codes too gets in again when two people have made sure who it is: one
/// asks that the second factor be taken away, another confirms. At the next sign-in a new one is set up.
extension People {
  package struct Reset: DecodableRow, Sendable, Equatable {
    package enum Stage: String, Sendable, CaseIterable, SQLBindable, SQLReadable { case asked, done, refused }
    package let id: ID
    package let account: ID
    package let reason: String
    package let stage: Stage
    package let askedBy: String
    package let askedAt: String
    package let settledBy: String?
    package let settledAt: String?

    package init(row: Row) throws {
      id = try row["id"]
      account = try row["account"]
      reason = try row["reason"]
      stage = try row["stage"]
      askedBy = try row["asked_by"]
      askedAt = try row["asked_at"]
      settledBy = try row["settled_by"]
      settledAt = try row["settled_at"]
    }
  }
  /// A reset and whom it concerns.
  struct ResetLine: DecodableRow, Sendable {
    let reset: Reset
    let member: Member
    let office: String
    let officeLanguage: String
    init(row: Row) throws {
      reset = try Reset(row: row)
      // Its columns stand beside those of the reset under names of their own.
      member = try Member(row: row, prefix: "a_")
      office = try row["office_name"]
      officeLanguage = try row["office_language"]
    }
  }

  static let resetAsked = "people.factor-reset-asked"
  static let resetDone = "people.factor-reset"

  /// Newest first, those that wait before all others.
  static func resets(in db: Reader) throws -> [ResetLine] {
    try db.rows("\(resetLines) ORDER BY CASE r.stage WHEN 'asked' THEN 0 ELSE 1 END, r.id DESC LIMIT 100")
  }
  private static let resetLines: SQL = """
    SELECT r.*, a.id AS a_id, a.person AS a_person, a.office AS a_office, a.role AS a_role, a.function AS a_function,
      a.valid_from AS a_valid_from, a.valid_until AS a_valid_until, a.ended_at AS a_ended_at,
      a.ended_why AS a_ended_why, a.confirmed_at AS a_confirmed_at, a.asked_at AS a_asked_at,
      a.reminded_at AS a_reminded_at, a.nomination AS a_nomination, a.version AS a_version, p.name AS a_person_name,
      p.email AS a_person_email, o.name AS office_name, o.language AS office_language
    FROM people_reset r JOIN people_account a ON a.id = r.account JOIN people_person p ON p.id = a.person
      JOIN people_office o ON o.id = a.office
    """

  /// Why someone may not have a hand in this reset. Four eyes, and neither pair is that of the person; those who run
  /// or audit the system are helped by an administrator alone.
  static func hindrance(
    toResetting person: ID, by viewer: Viewer, askedBy: String? = nil, isGuarded: Bool
  ) -> Problem? {
    if actorName(person) == viewer.name { return Problem(403, "people.reset.self") }
    if isGuarded && viewer.role != .administrator { return Problem(403, "people.reset.guarded") }
    if askedBy == viewer.name { return Problem(403, "people.reset.own") }
    return nil
  }
  static func isGuarded(_ person: ID, in db: Reader) throws -> Bool {
    try accounts(ofPerson: person, in: db).contains { guarded.contains($0.role) }
  }

  package static func askReset(_ id: ID, reason: String, by viewer: Viewer, in db: Writer) throws {
    try requireStanding(viewer, in: db)
    guard let (account, _, person) = try account(id, in: db) else { throw Problem.notFound }
    let isGuarded = try isGuarded(person.id, in: db)
    if let hindrance = hindrance(toResetting: person.id, by: viewer, isGuarded: isGuarded) { throw hindrance }
    guard try proving(person.id, in: db)?.hasSecondFactor == true else {
      throw Problem(409, "people.reset.none")
    }
    let open: Int? = try db.value(
      """
      SELECT 1 FROM people_reset r JOIN people_account a ON a.id = r.account
      WHERE a.person = \(person.id) AND r.stage = 'asked' LIMIT 1
      """)
    if open != nil { throw Problem(409, "people.reset.open") }
    let reset: ID = try db.insert(
      """
      INSERT INTO people_reset (account, reason, stage, asked_by, asked_at)
      VALUES (\(account.id), \(reason), 'asked', \(db.actor.name), \(db.now)) RETURNING id
      """)
    // The reason may speak of a person: it stays with the reset and out of the trail.
    db.record(
      Event(
        resetAsked, subject: "person", record: String(person.id),
        after: ["reset": String(reset), "account": String(account.id)]))
  }

  /// - Returns: the accounts whose sessions the caller ends.
  package static func confirmReset(_ id: ID, by viewer: Viewer, in db: Writer) throws -> [ID] {
    let person = try open(id, by: viewer, in: db)
    try settleReset(id, .done, in: db)
    return try takeFactor(ofPerson: person, why: ["reset": String(id)], in: db)
  }
  package static func refuseReset(_ id: ID, by viewer: Viewer, in db: Writer) throws {
    let person = try open(id, by: viewer, in: db)
    try settleReset(id, .refused, in: db)
    db.record(
      Event(
        "people.factor-reset-refused", subject: "person", record: String(person), after: ["reset": String(id)]
      ))
  }
  private static func open(_ id: ID, by viewer: Viewer, in db: Writer) throws -> ID {
    try requireStanding(viewer, in: db)
    guard let reset: Reset = try db.row("SELECT * FROM people_reset WHERE id = \(id)"),
      let account: Account = try db.row("SELECT * FROM people_account WHERE id = \(reset.account)")
    else { throw Problem.notFound }
    guard reset.stage == .asked else { throw Problem(409, "people.reset.settled") }
    let hindrance = hindrance(
      toResetting: account.person, by: viewer, askedBy: reset.askedBy,
      isGuarded: try isGuarded(account.person, in: db))
    if let hindrance { throw hindrance }
    return account.person
  }
  private static func settleReset(_ id: ID, _ stage: Reset.Stage, in db: Writer) throws {
    try db.run(
      """
      UPDATE people_reset SET stage = \(stage), settled_by = \(db.actor.name), settled_at = \(db.now)
      WHERE id = \(id)
      """)
  }

  /// Takes the second factor and all that stands on it: recovery codes, and the proof of keys.
  /// - Returns: the person's accounts.
  private static func takeFactor(ofPerson person: ID, why: [String: String], in db: Writer) throws -> [ID] {
    try dropSecondFactor(of: person, in: db)
    db.record(Event(resetDone, subject: "person", record: String(person), after: why))
    return try db.values("SELECT id FROM people_account WHERE person = \(person) ORDER BY id")
  }

  /// By whoever runs the program beside the database, who makes sure of the person otherwise.
  /// - Returns: false when there is no such person, or no second factor.
  package static func resetFactor(email: String, in database: Database) async throws -> Bool {
    let accounts = try await database.write(by: Actor("command")) { db -> [ID]? in
      guard let person = try person(email: email, in: db),
        try proving(person.id, in: db)?.hasSecondFactor == true
      else { return nil }
      return try takeFactor(ofPerson: person.id, why: ["by": "command"], in: db)
    }
    guard let accounts else { return false }
    try await Sessions.endAll(accounts: accounts, in: database)
    return true
  }
}
