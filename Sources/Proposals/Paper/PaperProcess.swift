import Foundation
import Synchronization

/// Waits for a process without holding a thread, and ends it when it takes too long or nobody waits any more.
final class PaperProcess: @unchecked Sendable {
  // `Process` guards itself what is called from other threads here: terminate, isRunning.
  private let process: Process
  private let isLate = Atomic<Bool>(false)

  init(_ process: Process) { self.process = process }

  /// - Returns: false when it had to be ended.
  func finish(within seconds: Int) async throws -> Bool {
    try Task.checkCancellation()
    let watch = Task { [self] in
      try await Task.sleep(for: .seconds(seconds))
      isLate.store(true, ordering: .releasing)
      end()
      try await Task.sleep(for: .seconds(3))
      if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }
    defer { watch.cancel() }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
        process.terminationHandler = { _ in continuation.resume() }
        do {
          try process.run()
        } catch {
          process.terminationHandler = nil
          continuation.resume(throwing: error)
        }
      }
    } onCancel: {
      end()
    }
    try Task.checkCancellation()
    return !isLate.load(ordering: .acquiring)
  }

  private func end() { if process.isRunning { process.terminate() } }
}
