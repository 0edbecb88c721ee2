/// What a request brings to say who sent it.
package struct Credentials: Sendable {
  /// Value of the session cookie.
  package let session: String?
  /// `Authorization: Bearer …`
  package let bearer: String?
  package init(session: String?, bearer: String?) {
    self.session = session
    self.bearer = bearer
  }
  package var isEmpty: Bool { session == nil && bearer == nil }
}

/// Tells who a request comes from.
package protocol SessionSource: Sendable {
  /// A guest for credentials that are unknown, expired or forged.
  func viewer(for credentials: Credentials) async -> Viewer
}

/// Nobody signs in.
package struct NoSessions: SessionSource {
  package init() {}
  package func viewer(for credentials: Credentials) async -> Viewer { .guest }
}
