internal import CCurl

/// Files from http and https addresses, through libcurl.
package enum Fetch {
  package struct Refused: Error, CustomStringConvertible, Sendable {
    package enum Kind: Sendable { case unreachable, answer, tooLarge, isPrivate }
    package let kind: Kind
    package let address: String
    /// HTTP status, 0 when there was none.
    package let status: Int
    package let reason: String
    package let limit: Int64
    package var description: String { "\(address) could not be fetched: \(reason)" }

    init(_ kind: Kind, _ address: String, status: Int, reason: String, limit: Int64 = 0) {
      self.kind = kind
      self.address = address
      self.status = status
      self.reason = reason
      self.limit = limit
    }
  }
  /// Writes the answer to `path`; blocks the thread. From https no redirect leads to http.
  /// - Parameters:
  ///   - limit: bytes at most.
  ///   - seconds: for the whole transfer.
  ///   - isPublicOnly: no connection to a private, local or reserved network, looked at for each connection, so that
  ///     neither a name nor a redirect leads there.
  package static func get(
    _ address: String, to path: String, limit: Int64 = 2_000_000_000, seconds: Int = 900,
    isPublicOnly: Bool = false
  ) throws(Refused) {
    var message = [CChar](repeating: 0, count: 512)
    var status = 0
    var kind: Int32 = 0
    let code = wasl_fetch(
      address, path, limit, seconds, isPublicOnly ? 1 : 0, &message, UInt(message.count), &status, &kind)
    guard code == 0 else {
      let bytes = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      let found: Refused.Kind =
        switch Int(kind) {
        case Int(WASL_FETCH_PRIVATE.rawValue): .isPrivate
        case Int(WASL_FETCH_TOO_LARGE.rawValue): .tooLarge
        case Int(WASL_FETCH_ANSWER.rawValue): .answer
        default: .unreachable
        }
      throw Refused(
        found, address, status: status, reason: String(decoding: bytes, as: UTF8.self), limit: limit)
    }
  }
}
