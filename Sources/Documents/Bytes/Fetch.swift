internal import CCurl

/// Files from http and https addresses, through libcurl.
package enum Fetch {
  package struct Refused: Error, CustomStringConvertible, Sendable {
    package let address: String
    /// HTTP status, 0 when there was none.
    package let status: Int
    package let reason: String
    package var description: String { "\(address) could not be fetched: \(reason)" }
  }
  /// Writes the answer to `path`; blocks the thread.
  /// - Parameters:
  ///   - limit: bytes at most.
  ///   - seconds: for the whole transfer.
  package static func get(
    _ address: String, to path: String, limit: Int64 = 2_000_000_000, seconds: Int = 900
  ) throws {
    var message = [CChar](repeating: 0, count: 512)
    var status = 0
    let code = wasl_fetch(address, path, limit, seconds, &message, UInt(message.count), &status)
    guard code == 0 else {
      let bytes = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      throw Refused(address: address, status: status, reason: String(decoding: bytes, as: UTF8.self))
    }
  }
}
