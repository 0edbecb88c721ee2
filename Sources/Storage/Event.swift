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
  /// ISO3 code of the State whose record this is, so that the State finds it in its own trail.
  package let state: String?

  package init(
    _ name: String, subject: String, record: String, before: [String: String] = [:],
    after: [String: String] = [:],
    state: String? = nil
  ) {
    self.name = name
    self.subject = subject
    self.record = record
    self.before = before
    self.after = after
    self.state = state
  }
}

/// A word under which a lower subject tells of its changes inside the transaction.
package struct Topic<Payload: Sendable>: Sendable {
  let name: String
  package init(_ name: String) { self.name = name }

  /// What an upper subject does about it. `make` is called once per transaction that publishes.
  package func reaction(_ make: @escaping @Sendable (Writer) throws -> any Accumulator<Payload>) -> Reaction {
    Reaction(topic: name) { writer in
      let accumulator = try make(writer)
      return Reaction.Running(
        add: { if let payload = $0 as? Payload { try accumulator.add(payload) } },
        finish: { try accumulator.finish(in: $0) })
    }
  }
}

/// Gathers what one transaction publishes, in constant memory, and writes the consequence before the commit.
package protocol Accumulator<Payload>: AnyObject {
  associatedtype Payload
  func add(_ payload: Payload) throws
  func finish(in db: Writer) throws
}

package struct Reaction: Sendable {
  struct Running {
    let add: (any Sendable) throws -> Void
    let finish: (Writer) throws -> Void
  }
  let topic: String
  let start: @Sendable (Writer) throws -> Running
}
