import Synchronization

/// Collects write closures so that those waiting share one durable commit. Each runs in its own savepoint:
/// one that fails undoes only itself. Nobody hears "done" before the commit that holds its change.
final class WriteQueue: Sendable {
  struct Task: Sendable {
    let id: UInt64
    /// Changes nothing that pages or remembered tables are made of.
    var isQuiet = false
    /// Runs the change; returns what to tell the caller once the commit is known.
    let run: @Sendable (any Connection) throws -> (@Sendable () -> Void)
    let fail: @Sendable (any Error) -> Void
  }
  private struct State {
    var waiting: [Task] = []
    var isDraining = false
  }
  private let state = Mutex(State())
  private let driver: any Driver
  private let committed: @Sendable () -> Void
  private let most = 64

  init(_ driver: any Driver, committed: @escaping @Sendable () -> Void) {
    self.driver = driver
    self.committed = committed
  }

  func add(_ task: Task) {
    let starts = state.withLock { state in
      state.waiting.append(task)
      if state.isDraining { return false }
      state.isDraining = true
      return true
    }
    if starts { schedule() }
  }
  private func schedule() {
    do {
      try driver.write { connection in self.drain(connection) }
    } catch {
      let tasks = state.withLock { state in
        defer { state = State() }
        return state.waiting
      }
      tasks.forEach { $0.fail(error) }
    }
  }
  private func drain(_ connection: any Connection) {
    while true {
      let tasks: [Task] = state.withLock { state in
        let batch = Array(state.waiting.prefix(most))
        state.waiting.removeFirst(batch.count)
        if batch.isEmpty { state.isDraining = false }
        return batch
      }
      if tasks.isEmpty { return }
      commit(tasks, on: connection)
    }
  }
  private func commit(_ tasks: [Task], on connection: any Connection) {
    var done: [(task: Task, tell: @Sendable () -> Void)] = []
    var failed: [(Task, any Error)] = []
    do {
      try driver.begin(connection)
      for task in tasks {
        try connection.script("SAVEPOINT change")
        do {
          let tell = try task.run(connection)
          try connection.script("RELEASE SAVEPOINT change")
          done.append((task, tell))
        } catch {
          _ = try? connection.settle()
          try connection.script("ROLLBACK TO SAVEPOINT change; RELEASE SAVEPOINT change")
          failed.append((task, error))
        }
      }
      try connection.script("COMMIT")
    } catch {
      _ = try? connection.settle()
      try? connection.script("ROLLBACK")
      // Nothing of the batch was kept; those that had failed by themselves hear their own reason.
      failed.forEach { $0.0.fail($0.1) }
      tasks.filter { task in !failed.contains { $0.0.id == task.id } }.forEach { $0.fail(error) }
      return
    }
    if done.contains(where: { !$0.task.isQuiet }) { committed() }
    done.forEach { $0.tell() }
    failed.forEach { $0.0.fail($0.1) }
  }
}
