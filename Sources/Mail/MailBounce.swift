package import Storage

extension Mail {
  /// Takes a report on a letter of ours (RFC 3464): failed becomes `bounced`, delivered `delivered`.
  /// - Returns: the letter's key, or nil when the bytes are no such report or none of our letters is meant.
  @discardableResult
  package static func settle(bounce bytes: [UInt8], in db: Writer) throws -> String? {
    guard let report = MailReport(bytes) else { return nil }
    for id in report.messageIDs {
      guard let letter = try find(messageID: id, in: db) else { continue }
      let state: Letter.State = report.isFailure ? .bounced : .delivered
      // A failure may follow a delivery (a forwarder's report); nothing follows a failure.
      guard letter.state != .bounced, letter.state != .refused, letter.state != state else {
        return letter.key
      }
      try db.run(
        """
        UPDATE mail_letter SET state = \(state.rawValue), reply = \(clean(report.reason)), settled_at = \(db.now),
          secret = NULL
        WHERE key = \(letter.key)
        """)
      db.record(
        Event(
          "mail.\(state.rawValue)", subject: "letter", record: letter.key,
          before: ["state": letter.state.rawValue],
          after: ["state": state.rawValue, "status": report.status]))
      return letter.key
    }
    return nil
  }
}
