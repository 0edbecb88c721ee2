/// Who may come in. There is no default: a route without it does not compile.
package enum Access: Sendable, Equatable {
  case everyone
  /// A person known by a first factor; the second may still be awaited. For the pages on which it is shown.
  case identified
  case signedIn
  case may(Permission, Scope)
  /// A program with the named key (`Authorization: Bearer …`), no person.
  case machine(String)
}

/// Something a role may do, declared by a subject in a stable word: `needs.publish`.
package struct Permission: Hashable, Sendable, RawRepresentable, ExpressibleByStringLiteral {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
  package init(stringLiteral value: String) { rawValue = value }
}

/// How far a permission reaches. It opens the door; the row is checked again inside the query.
package enum Scope: String, Hashable, Sendable, CaseIterable {
  case anywhere, ofOwnState, ofOwnOrganisation, ofMeetingInvited
  /// For a door through which a State's people and an organization's come alike; not granted to anyone.
  case ofOwn
}

extension Access {
  /// - Throws: `Problem.signIn` for a guest who might be let in after signing in, `Problem.proofNeeded` for someone
  ///   whose second factor is awaited, else `Problem.forbidden`.
  package func check(_ viewer: Viewer) throws {
    switch self {
    case .everyone: return
    case .identified:
      if viewer.isGuest { throw Problem.signIn }
    case .signedIn:
      if viewer.isGuest { throw Problem.signIn }
      try Access.checkProof(viewer)
    case .may(let permission, let scope):
      if viewer.isGuest { throw Problem.signIn }
      try Access.checkProof(viewer)
      if !viewer.may(permission, scope) { throw Problem.forbidden }
    case .machine(let key):
      if viewer.machine == key { return }
      throw viewer.isGuest ? Problem.signIn : Problem.forbidden
    }
  }

  /// A role that needs a second factor does nothing without it, whoever made the viewer.
  private static func checkProof(_ viewer: Viewer) throws {
    if viewer.isAwaitingProof || (viewer.role.needsProof && !viewer.isProved) { throw Problem.proofNeeded }
  }
}
