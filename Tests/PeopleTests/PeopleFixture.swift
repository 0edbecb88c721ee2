import Directory
import Foundation
import Mail
import Site
import Storage
import Synchronization
import TestKit
import Testing
import Web

@testable import People

/// A time that a test moves.
final class MovingTime: Sendable {
  private let moment = Mutex("2026-06-15T09:30:00Z")
  var clock: Clock { Clock { self.moment.withLock { $0 } } }
  func move(to text: String) { moment.withLock { $0 = text } }
}

/// Sessions by the number of an account, looked up for each request as real ones are.
struct AccountSessions: SessionSource {
  let database: Database
  let roles: People.RoleBook
  var isProved = true
  func viewer(for credentials: Credentials) async -> Viewer {
    guard let text = credentials.bearer, let id = Int64(text) else { return .guest }
    return (try? await database.read { try self.viewer(id, in: $0) }) ?? .guest
  }
  func viewer(_ id: Int64, in db: Reader) throws -> Viewer? {
    guard let (account, office, _) = try People.account(id, in: db) else { return nil }
    let viewer = People.viewer(account: account, office: office, roles: roles, isParty: true)
    return isProved ? viewer.proved() : viewer
  }
}

/// Offices of two States, the Secretariat and two providers, with people in them.
struct PeopleFixture: Sendable {
  let site: TestSite
  let database: Database
  let files: FileStore
  let mount: Mount
  let client: TestClient
  let time: MovingTime
  let roles: People.RoleBook
  let offices: [String: Int64]
  let accounts: [String: People.Account]

  static let places: [(key: String, kind: People.OfficeKind, state: String?, organisation: String?)] = [
    ("secretariat", .secretariat, nil, "Secretariat"), ("ken", .focalPoint, "KEN", nil),
    ("ken.mission", .mission, "KEN", nil), ("ken.delegation", .delegation, "KEN", nil),
    ("uga", .focalPoint, "UGA", nil),
    ("uga.mission", .mission, "UGA", nil), ("one.hq", .providerHQ, nil, "XI-1"),
    ("one.field", .providerField, nil, "XI-1"),
    ("two.hq", .providerHQ, nil, "XI-2"),
  ]
  static let staff: [(key: String, office: String, role: People.Role)] = [
    ("officer", "secretariat", .officer), ("officer2", "secretariat", .officer),
    ("admin", "secretariat", .administrator), ("admin2", "secretariat", .administrator),
    ("auditor", "secretariat", .auditor), ("ken.focal", "ken", .focalPoint), ("ken.expert", "ken", .expert),
    ("ken.mission", "ken.mission", .mission), ("ken.delegate", "ken.mission", .delegate),
    ("uga.focal", "uga", .focalPoint),
    ("uga.mission", "uga.mission", .mission), ("one.hq", "one.hq", .provider),
    ("one.field", "one.field", .providerField),
    ("two.hq", "two.hq", .provider),
  ]

  static func with<T>(_ engine: Engine, _ body: (PeopleFixture) async throws -> T) async throws -> T {
    let time = MovingTime()
    return try await TestSite.with(engine, clock: time.clock) { site in
      let database = site.database
      let further = (People.migrations + Mail.migrations).filter { migration in
        !Site.migrations.contains { $0.name == migration.name }
      }
      try await database.migrate(Site.migrations + further)
      let (offices, accounts) = try await database.write(by: Actor("test")) { db in
        var offices: [String: Int64] = [:]
        for place in places {
          offices[place.key] = try People.addOffice(
            People.OfficeDraft(
              kind: place.kind, state: place.state, organisation: place.organisation,
              name: "Office \(place.key)",
              language: "en", email: "\(place.key)@example.org"), in: db)
        }
        var accounts: [String: People.Account] = [:]
        for member in staff {
          let person = try People.savePerson(
            name: "Person \(member.key)", email: "\(member.key)@people.example", language: "en", in: db)
          accounts[member.key] = try People.openAccount(
            person: person.id, office: offices[member.office] ?? 0, role: member.role, in: db)
        }
        return (offices, accounts)
      }
      let roles = try People.RoleBook(TestSite.data)
      let files = FileStore(directory: site.folder + "/files")
      var settings = WebSettings(secret: TestSite.secret, assetDirectory: TestSite.data.path + "/assets")
      settings.uploadDirectory = site.folder
      settings.sessions = AccountSessions(database: database, roles: roles)
      settings.revision = { database.revision }
      let mount = try Mount(
        routes: People.officeRoutes(panels: Panels([]), files: files),
        services: Services(
          catalogue: site.site.catalogue, dataDirectory: TestSite.data.path, clock: time.clock,
          database: database),
        settings: settings)
      return try await body(
        PeopleFixture(
          site: site, database: database, files: files, mount: mount, client: TestClient(mount), time: time,
          roles: roles,
          offices: offices, accounts: accounts))
    }
  }

  func office(_ key: String) throws -> Int64 { try #require(offices[key]) }
  func account(_ key: String) throws -> People.Account { try #require(accounts[key]) }
  func viewer(_ key: String) async throws -> Viewer {
    let id = try account(key).id
    let sessions = AccountSessions(database: database, roles: roles)
    return try #require(try await database.read { try sessions.viewer(id, in: $0) })
  }
  /// The actor that a call of this person has.
  func actor(_ key: String) throws -> Actor { Actor("person:\(try account(key).person)") }
  func bearer(_ key: String?) throws -> [(String, String)] {
    guard let key else { return [] }
    return [("Authorization", "Bearer \(try account(key).id)")]
  }
  func get(_ path: String, as key: String?, _ headers: [(String, String)] = []) async throws
    -> TestClient.Answer
  {
    try await client.get(path, try bearer(key) + headers)
  }
  /// On the API.
  func post(_ path: String, _ fields: [(String, String)] = [], as key: String?) async throws
    -> TestClient.Answer
  {
    try await client.post("/api/v1/" + path, fields, try bearer(key))
  }
  /// As a page's form does.
  func submit(_ path: String, _ fields: [(String, String)], as key: String) async throws -> TestClient.Answer
  {
    let form = TestSite.form()
    return try await client.post(
      "/en/" + path, [("_csrf", form.token)] + fields, try bearer(key) + [("Cookie", form.cookie)])
  }
  /// With a file, on the API.
  func upload(
    _ path: String, _ fields: [(String, String)], name: String, _ bytes: [UInt8], as key: String
  ) async throws -> TestClient.Answer {
    var body: [UInt8] = []
    for (field, value) in fields {
      body += Array("--b0\r\nContent-Disposition: form-data; name=\"\(field)\"\r\n\r\n\(value)\r\n".utf8)
    }
    let head =
      "Content-Disposition: form-data; name=\"scan\"; filename=\"\(name)\"\r\nContent-Type: application/pdf"
    body += Array("--b0\r\n\(head)\r\n\r\n".utf8)
    body += bytes + Array("\r\n--b0--\r\n".utf8)
    return try await client.send(
      "POST", "/api/v1/" + path, try bearer(key) + [("Content-Type", "multipart/form-data; boundary=b0")],
      body)
  }

  /// A nomination without fault; the test changes what it is about.
  func nomination(_ changes: [String: String] = [:]) throws -> [(String, String)] {
    let fields: [(String, String)] = [
      ("office", String(try office("ken"))), ("role", "focal_point"), ("person_name", "Amina Wanjiru"),
      ("function", "Director"), ("email", "amina@justice.example"), ("language", "en"),
      ("reference", "NV/2026/17"),
      ("noted_on", "2026-06-10"),
    ]
    return fields.compactMap { field in
      guard let change = changes[field.0] else { return field }
      return change.isEmpty ? nil : (field.0, change)
    } + changes.filter { change in !fields.contains { $0.0 == change.key } }.map { ($0.key, $0.value) }
  }
  /// Recorded on the API; its number.
  func nominate(_ changes: [String: String] = [:], as key: String = "ken.mission") async throws -> Int64 {
    let answer = try await post("nominations", try nomination(changes), as: key)
    #expect(answer.status == 201, "\(answer.text)")
    return try #require(answer.header("Location")?.split(separator: "/").last.flatMap { Int64($0) })
  }
  func count(_ query: SQL) async throws -> Int {
    try await database.read { try $0.value(query, as: Int.self) ?? -1 }
  }
  func events(_ name: String) async throws -> Int {
    try await count("SELECT count(*) FROM sys_audit WHERE event = \(name)")
  }
}

extension TestClient.Answer {
  /// The code of a problem.
  var code: String? { text.firstMatch(of: /"code":"([^"]+)"/).map { String($0.1) } }
  /// Fields at fault with their codes, `email people.email-invalid`.
  var faults: Set<String> {
    Set(
      text.matches(of: /"pointer":"#\/([^"]+)","code":"([^"]+)"/).map { "\($0.1) \($0.2)" }
        + text.matches(of: /"code":"([^"]+)","detail":"[^"]*","pointer":"#\/([^"]+)"/).map {
          "\($0.2) \($0.1)"
        })
  }
}
