import Directory
import Foundation
import Language
import Mail
import Secrets
import Storage
import Synchronization
import TestKit
import Testing
import Treaty

@testable import People
@testable import Web

/// A site that holds nothing but offices, people and their ways in, with a clock that tests set.
final class SignInSite: Sendable {
  let database: Database
  let client: TestClient
  let settings: People.Settings
  let roles: People.RoleBook
  let time: Time
  /// By how many milliseconds answers were to be delayed.
  let pauses: Pauses

  final class Pauses: Sendable {
    private let all = Mutex<[Int64]>([])
    func add(_ milliseconds: Int64) { all.withLock { $0.append(milliseconds) } }
    var list: [Int64] { all.withLock { $0 } }
  }
  final class Time: Sendable {
    private let text: Mutex<String>
    init(_ text: String) { self.text = Mutex(text) }
    var now: String { text.withLock { $0 } }
    var seconds: Int64 { Clock.seconds(now) ?? 0 }
    func pass(_ seconds: Int64) {
      text.withLock { $0 = Clock.text(seconds: (Clock.seconds($0) ?? 0) + seconds) }
    }
  }
  static let words = "correct horse battery staple ramp"

  private init(
    _ database: Database, _ settings: People.Settings, _ time: Time, _ pauses: Pauses,
    operators: People.Operator?
  ) throws {
    self.pauses = pauses
    self.database = database
    self.settings = settings
    self.time = time
    roles = settings.roles
    var web = WebSettings(
      secret: [UInt8](repeating: 7, count: 32), assetDirectory: TestSite.data.path + "/assets")
    web.revision = { database.revision }
    web.isBehindProxy = true
    web.signInPath = "sign-in"
    web.proofPath = "second-factor"
    web.sessions = PeopleSessions(database, roles: settings.roles, operators: operators)
    let services = Services(
      catalogue: settings.catalogue, dataDirectory: TestSite.data.path, clock: Clock { time.now },
      database: database)
    let extra = operators?.routes ?? []
    client = TestClient(
      try Mount(
        routes: People.signInRoutes(settings) + People.accountRoutes + Self.probes + extra,
        services: services, settings: web))
  }

  private static let probes: [Route] = [
    .get("", access: .everyone, faces: [.page]) { call in call.page(Page("Home") { h1("Home") }) },
    .get("probe", access: .everyone) { call in
      let viewer = call.viewer
      let sees = viewer.sees.map(\.rawValue).sorted().joined(separator: "+")
      return call.json(
        .string(
          "\(viewer.role.rawValue)|\(viewer.name)|\(viewer.state ?? "-")|\(sees)|\(viewer.section ?? "-")"))
    },
    .get("probe/in", access: .signedIn) { call in call.json(.string("in")) },
    .get("probe/import", access: .may("needs.import", .anywhere)) { call in call.json(.string("import")) },
    .get("probe/tokens", access: .may(People.makingTokens, .anywhere)) { call in call.json(.string("tokens"))
    },
    Route.post("probe/act", access: .signedIn) { call in call.redirect(to: "probe") }.needingProof,
  ]

  static func with<T>(
    _ engine: Engine, start: String = "2026-06-15T09:30:00Z", providers: [OIDCProvider] = [],
    operators: People.Operator? = nil, sections: [People.SectionKind] = [],
    _ body: (SignInSite) async throws -> T
  ) async throws -> T {
    let folder = FileManager.default.temporaryDirectory.path + "/wasl-keys-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var file: String?
    if !providers.isEmpty {
      let entries = providers.map { provider in
        JSON.object([
          ("id", .string(provider.id)), ("name", .string(provider.name)),
          ("issuer", .string(provider.issuer)),
          ("client", .string(provider.client)), ("secret", provider.secret.map { .string($0) } ?? .null),
          ("domains", .array(provider.domains.map { .string($0) })),
          ("proofs", .array(provider.proofs.sorted().map { .string($0) })),
        ])
      }
      file = folder + "/oidc.json"
      try Data(JSON.object([("providers", .array(entries))]).bytes).write(
        to: URL(fileURLWithPath: folder + "/oidc.json"))
    }
    var settings = try People.Settings(
      address: "http://localhost", keyFolder: folder, data: TestSite.data,
      files: FileStore(directory: folder),
      catalogue: try Catalogue.load(from: TestSite.data.path), providersFile: file,
      sections: sections)
    let time = Time(start)
    let pauses = Pauses()
    settings.pause = { pauses.add($0) }
    let kept = settings
    let clock = Clock { time.now }
    let context = DatabaseContext(clock: clock, jobs: People.jobs(kept), statements: TestSite.statements)
    return try await TestSite.withEmptyDatabase(engine, context) { database in
      try await database.migrate(
        Treaty.migrations + Directory.migrations + Mail.migrations + People.migrations)
      try await database.write(by: .system) { db in
        try db.run(
          "INSERT INTO directory_group (id, position, name_en, names_status) VALUES ('AFR', 1, 'Africa', '')")
        for (code, status) in [("KEN", "yes"), ("PER", "no")] {
          try db.run(
            """
            INSERT INTO directory_state (id, name_en, names_status, regional_group, un_member, ldc, lldc, sids,
              status_as_of, unverified) VALUES (\(code), \(code), '', 'AFR', 1, 0, 0, 0, '', '')
            """)
          try db.run(
            "INSERT INTO directory_party (state, instrument, status) VALUES (\(code), 'UNTOC', \(status))")
        }
        db.record(Event("test.made", subject: "test", record: "1"))
      }
      return try await body(SignInSite(database, kept, time, pauses, operators: operators))
    }
  }

  struct Made: Sendable {
    let person: People.Person
    let account: People.Account
  }
  @discardableResult
  func person(
    _ name: String, _ email: String, _ role: People.Role, _ kind: People.OfficeKind = .focalPoint,
    state: String? = "KEN", passphrase: String? = SignInSite.words
  ) async throws -> Made {
    let hash = passphrase.flatMap { Passphrase.hash($0) }
    return try await database.write(by: .system) { db in
      let office = try People.addOffice(
        People.OfficeDraft(
          kind: kind, state: kind.isOfState ? state : nil, organisation: kind.isOfState ? nil : "XI-TEST",
          name: "Office of \(name)", language: "en"), in: db)
      let person = try People.savePerson(name: name, email: email, language: "en", in: db)
      let account = try People.openAccount(person: person.id, office: office, role: role, in: db)
      if let hash { try People.keep(hash, of: person.id, event: "people.passphrase-set", in: db) }
      return Made(person: person, account: account)
    }
  }
  /// Gives a person a second factor. - Returns: secret and recovery codes.
  func secondFactor(_ person: People.ID) async throws -> (secret: [UInt8], codes: [String]) {
    let secret = TOTP.newSecret()
    let sealed = settings.box.seal(secret, for: "totp:\(person)")
    let codes = Array(Recovery.newCodes().prefix(2))
    let hashes = codes.map(Recovery.hash)
    try await database.write(by: .system) { db in
      try db.run(
        "UPDATE people_person SET totp = \(sealed), totp_confirmed_at = \(db.now) WHERE id = \(person)")
      for hash in hashes {
        try db.run("INSERT INTO people_recovery (person, hash) VALUES (\(person), \(hash))")
      }
      db.record(Event("test.made", subject: "test", record: "2"))
    }
    return (secret, codes)
  }
  func code(_ secret: [UInt8], at offset: Int64 = 0) -> String {
    TOTP.code(secret, at: time.seconds + offset)
  }

  /// Address in the newest letter to someone, as a path.
  func letter(to email: String) async throws -> String? {
    await SentLetters.shared.settle()
    try await database.runJobs()
    let secret = try await database.read { db in
      try db.value(
        """
        SELECT m.secret FROM people_link k JOIN mail_letter m ON m.key = k.letter WHERE m.recipient = \(email)
        ORDER BY k.id DESC LIMIT 1
        """, as: String.self)
    }
    return secret.map { String($0.dropFirst("http://localhost".count)) }
  }

  func events() async throws -> [String] {
    try await database.read { try $0.values("SELECT event FROM sys_audit ORDER BY id", as: String.self) }
  }
  func browser(_ network: String = "203.0.113.7") -> Browser { Browser(client, network) }

  /// A browser in which this person has signed in by passphrase.
  func signedIn(_ email: String, network: String = "203.0.113.7") async throws -> Browser {
    let browser = browser(network)
    let answer = try await browser.signIn(email, SignInSite.words)
    try #require(answer.status == 303, "\(answer.text)")
    return browser
  }
}

/// Keeps cookies and sends forms with their token, as a browser does.
final class Browser: @unchecked Sendable {
  private let client: TestClient
  let network: String
  var cookies: [String: String] = [:]
  private(set) var last: TestClient.Answer?
  private var token = ""

  init(_ client: TestClient, _ network: String) {
    self.client = client
    self.network = network
  }
  var headers: [(String, String)] {
    var all = [
      ("X-Forwarded-For", network), ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Firefox/130.0"),
    ]
    if !cookies.isEmpty {
      all.append(
        ("Cookie", cookies.sorted { $0.key < $1.key }.map { $0.key + "=" + $0.value }.joined(separator: "; "))
      )
    }
    return all
  }
  @discardableResult
  func get(_ path: String, _ more: [(String, String)] = []) async throws -> TestClient.Answer {
    keep(try await client.get(path, headers + more))
  }
  /// Sends a form; the page that holds it is opened first when no page with a form was.
  @discardableResult
  func post(_ path: String, _ fields: [(String, String)], from page: String? = nil) async throws
    -> TestClient.Answer
  {
    try await get(page ?? path)
    return keep(try await client.post(path, [("_csrf", token)] + fields, headers))
  }
  /// Sends a form with the token of the page opened last.
  @discardableResult
  func submit(_ path: String, _ fields: [(String, String)]) async throws -> TestClient.Answer {
    keep(try await client.post(path, [("_csrf", token)] + fields, headers))
  }
  func signIn(_ email: String, _ words: String, to: String? = nil) async throws -> TestClient.Answer {
    try await post(
      "/en/sign-in", [("email", email), ("passphrase", words)] + (to.map { [("to", $0)] } ?? []))
  }
  func probe() async throws -> String { try await get("/en/probe").text }

  private func keep(_ answer: TestClient.Answer) -> TestClient.Answer {
    for cookie in answer.headers("Set-Cookie") {
      let halves = cookie.prefix { $0 != ";" }.split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      cookies[String(halves[0])] = halves[1].isEmpty ? nil : String(halves[1])
    }
    if let found = answer.text.firstMatch(of: /name="_csrf" value="([^"]+)"/) { token = String(found.1) }
    last = answer
    return answer
  }
}
