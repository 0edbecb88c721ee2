/// Levels of publication, closest first; a State chooses one for each answer and each need (design: rule 5).
package enum Visibility: String, Hashable, Sendable, CaseIterable {
  case state, secretariat, parties, providers, `public`
}

/// Who looks, and what that entitles to.
package struct Viewer: Hashable, Sendable {
  package enum Role: String, Hashable, Sendable, CaseIterable {
    case guest
    case machine
    /// Runs the server: a program with the operator's key, or whoever makes the first administrator.
    case `operator`
    case focalPoint = "focal_point"
    case mission
    case expert
    /// Of the Secretariat.
    case officer
    case provider
    case providerField = "provider_field"
    case delegate
    case chair
    case donor
    case administrator
    case auditor

    /// Roles that do nothing before a second factor was shown.
    package var needsProof: Bool { self == .officer || self == .administrator || self == .auditor }
  }
  package enum Grants: Hashable, Sendable {
    case everything
    case these([Permission: Set<Scope>])
  }

  package let role: Role
  /// Stable name for the audit trail, `person:17`; empty for a guest.
  package let name: String
  /// ISO3 code of the State that this viewer acts for and whose own records it may see.
  package let state: String?
  package let organisation: String?
  /// Levels at which records of any State may be seen; a viewer's own State is added in the query.
  package let sees: Set<Visibility>
  package let grants: Grants
  /// Name of the key, for a program.
  package let machine: String?
  /// What a session or token stands on; nil for guests, programs and experts without an account.
  package let account: Int64?
  /// Whether a second factor was shown in this session (for a token: in the session that made it).
  package let isProved: Bool
  /// Signed in by a first factor alone while the account needs two: sees what a guest sees until the second is shown.
  package let isAwaitingProof: Bool
  /// Reads nothing but what is public, whatever its account may read: a key of a program can be made so.
  package let isReadingPublic: Bool
  /// The one section that an expert without an account may work on, in its subject's words: `need:123`.
  package let section: String?
  /// State of that section. Such an expert has no `state`: its other records stay closed.
  package let sectionState: String?
  /// Code of the language that the person reads by choice; nil: what the browser says. No part of the class, since each
  /// language has bytes of its own.
  package let language: String?
  /// Viewers of one class get the same bytes for the same address; the page cache keeps them apart by it. The name
  /// and the account are no part of it: a page that shows either is not cached.
  package let classKey: String

  package init(
    role: Role, name: String = "", state: String? = nil, organisation: String? = nil, sees: Set<Visibility>,
    grants: Grants = .these([:]), machine: String? = nil, account: Int64? = nil, isProved: Bool = false,
    section: String? = nil, sectionState: String? = nil, language: String? = nil
  ) {
    self.init(
      role: role, name: name, state: state, organisation: organisation, sees: sees, grants: grants,
      machine: machine,
      account: account, isProved: isProved, isAwaitingProof: false, isReadingPublic: false, section: section,
      sectionState: sectionState, language: language)
  }

  private init(
    role: Role, name: String, state: String?, organisation: String?, sees: Set<Visibility>, grants: Grants,
    machine: String?, account: Int64?, isProved: Bool, isAwaitingProof: Bool, isReadingPublic: Bool,
    section: String?, sectionState: String?, language: String?
  ) {
    self.role = role
    self.name = name
    self.state = state
    self.organisation = organisation
    self.sees = sees
    self.grants = grants
    self.machine = machine
    self.account = account
    self.isProved = isProved
    self.isAwaitingProof = isAwaitingProof
    self.isReadingPublic = isReadingPublic
    self.section = section
    self.sectionState = sectionState
    self.language = language
    // Grants belong to the class: a permission may show or hide a button.
    var granted = "*"
    if case .these(let permissions) = grants {
      granted = permissions.map {
        "\($0.key.rawValue):\($0.value.map(\.rawValue).sorted().joined(separator: "+"))"
      }
      .sorted().joined(separator: ",")
    }
    let levels = sees.map(\.rawValue).sorted().joined(separator: ",")
    let proof = isAwaitingProof ? "awaiting" : isProved ? "proved" : ""
    classKey = [
      role.rawValue, state ?? "", organisation ?? "", levels, granted, machine ?? "", proof, section ?? "",
      sectionState ?? "", isReadingPublic ? "public" : "",
    ].joined(separator: "|")
  }

  package static let guest = Viewer(role: .guest, sees: [.public])

  /// The same person in a session in which a second factor was shown.
  package func proved() -> Viewer {
    Viewer(
      role: role, name: name, state: state, organisation: organisation, sees: sees, grants: grants,
      machine: machine,
      account: account, isProved: true, isAwaitingProof: false, isReadingPublic: isReadingPublic,
      section: section, sectionState: sectionState, language: language)
  }
  /// The same person before the second factor: entitled to nothing but to show it.
  package func awaitingProof() -> Viewer {
    Viewer(
      role: role, name: name, state: nil, organisation: nil, sees: [.public], grants: .these([:]),
      machine: nil,
      account: account, isProved: false, isAwaitingProof: true, isReadingPublic: isReadingPublic,
      section: nil,
      sectionState: nil, language: language)
  }
  /// The same account with fewer permissions, for a token: those given that it has.
  /// - Parameter readingPublic: and which reads nothing but what is public.
  package func narrowed(to permissions: Set<Permission>, readingPublic: Bool = false) -> Viewer {
    var kept: [Permission: Set<Scope>] = [:]
    switch grants {
    case .everything: for permission in permissions { kept[permission] = [.anywhere] }
    case .these(let own): kept = own.filter { permissions.contains($0.key) }
    }
    return Viewer(
      role: role, name: name, state: state, organisation: organisation,
      sees: readingPublic ? [.public] : sees, grants: .these(kept), machine: machine, account: account,
      isProved: isProved, isAwaitingProof: isAwaitingProof,
      isReadingPublic: isReadingPublic || readingPublic, section: section, sectionState: sectionState,
      language: language)
  }

  /// Apart for those at a browser: their pages have a button to sign out, a program's have none.
  func cacheKey(hasSession: Bool) -> String { hasSession && !isGuest ? classKey + "|session" : classKey }

  package var isGuest: Bool { role == .guest }
  package var isSecretariat: Bool { role == .officer && !isAwaitingProof && !isReadingPublic }
  /// The State whose records are open to this viewer at every level.
  package var readState: String? { isReadingPublic ? nil : state }
  /// Whom an action is recorded for: a State or an organization.
  package var behalf: String? { state ?? sectionState ?? organisation }

  /// Whether the door opens; `ofOwnState` needs a State, unless the permission reaches anywhere.
  package func may(_ permission: Permission, _ scope: Scope = .anywhere) -> Bool {
    switch grants {
    case .everything: return true
    case .these(let permissions):
      guard let scopes = permissions[permission] else { return false }
      if scopes.contains(.anywhere) { return true }
      if scope == .ofOwn { return may(permission, .ofOwnState) || may(permission, .ofOwnOrganisation) }
      guard scopes.contains(scope) else { return false }
      switch scope {
      case .ofOwnState: return state != nil
      case .ofOwnOrganisation: return organisation != nil
      case .anywhere, .ofMeetingInvited, .ofOwn: return true
      }
    }
  }
}
