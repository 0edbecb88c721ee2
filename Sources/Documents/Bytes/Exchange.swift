internal import CCurl

/// One question to another server and its short answer, through libcurl: no redirects, a limit, a time.
package enum Exchange {
  package struct Answer: Sendable {
    package let status: Int
    package let bytes: [UInt8]
    /// Where a redirect leads, which is not followed; empty without one.
    package let redirect: String
  }
  /// Blocks the thread.
  /// - Parameters:
  ///   - form: fields already encoded, which are then posted.
  ///   - user: with `password`, sent as HTTP Basic.
  /// - Throws: `Fetch.Refused` when there was no answer, or one longer than `limit`.
  package static func send(
    _ address: String, form: String? = nil, user: String? = nil, password: String? = nil,
    authorities: String? = nil,
    limit: Int = 1 << 18, seconds: Int = 10
  ) throws -> Answer {
    var bytes = [UInt8](repeating: 0, count: limit)
    var length: UInt = 0
    var message = [CChar](repeating: 0, count: 512)
    var redirect = [CChar](repeating: 0, count: 8192)
    var status = 0
    let code = wasl_http(
      address, form, user, password, authorities, &bytes, UInt(limit), &length, seconds, &redirect,
      UInt(redirect.count), &message, UInt(message.count), &status)
    func text(_ characters: [CChar]) -> String {
      String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    guard code == 0 else {
      throw Fetch.Refused(.unreachable, address, status: status, reason: text(message))
    }
    return Answer(status: status, bytes: Array(bytes.prefix(Int(length))), redirect: text(redirect))
  }
}
