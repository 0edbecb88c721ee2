/// Receipts as they are kept, and what becomes of one that someone brings.
package enum Receipts {
  package static func find(_ code: String, in db: Reader) throws -> Receipt? {
    try found("r.code = \(code)", in: db).first
  }
  /// Whose receipts someone may see.
  package enum Reach: Sendable {
    case all
    /// Those of a State, and those of the person's own acts.
    case own(state: String?, person: String)

    package func holds(_ receipt: Receipt) -> Bool {
      switch self {
      case .all: true
      case .own(let state, let person): receipt.person == person || (state != nil && receipt.state == state)
      }
    }
    fileprivate var condition: SQL {
      switch self {
      case .all: "1 = 1"
      case .own(let state, let person): "(r.person = \(person) OR r.state = \(state))"
      }
    }
  }
  /// Newest first; `before` = the last of the part before.
  package static func list(
    _ reach: Reach, before: (at: String, code: String)? = nil, limit: Int, in db: Reader
  ) throws -> [Receipt] {
    let position: SQL =
      before.map { "(r.at < \($0.at) OR (r.at = \($0.at) AND r.code < \($0.code)))" } ?? "1 = 1"
    return try found(
      "\(reach.condition) AND \(position) ORDER BY r.at DESC, r.code DESC LIMIT \(limit)", in: db)
  }
  package static func list(subject: String, record: String, in db: Reader) throws -> [Receipt] {
    try found("r.subject = \(subject) AND r.record = \(record) ORDER BY r.at, r.code", in: db)
  }
  private static func found(_ condition: SQL, in db: Reader) throws -> [Receipt] {
    var result: [Receipt] = []
    // Commands also read databases that have not been migrated.
    let isNew =
      try db.value("SELECT 1 FROM sys_migration WHERE name = '20261126-1-receipt-behind'", as: Int.self) == 1
    let sql: SQL =
      isNew
      ? """
      SELECT r.*, b.entry FROM sys_receipt r LEFT JOIN sys_receipt_behind b ON b.code = r.code WHERE \(condition)
      """ : "SELECT r.*, NULL AS entry FROM sys_receipt r WHERE \(condition)"
    try db.each(sql) { result.append(try Receipt(row: $0)) }
    return result
  }
}

extension Receipts {
  package enum Outcome: String, Sendable, CaseIterable {
    /// Signed by a known key, and where a database was asked, kept there in the same words.
    case genuine
    /// Signed by a known key, but the database no longer agrees with it: the receipt stands, the database does not.
    case contradicted
    /// Something in it was changed after it was signed.
    case altered
    /// In itself right, but by a key or in a database that is not known here.
    case unknown
    /// No receipt.
    case unreadable
  }
  package struct Finding: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
      /// Not one JSON object of texts with a signature, or not of this kind.
      case text
      case fieldMissing = "field-missing"
      case signature
      /// The name of the key is not that of the public key.
      case keyName = "key-name"
      case keyUnknown = "key-unknown"
      /// The code is not that of the text.
      case code
      case database
      case codeUnknown = "code-unknown"
      /// The field differs from the receipt that is kept.
      case field
      /// The entry of the trail is gone, or has another hash.
      case entryMissing = "entry-missing"
      case entryDiffers = "entry-differs"
      /// The file given as the content does not give its hash.
      case content
    }
    package let kind: Kind
    /// The field or entry concerned.
    package let what: String
    package init(_ kind: Kind, _ what: String = "") {
      self.kind = kind
      self.what = what
    }
  }
  package struct Verdict: Sendable, Equatable {
    package let outcome: Outcome
    package let findings: [Finding]
    /// As the receipt states them; empty when it cannot be read.
    package let fields: [String: String]
    package let compared: Compared

    package init(
      outcome: Outcome, findings: [Finding], fields: [String: String], compared: Compared = .nothing
    ) {
      self.outcome = outcome
      self.findings = findings
      self.fields = fields
      self.compared = compared
    }
    /// The same of another comparison: of a receipt that was taken from the database itself.
    package func of(_ compared: Compared) -> Verdict {
      Verdict(outcome: outcome, findings: findings, fields: fields, compared: compared)
    }
  }

  /// What was held against what.
  package enum Compared: String, Sendable, CaseIterable {
    /// The receipt in itself alone: signature, code, key.
    case nothing
    /// The receipt that is kept under a code, with the trail; nothing that someone brought.
    case kept
    /// The receipt that was brought, with the kept one and with the trail.
    case brought
  }

  private static let required = [
    "act", "at", "code", "content_sha256", "database", "key", "kind", "person",
    "public_key", "record", "software", "subject",
  ]

  /// What a receipt says about itself, and, with a database, whether that agrees.
  /// - Parameters:
  ///   - keys: hexadecimal public keys to trust. Nil and no database: the signature is held against the receipt's own
  ///     key, which is then said to be unknown.
  package static func verify(_ file: String, keys: Set<String> = [], in db: Reader? = nil) throws -> Verdict {
    guard let signed = SignedRecord(file: file), signed.fields["kind"] == Receipt.kind else {
      return Verdict(outcome: .unreadable, findings: [Finding(.text)], fields: [:])
    }
    // Receipts of the first form name the entry by its number and its hash in the chain.
    let isFirst = signed.fields["audit_entry"] != nil
    let needed = required + (isFirst ? ["audit_hash"] : ["entry_sha256"])
    var findings = needed.filter { signed.fields[$0] == nil }.map { Finding(.fieldMissing, $0) }
    switch signed.fault {
    case .signature: findings.append(Finding(.signature))
    case .keyName: findings.append(Finding(.keyName, signed.fields["key"] ?? ""))
    case nil: break
    }
    if let code = signed.fields["code"], code != ReceiptCode.expected(signed.fields) {
      findings.append(Finding(.code, code))
    }
    let isWhole = findings.isEmpty
    let known = try db.map { keys.union(try SigningKeys.known(in: $0)) } ?? keys
    let isKnown = known.contains(signed.publicKey)
    if !isKnown { findings.append(Finding(.keyUnknown, signed.fields["key"] ?? "")) }
    guard let db else {
      return Verdict(
        outcome: !isWhole ? .altered : isKnown ? .genuine : .unknown, findings: findings,
        fields: signed.fields)
    }
    let differences = try compare(signed, in: db)
    findings += differences
    let isElsewhere = differences.contains { $0.kind == .database }
    let outcome: Outcome =
      !isWhole
      ? .altered : !isKnown || isElsewhere ? .unknown : differences.isEmpty ? .genuine : .contradicted
    return Verdict(
      outcome: outcome, findings: findings, fields: signed.fields,
      compared: isElsewhere ? .nothing : .brought)
  }

  private static func compare(_ signed: SignedRecord, in db: Reader) throws -> [Finding] {
    let fields = signed.fields
    // A receipt without its database's name was altered, which the missing field says.
    if let database = fields["database"], database != (try DatabaseIdentity.find(in: db)) {
      return [Finding(.database, database)]
    }
    var findings: [Finding] = []
    if let kept = try find(fields["code"] ?? "", in: db) {
      let stored = kept.signed.fields
      for name in Set(stored.keys).union(fields.keys).sorted() where stored[name] != fields[name] {
        findings.append(Finding(.field, name))
      }
    } else {
      findings.append(Finding(.codeUnknown, fields["code"] ?? ""))
    }
    if let finding = try compareEntry(fields, in: db) { findings.append(finding) }
    return findings
  }
  private static func compareEntry(_ fields: [String: String], in db: Reader) throws -> Finding? {
    var id = fields["audit_entry"].flatMap { Int64($0) }
    if fields["audit_entry"] == nil {
      id = try db.value("SELECT entry FROM sys_receipt_behind WHERE code = \(fields["code"] ?? "")")
    }
    guard let id, let entry: AuditEntry = try db.row("SELECT * FROM sys_audit WHERE id = \(id)") else {
      return Finding(.entryMissing)
    }
    let isSame =
      fields["audit_entry"] == nil
      ? Digest.hex(entry.contentHash) == fields["entry_sha256"] && entry.hash == entry.expectedHash
      : Digest.hex(entry.hash) == fields["audit_hash"]
    return isSame ? nil : Finding(.entryDiffers)
  }
}

extension Receipts.Finding: CustomStringConvertible {
  package var description: String {
    switch kind {
    case .text: "This is not a receipt: one JSON object of texts with a signature is expected."
    case .fieldMissing: "The field \(what) is missing."
    case .signature: "The signature does not fit the text: something was changed after it was signed."
    case .keyName: "The key is named \(what), which is not the name of the public key that stands beside it."
    case .keyUnknown:
      "The key \(what) is not known here. Compare the public key with one that you have from elsewhere."
    case .code: "The code \(what) is not that of the text."
    case .database: "The receipt comes from another database (\(what))."
    case .codeUnknown: "No receipt with the code \(what) is kept here."
    case .field: "The field \(what) differs from the receipt that is kept here."
    case .entryMissing: "The entry of the audit trail on which the receipt stands is not there."
    case .entryDiffers: "The entry of the audit trail does not say what the receipt states."
    case .content: "The content given does not give the hash that the receipt holds."
    }
  }
}
