package import Storage

/// What the receipts of formal acts about people vouch for.
extension People {
  static func nominationReceipt(_ act: String, _ id: ID, in db: Writer) throws -> ReceiptSlip {
    guard let nomination: Nomination = try db.row("SELECT * FROM people_nomination WHERE id = \(id)"),
      let office = try office(nomination.office, in: db)
    else { throw StorageError.receiptWithoutEntry(subject: "nomination", record: String(id)) }
    return try db.receipt(
      act: act, subject: "nomination", record: String(id), state: office.state,
      content: [
        "office": office.name, "state": office.state ?? "", "organisation": office.organisation ?? "",
        "role": nomination.role.rawValue, "person_name": nomination.personName,
        "function": nomination.function, "email": nomination.email, "reference": nomination.reference,
        "noted_on": nomination.notedOn, "scan_sha256": nomination.scan ?? "",
        "stage": nomination.stage.rawValue, "reason": nomination.reason,
      ])
  }
  static func handoverReceipt(_ handover: Handover, of office: Office, in db: Writer) throws -> ReceiptSlip {
    let successor =
      switch handover.successor {
      case .account(let id): try member(id, in: db)?.name
      case .nomination(let id):
        try db.value("SELECT person_name FROM people_nomination WHERE id = \(id)", as: String.self)
      }
    return try db.receipt(
      act: "people.handed-over", subject: "account", record: String(handover.account), state: office.state,
      content: [
        "office": office.name, "state": office.state ?? "", "organisation": office.organisation ?? "",
        "person_name": try member(handover.account, in: db)?.name ?? "", "successor_name": successor ?? "",
        "until": handover.until,
      ])
  }
  static func endReceipt(_ account: Account, in db: Writer) throws -> ReceiptSlip {
    let office = try office(account.office, in: db)
    return try db.receipt(
      act: "people.account-ended", subject: "account", record: String(account.id), state: office?.state,
      content: [
        "office": office?.name ?? "", "state": office?.state ?? "",
        "organisation": office?.organisation ?? "", "role": account.role.rawValue,
        "person_name": try member(account.id, in: db)?.name ?? "", "until": db.today,
      ])
  }

  /// States whose offices an event concerns: what others do about their people stands in their own trail. What a
  /// person does with the own account (signing in, a new passphrase) is that person's.
  package static func states(concernedBy event: Event, _ actor: Actor, in db: Reader) throws -> [String] {
    var record = event.record
    var subject = event.subject
    if subject == "letter" {
      guard record.hasPrefix("people.link.") else { return [] }
      record = String(record.dropFirst("people.link.".count))
      subject = "link"
    }
    guard let id = Int64(record) else { return [] }
    switch subject {
    case "office": return try states("o.id = \(id)", in: db)
    case "nomination":
      return try states("o.id IN (SELECT office FROM people_nomination WHERE id = \(id))", in: db)
    case "account": return try states("o.id IN (SELECT office FROM people_account WHERE id = \(id))", in: db)
    case "token":
      return try states(
        """
        o.id IN (SELECT a.office FROM people_token t JOIN people_account a ON a.id = t.account WHERE t.id = \(id))
        """, in: db)
    case "section": return try db.values("SELECT state FROM people_section WHERE id = \(id)")
    case "link":
      let person: ID? = try db.value("SELECT person FROM people_link WHERE id = \(id)")
      return try person.map { try states(ofPerson: $0, in: db) } ?? []
    case "person": return actor.name == actorName(id) ? [] : try states(ofPerson: id, in: db)
    default: return []
    }
  }
  private static func states(_ office: SQL, in db: Reader) throws -> [String] {
    try db.values("SELECT DISTINCT o.state FROM people_office o WHERE \(office) AND o.state IS NOT NULL")
  }
  /// Of the accounts that the person holds; once all have ended, of the last.
  private static func states(ofPerson person: ID, in db: Reader) throws -> [String] {
    let open = try states(
      "o.id IN (SELECT office FROM people_account WHERE person = \(person) AND ended_at IS NULL)", in: db)
    if !open.isEmpty { return open }
    return try states(
      """
      o.id IN (SELECT office FROM people_account WHERE person = \(person) AND id =
        (SELECT max(id) FROM people_account WHERE person = \(person)))
      """, in: db)
  }
}
