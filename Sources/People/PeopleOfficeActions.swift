package import Storage
import Web

extension People {
  /// The draft has been checked.
  package static func addOffice(_ draft: OfficeDraft, isInvented: Bool = false, in db: Writer) throws -> ID {
    let id: ID = try db.insert(
      """
      INSERT INTO people_office (kind, state, organisation, name, language, email, invented)
      VALUES (\(draft.kind), \(draft.kind.isOfState ? draft.state : nil),
        \(draft.kind.isOfState ? nil : draft.organisation), \(draft.name), \(draft.language), \(draft.email),
        \(isInvented)) RETURNING id
      """)
    db.record(
      Event(
        "people.office-added", subject: "office", record: String(id),
        after: [
          "kind": draft.kind.rawValue, "owner": draft.state ?? draft.organisation ?? "", "name": draft.name,
        ]))
    return id
  }

  /// Name, language and address; what roles stand on does not change.
  /// - Parameter version: as it was read.
  static func changeOffice(
    _ id: ID, name: String, language: String, email: String?, version: Int64, by viewer: Viewer, in db: Writer
  ) throws {
    try requireStanding(viewer, in: db)
    guard let old = try office(id, for: viewer, managing, in: db) else { throw Problem.notFound }
    guard old.version == version else { throw Problem.changedMeanwhile }
    if old.isClosed { throw Problem.officeClosed }
    if old.name == name && old.language == language && old.email == email { return }
    try db.run(
      """
      UPDATE people_office SET name = \(name), language = \(language), email = \(email), version = version + 1
      WHERE id = \(id)
      """)
    db.record(
      Event(
        "people.office-changed", subject: "office", record: String(id),
        before: ["name": old.name, "language": old.language], after: ["name": name, "language": language]))
  }

  /// Ends every account of the office and withdraws what is nominated to it.
  static func closeOffice(_ id: ID, by viewer: Viewer, in db: Writer) throws {
    try requireStanding(viewer, in: db)
    guard let office = try office(id, for: viewer, managing, in: db) else { throw Problem.notFound }
    if office.isClosed { throw Problem.officeClosed }
    let open: [Account] = try db.rows(
      "SELECT * FROM people_account WHERE office = \(id) AND ended_at IS NULL ORDER BY id")
    for account in open where account.validUntil.map({ $0 >= db.today }) ?? true {
      guard mayEnd(account, viewer) else { throw Problem.forbidden }
      try end(account, why: "office-closed", in: db)
    }
    let waiting: [Nomination] = try db.rows(
      "SELECT * FROM people_nomination WHERE office = \(id) AND stage = 'received' ORDER BY id")
    for nomination in waiting {
      try settle(nomination, .withdrawn, event: "people.nomination-withdrawn", in: db)
    }
    try db.run("UPDATE people_office SET closed_on = \(db.today), version = version + 1 WHERE id = \(id)")
    db.record(
      Event("people.office-closed", subject: "office", record: String(id), after: ["closed_on": db.today]))
    if open.contains(where: { $0.role == .administrator }) { try requireAdministrator(in: db) }
  }
}

extension Problem {
  static let officeClosed = Problem(409, "people.office.closed-already")
}
