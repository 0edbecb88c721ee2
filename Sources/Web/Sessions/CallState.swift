import Storage
import Synchronization

/// What is found out about an answer while it is made.
final class CallState: Sendable {
  private struct State {
    var session: String?
    var token: String?
    var cookie: String?
    var isNoted = false
  }
  private let state = Mutex(State())
  private let guardian: FormGuard
  let session: String?
  private let visitor: String?
  let visit: Visit
  /// The file that rows go to, where one was asked for.
  let export: Export?
  let takesGzip: Bool
  var isHTTPS: Bool { guardian.isHTTPS }

  /// - Parameter session: value of the session cookie; visitor: of the form cookie.
  init(
    _ guardian: FormGuard, session: String?, visitor: String?, visit: Visit, export: Export? = nil,
    takesGzip: Bool = false
  ) {
    self.takesGzip = takesGzip
    self.visit = visit
    self.export = export
    self.guardian = guardian
    self.session = session
    self.visitor = visitor
  }

  /// The token of this visitor's forms; a visitor without any cookie gets one with the answer.
  func token() -> String {
    // The page of an export is made for its title alone.
    if export != nil { return "" }
    return state.withLock { state in
      if let token = state.token { return token }
      let token: String
      if let known = state.session ?? session ?? visitor {
        token = guardian.token(for: known)
      } else {
        let visitor = Base64URL.encode(Digest.random(16))
        state.cookie = guardian.cookie.set(visitor)
        token = guardian.token(for: visitor)
      }
      state.token = token
      return token
    }
  }
  /// The session goes on under another token: forms of this answer belong to that one.
  func renew(session: String) {
    state.withLock { state in
      state.session = session
      state.token = nil
    }
  }
  /// Whether the answer is this visitor's alone.
  var isPersonal: Bool { state.withLock { $0.token != nil || $0.isNoted } }
  /// Whether the answer holds a form's token.
  var holdsToken: Bool { state.withLock { $0.token != nil } }
  /// Each answer of this kind is noted, so none may come from the page cache.
  func markNoted() { state.withLock { $0.isNoted = true } }
  var cookie: String? { state.withLock { $0.cookie } }
}

/// Refuses forms that no page of ours sent: token by keyed hash of the session, origin, and what the browser tells.
struct FormGuard: Sendable {
  let secret: [UInt8]
  let isHTTPS: Bool
  var cookie: Cookie { .form(isHTTPS) }

  func token(for session: String) -> String { Seal.text("form|" + session, key: secret) }

  /// - Parameter sent: the token of the form or of `X-CSRF-Token`.
  func check(
    sent: String?, session: String?, visitor: String?, origin: String?, fetchSite: String?, authority: String
  ) throws {
    if let fetchSite, fetchSite != "same-origin" && fetchSite != "none" { throw Problem.crossSite }
    if let origin, origin != (isHTTPS ? "https://" : "http://") + authority { throw Problem.crossSite }
    guard let known = session ?? visitor, let sent, Seal.equal(sent, token(for: known)) else {
      throw Problem.formExpired
    }
  }
}
