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
  /// Of whoever looks; nil for a guest.
  private let owner: String?
  let visit: Visit
  var isHTTPS: Bool { guardian.isHTTPS }

  /// - Parameter session: value of the session cookie; visitor: of the form cookie.
  init(_ guardian: FormGuard, session: String?, visitor: String?, owner: String?, visit: Visit) {
    self.owner = owner
    self.visit = visit
    self.guardian = guardian
    self.session = session
    self.visitor = visitor
  }

  /// The token of this visitor's forms; a visitor without any cookie gets one with the answer.
  func token() -> String {
    state.withLock { state in
      if let token = state.token { return token }
      let token: String
      if let known = state.session ?? session ?? visitor {
        token = guardian.token(for: known, owner: owner)
      } else {
        let visitor = Base64URL.encode(Digest.random(16))
        state.cookie = guardian.cookie.set(visitor)
        token = guardian.token(for: visitor, owner: owner)
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
  /// Each answer of this kind is noted, so none may come from the page cache.
  func markNoted() { state.withLock { $0.isNoted = true } }
  var cookie: String? { state.withLock { $0.cookie } }
}

/// Refuses forms that no page of ours sent: token by keyed hash of the session, origin, and what the browser tells.
struct FormGuard: Sendable {
  let secret: [UInt8]
  let isHTTPS: Bool
  var cookie: Cookie { .form(isHTTPS) }

  /// Characters of the part that a form must carry, and of each of the two that may follow.
  private static let ofSession = 43
  private static let ofOwner = 22

  /// - Parameter owner: of whoever fills the form in; it follows with a seal of its own, so that a form that comes
  ///   back after the session is over can still be kept for its sender and for no one else.
  func token(for session: String, owner: String? = nil) -> String {
    let token = Seal.text("form|" + session, key: secret)
    return owner.map { token + $0 + sealed($0) } ?? token
  }
  /// Stands for a person where the name must not be told; nil for a guest.
  func owner(_ viewer: Viewer) -> String? {
    viewer.name.isEmpty
      ? nil : String(Seal.text("form owner|" + viewer.name, key: secret).prefix(FormGuard.ofOwner))
  }
  private func sealed(_ owner: String) -> String {
    String(Seal.text("form of|" + owner, key: secret).prefix(FormGuard.ofOwner))
  }
  /// Who filled in the form with this token, whatever became of the session.
  func owner(ofToken sent: String?) -> String? {
    guard let sent, sent.utf8.count == FormGuard.ofSession + 2 * FormGuard.ofOwner else { return nil }
    let owner = String(sent.dropFirst(FormGuard.ofSession).prefix(FormGuard.ofOwner))
    return Seal.equal(String(sent.suffix(FormGuard.ofOwner)), sealed(owner)) ? owner : nil
  }
  /// Whether the browser says that the form came from a page of this site; one that says nothing is not believed.
  func isOurs(origin: String?, fetchSite: String?, authority: String) -> Bool {
    if let fetchSite, fetchSite != "same-origin" { return false }
    if let origin { return origin == (isHTTPS ? "https://" : "http://") + authority }
    return fetchSite == "same-origin"
  }

  /// - Parameter sent: the token of the form or of `X-CSRF-Token`.
  func check(
    sent: String?, session: String?, visitor: String?, origin: String?, fetchSite: String?, authority: String
  ) throws {
    if let fetchSite, fetchSite != "same-origin" && fetchSite != "none" { throw Problem.crossSite }
    if let origin, origin != (isHTTPS ? "https://" : "http://") + authority { throw Problem.crossSite }
    guard let known = session ?? visitor, let sent,
      Seal.equal(String(sent.prefix(FormGuard.ofSession)), token(for: known))
    else {
      throw Problem.formExpired
    }
  }
}
