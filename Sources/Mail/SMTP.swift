import CCurl
import Dispatch
import Storage

/// Handing a message over by SMTP (RFC 5321), through libcurl.
enum SMTP {
  /// libcurl blocks its thread, so it gets one that no other task waits for.
  private static let queue = DispatchQueue(label: "wasl.mail", attributes: .concurrent)

  static func send(_ message: [UInt8], to recipient: String, through server: MailServer) async throws
    -> String
  {
    try await withCheckedThrowingContinuation { continuation in
      queue.async {
        continuation.resume(with: Result { try handOver(message, to: recipient, through: server) })
      }
    }
  }

  private static func handOver(_ message: [UInt8], to recipient: String, through server: MailServer) throws
    -> String
  {
    var result = wasl_mail_result()
    let code = message.withUnsafeBufferPointer { bytes in
      text(server.user) { user in
        text(server.password) { password in
          text(server.authorities) { authorities in
            wasl_mail(
              server.address, user, password, authorities, server.bounces, recipient, bytes.baseAddress,
              UInt(bytes.count),
              server.requiresTLS ? 1 : 0, MailServer.seconds, &result)
          }
        }
      }
    }
    let reply = string(&result.reply)
    if code == 0 { return reply }
    let problem = string(&result.message)
    let digits = Int(reply.prefix(3)) ?? 0
    // Only what is said of the recipient or of the message itself is about this letter. A 5xx to the greeting, to
    // signing in or to our own address is a matter of settings, and other letters would fare the same.
    if (500..<600).contains(digits), ["RCPT", "DATA"].contains(string(&result.command)) {
      throw MailError.refused(code: digits, reply: reply)
    }
    throw MailError.later(reply.isEmpty || digits < 400 ? problem : "\(reply) (\(problem))")
  }

  private static func text<T>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> T) -> T {
    if let text { text.withCString { body($0) } } else { body(nil) }
  }
  private static func string<T>(_ field: inout T) -> String {
    withUnsafeBytes(of: &field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
