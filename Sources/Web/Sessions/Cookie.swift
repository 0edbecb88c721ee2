/// A cookie of ours, with all the care there is: not for scripts, not for other sites, `__Host-` where TLS is.
struct Cookie: Sendable {
  let name: String
  private let isHTTPS: Bool

  static func session(_ isHTTPS: Bool) -> Cookie { Cookie("wasl_session", isHTTPS) }
  /// Ties a form to a visitor who has no session.
  static func form(_ isHTTPS: Bool) -> Cookie { Cookie("wasl_form", isHTTPS) }

  init(_ name: String, _ isHTTPS: Bool) {
    self.name = (isHTTPS ? "__Host-" : "") + name
    self.isHTTPS = isHTTPS
  }

  /// A `Set-Cookie` value. - Parameter maxAge: seconds; nil ends with the browser.
  func set(_ value: String, maxAge: Int64? = nil) -> String {
    var text = "\(name)=\(value); Path=/; HttpOnly; SameSite=Lax"
    if let maxAge { text += "; Max-Age=\(maxAge)" }
    return isHTTPS ? text + "; Secure" : text
  }

  /// The value in a `Cookie` header. A name sent twice counts as not sent: someone may have planted one of them.
  func value(in header: String?) -> String? {
    guard let header, !header.isEmpty else { return nil }
    var found: String?
    for part in header.split(separator: ";") {
      let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard halves.count == 2, HeaderValue.trim(halves[0]) == name else { continue }
      if found != nil { return nil }
      found = HeaderValue.trim(halves[1])
    }
    return found?.isEmpty == true ? nil : found
  }
}

extension Reply {
  /// - Parameter cookie: a `Set-Cookie` value, of `Sessions` or `call.cookie(…)`.
  package func with(cookie: String) -> Reply {
    var copy = self
    copy.cookies.append(cookie)
    return copy
  }
}
