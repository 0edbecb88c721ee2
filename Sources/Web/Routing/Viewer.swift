/// Levels of publication, closest first; a State chooses one for each answer and each need (design: rule 5).
package enum Visibility: String, Hashable, Sendable, CaseIterable {
  case state, secretariat, parties, providers, `public`
}

/// Who looks, and what that entitles to.
package struct Viewer: Hashable, Sendable {
  package enum Role: String, Hashable, Sendable, CaseIterable {
    case guest
    case machine
    /// Runs the system; acts as the Secretariat until people sign in.
    case `operator`
    case secretariat
    case focalPoint
    case mission
    case provider
    case delegate
  }
  package enum Grants: Hashable, Sendable {
    case everything
    case these([Permission: Set<Scope>])
  }

  package let role: Role
  /// Stable name for the audit trail; empty for a guest.
  package let name: String
  /// ISO3 code of the State that this viewer acts for.
  package let state: String?
  package let organisation: String?
  /// Levels at which records of any State may be seen; a viewer's own State is added in the query.
  package let sees: Set<Visibility>
  package let grants: Grants
  /// Name of the key, for a program.
  package let machine: String?
  /// Viewers of one class get the same bytes for the same address; the page cache keeps them apart by it.
  package let classKey: String

  package init(
    role: Role, name: String = "", state: String? = nil, organisation: String? = nil, sees: Set<Visibility>,
    grants: Grants = .these([:]), machine: String? = nil
  ) {
    self.role = role
    self.name = name
    self.state = state
    self.organisation = organisation
    self.sees = sees
    self.grants = grants
    self.machine = machine
    // Grants belong to the class: a permission may show or hide a button.
    var granted = "*"
    if case .these(let permissions) = grants {
      granted = permissions.map {
        "\($0.key.rawValue):\($0.value.map(\.rawValue).sorted().joined(separator: "+"))"
      }
      .sorted().joined(separator: ",")
    }
    let levels = sees.map(\.rawValue).sorted().joined(separator: ",")
    classKey = [role.rawValue, name, state ?? "", organisation ?? "", levels, granted, machine ?? ""]
      .joined(separator: "|")
  }

  package static let guest = Viewer(role: .guest, sees: [.public])
  /// Sees all but what a State keeps to itself.
  package static let `operator` = Viewer(
    role: .operator, name: "operator", sees: [.secretariat, .parties, .providers, .public],
    grants: .everything)

  package var isGuest: Bool { role == .guest }
  package var isSecretariat: Bool { role == .operator || role == .secretariat }

  /// Whether the door opens; `ofOwnState` needs a State, unless the permission reaches anywhere.
  package func may(_ permission: Permission, _ scope: Scope = .anywhere) -> Bool {
    switch grants {
    case .everything: return true
    case .these(let permissions):
      guard let scopes = permissions[permission] else { return false }
      if scopes.contains(.anywhere) { return true }
      guard scopes.contains(scope) else { return false }
      switch scope {
      case .ofOwnState: return state != nil
      case .ofOwnOrganisation: return organisation != nil
      case .anywhere, .ofMeetingInvited: return true
      }
    }
  }
}
