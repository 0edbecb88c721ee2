import Synchronization

/// Tasks that are ended together.
final class TaskList: Sendable {
  private let tasks = Mutex<[Task<Void, Never>]>([])
  func add(_ task: Task<Void, Never>) { tasks.withLock { $0.append(task) } }
  func stop() async {
    let all = tasks.withLock { $0 }
    all.forEach { $0.cancel() }
    for task in all { await task.value }
  }
}
