package import Storage

extension Mail {
  /// The job that empties the outbox.
  /// - Parameter server: nil where none is named: letters wait and are shown in the outbox.
  ///
  /// A crash between the server's "yes" and our commit sends a letter twice, with the same Message-ID, by which
  /// mail programs show one.
  package static func jobs(_ server: MailServer?) -> [Job] {
    [.on("mail.queued", "mail.send") { call in try await send(call, through: server) }]
  }

  private static func send(_ call: JobCall, through server: MailServer?) async throws {
    let key = call.record
    let found = try await call.database.read { db -> (letter: Letter.Record, secret: String?)? in
      guard let letter = try find(key, in: db), letter.state == .waiting else { return nil }
      return (letter, try db.value("SELECT secret FROM mail_letter WHERE key = \(key)"))
    }
    guard let found, let server else { return try await call.finish(by: .system) { _ in } }
    do {
      let reply = try await server.send(found.letter, secret: found.secret)
      try await call.finish(by: .system) { db in try close(key, .sent, reply: reply, in: db) }
    } catch let error as MailError {
      guard case .later(let reason) = error else {
        // The server, or the letter itself, will say no each time.
        let reply = if case .refused(_, let reply) = error { reply } else { error.description }
        return try await call.finish(by: .system) { db in try close(key, .refused, reply: reply, in: db) }
      }
      try await call.database.write(by: .system) { db in
        try db.run(
          """
          UPDATE mail_letter SET attempts = attempts + 1, reply = \(clean(reason))
          WHERE key = \(key) AND state = 'waiting'
          """)
        db.record(Event("mail.delayed", subject: "letter", record: key))
      }
      throw error
    }
  }

  private static func close(_ key: String, _ state: Letter.State, reply: String, in db: Writer) throws {
    let settled: String? = state == .refused ? db.now : nil
    let sent: String? = state == .sent ? db.now : nil
    let changed = try db.run(
      """
      UPDATE mail_letter SET state = \(state.rawValue), reply = \(clean(reply)), attempts = attempts + 1,
        sent_at = \(sent), settled_at = \(settled), secret = NULL
      WHERE key = \(key) AND state = 'waiting'
      """)
    guard changed > 0 else { return }
    db.record(
      Event(
        "mail.\(state.rawValue)", subject: "letter", record: key, before: ["state": "waiting"],
        after: ["state": state.rawValue]))
  }

  /// Replies come from elsewhere: one line, no control characters, 500 characters at most.
  static func clean(_ text: String) -> String {
    String(
      String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? " " : $0 })
        .prefix(500))
  }
}
