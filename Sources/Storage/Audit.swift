/// One line of the trail. Append-only by trigger; each holds the hash of the one before.
package struct AuditEntry: DecodableRow, Sendable {
  package let id: Int64
  package let at: String
  package let actor: String
  package let onBehalf: String?
  package let event: String
  package let subject: String
  package let record: String
  /// JSON `{"before":{…},"after":{…}}`, keys sorted.
  package let detail: String
  package let request: String?
  package let language: String?
  package let previous: [UInt8]
  package let hash: [UInt8]

  package init(row: Row) throws {
    id = try row["id"]
    at = try row["at"]
    actor = try row["actor"]
    onBehalf = try row["on_behalf"]
    event = try row["event"]
    subject = try row["subject"]
    record = try row["record"]
    detail = try row["detail"]
    request = try row["request"]
    language = try row["language"]
    previous = try row["previous"]
    hash = try row["hash"]
  }
  private init(id: Int64, at: String, actor: Actor, event: Event, previous: [UInt8]) {
    self.id = id
    self.at = at
    self.actor = actor.name
    onBehalf = actor.onBehalf
    self.event = event.name
    subject = event.subject
    record = event.record
    detail = AuditEntry.detail(event)
    request = actor.request
    language = actor.language
    self.previous = previous
    hash = AuditEntry.hash(
      id, at, actor.name, actor.onBehalf, event.name, event.subject, event.record, detail, actor.request,
      actor.language, previous)
  }

  static func detail(_ event: Event) -> String {
    "{\"before\":\(JSONText.object(event.before)),\"after\":\(JSONText.object(event.after))}"
  }
  // Length-prefixed fields, so that no two different entries give the same bytes.
  private static func hash(
    _ id: Int64, _ at: String, _ actor: String, _ behalf: String?, _ event: String, _ subject: String,
    _ record: String, _ detail: String, _ request: String?, _ language: String?, _ previous: [UInt8]
  ) -> [UInt8] {
    var bytes = previous
    for field in [String(id), at, actor, behalf, event, subject, record, detail, request, language] {
      let text = Array((field ?? "").utf8)
      bytes += Array((field == nil ? "-:" : "\(text.count):").utf8) + text
    }
    return Digest.sha256(bytes)
  }
  /// Hash of what this entry says, without its number and the entry before: what others do changes nothing in it.
  package var contentHash: [UInt8] {
    AuditEntry.hash(0, at, actor, onBehalf, event, subject, record, detail, request, language, [])
  }
  /// The hash that this entry should carry.
  package var expectedHash: [UInt8] {
    AuditEntry.hash(id, at, actor, onBehalf, event, subject, record, detail, request, language, previous)
  }

  static func append(_ event: Event, by actor: Actor, at: String, on connection: any Connection) throws
    -> AuditEntry
  {
    var last: (Int64, [UInt8]) = (0, [UInt8](repeating: 0, count: 32))
    try connection.query("SELECT id, hash FROM sys_audit ORDER BY id DESC LIMIT 1") {
      last = ($0.int(0) ?? 0, $0.blob(1) ?? [])
    }
    let entry = AuditEntry(id: last.0 + 1, at: at, actor: actor, event: event, previous: last.1)
    try connection.query(
      """
      INSERT INTO sys_audit (id, at, actor, on_behalf, event, subject, record, detail, request, language, previous, hash)
      VALUES (\(entry.id), \(entry.at), \(entry.actor), \(entry.onBehalf), \(entry.event), \(entry.subject),
              \(entry.record), \(entry.detail), \(entry.request), \(entry.language), \(entry.previous), \(entry.hash))
      """)
    return entry
  }
}

package enum Audit {
  /// Entries of one record, newest first.
  package static func history(subject: String, record: String, limit: Int, in db: Reader) throws
    -> [AuditEntry]
  {
    try db.rows(
      "SELECT * FROM sys_audit WHERE subject = \(subject) AND record = \(record) ORDER BY id DESC LIMIT \(limit)"
    )
  }
}

extension Audit {
  /// Whether the last event of this name about this record said the same.
  package static func isLatest(_ event: Event, in db: Reader) throws -> Bool {
    let detail: String? = try db.value(
      """
      SELECT detail FROM sys_audit WHERE event = \(event.name) AND subject = \(event.subject)
        AND record = \(event.record) ORDER BY id DESC LIMIT 1
      """)
    return detail == AuditEntry.detail(event)
  }
}
