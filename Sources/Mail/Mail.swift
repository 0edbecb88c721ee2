package import Storage

/// Letters to people: queued in the transaction of the change that causes them, sent by a job.
package enum Mail {
  package static let migrations = [
    Migration("20261125-2-mail", PackageResources._0261125_2_mail_sql),
    Migration("20261126-2-mail", PackageResources._0261126_2_mail_sql),
  ]

  /// Writes the letter into the outbox; the job on `mail.queued` sends it after the commit.
  /// A key that is there already changes nothing, whatever became of its letter.
  /// - Throws: `MailError` for a header with a line break, no address, or a link without its place.
  package static func queue(_ letter: Letter, in db: Writer) throws {
    try MailMessage.check(letter)
    let added = try db.run(
      """
      INSERT INTO mail_letter (key, message_id, recipient, language, subject, body, secret, state, queued_at)
      VALUES (\(letter.key), \(Digest.hex(Digest.random(16))), \(letter.to), \(letter.language), \(letter.subject),
        \(letter.body), \(letter.secret), \(Letter.State.waiting.rawValue), \(db.now))
      ON CONFLICT (key) DO NOTHING
      """)
    guard added > 0 else { return }
    db.record(Event("mail.queued", subject: "letter", record: letter.key, after: ["state": "waiting"]))
  }

  /// Starts the jobs of letters that still wait: after a server has been named, or tries have run out.
  @discardableResult
  package static func queueWaiting(in db: Writer) throws -> Int {
    let keys: [String] = try db.values(
      "SELECT key FROM mail_letter WHERE state = 'waiting' ORDER BY queued_at, key")
    for key in keys {
      db.record(Event("mail.queued", subject: "letter", record: key, after: ["state": "waiting"]))
    }
    return keys.count
  }

  /// Takes back a letter that has not left yet: what it says is no longer true.
  package static func withdraw(_ key: String, in db: Writer) throws {
    let count = try db.run(
      """
      UPDATE mail_letter SET state = 'withdrawn', secret = NULL, settled_at = \(db.now)
      WHERE key = \(key) AND state = 'waiting'
      """)
    guard count > 0 else { return }
    db.record(
      Event(
        "mail.withdrawn", subject: "letter", record: key, before: ["state": "waiting"],
        after: ["state": "withdrawn"]))
  }

  private static let columns: SQL = """
    key, message_id, recipient, language, subject, body, state, reply, attempts, queued_at, sent_at, settled_at
    """

  /// Newest first.
  package static func letters(in db: Reader, limit: Int) throws -> [Letter.Record] {
    try db.rows("SELECT \(columns) FROM mail_letter ORDER BY queued_at DESC, key LIMIT \(limit)")
  }
  package static func find(_ key: String, in db: Reader) throws -> Letter.Record? {
    try db.row("SELECT \(columns) FROM mail_letter WHERE key = \(key)")
  }
  static func find(messageID: String, in db: Reader) throws -> Letter.Record? {
    try db.row("SELECT \(columns) FROM mail_letter WHERE message_id = \(messageID)")
  }
}
