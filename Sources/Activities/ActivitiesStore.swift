import Storage

/// Writes activities and their parts: one per transaction, statements prepared once. The hot path of imports.
final class ActivityStore {
  private let db: Writer
  let reference: Activities.Reference
  private let importID: Int64
  private let isInvented: Bool
  private var nextID: Int64
  private let activity, replace, text, org, date, place, classification, claim: Statement
  let budget, transaction, link: Statement

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
    text = try db.statement(
      "INSERT INTO activities_text (activity, n, kind, language, body) VALUES (?,?,?,?,?)")
    org = try db.statement(
      "INSERT INTO activities_org (activity, n, role, ref, type, name, language, linked, line) VALUES (?,?,?,?,?,?,?,?,?)"
    )
    date = try db.statement("INSERT INTO activities_date (activity, n, type, day, line) VALUES (?,?,?,?,?)")
    place = try db.statement(
      "INSERT INTO activities_place (activity, n, vocabulary, code, state, share, line) VALUES (?,?,?,?,?,?,?)"
    )
    classification = try db.statement(
      """
      INSERT INTO activities_class (activity, n, kind, vocabulary, code, share, uri, name, line)
      VALUES (?,?,?,?,?,?,?,?,?)
      """)
    budget = try db.statement(
      """
      INSERT INTO activities_budget (activity, n, kind, type, status, start_on, end_on, minor, currency, value_date,
        provider, receiver, line) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)
      """)
    transaction = try db.statement(
      """
      INSERT INTO activities_transaction (activity, n, ref, type, day, minor, currency, value_date, provider,
        provider_name, provider_activity, receiver, receiver_name, receiver_activity, state, country, region, sectors,
        body, body_language, line) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
      """)
    link = try db.statement(
      "INSERT INTO activities_link (activity, n, kind, type, target, name, language, detail, line) VALUES (?,?,?,?,?,?,?,?,?)"
    )
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
    try texts(draft, id)
    try orgs(draft, id)
    try dates(draft, id)
    try places(draft, id)
    try classes(draft, id)
    try budgets(draft, id)
    try transactions(draft, id)
    try links(draft, id)
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
    try db.run("DELETE FROM activities_text WHERE activity = \(id)")
    try db.run("DELETE FROM activities_org WHERE activity = \(id)")
    try db.run("DELETE FROM activities_date WHERE activity = \(id)")
    try db.run("DELETE FROM activities_place WHERE activity = \(id)")
    try db.run("DELETE FROM activities_class WHERE activity = \(id)")
    try db.run("DELETE FROM activities_budget WHERE activity = \(id)")
    try db.run("DELETE FROM activities_transaction WHERE activity = \(id)")
    try db.run("DELETE FROM activities_link WHERE activity = \(id)")
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
  private func texts(_ draft: ActivityDraft, _ id: Int64) throws {
    var n = 0
    for title in draft.titles {
      n += 1
      try text.run {
        $0.int(id)
        $0.int(n)
        $0.text("title")
        $0.text(title.language)
        $0.text(title.text)
      }
    }
    for description in draft.descriptions {
      n += 1
      let kind = description.type.isEmpty ? "description" : "description:\(description.type)"
      try text.run {
        $0.int(id)
        $0.int(n)
        $0.text(kind)
        $0.text(description.language)
        $0.text(description.text)
      }
    }
    // Further names of organisations, in their languages.
    for (index, participant) in draft.participants.enumerated() where participant.names.count > 1 {
      for name in participant.names.dropFirst() {
        n += 1
        try text.run {
          $0.int(id)
          $0.int(n)
          $0.text("org:\(index + 1)")
          $0.text(name.language)
          $0.text(name.text)
        }
      }
    }
    if draft.reporter.names.count > 1 {
      for name in draft.reporter.names.dropFirst() {
        n += 1
        try text.run {
          $0.int(id)
          $0.int(n)
          $0.text("reporter")
          $0.text(name.language)
          $0.text(name.text)
        }
      }
    }
  }
  private func orgs(_ draft: ActivityDraft, _ id: Int64) throws {
    var n = 0
    for participant in draft.participants {
      n += 1
      try org.run {
        $0.int(id)
        $0.int(n)
        $0.text(participant.role)
        $0.text(participant.ref)
        $0.text(participant.type)
        $0.text(participant.names.text)
        $0.text(participant.names.first?.language ?? "")
        $0.text(participant.activity)
        $0.int(Int64(participant.line))
      }
    }
  }
  private func dates(_ draft: ActivityDraft, _ id: Int64) throws {
    var n = 0
    for entry in draft.dates {
      n += 1
      try date.run {
        $0.int(id)
        $0.int(n)
        $0.text(entry.type)
        $0.text(entry.day.text)
        $0.int(Int64(entry.line))
      }
    }
  }
  private func places(_ draft: ActivityDraft, _ id: Int64) throws {
    var n = 0
    for country in draft.countries {
      n += 1
      try place.run {
        $0.int(id)
        $0.int(n)
        $0.text("")
        $0.text(country.code)
        $0.text(reference.state(country.code))
        $0.int(country.share?.exact)
        $0.int(Int64(country.line))
      }
    }
    for region in draft.regions {
      n += 1
      try place.run {
        $0.int(id)
        $0.int(n)
        $0.text(region.vocabulary)
        $0.text(region.code)
        $0.text(nil as String?)
        $0.int(region.share?.exact)
        $0.int(Int64(region.line))
      }
    }
  }
  private func classes(_ draft: ActivityDraft, _ id: Int64) throws {
    var n = 0
    func add(_ kind: String, _ entry: ActivityDraft.Classification) throws {
      n += 1
      try classification.run {
        $0.int(id)
        $0.int(n)
        $0.text(kind)
        $0.text(entry.vocabulary)
        $0.text(entry.code)
        $0.int(entry.share?.exact)
        $0.text(entry.vocabularyURI)
        $0.text(entry.names.text)
        $0.int(Int64(entry.line))
      }
    }
    for sector in draft.sectors { try add("sector", sector) }
    for tag in draft.tags { try add("tag", tag) }
    for marker in draft.policyMarkers {
      n += 1
      try classification.run {
        $0.int(id)
        $0.int(n)
        $0.text("marker")
        $0.text(marker.vocabulary)
        $0.text(marker.code)
        $0.int(nil as Int64?)
        $0.text("")
        $0.text(marker.significance)
        $0.int(Int64(marker.line))
      }
    }
    for type in draft.aidTypes.dropFirst() {
      n += 1
      try classification.run {
        $0.int(id)
        $0.int(n)
        $0.text("aid")
        $0.text(type.vocabulary)
        $0.text(type.code)
        $0.int(nil as Int64?)
        $0.text("")
        $0.text("")
        $0.int(Int64(type.line))
      }
    }
  }
}
