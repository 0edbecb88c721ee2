import Foundation
import Synchronization

/// PostgreSQL through libpq: a small pool, each connection served by its own thread, so that blocking calls
/// never sit on the cooperative pool. One writer at a time, across processes, by an advisory lock: the audit
/// chain and the aggregates mean the same in both engines (docs/adr/0016).
final class PostgresDriver: Driver {
  let engine = Engine.postgres
  private let readers: Workers
  private let writer: Workers
  /// "wasl" in ASCII.
  private static let writeLock = 0x7761_736c

  init(address: String, readers count: Int) throws {
    readers = try Workers(count: count, address: address, name: "reader")
    writer = try Workers(count: 1, address: address, name: "writer")
  }
  func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<T, any Error>) in
      let taken = readers.add { connection in
        continuation.resume(
          with: Result {
            let connection = try connection.get()
            try connection.script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            do {
              let value = try body(connection)
              try connection.script("COMMIT")
              return value
            } catch {
              try? connection.script("ROLLBACK")
              throw error
            }
          })
      }
      if !taken { continuation.resume(throwing: StorageError.closed("database")) }
    }
  }
  func write(_ body: @escaping @Sendable (any Connection) -> Void) throws {
    let taken = writer.add { connection in
      guard let connection = try? connection.get() else { return body(LostConnection()) }
      body(connection)
    }
    if !taken { throw StorageError.closed("database") }
  }
  func begin(_ connection: any Connection) throws {
    // The snapshot is taken by the first statement after the lock is held. The lock ends with the transaction.
    try connection.script(
      "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock(\(Self.writeLock))")
  }
  func close() throws {
    readers.close()
    writer.close()
  }
}

/// Stands in for a connection that could not be made again: every call says so.
private final class LostConnection: Connection {
  let engine = Engine.postgres
  private let error = StorageError.connect(
    "The connection to the server was lost and could not be made again.")
  func query(_ text: String, _ values: [SQLValue], _ body: (any Cursor) throws -> Void) throws -> Int {
    throw error
  }
  func statement(_ text: String) throws -> any ConnectionStatement { throw error }
  func script(_ text: String) throws { throw error }
  func settle() throws -> Int { throw error }
}

/// Threads that each own a connection and take work from one queue.
private final class Workers: Sendable {
  typealias Work = @Sendable (Result<any Connection, any Error>) -> Void
  private struct State {
    var work: [Work] = []
    var isClosed = false
  }
  private let state = Mutex(State())
  private let available = DispatchSemaphore(value: 0)
  private let ended = DispatchGroup()
  private let count: Int

  init(count: Int, address: String, name: String) throws {
    self.count = count
    // The first connection is made here, so that a wrong address is said at once.
    var first: Held? = Held(connection: try PostgresConnection(address: address))
    for index in 0..<count {
      let held = first
      first = nil
      ended.enter()
      let thread = Thread { [self] in
        serve(held?.connection, address: address)
        ended.leave()
      }
      thread.name = "postgres-\(name)-\(index)"
      thread.stackSize = 4 << 20
      thread.start()
    }
  }
  // Handed to exactly one thread.
  private struct Held: @unchecked Sendable { let connection: PostgresConnection }

  private func serve(_ first: PostgresConnection?, address: String) {
    var connection = first
    while true {
      available.wait()
      let next: Work? = state.withLock { $0.work.isEmpty ? nil : $0.work.removeFirst() }
      guard let next else { return }
      if connection?.isUsable != true { connection = nil }
      do {
        let usable = try connection ?? PostgresConnection(address: address)
        connection = usable
        next(.success(usable))
      } catch {
        next(.failure(error))
      }
    }
  }
  func add(_ work: @escaping Work) -> Bool {
    let taken = state.withLock { state in
      if state.isClosed { return false }
      state.work.append(work)
      return true
    }
    if taken { available.signal() }
    return taken
  }
  func close() {
    state.withLock { $0.isClosed = true }
    for _ in 0..<count { available.signal() }
    ended.wait()
  }
}
