/// Who acts, and for whom (design: rule 8, the Secretariat may enter for a State).
package struct Actor: Sendable, Equatable {
  package let name: String
  /// ISO3 code of the State, or a reference of the organisation, acted for.
  package let onBehalf: String?
  package let request: String?
  package let language: String?

  package init(_ name: String, onBehalf: String? = nil, request: String? = nil, language: String? = nil) {
    self.name = name
    self.onBehalf = onBehalf
    self.request = request
    self.language = language
  }
  /// The program itself: migrations, loading, clock jobs.
  package static let system = Actor("system")
}

/// What happened, in stable words (`needs.published`), to which record.
package struct Event: Sendable, Equatable {
  package let name: String
  /// Kind of record, `need`.
  package let subject: String
  package let record: String
  /// Changed fields before and after, as the subject words them.
  package let before: [String: String]
  package let after: [String: String]

  package init(
    _ name: String, subject: String, record: String, before: [String: String] = [:], after: [String: String] = [:]
  ) {
    self.name = name
    self.subject = subject
    self.record = record
    self.before = before
    self.after = after
  }
}

/// A word under which a lower subject tells of its changes inside the transaction.
package struct Topic<Payload: Sendable>: Sendable {
  let name: String
  package init(_ name: String) { self.name = name }

  /// What an upper subject does about it, before the commit.
  package func reaction(_ run: @escaping @Sendable (Writer, [Payload]) throws -> Void) -> Reaction {
    Reaction(topic: name) { writer, payloads in try run(writer, payloads.compactMap { $0 as? Payload }) }
  }
}

package struct Reaction: Sendable {
  let topic: String
  let run: @Sendable (Writer, [any Sendable]) throws -> Void
}
