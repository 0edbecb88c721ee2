package import Storage

/// A letter to one person, in that person's language, as plain text.
package struct Letter: Sendable, Equatable {
  /// Given by who writes it, `invitation:17:1`: the same key is sent once.
  package let key: String
  package let to: String
  package let language: String
  package let subject: String
  /// `{link}` stands where the secret goes.
  package let body: String
  /// Address with a token; erased from the table once the letter is on its way.
  package let secret: String?

  package init(key: String, to: String, language: String, subject: String, body: String, secret: String?) {
    self.key = key
    self.to = to
    self.language = language
    self.subject = subject
    self.body = body
    self.secret = secret
  }

  package enum State: String, Sendable, CaseIterable {
    case waiting, sent, delivered, refused, bounced, withdrawn
  }

  /// A letter as the outbox keeps it, without its secret.
  package struct Record: DecodableRow, Sendable, Equatable {
    package let key: String
    /// Left part of the Message-ID.
    package let messageID: String
    package let recipient: String
    package let language: String
    package let subject: String
    package let body: String
    package let state: State
    /// Last reply of the server, or the reason of the bounce.
    package let reply: String?
    package let attempts: Int
    package let queuedAt: String
    package let sentAt: String?
    package let settledAt: String?

    package init(row: Row) throws {
      key = try row["key"]
      messageID = try row["message_id"]
      recipient = try row["recipient"]
      language = try row["language"]
      subject = try row["subject"]
      body = try row["body"]
      state = State(rawValue: try row["state"]) ?? .waiting
      reply = try row["reply"]
      attempts = try row["attempts"]
      queuedAt = try row["queued_at"]
      sentAt = try row["sent_at"]
      settledAt = try row["settled_at"]
    }
  }
}
