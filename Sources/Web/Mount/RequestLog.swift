import Glibc
import Language
import Synchronization

/// JSON lines, one per request, written in blocks. Never a query, a body or a cookie.
package final class RequestLog: Sendable {
  package enum Level: String, Sendable, CaseIterable {
    /// Every request.
    case all
    /// Answers of 400 and above.
    case refused
    /// Answers of 500 and above.
    case failed
  }
  private let level: Level
  private let now: @Sendable () -> String
  private let sink: @Sendable ([UInt8]) -> Void
  private let buffer = Mutex<[UInt8]>([])

  /// - Parameter sink: takes whole lines; standard error by default.
  package init(
    level: Level = .all, now: @escaping @Sendable () -> String,
    sink: @escaping @Sendable ([UInt8]) -> Void = RequestLog.standardError
  ) {
    self.level = level
    self.now = now
    self.sink = sink
  }
  package static let standardError: @Sendable ([UInt8]) -> Void = { bytes in
    bytes.withUnsafeBytes { all in
      var rest = all
      while let start = rest.baseAddress, !rest.isEmpty {
        let written = write(2, start, rest.count)
        if written < 0 && errno == EINTR { continue }
        guard written > 0 else { return }
        rest = UnsafeRawBufferPointer(rebasing: rest[written...])
      }
    }
  }

  func wants(_ status: Int) -> Bool {
    switch level {
    case .all: true
    case .refused: status >= 400
    case .failed: status >= 500
    }
  }

  struct Line {
    let id: String
    let method: String
    /// The pattern, not the address.
    let route: String
    let status: Int
    let bytes: Int
    let microseconds: Int64
    let language: String?
    var error: String?
    var isFromCache = false
  }
  func add(_ line: Line) {
    var members: [(key: String, value: JSON)] = [
      ("time", .string(now())),
      ("request_id", .string(line.id)),
      ("method", .string(line.method)),
      ("route", .string(line.route)),
      ("status", .int(line.status)),
      ("bytes", .int(line.bytes)),
      ("ms", .number(Formats.decimal(minor: line.microseconds, digits: 3))),
    ]
    if let language = line.language { members.append(("language", .string(language))) }
    if line.isFromCache { members.append(("kept", .bool(true))) }
    if let error = line.error { members.append(("error", .string(error))) }
    let full = buffer.withLock { buffer -> [UInt8]? in
      JSON.object(members).write(to: &buffer)
      buffer.append(10)
      // Errors are written at once, the rest in blocks.
      guard buffer.count > 16_384 || line.status >= 500 else { return nil }
      return take(&buffer)
    }
    if let full { sink(full) }
  }
  package func flush() {
    let rest = buffer.withLock { take(&$0) }
    if !rest.isEmpty { sink(rest) }
  }
  private func take(_ buffer: inout sending [UInt8]) -> [UInt8] {
    let all = buffer
    buffer = []
    return all
  }
}
