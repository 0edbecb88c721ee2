/// Receipts as they are kept, and what becomes of one that someone brings.
package enum Receipts {
  package static func find(_ code: String, in db: Reader) throws -> Receipt? {
    try found("SELECT * FROM sys_receipt WHERE code = \(code)", in: db).first
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
      case .own(let state, let person): "(person = \(person) OR state = \(state))"
      }
    }
  }
  /// Newest first; `before` = the last of the part before.
  package static func list(
    _ reach: Reach, before: (at: String, code: String)? = nil, limit: Int, in db: Reader
  ) throws -> [Receipt] {
    let position: SQL = before.map { "(at < \($0.at) OR (at = \($0.at) AND code < \($0.code)))" } ?? "1 = 1"
    return try found(
      """
      SELECT * FROM sys_receipt WHERE \(reach.condition) AND \(position) ORDER BY at DESC, code DESC LIMIT \(limit)
      """, in: db)
  }
  package static func list(subject: String, record: String, in db: Reader) throws -> [Receipt] {
    try found(
      "SELECT * FROM sys_receipt WHERE subject = \(subject) AND record = \(record) ORDER BY at, code", in: db)
  }
  private static func found(_ sql: SQL, in db: Reader) throws -> [Receipt] {
    var result: [Receipt] = []
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

    package init(outcome: Outcome, findings: [Finding], fields: [String: String]) {
      self.outcome = outcome
      self.findings = findings
      self.fields = fields
    }
  }

  private static let required = [
    "act", "at", "audit_entry", "audit_hash", "code", "content_sha256", "database", "key", "kind", "person",
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
    var findings = required.filter { signed.fields[$0] == nil }.map { Finding(.fieldMissing, $0) }
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
    return Verdict(outcome: outcome, findings: findings, fields: signed.fields)
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
    let entry = fields["audit_entry"] ?? ""
    let hash: [UInt8]? = try db.value("SELECT hash FROM sys_audit WHERE id = \(Int64(entry) ?? 0)")
    if let hash {
      if Digest.hex(hash) != fields["audit_hash"] { findings.append(Finding(.entryDiffers, entry)) }
    } else {
      findings.append(Finding(.entryMissing, entry))
    }
    return findings
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
    case .entryMissing: "Entry \(what) of the audit trail, which the receipt names, is not there."
    case .entryDiffers: "Entry \(what) of the audit trail has another hash than the receipt states."
    }
  }
}
