internal import CSpawn
import Dispatch
import FoundationEssentials
import Glibc
import Synchronization

/// A program of the system, run to its end.
///
/// Started with `posix_spawn` and waited for with `waitpid`: Foundation's `Process` watches its children through
/// `select`, which misses the end of one when the server holds many connections. What goes in and comes out are
/// files, so no full pipe can stop either side. Nothing that is open here is open there.
package struct SystemProgram: Sendable {
  /// Full path, or a name looked for on `PATH`.
  package var program: String
  package var arguments: [String]
  /// Nil hands on the own environment.
  package var environment: [String: String]?
  /// Working directory; nil is the own.
  package var folder: String?
  package var input: [UInt8]

  package init(
    _ program: String, _ arguments: [String] = [], environment: [String: String]? = nil,
    folder: String? = nil,
    input: [UInt8] = []
  ) {
    self.program = program
    self.arguments = arguments
    self.environment = environment
    self.folder = folder
    self.input = input
  }

  package struct Ended: Sendable {
    /// As the program gave it; 128 and the signal when a signal ended it.
    package let code: Int32
    package let output: [UInt8]
    /// Standard error.
    package let said: [UInt8]
    package var text: String { String(decoding: output, as: UTF8.self) }
    package var complaint: String { String(decoding: said, as: UTF8.self) }
  }
  package enum Failure: Error, Equatable {
    case notStarted(String, code: Int32)
    /// Ended by us after the time given to it.
    case late
    case cancelled
  }

  /// Blocks the thread until the program has ended.
  /// - Parameters:
  ///   - seconds: after which it is asked to end, and three seconds later made to.
  ///   - isCancelled: asked a hundred times a second.
  /// - Throws: `Failure`; a code other than 0 is no failure here.
  package func run(within seconds: Int? = nil, isCancelled: () -> Bool = { false }) throws -> Ended {
    let place = FileManager.default.temporaryDirectory.path + "/wasl-program-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: place, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(atPath: place) }
    try Data(input).write(to: URL(fileURLWithPath: place + "/in"))
    let child = try start(place)
    let limit = seconds.map { ContinuousClock.now + .seconds($0) }
    var status: Int32 = 0
    var cause: Failure?
    var killAt: ContinuousClock.Instant?
    var pause: UInt32 = 500
    while true {
      let found = waitpid(child, &status, WNOHANG)
      if found == child || (found == -1 && errno != EINTR) { break }
      if let killAt, ContinuousClock.now > killAt { kill(child, SIGKILL) }
      if cause == nil {
        if isCancelled() {
          cause = .cancelled
        } else if let limit, ContinuousClock.now > limit {
          cause = .late
        }
        if cause != nil {
          kill(child, SIGTERM)
          killAt = .now + .seconds(3)
        }
      }
      usleep(pause)
      pause = min(pause * 2, 10_000)
    }
    if let cause { throw cause }
    let signal = status & 0x7f
    return Ended(
      code: signal == 0 ? (status >> 8) & 0xff : 128 + signal,
      output: [UInt8](FileManager.default.contents(atPath: place + "/out") ?? Data()),
      said: [UInt8](FileManager.default.contents(atPath: place + "/said") ?? Data()))
  }

  /// The same on a thread of its own; cancelling the task ends the program.
  package func finish(within seconds: Int? = nil) async throws -> Ended {
    let isCancelled = Flag()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Ended, any Error>) in
        DispatchQueue(label: "wasl.program").async {
          continuation.resume(
            with: Result { try run(within: seconds) { isCancelled.value.load(ordering: .acquiring) } })
        }
      }
    } onCancel: {
      isCancelled.value.store(true, ordering: .releasing)
    }
  }
  private final class Flag: Sendable {
    let value = Atomic<Bool>(false)
  }

  private func start(_ place: String) throws -> pid_t {
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    let settings = environment ?? ProcessInfo.processInfo.environment
    var pairs = settings.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { (words + pairs).forEach { free($0) } }
    var child: pid_t = 0
    let code = wasl_spawn(
      &child, program, &words, &pairs, folder, place + "/in", place + "/out", place + "/said")
    guard code == 0 else { throw Failure.notStarted(program, code: code) }
    return child
  }
}
