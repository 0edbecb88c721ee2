import Synchronization

/// A signed receipt of a formal act. It holds the hash of what was said, never the words.
package struct Receipt: Sendable, Equatable {
  package static let kind = "wasl-receipt"
  /// Ten characters, by which a printed receipt is found: `7K2QX-9M4PA`.
  package let code: String
  package let at: String
  /// What was done, in the words of the trail: `needs.published`.
  package let act: String
  package let subject: String
  package let record: String
  package let state: String?
  /// Who did it, as in the trail.
  package let person: String
  let signed: SignedRecord
  /// Number of the entry of the trail; it tells how much others do, so it is for auditors alone.
  package let entry: Int64?

  package var onBehalf: String? { signed.fields["on_behalf"] }
  package var content: String { signed.fields["content_sha256"] ?? "" }
  /// Of what the entry says; in receipts of the first form its hash in the chain.
  package var entryHash: String { signed.fields["entry_sha256"] ?? signed.fields["audit_hash"] ?? "" }
  package var key: String { signed.fields["key"] ?? "" }
  package var publicKey: String { signed.publicKey }
  package var signature: String { Digest.hex(signed.signature) }
  package var software: String { signed.fields["software"] ?? "" }
  /// What is handed out: one JSON object, keys sorted.
  package var file: String { signed.file }

  init(row: Row) throws {
    let signature: [UInt8] = try row["signature"]
    code = try row["code"]
    at = try row["at"]
    act = try row["act"]
    subject = try row["subject"]
    record = try row["record"]
    state = try row["state"]
    person = try row["person"]
    // A row that was changed to something that cannot be read is no genuine receipt; the check says so.
    let signed = SignedRecord(text: try row["text"], signature: signature)
    self.signed = signed ?? SignedRecord(unreadable: signature)
    let entry: Int64? = try row["entry"]
    self.entry = entry ?? signed?.fields["audit_entry"].flatMap { Int64($0) }
  }
}

extension SignedRecord {
  init(unreadable signature: [UInt8]) {
    fields = [:]
    self.signature = signature
  }
}

/// A receipt that will be written with the entries of the trail, before the commit.
package final class ReceiptSlip: Sendable {
  private struct State {
    var entry: Int64 = 0
    var hash: [UInt8] = []
    var isOfAct = false
    var code: String?
  }
  private let act: String
  private let subject: String
  private let record: String
  private let state: String?
  private let person: String?
  private let content: ReceiptContent
  private let made: Mutex<State>

  init(act: String, subject: String, record: String, state: String?, person: String?, content: ReceiptContent)
  {
    self.act = act
    self.subject = subject
    self.record = record
    self.state = state
    self.person = person
    self.content = content
    made = Mutex(State())
  }

  /// Known once the transaction has been committed.
  package var code: String? { made.withLock { $0.code } }

  func isAbout(_ event: Event) -> Bool { event.subject == subject && event.record == record }
  /// The receipt names the entry of its act; without one of that name, the last about the record.
  func note(_ entry: AuditEntry) {
    made.withLock { made in
      if made.isOfAct && entry.event != act { return }
      made.entry = entry.id
      made.hash = entry.contentHash
      made.isOfAct = entry.event == act
    }
  }

  func issue(at moment: String, by actor: Actor, context: DatabaseContext, on connection: any Connection)
    throws
  {
    guard let signer = context.signer else { throw StorageError.unsigned }
    let (entry, hash) = made.withLock { ($0.entry, $0.hash) }
    guard entry > 0 else { throw StorageError.receiptWithoutEntry(subject: subject, record: record) }
    try SigningKeys.remember(signer, on: connection)
    var fields = [
      "kind": Receipt.kind, "software": context.software,
      "database": try DatabaseIdentity.findOrMake(on: connection),
      "act": act, "subject": subject, "record": record, "person": person ?? actor.name, "at": moment,
      "content_sha256": content.sha256, "entry_sha256": Digest.hex(hash),
    ]
    fields["state"] = state
    fields["on_behalf"] = actor.onBehalf
    var attempt = 1
    var code = ReceiptCode.make(fields)
    while try isTaken(code, on: connection) {
      attempt += 1
      fields["attempt"] = String(attempt)
      code = ReceiptCode.make(fields)
    }
    fields["code"] = code
    let signed = SignedRecord(fields, by: signer)
    try connection.query(
      """
      INSERT INTO sys_receipt (code, at, act, subject, record, state, person, text, key, signature)
      VALUES (\(code), \(moment), \(act), \(subject), \(record), \(state), \(person ?? actor.name), \(signed.text),
              \(signer.keyID), \(signed.signature))
      """)
    try connection.query(
      "INSERT INTO sys_receipt_behind (code, entry, content) VALUES (\(code), \(entry), \(content.text))")
    made.withLock { $0.code = code }
  }
  private func isTaken(_ code: String, on connection: any Connection) throws -> Bool {
    var isTaken = false
    try connection.query("SELECT 1 FROM sys_receipt WHERE code = \(code)") { _ in isTaken = true }
    return isTaken
  }
}

extension Writer {
  /// A receipt of what this transaction does. It is written with the entry of the trail about the same record, which
  /// must be recorded in the same transaction; without a signing key nothing is kept.
  /// - Parameters:
  ///   - person: who did it; the actor of the transaction by default.
  ///   - content: the exact text of the act, all of it, since a word or two can be guessed from a hash. The receipt
  ///     holds its SHA-256 alone; the text stays behind for those who may read it.
  @discardableResult
  package func receipt(
    act: String, subject: String, record: String, state: String? = nil, person: String? = nil,
    content: ReceiptContent
  ) throws -> ReceiptSlip {
    guard context.signer != nil else { throw StorageError.unsigned }
    let slip = ReceiptSlip(
      act: act, subject: subject, record: record, state: state, person: person, content: content)
    slips.append(slip)
    return slip
  }
}

extension Writer {
  /// As above, of fields.
  @discardableResult
  package func receipt(
    act: String, subject: String, record: String, state: String? = nil, person: String? = nil,
    content: [String: String]
  ) throws -> ReceiptSlip {
    try receipt(
      act: act, subject: subject, record: record, state: state, person: person,
      content: ReceiptContent(content))
  }
}
