/// The head of the audit trail at a moment, signed. Held outside the database, it shows any later alteration of an
/// entry up to its own, by whomever: the chain alone cannot, since its last entries can be cut or all be made anew.
package struct Checkpoint: Sendable, Equatable {
  package static let kind = "wasl-checkpoint"
  /// Number of entries after which a new one is due before the day is over. Entries after the last checkpoint can be
  /// cut without trace, so that number bounds the loss; at a few hundred bytes for each five hundred entries, and one
  /// signature, it costs nothing that could be measured.
  package static let dueAfterEntries: Int64 = 500
  package static let dueAfterSeconds: Int64 = 86_400

  /// In `sys_checkpoint`; nil for one that was read from a file.
  package let id: Int64?
  package let entry: Int64
  package let hash: [UInt8]
  package let at: String
  package let database: String
  let record: SignedRecord

  package var software: String { record.fields["software"] ?? "" }
  /// Short name of the key.
  package var key: String { record.fields["key"] ?? "" }
  /// Hexadecimal.
  package var publicKey: String { record.publicKey }
  /// What is handed out: one JSON object, keys sorted.
  package var file: String { record.file }

  /// Nil when the text is no checkpoint. Whether it is a genuine one, `Audit.verify` says.
  package init?(file: String) {
    guard let record = SignedRecord(file: file) else { return nil }
    self.init(record, id: nil)
  }
  private init?(_ record: SignedRecord, id: Int64?) {
    let fields = record.fields
    guard fields["kind"] == Checkpoint.kind, let entry = fields["entry"].flatMap({ Int64($0) }), entry > 0,
      let hash = fields["hash"].flatMap({ Digest.bytes(hex: $0) }), hash.count == 32, let at = fields["at"],
      let database = fields["database"]
    else { return nil }
    self.id = id
    self.entry = entry
    self.hash = hash
    self.at = at
    self.database = database
    self.record = record
  }
  init?(row: Row) throws {
    guard let record = SignedRecord(text: try row["text"], signature: try row["signature"]) else {
      return nil
    }
    self.init(record, id: try row["id"])
  }

  /// Signs the head as it stands and keeps it; the transaction is the caller's.
  static func make(
    _ head: (entry: Int64, hash: [UInt8]), despite finding: Audit.Finding?, context: DatabaseContext,
    on connection: any Connection
  ) throws -> Checkpoint {
    guard let signer = context.signer else { throw StorageError.unsigned }
    try SigningKeys.remember(signer, on: connection)
    let at = context.clock.now()
    var fields = [
      "kind": kind, "software": context.software, "database": try DatabaseIdentity.findOrMake(on: connection),
      "entry": String(head.entry), "hash": Digest.hex(head.hash), "at": at,
    ]
    fields["despite"] = finding?.description
    let record = SignedRecord(fields, by: signer)
    var id: Int64 = 0
    try connection.query(
      """
      INSERT INTO sys_checkpoint (entry, hash, at, text, key, signature)
      VALUES (\(head.entry), \(head.hash), \(at), \(record.text), \(signer.keyID), \(record.signature)) RETURNING id
      """
    ) { id = $0.int(0) ?? 0 }
    guard let made = Checkpoint(record, id: id) else { throw StorageError.unsigned }
    return made
  }
}

extension Audit {
  /// Newest first.
  package static func checkpoints(before: Int64? = nil, limit: Int, in db: Reader) throws -> [Checkpoint] {
    let position: SQL = before.map { "id < \($0)" } ?? "1 = 1"
    return try found("SELECT * FROM sys_checkpoint WHERE \(position) ORDER BY id DESC LIMIT \(limit)", in: db)
  }
  package static func checkpoint(_ id: Int64, in db: Reader) throws -> Checkpoint? {
    try found("SELECT * FROM sys_checkpoint WHERE id = \(id)", in: db).first
  }
  static func allCheckpoints(in db: Reader) throws -> [Checkpoint] {
    try found("SELECT * FROM sys_checkpoint ORDER BY id", in: db)
  }
  private static func found(_ sql: SQL, in db: Reader) throws -> [Checkpoint] {
    var result: [Checkpoint] = []
    try db.each(sql) { row in if let checkpoint = try Checkpoint(row: row) { result.append(checkpoint) } }
    return result
  }
}

extension Database {
  /// The newest checkpoint when it names the last entry, else a new one. Nil while the trail is empty.
  /// - Parameter despiteFindings: sign although the trail is broken, saying so in the checkpoint (`despite`): how an
  ///   operator goes on after an incident.
  /// - Throws: `StorageError.trailBroken` when what came after the newest does not follow from it: a signature must
  ///   not silently make an alteration good.
  @discardableResult
  package func checkpoint(despiteFindings: Bool = false) async throws -> Checkpoint? {
    try await checkpoint(always: true, despite: despiteFindings)
  }
  /// As `checkpoint()`, but only when one is due: after a day with changes or `Checkpoint.dueAfterEntries`.
  /// Cheap enough to be asked every minute. The one made now, else nil.
  @discardableResult
  package func checkpointWhenDue() async throws -> Checkpoint? {
    try await checkpoint(always: false, despite: false)
  }

  private struct Due: Sendable {
    let entry: Int64
    let hash: [UInt8]
    let finding: Audit.Finding?
  }
  private func checkpoint(always: Bool, despite: Bool) async throws -> Checkpoint? {
    guard context.signer != nil else { throw StorageError.unsigned }
    let now = Clock.seconds(context.clock.now()) ?? 0
    let (last, due) = try await read { db -> (Checkpoint?, Due?) in
      let last = try Audit.checkpoints(limit: 1, in: db).first
      let entry: Int64 = try db.value("SELECT max(id) FROM sys_audit") ?? 0
      if entry == 0 && last == nil { return (nil, nil) }
      if !always, let last, entry >= last.entry, entry - last.entry < Checkpoint.dueAfterEntries,
        entry == last.entry || now - (Clock.seconds(last.at) ?? 0) < Checkpoint.dueAfterSeconds
      {
        return (last, nil)
      }
      let verdict = try Audit.verify(after: last, in: db)
      if let finding = verdict.findings.first, !despite { throw StorageError.trailBroken(finding) }
      if let last, last.entry == entry, verdict.findings.isEmpty { return (last, nil) }
      return (last, entry == 0 ? nil : Due(entry: entry, hash: verdict.head, finding: verdict.findings.first))
    }
    guard let due else { return always ? last : nil }
    let context = context
    return try await submit(quietly: true) {
      try Checkpoint.make((due.entry, due.hash), despite: due.finding, context: context, on: $0)
    }
  }
}
