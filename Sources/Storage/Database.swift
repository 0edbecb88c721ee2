import Synchronization

/// The one door to the data: SQLite or PostgreSQL behind the same calls.
package final class Database: Sendable {
  package let engine: Engine
  package let context: DatabaseContext
  private let driver: any Driver
  private let queue: WriteQueue
  private let counter: Counter

  /// Grows with every commit made here, and with those of other processes once `watch` has seen them.
  package var revision: UInt64 { counter.value.load(ordering: .acquiring) }
  final class Counter: Sendable {
    let value = Atomic<UInt64>(1)
    let tasks = Atomic<UInt64>(0)
    let seen = Atomic<Int64>(-1)
  }

  /// Opens without migrating. `readers`: connections that read at the same time.
  package init(_ address: DatabaseAddress, context: DatabaseContext = DatabaseContext(), readers: Int = 4)
    throws
  {
    switch address {
    case .sqlite(let path): driver = try SQLiteDriver(path: path, readers: readers)
    case .postgres(let text): driver = try PostgresDriver(address: text, readers: readers)
    }
    engine = driver.engine
    self.context = context
    let counter = Counter()
    self.counter = counter
    queue = WriteQueue(driver) { counter.value.add(1, ordering: .acquiringAndReleasing) }
  }

  package func read<T: Sendable>(_ body: @escaping @Sendable (Reader) throws -> T) async throws -> T {
    let context = context
    return try await driver.read { connection in
      let reader = Reader(connection, context: context)
      defer { reader.end() }
      return try body(reader)
    }
  }

  /// One transaction. Returns only after the commit is on disk; throws `StorageError.auditMissing` when rows
  /// changed and nothing was recorded. The closure must have no effect outside the database.
  @discardableResult
  package func write<T: Sendable>(
    by actor: Actor, _ body: @escaping @Sendable (Writer) throws -> T
  ) async throws -> T {
    let context = context
    return try await submit { connection in
      let writer = Writer(connection, context: context, actor: actor)
      defer { writer.end() }
      let value = try body(writer)
      try writer.finish()
      return value
    }
  }

  /// Sessions, leases and the like: `sys_` tables only, no audit entry, and `revision` stands still, so that kept
  /// pages live on. Not for subjects (scan test).
  @discardableResult
  package func housekeeping<T: Sendable>(_ body: @escaping @Sendable (Housekeeper) throws -> T) async throws
    -> T
  {
    let context = context
    return try await submit(quietly: true) { connection in
      try body(Housekeeper(connection, context: context))
    }
  }

  @discardableResult
  func submit<T: Sendable>(
    quietly: Bool = false, _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<T, any Error>) in
      queue.add(
        WriteQueue.Task(
          id: counter.tasks.add(1, ordering: .relaxed).newValue, isQuiet: quietly,
          run: { connection in
            let value = try body(connection)
            return { continuation.resume(returning: value) }
          },
          fail: { continuation.resume(throwing: $0) }))
    }
  }

  /// Looks for commits of other processes; call it a few times a second while serving.
  package func watch() async throws {
    let latest = try await read { try $0.value("SELECT max(id) FROM sys_audit", as: Int64.self) ?? 0 }
    let before = counter.seen.exchange(latest, ordering: .acquiringAndReleasing)
    if before != latest { counter.value.add(1, ordering: .acquiringAndReleasing) }
  }
  package func close() throws { try driver.close() }

  private struct Remembered: Sendable {
    let revision: UInt64
    let value: any Sendable
  }
  private let memory = Mutex<[String: Remembered]>([:])

  /// What `load` read, kept until the next commit: reference tables that nearly every page needs.
  package func remembered<Value: Sendable>(
    _ name: String, _ load: @escaping @Sendable (Reader) throws -> Value
  ) async throws -> Value {
    let now = revision
    if let found = memory.withLock({ $0[name] }), found.revision == now, let value = found.value as? Value {
      return value
    }
    let value = try await read(load)
    memory.withLock { $0[name] = Remembered(revision: now, value: value) }
    return value
  }
}

/// What all connections share: clock, reactions, jobs on events, the register of executed statements.
package final class DatabaseContext: Sendable {
  package let clock: Clock
  package let reactions: [Reaction]
  package let jobs: [Job]
  /// Set by tests: every statement text executed, so that a query without a test is found.
  package let statements: StatementRegister?
  /// Signs checkpoints and receipts; without it neither can be made.
  package let signer: (any Signer)?
  /// Name and version of the program, as signed texts state it.
  package let software: String
  /// States that an event concerns which names none itself.
  package typealias Concern = @Sendable (Event, Actor, Reader) throws -> [String]
  private let concern: Concern?

  package init(
    clock: Clock = .system, reactions: [Reaction] = [], jobs: [Job] = [],
    statements: StatementRegister? = nil,
    signer: (any Signer)? = nil, software: String = "wasl", concern: Concern? = nil
  ) {
    self.concern = concern
    self.signer = signer
    self.software = software
    self.clock = clock
    self.reactions = reactions
    self.jobs = jobs
    self.statements = statements
  }
  func concerned(_ event: Event, _ db: Writer) throws -> [String] { try concern?(event, db.actor, db) ?? [] }
  func register(_ text: String) { statements?.add(text) }
}

package final class StatementRegister: Sendable {
  private let texts = Mutex<Set<String>>([])
  package init() {}
  func add(_ text: String) { texts.withLock { _ = $0.insert(text) } }
  package var all: Set<String> { texts.withLock { $0 } }
}

/// Writes to `sys_` tables without an audit entry.
package final class Housekeeper: Reader {
  @discardableResult
  package func run(_ sql: SQL) throws -> Int {
    let (text, values) = sql.rendered(for: connection.engine)
    let words = text.split(whereSeparator: { $0 == " " || $0 == "\n" || $0 == "(" })
    // `ON CONFLICT … DO UPDATE SET` names no further table.
    let tables = zip(words, words.dropFirst())
      .filter { ["INTO", "UPDATE", "FROM"].contains($0.0) && $0.1 != "SET" }.map(\.1)
    guard !tables.isEmpty, tables.allSatisfy({ $0.hasPrefix("sys_") }) else {
      throw StorageError.housekeeping(statement: text)
    }
    context.register(text)
    return try connection.query(text, values) { _ in }
  }
}
