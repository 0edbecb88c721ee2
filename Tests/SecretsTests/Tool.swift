import Documents
import Foundation

/// Other people's programs, to check ours against.
enum Tool {
  struct Failed: Error { let text: String }

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// Python with pyotp and argon2-cffi where `scripts/mail-temporary python` has made it, else the system's.
  static let python: String = {
    let environment = ProcessInfo.processInfo.environment
    let cache = environment["XDG_CACHE_HOME"] ?? (environment["HOME"] ?? "/root") + "/.cache"
    let own = environment["WASL_TEST_PYTHON"] ?? "\(cache)/wasl/mail-temporary/bin/python"
    return FileManager.default.isExecutableFile(atPath: own) ? own : "python3"
  }()

  @discardableResult
  static func run(_ command: [String], input: [UInt8] = []) throws -> String {
    let ended = try SystemProgram("/usr/bin/env", command, input: input).run()
    guard ended.code == 0 else { throw Failed(text: "\(command.prefix(2)) \(ended.text) \(ended.complaint)") }
    return ended.text
  }
  static func python(_ program: String, _ arguments: String...) throws -> String {
    try run([python, "-c", program] + arguments).trimmingCharacters(in: .whitespacesAndNewlines)
  }
  /// Where everything must be shown (scripts/test), a test whose tool is missing fails instead of being left out.
  static var mustHaveAll: Bool { ProcessInfo.processInfo.environment["WASL_TEST_ALL"] != nil }
  static func has(module: String) -> Bool { (try? python("import \(module)")) != nil }

  static func folder<T>(_ body: (String) throws -> T) throws -> T {
    let path = FileManager.default.temporaryDirectory.path + "/wasl-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
  }
}
