package import Storage
import Web

extension Needs {
  package enum Saved: Sendable, Equatable {
    case added(ID)
    case changed(ID)
    case unchanged(ID)
  }

  /// Adds the need, or changes the one of the same reference when something differs. The draft has been checked.
  package static func save(_ draft: Draft, in db: Writer) throws -> Saved {
    let years = draft.years
    let isClosed = draft.stage.isClosed
    let closed = isClosed ? (draft.closedOn ?? db.today) : nil
    guard let old: Record = try db.row("SELECT * FROM needs_need WHERE reference = \(draft.reference)") else {
      let id = try db.keyedID("need", draft.reference) { taken in
        try db.value("SELECT 1 FROM needs_need WHERE id = \(taken)", as: Int.self) != nil
      }
      try db.run(
        """
        INSERT INTO needs_need (id, reference, state, language, title, missing, beneficiaries, urgency, form, stage,
          visibility, source, quotation, authority, stated_on, closed_on, from_year, to_year, invented, recorded_at,
          changed_at)
        VALUES (\(id), \(draft.reference), \(draft.state), \(draft.language), \(draft.title), \(draft.missing),
          \(draft.beneficiaries), \(draft.urgency), \(draft.form), \(draft.stage), \(draft.visibility), \(draft.source),
          \(draft.quotation), \(draft.authority), \(draft.statedOn), \(closed), \(years.lowerBound),
          \(years.upperBound), \(draft.isInvented), \(db.now), \(db.now))
        """)
      try link(draft, id, in: db)
      db.record(stated(draft, id: id))
      try db.publish(changed, [id])
      return .added(id)
    }
    let known = try self.draft(of: old, in: db)
    if known == draft { return .unchanged(old.id) }
    try db.run(
      """
      UPDATE needs_need SET state = \(draft.state), language = \(draft.language), title = \(draft.title),
        missing = \(draft.missing), beneficiaries = \(draft.beneficiaries), urgency = \(draft.urgency),
        form = \(draft.form), stage = \(draft.stage), visibility = \(draft.visibility), source = \(draft.source),
        quotation = \(draft.quotation), authority = \(draft.authority), stated_on = \(draft.statedOn),
        closed_on = \(closed), from_year = \(years.lowerBound), to_year = \(years.upperBound),
        invented = \(draft.isInvented), version = version + 1, changed_at = \(db.now)
      WHERE id = \(old.id)
      """)
    try db.run("DELETE FROM needs_provision WHERE need = \(old.id)")
    try db.run("DELETE FROM needs_area WHERE need = \(old.id)")
    try link(draft, old.id, in: db)
    db.record(changed(known, to: draft, id: old.id, key: try db.registerKey()))
    try db.publish(changed, [old.id])
    return .changed(old.id)
  }

  private static func link(_ draft: Draft, _ id: ID, in db: Writer) throws {
    for provision in draft.provisions {
      try db.run("INSERT INTO needs_provision VALUES (\(id), \(provision))")
    }
    for area in draft.areas { try db.run("INSERT INTO needs_area VALUES (\(id), \(area))") }
  }

  /// The stored need in the form in which it can be given again.
  static func draft(of record: Record, in db: Reader) throws -> Draft {
    var draft = Draft()
    draft.reference = record.reference
    draft.state = record.state
    draft.language = record.language
    draft.title = record.title
    draft.missing = record.missing
    draft.beneficiaries = record.beneficiaries
    draft.urgency = record.urgency
    draft.form = record.form
    draft.stage = record.stage
    draft.visibility = record.visibility
    draft.source = record.source
    draft.quotation = record.quotation
    draft.authority = record.authority
    draft.statedOn = record.statedOn
    draft.closedOn = record.closedOn
    draft.isInvented = record.isInvented
    draft.provisions = try provisions(of: record.id, in: db)
    draft.areas = try areas(of: record.id, in: db)
    return draft
  }
}

extension Needs {
  /// The State chooses anew who may see a need; false when it is the same level: nothing happens then.
  @discardableResult
  static func show(_ need: Record, to visibility: Visibility, in db: Writer) throws -> Bool {
    guard need.visibility != visibility else { return false }
    var draft = try self.draft(of: need, in: db)
    draft.visibility = visibility
    _ = try save(draft, in: db)
    return true
  }
}
