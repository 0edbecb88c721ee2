import Foundation
import Storage
import TestKit
import Testing
import Web

/// A site with a record for every path parameter, and where each record is found.
///
/// A new route with a parameter needs a line here: which record of the State `own` or of the organization
/// `organisation` it is asked for with.
struct AccessRecords: Sendable {
  static let own = "KEN"
  static let other = "BRA"
  static let organisation = "XI-TEST-1"
  static let otherOrganisation = "XI-TEST-2"

  /// Beginning of a route's path → name of the record → beginning of the address.
  let places: [String: [(name: String, path: String)]]
  /// Accounts of the viewers.
  let standing: [String: TestViewers.Standing]

  static func fill(_ site: TestSite) async throws -> AccessRecords {
    var needs: [(name: String, path: String)] = []
    for level in Visibility.allCases.reversed() {
      let saved = try await site.make(TestSite.need("N-\(level.rawValue)", state: own, visibility: level))
      guard case .added(let id) = saved else { continue }
      needs.append((level.rawValue, "needs/\(id)"))
    }
    var item = IATIText("\(organisation)-1")
    item.budgets = [(2026, "10", "USD")]
    item.spending = [("2026-01-05", "3", "EUR", nil)]
    _ = try await site.importText(IATIText.file([item]))
    let given = needs.first { $0.name == Visibility.secretariat.rawValue }?.path.split(separator: "/").last
    let people = try await site.database.write(by: Actor("test")) { db in
      defer { db.record(Event("test.people", subject: "test", record: "people")) }
      return try AccessPeople(need: Int64(given ?? "") ?? 0, in: db)
    }
    let code = try await receipt(site, people)
    _ = try await site.database.checkpoint()
    return AccessRecords(
      places: [
        "needs/:id": needs, "activities/:id": [("", "activities/1")], "imports/:id": [("", "imports/1")],
        "states/:id": [("", "states/\(own)")], "provisions/:id": [("", "provisions/UNTOC-18")],
        "areas/:id": [("", "areas/ICOOP")],
        "decisions/3-4/:id": [("", "decisions/3-4/R-7b")], "coverage/:group": [("", "coverage/african")],
        "problems/:code": [("", "problems/web.not-found")],
        "receipts/:code": [("", "receipts/\(code)")],
      ].merging(people.places) { first, _ in first }, standing: people.standing)
  }

  /// A receipt, as a State's focal point gets one.
  private static func receipt(_ site: TestSite, _ people: AccessPeople) async throws -> String {
    let token = TestViewers.token(.focalPoint, own)
    let mount = try await site.mount { $0.sessions = TestViewers(standing: people.standing) }
    let fields = [
      ("language", "en"), ("title", "By the form"), ("missing", "What is missing"), ("areas", "ICOOP"),
      ("provisions", "UNTOC-18"), ("form", "legal_advice"), ("urgency", "high"), ("visibility", "public"),
      ("authority", "Ministry"), ("quotation", "Words"), ("stated_on", "2025-04-01"),
    ]
    let answer = try await TestClient(mount).post("/api/v1/needs", fields, TestViewers.header(token))
    #expect([200, 201].contains(answer.status), "\(answer.text.prefix(400))")
    return try await site.database.read { try $0.value("SELECT code FROM sys_receipt", as: String.self) }
      ?? "none"
  }

  /// Addresses of a route, one for each record; none when a parameter has no record.
  func paths(_ route: Route) -> [(name: String, path: String)] {
    guard route.path.contains(":") else { return [("", route.path)] }
    let known = places.keys.filter { route.path == $0 || route.path.hasPrefix($0 + "/") }
    guard let key = known.max(by: { $0.count < $1.count }), let records = places[key] else { return [] }
    return records.map { ($0.name, $0.path + route.path.dropFirst(key.count)) }.filter { !$0.1.contains(":") }
  }
}

/// Offices, and an account in one of them for every viewer of the matrix.
struct AccessPeople: Sendable {
  let standing: [String: TestViewers.Standing]
  let office: Int64
  let provider: Int64
  /// Account of someone else in the State's office.
  let member: Int64
  let nomination: Int64
  let section: Int64
  let contribution: Int64
  let reset: Int64
  let session: Int64
  let token: Int64

  var places: [String: [(name: String, path: String)]] {
    [
      "offices/:id": [("state", "offices/\(office)"), ("organization", "offices/\(provider)")],
      "accounts/:id": [("", "accounts/\(member)")],
      "nominations/:id": [("", "nominations/\(nomination)")],
      "sections/:id": [("", "sections/\(section)")],
      "sections/contributions/:id": [("", "sections/contributions/\(contribution)")],
      "resets/:id": [("", "resets/\(reset)")],
      "account/sessions/:id": [("", "account/sessions/\(session)")],
      "account/tokens/:id": [("", "account/tokens/\(token)")],
      "sign-in/oidc/:provider": [("", "sign-in/oidc/none")],
      "audit/checkpoints/:id": [("", "audit/checkpoints/1")],
    ]
  }

  /// - Parameter need: of the State `own`, of which a section is open to an expert.
  init(need: Int64, in db: Writer) throws {
    var standing: [String: TestViewers.Standing] = [:]
    var sessions: [String: Int64] = [:]
    var offices: [String: Int64] = [:]
    func place(_ kind: String, _ state: String?, _ organisation: String?) throws -> Int64 {
      let key = "\(kind) \(state ?? organisation ?? "")"
      if let known = offices[key] { return known }
      let made: Int64 = try db.insert(
        """
        INSERT INTO people_office (kind, state, organisation, name, language, email)
        VALUES (\(kind), \(state), \(organisation), \("Office " + key), 'en', 'office@example.org') RETURNING id
        """)
      offices[key] = made
      return made
    }
    func person(_ name: String) throws -> Int64 {
      try db.insert(
        """
        INSERT INTO people_person (name, language, email, email_key, created_at)
        VALUES (\(name), 'en', \(name + "@example.org"), \(name + "@example.org"), \(db.now)) RETURNING id
        """)
    }
    func account(_ person: Int64, _ office: Int64, _ role: String) throws -> Int64 {
      try db.insert(
        """
        INSERT INTO people_account (person, office, role, function, valid_from, confirmed_at)
        VALUES (\(person), \(office), \(role), 'Function', '2026-01-01', \(db.now)) RETURNING id
        """)
    }
    func add(_ role: Viewer.Role, _ kind: String, state: String? = nil, organisation: String? = nil) throws {
      let own = TestViewers.ofOrganisation.contains(role) ? organisation : state
      let name = TestViewers.token(role, own ?? "none")
      let someone = try person(name)
      let opened = try account(someone, try place(kind, state, organisation), role.rawValue)
      standing[name] = .init(account: opened, person: someone)
      sessions[name] = try db.insert(
        """
        INSERT INTO sys_session (hash, account, opened_at, seen_at, expires_at, proof, proved_at, agent, network)
        VALUES (\(Digest.hex(Digest.sha256(Array(Self.session(name).utf8)))), \(opened), \(db.now), \(db.now),
          '2027-01-01T00:00:00Z', 'passphrase,totp', \(db.now), '', '') RETURNING id
        """)
    }
    for role in TestViewers.roles {
      if TestViewers.ofState.contains(role) {
        let kind =
          role == .mission ? "mission" : role == .delegate || role == .chair ? "delegation" : "focal_point"
        for state in [AccessRecords.own, AccessRecords.other] { try add(role, kind, state: state) }
      } else if TestViewers.ofOrganisation.contains(role) {
        let kind = role == .providerField ? "provider_field" : "provider_hq"
        for organisation in [AccessRecords.organisation, AccessRecords.otherOrganisation] {
          try add(role, kind, organisation: organisation)
        }
      } else {
        try add(role, "secretariat", organisation: "Secretariat")
      }
    }
    self.standing = standing
    office = try place("focal_point", AccessRecords.own, nil)
    provider = try place("provider_hq", nil, AccessRecords.organisation)
    member = try account(try person("member"), office, "focal_point")
    nomination = try db.insert(
      """
      INSERT INTO people_nomination (office, role, person_name, email, language, reference, noted_on, stage, recorded_by,
        recorded_at)
      VALUES (\(office), 'focal_point', 'Someone', 'someone@example.org', 'en', 'NV 1', '2026-05-01', 'received',
        'person:1', \(db.now)) RETURNING id
      """)
    let focal = standing[TestViewers.token(.focalPoint, AccessRecords.own)]?.account ?? 0
    section = try db.insert(
      """
      INSERT INTO people_section (account, state, section, expert, hash, made_at, expires_at)
      VALUES (\(focal), \(AccessRecords.own), \("need:\(need)"), 'Expert', 'hash', \(db.now), '2027-01-01T00:00:00Z')
      RETURNING id
      """)
    contribution = try db.insert(
      """
      INSERT INTO people_contribution (section, version, language, text, written_at, stage)
      VALUES (\(section), 1, 'en', 'A text', \(db.now), 'written') RETURNING id
      """)
    // An expert without an account: a session on a section, not on an account.
    try db.run(
      """
      INSERT INTO sys_session (hash, account, opened_at, seen_at, expires_at, proof, proved_at, agent, network)
      VALUES (\(Digest.hex(Digest.sha256(Array(Self.session(Self.sectionToken).utf8)))), \(-section), \(db.now),
        \(db.now), '2027-01-01T00:00:00Z', 'section', NULL, '', '')
      """)
    reset = try db.insert(
      """
      INSERT INTO people_reset (account, reason, stage, asked_by, asked_at)
      VALUES (\(member), 'By telephone', 'asked', 'person:999', \(db.now)) RETURNING id
      """)
    token = try db.insert(
      """
      INSERT INTO people_token (account, name, hash, hint, scopes, made_at, expires_at)
      VALUES (\(focal), 'Token', 'hash', 'wasl_', 'needs.state', \(db.now), '2027-01-01T00:00:00Z') RETURNING id
      """)
    session = sessions[TestViewers.token(.focalPoint, AccessRecords.own)] ?? 0
  }
  static let sectionToken = "test-section"
  /// The session of a viewer, in which a second factor was shown.
  static func session(_ viewer: String) -> String { "session-of-" + viewer }
}

extension Route {
  /// A value for each field that the route takes.
  var values: [String: String] {
    var values: [String: String] = [:]
    for field in fields {
      switch field.kind {
      case .text: values[field.name] = field.example ?? "text"
      case .code, .codes: values[field.name] = field.example ?? field.words.first
      case .integer(let range): values[field.name] = field.example ?? String(range.lowerBound)
      case .money: values[field.name] = "10"
      case .date: values[field.name] = "2026-01-15"
      case .flag: values[field.name] = "true"
      case .file, .cursor: break
      }
    }
    return values
  }
}
