package import Treaty
package import Web

/// Viewers of every role for tests, by bearer token: `test-focal_point-KEN`, `test-provider-XI-TEST-1`,
/// `test-officer-none`. Their grants are those of `data/roles.csv`, their levels those of the role.
package struct TestViewers: SessionSource {
  /// Roles that people have, in the order of the matrix of access.
  package static let roles = Viewer.Role.allCases.filter { ![.guest, .machine, .operator].contains($0) }
  /// Roles that act for a State or speak for it.
  package static let ofState: Set<Viewer.Role> = [.focalPoint, .mission, .expert, .delegate, .chair]
  /// Roles of an organization.
  package static let ofOrganisation: Set<Viewer.Role> = [.provider, .providerField, .donor]

  private let grants: [Viewer.Role: [Permission: Set<Scope>]]
  private let parties: Set<String>
  /// Token → the account and the person that it stands on, for sites in which they are.
  package struct Standing: Sendable {
    package let account: Int64
    package let person: Int64
    package init(account: Int64, person: Int64) {
      self.account = account
      self.person = person
    }
  }
  private let standing: [String: Standing]
  /// The section and its State of `test-section`, an expert without an account.
  private let section: (name: String, state: String)?
  package static let sectionToken = "test-section"

  /// - Parameter data: where roles.csv lies; without the file no role may do anything.
  package init(
    _ data: DataDirectory = TestSite.data, standing: [String: Standing] = [:],
    section: (name: String, state: String)? = nil
  ) {
    self.standing = standing
    self.section = section
    var ignored: [DataFault] = []
    var grants: [Viewer.Role: [Permission: Set<Scope>]] = [:]
    for row in data.rows("roles.csv", needing: ["role", "permission", "scope"], &ignored) {
      guard let role = Viewer.Role(rawValue: row["role"]), let scope = Scope(rawValue: row["scope"]) else {
        continue
      }
      grants[role, default: [:]][Permission(rawValue: row["permission"]), default: []].insert(scope)
    }
    self.grants = grants
    let rows = data.rows("directory/parties.csv", needing: ["iso3", "untoc_party"], &ignored)
    parties = Set(rows.filter { $0["untoc_party"].hasPrefix("yes") }.map { $0["iso3"] })
  }

  /// What each role may do, of `data/roles.csv`.
  package var granted: [Viewer.Role: [Permission: Set<Scope>]] { grants }

  package static func token(_ role: Viewer.Role, _ own: String = "none") -> String {
    "test-\(role.rawValue)-\(own)"
  }
  package static func header(_ token: String?) -> [(String, String)] {
    token.map { [("Authorization", "Bearer " + $0)] } ?? []
  }

  package func viewer(for credentials: Credentials) async -> Viewer {
    credentials.bearer.flatMap { viewer(token: $0) } ?? .guest
  }
  /// Nil for what is no token of a test.
  package func viewer(token: String) -> Viewer? {
    if token == TestViewers.sectionToken {
      return Viewer(
        role: .expert, name: "section:1", sees: [.public], grants: .these(grants[.expert] ?? [:]),
        section: section?.name ?? "need:0", sectionState: section?.state ?? "KEN")
    }
    guard token.hasPrefix("test-") else { return nil }
    let rest = token.dropFirst(5)
    guard let dash = rest.firstIndex(of: "-"), let role = Viewer.Role(rawValue: String(rest[..<dash])),
      TestViewers.roles.contains(role)
    else { return nil }
    let own = String(rest[rest.index(after: dash)...])
    let isParty = parties.contains(own)
    let sees: Set<Visibility> =
      switch role {
      case .officer: [.secretariat, .parties, .providers, .public]
      case .focalPoint, .mission, .expert, .delegate, .chair:
        isParty ? [.parties, .providers, .public] : [.public]
      case .provider, .providerField, .donor: [.providers, .public]
      default: [.public]
      }
    // As `People.viewer`: a State's own records are open to those who write them.
    let isWriter = [Viewer.Role.focalPoint, .mission, .expert].contains(role) && own != "none"
    let isMember = TestViewers.ofOrganisation.contains(role) && own != "none"
    let account = standing[token]
    return Viewer(
      role: role, name: account.map { "person:\($0.person)" } ?? "test:" + rest, state: isWriter ? own : nil,
      organisation: isMember ? own : nil, sees: sees,
      grants: .these(grants[role] ?? [:]), account: account?.account, isProved: true)
  }
}

extension TestSite {
  /// Its pages and data for viewers of every role; settings that a test is about are changed in `change`.
  /// - Parameter stored: people come in by the sessions of the database, as outside of tests.
  package func mount(stored: Bool = false, _ change: (inout WebSettings) -> Void = { _ in }) async throws
    -> Mount
  {
    var settings = WebSettings(secret: TestSite.secret, assetDirectory: site.data.path + "/assets")
    settings.uploadDirectory = folder
    let mount = try await site.mount(settings)
    return try mount.remade { (settings: inout WebSettings) in
      if !stored { settings.sessions = TestViewers() }
      change(&settings)
    }
  }
  package static let secret = [UInt8](repeating: 7, count: 32)
  /// Cookie and token of a form, for someone who has this session.
  package static func form(session: String) -> (cookie: String, token: String) {
    ("wasl_session=" + session, Base64URL.encode(Seal.hmac(Array("form|\(session)".utf8), key: secret)))
  }
  /// Cookie and token of a form, for a visitor of this name.
  package static func form(_ visitor: String = "visitor") -> (cookie: String, token: String) {
    ("wasl_form=" + visitor, Base64URL.encode(Seal.hmac(Array("form|\(visitor)".utf8), key: secret)))
  }
}

extension Viewer {
  /// Someone of the Secretariat who may do everything: for tests that are about something else.
  package static let secretariat = Viewer(
    role: .officer, name: "officer", sees: [.secretariat, .parties, .providers, .public], grants: .everything,
    isProved: true)
}
