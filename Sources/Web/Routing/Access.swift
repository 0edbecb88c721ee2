/// Who may come in. There is no default: a route without it does not compile.
package enum Access: Sendable, Equatable {
  case everyone
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
}

extension Access {
  /// - Throws: `Problem.signIn` for a guest who might be let in after signing in, else `Problem.forbidden`.
  package func check(_ viewer: Viewer) throws {
    switch self {
    case .everyone: return
    case .signedIn:
      if viewer.isGuest { throw Problem.signIn }
    case .may(let permission, let scope):
      if viewer.may(permission, scope) { return }
      throw viewer.isGuest ? Problem.signIn : Problem.forbidden
    case .machine(let key):
      if viewer.machine == key { return }
      throw viewer.isGuest ? Problem.signIn : Problem.forbidden
    }
  }
}
