/// Reads and writes inside one transaction. What it changes must be recorded before the end.
package final class Writer: Reader {
  package let actor: Actor
  private(set) var events: [Event] = []
  var slips: [ReceiptSlip] = []
  private var running: [(topic: String, reaction: Reaction.Running)] = []
  private var changed = 0
  private var firstChange: String?
  let rowBuffer = RowBuffer()

  init(_ connection: any Connection, context: DatabaseContext, actor: Actor) {
    self.actor = actor
    super.init(connection, context: context)
  }

  /// Runs a change; returns the number of rows changed.
  @discardableResult
  package func run(_ sql: SQL) throws -> Int {
    guard isAlive else { throw StorageError.closed("writer") }
    let (text, values) = sql.rendered(for: connection.engine)
    context.register(text)
    let count = try connection.query(text, values) { _ in }
    note(count, text)
    return count
  }
  /// `INSERT … RETURNING column`: the value returned.
  package func insert<T: SQLReadable>(_ sql: SQL, returning type: T.Type = T.self) throws -> T {
    var result: T?
    guard isAlive else { throw StorageError.closed("writer") }
    let (text, values) = sql.rendered(for: connection.engine)
    context.register(text)
    let count = try connection.query(text, values) { result = try Row(cursor: $0)[at: 0] }
    note(max(count, 1), text)
    guard let result else {
      throw StorageError.statement(message: "Nothing was returned", code: "", sql: text)
    }
    return result
  }
  /// A statement for hot loops, written with `?` placeholders; text only from the program itself.
  package func statement(_ text: StaticString) throws -> Statement {
    guard isAlive else { throw StorageError.closed("writer") }
    let string = "\(text)"
    context.register(string)
    return Statement(try connection.statement(string), text: string, writer: self)
  }

  /// The audit entry of this change. Jobs declared on the event start after commit.
  package func record(_ event: Event) { events.append(event) }

  /// Tells subjects above, inside this transaction: their reactions finish before the commit.
  package func publish<Payload: Sendable>(_ topic: Topic<Payload>, _ payload: Payload) throws {
    if !running.contains(where: { $0.topic == topic.name }) {
      for reaction in context.reactions where reaction.topic == topic.name {
        running.append((topic.name, try reaction.start(self)))
      }
    }
    for entry in running where entry.topic == topic.name { try entry.reaction.add(payload) }
  }

  func note(_ count: Int, _ text: String) {
    if count > 0 {
      changed += count
      if firstChange == nil { firstChange = text }
    }
  }
  /// Reactions, audit, jobs: what must happen before the commit.
  func finish() throws {
    var round = 0
    while !running.isEmpty {
      round += 1
      if round > 10 { throw StorageError.reactionsDoNotSettle }
      let finishing = running
      running = []
      for entry in finishing { try entry.reaction.finish(self) }
    }
    note(try connection.settle(), "(statements sent ahead)")
    if changed > 0 && events.isEmpty {
      throw StorageError.auditMissing(statement: firstChange ?? "")
    }
    // One moment for all that this transaction records.
    let moment = now
    for event in events {
      let entry = try AuditEntry.append(event, by: actor, at: moment, on: connection)
      let states = try event.state.map { [$0] } ?? context.concerned(event, self)
      for state in Set(states).sorted() {
        try connection.query("INSERT INTO sys_audit_state (entry, state) VALUES (\(entry.id), \(state))")
      }
      for slip in slips where slip.isAbout(event) { slip.note(entry) }
      try context.enqueue(event, entry: entry.id, at: moment, on: connection)
    }
    for slip in slips { try slip.issue(at: moment, by: actor, context: context, on: connection) }
    end()
  }
}

/// A prepared change for hot loops. On PostgreSQL it is sent ahead; errors surface at the next query or the end.
package struct Statement {
  let statement: any ConnectionStatement
  let text: String
  unowned let writer: Writer

  init(_ statement: any ConnectionStatement, text: String, writer: Writer) {
    self.statement = statement
    self.text = text
    self.writer = writer
  }
  /// - Parameter fill: gives the values in the order of the placeholders.
  package func run(_ fill: (RowBuffer) -> Void) throws {
    guard writer.isAlive else { throw StorageError.closed("writer") }
    let row = writer.rowBuffer
    row.clear()
    fill(row)
    writer.note(try statement.run(row), text)
  }
}
