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
  /// The file that rows go to, where one was asked for.
  let export: Export?
  let takesGzip: Bool
  private let target: String
  var isHTTPS: Bool { guardian.isHTTPS }

  /// - Parameter session: value of the session cookie; visitor: of the form cookie.
  init(
    _ guardian: FormGuard, session: String?, visitor: String?, owner: String? = nil, visit: Visit,
    export: Export? = nil, takesGzip: Bool = false, target: String = ""
  ) {
    self.owner = owner
    self.target = target
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
        token = guardian.token(for: known, at: target, owner: owner)
      } else {
        let visitor = Base64URL.encode(Digest.random(16))
        state.cookie = guardian.cookie.set(visitor)
        token = guardian.token(for: visitor, at: target, owner: owner)
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

  /// Characters of what follows the token where somebody is known: who fills the form in, and its seal.
  private static let ofOwner = 22

  private func plain(_ session: String) -> [UInt8] {
    Seal.hmac(Array(("form|" + session).utf8), key: secret)
  }

  /// The token as it stands in the page at an address: hidden under another mask in each.
  ///
  /// Whoever sees how long packed answers are, and lets a browser ask with guesses in the address, meets another text
  /// each time and learns nothing of the token (BREACH); the same address gives the same bytes.
  /// - Parameter owner: of whoever fills the form in; it follows with a seal of its own, so that a form that comes
  ///   back after the session is over can still be kept for its sender and for no one else.
  func token(for session: String, at target: String = "", owner: String? = nil) -> String {
    let mask = Seal.hmac(Array("mask|\(session)|\(target)".utf8), key: secret)
    let token = Base64URL.encode(mask + zip(mask, plain(session)).map { $0 ^ $1 })
    return owner.map { token + "." + $0 + sealed($0) } ?? token
  }

  /// Whether a token, with or without its mask, is that of the session.
  private func isToken(_ sent: String, of session: String) -> Bool {
    let first = sent.prefix { $0 != "." }
    guard let bytes = Base64URL.decode(String(first)) else { return false }
    let wanted = plain(session)
    if bytes.count == wanted.count { return Seal.equal(bytes, wanted) }
    guard bytes.count == 2 * wanted.count else { return false }
    let half = bytes.count / 2
    return Seal.equal(zip(bytes[..<half], bytes[half...]).map { $0 ^ $1 }, wanted)
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
    guard let sent, let point = sent.lastIndex(of: ".") else { return nil }
    let rest = sent[sent.index(after: point)...]
    guard rest.utf8.count == 2 * FormGuard.ofOwner else { return nil }
    let owner = String(rest.prefix(FormGuard.ofOwner))
    return Seal.equal(String(rest.suffix(FormGuard.ofOwner)), sealed(owner)) ? owner : nil
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
    guard let known = session ?? visitor, let sent, isToken(sent, of: known) else {
      throw Problem.formExpired
    }
  }
}
