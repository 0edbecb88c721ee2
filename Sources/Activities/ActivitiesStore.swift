import Storage

/// Writes activities and their parts: one per transaction, statements prepared once. The hot path of imports.
final class ActivityStore {
  private let db: Writer
  let reference: Activities.Reference
  private let importID: Int64
  private let isInvented: Bool
  private var nextID: Int64
  private let activity, replace, detail, place, claim: Statement

  init(_ db: Writer, reference: Activities.Reference, importID: Int64, isInvented: Bool) throws {
    self.db = db
    self.reference = reference
    self.importID = importID
    self.isInvented = isInvented
    nextID = try db.value("SELECT max(id) FROM activities_activity", as: Int64.self) ?? 0
    activity = try db.statement(
      """
      INSERT INTO activities_activity (identifier, reporter, reporter_type, reporter_name, secondary, language, currency,
        title, title_language, status, scope, hierarchy, flow_type, finance_type, tied_status, collaboration, aid_type,
        last_updated, start_on, end_on, from_year, to_year, hash, import, line, last_line, byte_offset, byte_count,
        results, findings, invented, version, id)
      VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,1,?)
      """)
    replace = try db.statement(
      """
      UPDATE activities_activity SET identifier = ?, reporter = ?, reporter_type = ?, reporter_name = ?, secondary = ?,
        language = ?, currency = ?, title = ?, title_language = ?, status = ?, scope = ?, hierarchy = ?, flow_type = ?,
        finance_type = ?, tied_status = ?, collaboration = ?, aid_type = ?, last_updated = ?, start_on = ?, end_on = ?,
        from_year = ?, to_year = ?, hash = ?, import = ?, line = ?, last_line = ?, byte_offset = ?, byte_count = ?,
        results = ?, findings = ?, invented = ?, version = version + 1 WHERE id = ?
      """)
    detail = try db.statement("INSERT INTO activities_detail (activity, body) VALUES (?,?)")
    place = try db.statement("INSERT INTO activities_state (activity, state) VALUES (?,?)")
    claim = try db.statement(
      "INSERT INTO activities_claim (activity, area, provision, source, strength, evidence) VALUES (?,?,?,?,?,?)"
    )
  }

  struct Known {
    let id: Int64
    let hash: [UInt8]
    let reporter: String
  }
  /// Activities already stored under these identifiers.
  func known(_ identifiers: [String]) throws -> [String: Known] {
    if nextID == 0 || identifiers.isEmpty { return [:] }
    var found: [String: Known] = [:]
    try db.each(
      "SELECT identifier, id, hash, reporter FROM activities_activity WHERE identifier IN \(list: identifiers)"
    ) {
      found[try $0[at: 0]] = Known(id: try $0[at: 1], hash: try $0[at: 2], reporter: try $0[at: 3])
    }
    return found
  }

  /// Writes one activity, new or changed, and says how its footprint moved.
  func write(_ item: Assessed, over known: Known?) throws -> Activities.FootprintChange {
    let draft = item.draft
    var old: Activities.Footprint?
    let id: Int64
    if let known {
      id = known.id
      old = try Activities.footprint(of: id, in: db)
      try clear(id)
    } else {
      nextID += 1
      id = nextID
    }
    try row(item, id, isNew: known == nil)
    try detail.run {
      $0.int(id)
      $0.text(utf8: item.detail)
    }
    for state in item.footprint.states {
      try place.run {
        $0.int(id)
        $0.text(state)
      }
    }
    for found in item.claims {
      try claim.run {
        $0.int(id)
        $0.text(found.area)
        $0.text(found.provision ?? "")
        $0.text(found.by.rawValue)
        $0.int(found.strength)
        $0.text(found.evidence)
      }
    }
    guard let known else { return Activities.FootprintChange(old: nil, new: item.footprint) }
    var source = Activities.FootprintSource(draft, claims: item.claims, state: reference.state)
    source.judgements = try Activities.judgements(of: known.id, in: db)
    return Activities.FootprintChange(old: old, new: Activities.Footprint(source))
  }

  private func clear(_ id: Int64) throws {
    try db.run("DELETE FROM activities_detail WHERE activity = \(id)")
    try db.run("DELETE FROM activities_state WHERE activity = \(id)")
    try db.run("DELETE FROM activities_claim WHERE activity = \(id)")
  }

  private func row(_ item: Assessed, _ id: Int64, isNew: Bool) throws {
    let draft = item.draft
    let (start, end) = Activities.FootprintSource.period(draft)
    let title = draft.titles.first
    try (isNew ? activity : replace).run {
      $0.text(draft.identifier)
      $0.text(draft.reporter.ref)
      $0.text(draft.reporter.type)
      $0.text(draft.reporter.names.text)
      $0.int(draft.reporter.secondary ? 1 : 0)
      $0.text(draft.language)
      $0.text(draft.currency)
      $0.text(title?.text ?? "")
      $0.text(title?.language ?? "")
      $0.text(draft.status)
      $0.text(draft.scope)
      $0.int(draft.hierarchy)
      $0.text(draft.flowType)
      $0.text(draft.financeType)
      $0.text(draft.tiedStatus)
      $0.text(draft.collaborationType)
      $0.text(draft.aidTypes.first?.code ?? "")
      $0.text(draft.lastUpdated)
      $0.text(start?.text)
      $0.text(end?.text)
      $0.int(item.footprint.years?.lowerBound)
      $0.int(item.footprint.years?.upperBound)
      $0.blob(item.hash)
      $0.int(importID)
      $0.int(draft.line)
      $0.int(draft.lastLine)
      $0.int(draft.byteOffset)
      $0.int(draft.byteCount)
      $0.int(Int(draft.counts.results))
      $0.int(draft.findings)
      $0.int(isInvented ? 1 : 0)
      $0.int(id)
    }
  }
}
