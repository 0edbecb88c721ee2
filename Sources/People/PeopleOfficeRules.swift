package import Storage
package import Web

extension People.OfficeKind {
  /// Roles that an office of this kind can have.
  package var roles: [People.Role] {
    switch self {
    case .focalPoint: [.focalPoint, .expert]
    case .mission: [.mission, .delegate]
    case .ministry: [.expert, .delegate, .donor]
    case .delegation: [.delegate, .chair]
    case .secretariat: [.officer, .administrator, .auditor]
    case .providerHQ: [.provider, .donor]
    case .providerField: [.providerField]
    }
  }
}

extension People {
  /// The one fragment that says which offices a permission reaches; alias `o`.
  ///
  /// Names and addresses of persons are shown with `reading` of their office, and never without.
  package static func visible(to viewer: Viewer, _ permission: Permission = reading) -> SQL {
    if viewer.may(permission, .anywhere) { return "1 = 1" }
    var reached: [SQL] = []
    if let state = viewer.state, viewer.may(permission, .ofOwnState) { reached.append("o.state = \(state)") }
    if let organisation = viewer.organisation, viewer.may(permission, .ofOwnOrganisation) {
      reached.append("o.organisation = \(organisation)")
    }
    return .any(reached)
  }
  /// The same for one office at hand.
  package static func reaches(_ office: Office, _ viewer: Viewer, _ permission: Permission = reading) -> Bool
  {
    if viewer.may(permission, .anywhere) { return true }
    if let state = viewer.state, viewer.may(permission, .ofOwnState), office.state == state { return true }
    guard let organisation = viewer.organisation else { return false }
    return viewer.may(permission, .ofOwnOrganisation) && office.organisation == organisation
  }

  /// An office as a form gives it. Kind, State and organization stay: the roles in it stand on them.
  package struct OfficeDraft: Sendable, Equatable {
    package var kind: OfficeKind
    package var state: String?
    package var organisation: String?
    package var name: String
    package var language: String
    package var email: String?

    package init(
      kind: OfficeKind, state: String? = nil, organisation: String? = nil, name: String, language: String,
      email: String? = nil
    ) {
      self.kind = kind
      self.state = state
      self.organisation = organisation
      self.name = name
      self.language = language
      self.email = email
    }
    var faults: [Fault] {
      var faults: [Fault] = []
      if kind.isOfState && state == nil {
        faults.append(.fault(field: "state", "people.office.state-missing"))
      }
      if !kind.isOfState && organisation == nil {
        faults.append(.fault(field: "organisation", "people.office.organisation-missing"))
      }
      if let email, !EmailAddress.isValid(email) {
        faults.append(.fault(field: "email", "people.email-invalid"))
      }
      return faults
    }
  }
}
