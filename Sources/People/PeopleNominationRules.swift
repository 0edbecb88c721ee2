import Storage
import Web

extension People {
  /// A nomination as a form gives it.
  package struct NominationDraft: Sendable, Equatable {
    package var office: ID
    package var role: Role
    package var personName: String
    package var function: String
    package var email: String
    package var language: String
    package var reference: String
    package var notedOn: String
    package var replaces: ID?
    /// First and last day of the account; nil: from acceptance, without end.
    package var from: String?
    package var until: String?

    package init(
      office: ID, role: Role, personName: String, function: String = "", email: String, language: String,
      reference: String, notedOn: String, replaces: ID? = nil, from: String? = nil, until: String? = nil
    ) {
      self.from = from
      self.until = until
      self.office = office
      self.role = role
      self.personName = personName
      self.function = function
      self.email = email
      self.language = language
      self.reference = reference
      self.notedOn = notedOn
      self.replaces = replaces
    }
  }

  /// What the register says that bears on a nomination.
  struct NominationStanding: Sendable {
    /// An open nomination for this office and address.
    var hasOpen = false
    /// The person of this address holds the role in this office today.
    var holdsRole = false
    /// Accounts of the office valid today.
    var accounts: Set<ID> = []
  }

  /// Roles that an administrator alone gives: two officers must not be able to make one.
  static let guarded: Set<Role> = [.administrator, .auditor]

  /// Roles that someone may nominate to in an office: a mission for its own State, a provider's headquarters for its
  /// field, an administrator for the Secretariat, an officer for all but those who run or audit the system, since the
  /// Secretariat enters what comes on paper.
  static func nominable(by viewer: Viewer, _ office: Office) -> [Role] {
    guard !office.isClosed else { return [] }
    let fitting = office.kind.roles
    if viewer.role == .administrator {
      return viewer.may(recording, .anywhere) && office.kind == .secretariat ? fitting : []
    }
    if viewer.may(recording, .anywhere) { return fitting.filter { !guarded.contains($0) } }
    guard reaches(office, viewer, recording) else { return [] }
    let own: Set<Role> = office.kind.isOfState ? [.focalPoint, .mission, .delegate] : [.providerField]
    return fitting.filter(own.contains)
  }

  static func faults(
    _ draft: NominationDraft, _ office: Office, _ standing: NominationStanding, by viewer: Viewer,
    at now: String
  ) -> [Fault] {
    var faults: [Fault] = []
    if office.isClosed {
      faults.append(.fault(field: "office", "people.nomination.office-closed"))
    } else if !office.kind.roles.contains(draft.role) {
      faults.append(.fault(field: "role", "people.nomination.role-office"))
    } else if !nominable(by: viewer, office).contains(draft.role) {
      faults.append(.fault(field: "role", "people.nomination.role-not-yours"))
    }
    if !EmailAddress.isValid(draft.email) {
      faults.append(.fault(field: "email", "people.email-invalid"))
    } else if standing.hasOpen {
      faults.append(.fault(field: "email", "people.nomination.open-already"))
    } else if standing.holdsRole {
      faults.append(.fault(field: "email", "people.nomination.holds-already"))
    }
    faults += termFaults(draft, today: String(now.prefix(10)))
    if draft.notedOn > latestDay(at: now) {
      faults.append(.fault(field: "noted_on", "people.nomination.date-future"))
    }
    if let replaced = draft.replaces, !standing.accounts.contains(replaced) {
      faults.append(.fault(field: "replaces", "people.nomination.replaces-unknown"))
    }
    return faults
  }
  /// First and last day of the account.
  private static func termFaults(_ draft: NominationDraft, today: String) -> [Fault] {
    guard let until = draft.until else { return [] }
    if until < today { return [.fault(field: "valid_until", "people.nomination.until-past")] }
    if let from = draft.from, until < from {
      return [.fault(field: "valid_until", "people.nomination.until-before")]
    }
    return []
  }
  /// The day where it is latest on Earth: a note written this morning in Suva is not of the future.
  static func latestDay(at now: String) -> String {
    String(Clock.text(seconds: (Clock.seconds(now) ?? 0) + 14 * 3600).prefix(10))
  }

  /// Why someone may not check a nomination. Four eyes: who recorded it does not check it, nor does who is nominated.
  ///
  /// - Parameter isByAdministrator: whether the one who recorded it is an administrator now.
  static func hindrance(
    toChecking nomination: Nomination, by actor: String, nominated: ID?, isByAdministrator: Bool
  ) -> Problem? {
    if nomination.stage != .received { return .settled }
    if guarded.contains(nomination.role) && !isByAdministrator {
      return Problem(403, "people.nomination.guarded")
    }
    if nomination.recordedBy == actor { return Problem(403, "people.nomination.own") }
    if let nominated, actorName(nominated) == actor { return Problem(403, "people.nomination.self") }
    return nil
  }
}

extension Problem {
  /// Somebody decided meanwhile.
  static let settled = Problem(409, "people.nomination.settled")
}
