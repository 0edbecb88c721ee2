package import Storage
package import Web

/// Offices, their people, and how they come in.
package enum People {
  package static let migrations = [
    Migration("20261125-1-people", PackageResources._0261125_1_people_sql),
    Migration("20261126-1-people", PackageResources._0261126_1_people_sql),
  ]

  package typealias ID = Int64

  package enum OfficeKind: String, Sendable, CaseIterable, SQLBindable, SQLReadable {
    case focalPoint = "focal_point"
    case mission, ministry, secretariat
    case providerHQ = "provider_hq"
    case providerField = "provider_field"
    case delegation

    /// A State's office names its State, any other its organization.
    package var isOfState: Bool {
      switch self {
      case .focalPoint, .mission, .ministry, .delegation: true
      case .secretariat, .providerHQ, .providerField: false
      }
    }
  }

  /// Words of `data/roles.csv` and of `Viewer.Role`.
  package enum Role: String, Sendable, CaseIterable, SQLBindable, SQLReadable {
    case focalPoint = "focal_point"
    case mission, expert, officer, provider
    case providerField = "provider_field"
    case delegate, chair, donor, administrator, auditor
  }

  package enum Stage: String, Sendable, CaseIterable, SQLBindable, SQLReadable {
    case received, accepted, refused, withdrawn
  }

  package static let reading: Permission = "offices.read"
  package static let managing: Permission = "offices.manage"
  package static let recording: Permission = "nominations.record"
  package static let checking: Permission = "nominations.check"
  package static let handingOver: Permission = "accounts.handover"
  package static let ending: Permission = "accounts.end"
  package static let makingTokens: Permission = "tokens.make"
  package static let openingSections: Permission = "sections.open"
  package static let resetting: Permission = "factors.reset"
  /// Those that routes of this subject ask for.
  package static let permissions: Set<Permission> = [
    reading, managing, recording, checking, handingOver, ending, makingTokens, openingSections,
    resetting,
  ]

  /// The name of a person in the audit trail: `person:17`.
  package static func actorName(_ person: ID) -> String { "person:\(person)" }
  /// The person of such a name; nil for the operator, a program or the system.
  package static func person(ofActor name: String) -> ID? {
    name.hasPrefix("person:") ? Int64(name.dropFirst("person:".count)) : nil
  }
}
