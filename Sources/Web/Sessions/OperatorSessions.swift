package import Storage
import Synchronization

/// The operator's session, the way in before people have accounts: a link that works once, then a signed cookie.
///
/// Programs send the API key as `Authorization: Bearer …`. Nothing is stored: a restart with another secret ends all.
package final class OperatorSessions: SessionSource {
  /// Seconds.
  package static let lifetime: Int64 = 12 * 3600

  private let linkKey: Mutex<String?>
  private let apiKey: String?
  private let secret: [UInt8]
  private let clock: Clock
  private let isHTTPS: Bool
  private let landing: @Sendable (Call) async throws -> String

  /// - Parameter linkKey: of the one-time link `/{language}/operator?key=…`, nil for none.
  /// - Parameter secret: 32 bytes or more, kept to this process or shared by several.
  /// - Parameter landing: path of the page that opens after the link; home by default.
  package init(
    linkKey: String?, apiKey: String? = nil, secret: [UInt8], clock: Clock = .system, https: Bool = false,
    landing: @escaping @Sendable (Call) async throws -> String = { _ in "" }
  ) {
    self.landing = landing
    self.linkKey = Mutex(linkKey)
    self.apiKey = apiKey
    self.secret = secret
    self.clock = clock
    isHTTPS = https
  }

  /// A key that cannot be guessed: 24 random bytes.
  package static func newKey() -> String { Base64URL.encode(Digest.random(24)) }

  package func viewer(for credentials: Credentials) async -> Viewer {
    if let bearer = credentials.bearer, let apiKey, Seal.equal(bearer, apiKey) { return .operator }
    if let session = credentials.session, isValid(session) { return .operator }
    return .guest
  }

  /// The session's cookie for the right key, once.
  func open(_ key: String) -> String? {
    let isRight = linkKey.withLock { expected in
      guard let wanted = expected, Seal.equal(wanted, key) else { return false }
      expected = nil
      return true
    }
    guard isRight else { return nil }
    let expires = (Storage.Clock.seconds(clock.now()) ?? 0) + OperatorSessions.lifetime
    let content = "1.\(expires).\(Base64URL.encode(Digest.random(16)))"
    return Cookie.session(isHTTPS).set(content + "." + seal(content), maxAge: OperatorSessions.lifetime)
  }

  private func isValid(_ session: String) -> Bool {
    guard session.utf8.count < 200, let dot = session.lastIndex(of: ".") else { return false }
    let content = String(session[..<dot])
    guard Seal.equal(seal(content), String(session[session.index(after: dot)...])) else { return false }
    let parts = content.split(separator: ".")
    guard parts.count == 3, parts[0] == "1", let expires = Int64(parts[1]) else { return false }
    return expires > Storage.Clock.seconds(clock.now()) ?? .max
  }
  private func seal(_ content: String) -> String { Seal.text("session|" + content, key: secret) }

  /// The link's page; the way out is that of everyone.
  package var routes: [Route] {
    [
      .get("operator", access: .everyone, faces: [.page], takes: [.text("key")]) { [self] call in
        guard let key = call.query["key"], let cookie = open(key) else {
          throw Problem(403, "web.operator.refused")
        }
        return call.redirect(to: try await landing(call)).with(cookie: cookie)
      }
    ]
  }
}
