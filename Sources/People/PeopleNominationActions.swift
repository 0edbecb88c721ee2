package import Storage
package import Web

extension People {
  /// - Returns: the nomination's id.
  /// - Throws: every fault at once.
  package static func nominate(
    _ draft: NominationDraft, scan: Scan?, files: FileStore, by viewer: Viewer, in db: Writer
  ) throws -> ID {
    try requireStanding(viewer, in: db)
    guard let office = try office(draft.office, for: viewer, recording, in: db) else {
      throw Problem.invalid([.fault(field: "office", "people.nomination.office-unknown")])
    }
    let faults = faults(draft, office, try standing(draft, in: db), by: viewer, at: db.now)
    guard faults.isEmpty else { throw Problem.invalid(faults) }
    if let scan { try FileStore.record(scan.stored, name: scan.name, mediaType: scan.kind.mediaType, in: db) }
    let id: ID = try db.insert(
      """
      INSERT INTO people_nomination (office, role, person_name, function, email, language, reference, noted_on, scan,
        scan_name, stage, recorded_by, recorded_at, replaces, valid_from, valid_until)
      VALUES (\(draft.office), \(draft.role), \(draft.personName), \(draft.function), \(draft.email),
        \(draft.language), \(draft.reference), \(draft.notedOn), \(scan?.stored.sha256), \(scan?.name), 'received',
        \(db.actor.name), \(db.now), \(draft.replaces), \(draft.from), \(draft.until))
      RETURNING id
      """)
    db.record(
      Event(
        "people.nominated", subject: "nomination", record: String(id),
        after: [
          "office": String(office.id), "owner": office.state ?? office.organisation ?? "",
          "role": draft.role.rawValue, "reference": draft.reference, "noted_on": draft.notedOn,
          "scan": scan?.stored.sha256 ?? "", "replaces": draft.replaces.map { String($0) } ?? "",
          "stage": Stage.received.rawValue, "valid_from": draft.from ?? "", "valid_until": draft.until ?? "",
        ]))
    return id
  }

  /// Makes person and account, ends the account replaced, and sends the invitation, all or nothing.
  package static func accept(_ id: ID, by viewer: Viewer, in db: Writer) throws -> Account {
    try requireStanding(viewer, in: db)
    let (nomination, office) = try found(id, for: viewer, checking, in: db)
    try requireCheckable(nomination, in: db)
    if office.isClosed { throw Problem.officeClosed }
    if let until = nomination.until, until < db.today { throw Problem(409, "people.nomination.term-over") }
    if try holds(nomination.role, in: office.id, email: EmailAddress.key(nomination.email), db) {
      throw Problem(409, "people.nomination.holds-already")
    }
    let person = try savePerson(
      name: nomination.personName, email: nomination.email, language: nomination.language, in: db)
    let account = try openAccount(
      person: person.id, office: office.id, role: nomination.role, function: nomination.function,
      from: nomination.from.map { max($0, db.today) }, until: nomination.until, nomination: nomination.id,
      in: db)
    if let replaced = nomination.replaces,
      let old: Account = try db.row("SELECT * FROM people_account WHERE id = \(replaced)"), old.endedAt == nil
    {
      guard mayEnd(old, viewer) else { throw Problem.forbidden }
      // Whoever follows later leaves the office to the one before until then.
      if account.validFrom > db.today {
        try shorten(old, until: dayBefore(account.validFrom), in: db)
      } else {
        try end(old, why: "replaced", in: db)
      }
      try passOn(from: old, to: account, in: db)
      if old.role == .administrator { try requireAdministrator(in: db) }
    }
    try settle(nomination, .accepted, event: "people.nomination-accepted", account: account.id, in: db)
    try invite(person, nomination: nomination.id, by: db.actor, in: db)
    return account
  }

  package static func refuse(_ id: ID, reason: String, by viewer: Viewer, in db: Writer) throws {
    try requireStanding(viewer, in: db)
    let (nomination, _) = try found(id, for: viewer, checking, in: db)
    try requireCheckable(nomination, in: db)
    try settle(nomination, .refused, reason: reason, event: "people.nomination-refused", in: db)
  }

  /// By the side that nominated.
  package static func withdraw(_ id: ID, by viewer: Viewer, in db: Writer) throws {
    try requireStanding(viewer, in: db)
    let (nomination, _) = try found(id, for: viewer, recording, in: db)
    if nomination.stage != .received { throw Problem.settled }
    try settle(nomination, .withdrawn, event: "people.nomination-withdrawn", in: db)
  }

  /// - Throws: why the actor may not check the nomination.
  private static func requireCheckable(_ nomination: Nomination, in db: Writer) throws {
    let known = try person(email: nomination.email, in: db)
    let hindrance = hindrance(
      toChecking: nomination, by: db.actor.name, nominated: known?.id,
      isByAdministrator: try isAdministrator(nomination.recordedBy, in: db))
    if let hindrance { throw hindrance }
  }
  /// Whether an actor's person is an administrator today.
  static func isAdministrator(_ actor: String, in db: Reader) throws -> Bool {
    guard let person = person(ofActor: actor) else { return false }
    return try accounts(ofPerson: person, in: db).contains { $0.role == .administrator }
  }

  private static func found(
    _ id: ID, for viewer: Viewer, _ permission: Permission, in db: Reader
  ) throws -> (Nomination, Office) {
    guard let nomination: Nomination = try db.row("SELECT * FROM people_nomination WHERE id = \(id)"),
      let office = try office(nomination.office, for: viewer, permission, in: db)
    else { throw Problem.notFound }
    return (nomination, office)
  }

  static func settle(
    _ nomination: Nomination, _ stage: Stage, reason: String = "", event: String, account: ID? = nil,
    in db: Writer
  ) throws {
    try db.run(
      """
      UPDATE people_nomination SET stage = \(stage), reason = \(reason), checked_by = \(db.actor.name),
        checked_at = \(db.now), version = version + 1 WHERE id = \(nomination.id)
      """)
    // The reason may speak of a person: it stays with the nomination and out of the trail.
    var after = ["stage": stage.rawValue]
    if let account { after["account"] = String(account) }
    db.record(
      Event(
        event, subject: "nomination", record: String(nomination.id),
        before: ["stage": nomination.stage.rawValue],
        after: after))
  }
}
