import Foundation
import Language
import Storage
import TestKit
import Testing
import Web

/// Two sites that differ only in what one State has not published answer every request alike, byte for byte, to
/// everyone who is not entitled to it.
@Suite(.serialized) struct NonInterferenceTests {
  /// Everyone who looks: each role of the State itself and of another; a State that is no party; organizations; others.
  static let tokens: [(name: String, token: String?)] =
    [
      ("guest", nil), ("focal_point IRN", TestViewers.token(.focalPoint, "IRN")),
      ("section", TestViewers.sectionToken),
    ]
    + TestViewers.roles.flatMap { role -> [(name: String, token: String?)] in
      let own: [String] =
        TestViewers.ofState.contains(role)
        ? [NonInterferenceSecrets.state, "BRA"]
        : TestViewers.ofOrganisation.contains(role) ? ["XI-TEST-1"] : ["none"]
      return own.map { ("\(role.rawValue) \($0)", TestViewers.token(role, $0)) }
    }
  static func viewer(_ token: String?) -> Viewer {
    token.flatMap { TestViewers().viewer(token: $0) } ?? .guest
  }

  /// Public facts, with what is planted between them, so that a number given in order would shift.
  static func fill(_ site: TestSite, _ secrets: [Secret]) async throws -> [(pattern: String, path: String)] {
    var places: [(pattern: String, path: String)] = []
    func need(_ reference: String, _ state: String) async throws {
      if case .added(let id) = try await site.make(TestSite.need(reference, state: state)) {
        places.append(("needs/:id", "needs/\(id)"))
      }
    }
    try await need("P-1", "KEN")
    let given = Int64(places.first?.path.split(separator: "/").last ?? "") ?? 0
    for secret in secrets where !secret.isLate { places += try await secret.plant(site) }
    try await need("P-2", "BRA")
    var item = IATIText("XI-TEST-1-1")
    item.budgets = [(2026, "10", "USD")]
    item.spending = [("2026-01-05", "3", "EUR", nil)]
    _ = try await site.importText(IATIText.file([item, IATIText("XI-TEST-1-2")]))
    try await need("P-3", "KEN")
    let people = try await site.database.write(by: Actor("test")) { db in
      defer { db.record(Event("test.people", subject: "test", record: "people")) }
      return try AccessPeople(need: given, in: db)
    }
    places += people.places.flatMap { pattern, records in records.map { (pattern, $0.path) } }
    for secret in secrets where secret.isLate { places += try await secret.plant(site) }
    _ = try await site.database.checkpoint()
    return places + [
      ("receipts/:code", "receipts/AAAAAAAAAA"),
      ("activities/:id", "activities/1"), ("imports/:id", "imports/1"), ("states/:id", "states/KEN"),
      ("states/:id", "states/BRA"), ("provisions/:id", "provisions/UNTOC-18"),
      ("areas/:id", "areas/ICOOP"), ("decisions/3-4/:id", "decisions/3-4/R-7b"),
      ("coverage/:group", "coverage/african"),
      ("problems/:code", "problems/web.not-found"), ("needs/:id", "needs/999999999"),
    ]
  }

  struct Count: Sendable {
    var pages = 0
    var answers = 0
    var differences: [String] = []
    /// Of `admitted` addresses.
    var expected = 0
  }
  /// Beginnings of addresses that do tell something → what, and why they may. Everything else must be equal.
  static let admitted: [String: String] = [
    "audit/checkpoints":
      "number and hash of the last entry of the trail: that something was recorded, never what",
    "audit": "the trail itself, for auditors: who did what, never the words of a record",
  ]
  private static func isAdmitted(_ address: String) -> Bool {
    let path = address.split(separator: "?")[0].split(separator: "/")
    let rest = path.dropFirst(path.first == "api" ? 2 : 1).joined(separator: "/")
    return admitted.keys.contains { rest == $0 || rest.hasPrefix($0 + "/") || rest.hasPrefix($0 + ".") }
  }

  /// Compares two sites, one with the secrets, for viewers who are entitled to none of them.
  static func compare(
    _ engine: Engine, _ secrets: [Secret], extra: [Route] = [], tokens: [(name: String, token: String?)]
  ) async throws -> Count {
    try await TestSite.with(engine) { without in
      try await TestSite.with(engine) { with in
        _ = try await fill(without, [])
        let places = try await fill(with, secrets)
        // The section is of the public need that both have.
        let given = places.first?.path.replacing("needs/", with: "need:") ?? ""
        let one = Crawl(mount: try await mounted(without, extra, given), places: places)
        let other = Crawl(mount: try await mounted(with, extra, given), places: places)
        let asks = one.asks()
        #expect(one.unreached.isEmpty, "no record to ask for: \(one.unreached)")
        #expect(asks == other.asks() && asks.count > 200)
        let title = secrets.map(\.name).joined(separator: ", ")
        return try await withThrowingTaskGroup(of: Count.self) { group in
          for (name, token) in tokens {
            group.addTask {
              var count = Count()
              for ask in asks {
                let a = try await one.answer(ask, token)
                let b = try await other.answer(ask, token)
                count.answers += 1
                if a.whole != b.whole && isAdmitted(ask.address) {
                  count.expected += 1
                } else if a.whole != b.whole {
                  count.differences.append(
                    "\(title): \(ask.method) \(ask.address) as \(name): \(place(a, b))")
                }
                if a.status >= 500 { count.differences.append("\(ask.address) as \(name): \(a.status)") }
              }
              return count
            }
          }
          var all = Count(pages: Set(asks.map(\.address)).count)
          for try await count in group {
            all.answers += count.answers
            all.differences += count.differences
            all.expected += count.expected
          }
          return all
        }
      }
    }
  }
  private static func mounted(_ site: TestSite, _ extra: [Route], _ given: String) async throws -> Mount {
    let viewers = TestViewers(section: (given, NonInterferenceSecrets.state))
    return try await site.mount { $0.sessions = viewers }.remade(routes: { $0 + extra })
  }
  /// Where two answers part.
  private static func place(_ a: TestClient.Answer, _ b: TestClient.Answer) -> String {
    if a.status != b.status { return "status \(a.status) and \(b.status)" }
    if a.bytes == b.bytes {
      let one = Set(a.headers.map { "\($0.name): \($0.value)" })
      let other = Set(b.headers.map { "\($0.name): \($0.value)" })
      return "headers \(one.symmetricDifference(other).sorted().prefix(4))"
    }
    let at =
      zip(a.bytes, b.bytes).enumerated().first { $0.element.0 != $0.element.1 }?.offset
      ?? min(a.bytes.count, b.bytes.count)
    func near(_ bytes: [UInt8]) -> String {
      String(decoding: bytes[max(0, at - 40)..<min(bytes.count, at + 40)], as: UTF8.self)
    }
    return "byte \(at): …\(near(a.bytes))… and …\(near(b.bytes))…"
  }

  @Test(arguments: TestSite.engines) func nothingUnpublishedChangesAByte(on engine: Engine) async throws {
    // Viewers who are entitled to the same secrets are compared together; each secret is absent for some of them.
    let groups = Dictionary(grouping: Self.tokens) { entry in
      NonInterferenceSecrets.all.filter { !$0.isOpen(to: Self.viewer(entry.token)) }.map(\.name)
    }
    var answers = 0
    var pages = 0
    var viewers = 0
    var differences = 0
    var expected = 0
    var covered: Set<String> = []
    for (names, tokens) in groups.sorted(by: { $0.key.count > $1.key.count }) where !names.isEmpty {
      let count = try await Self.compare(
        engine, NonInterferenceSecrets.all.filter { names.contains($0.name) }, tokens: tokens)
      let found = count.differences.count
      #expect(found == 0, "\(found) differences:\n\(count.differences.prefix(12).joined(separator: "\n"))")
      answers += count.answers
      pages = max(pages, count.pages)
      viewers += tokens.count
      differences += found
      expected += count.expected
      covered.formUnion(names)
    }
    #expect(covered == Set(NonInterferenceSecrets.all.map(\.name)) && viewers >= 15)
    print(
      "summary: \(pages) addresses × \(viewers) kinds of viewers, \(covered.count) secrets, \(Language.all.count) "
        + "languages on \(engine.rawValue): \(answers) answers compared, \(differences) differ, "
        + "\(expected) more at the addresses admitted (\(Self.admitted.keys.sorted().joined(separator: ", ")))"
    )
  }

  /// What the register gives a public need by itself does not count those that are not public.
  @Test(arguments: TestSite.engines) func numbersTellNothing(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      let mount = try await site.mount { $0.sessions = FocalPoint() }
      var ids: [Int64] = []
      var references: [String] = []
      for number in 1...4 {
        let fields = [
          ("state", "KEN"), ("language", "en"), ("title", "By the form \(number)"),
          ("missing", "What is missing"),
          ("areas", "ICOOP"), ("provisions", "UNTOC-18"), ("form", "legal_advice"), ("urgency", "high"),
          ("visibility", "public"), ("authority", "Ministry"), ("quotation", "Words"),
          ("stated_on", "2025-04-01"),
        ]
        let answer = try await TestClient(mount).post("/api/v1/needs", fields, TestViewers.header("key"))
        let location = String((answer.header("Location") ?? "").prefix { $0 != "?" })
        #expect(location.hasPrefix("/api/v1/needs/"), "\(answer.status) \(answer.text.prefix(400))")
        ids.append(Int64(location.split(separator: "/").last ?? "") ?? 0)
        let need = try JSON.parse(try await TestClient(mount).get(location, TestViewers.header("key")).bytes)
        references.append(need["reference"]?.text ?? "")
      }
      for (one, next) in zip(ids, ids.dropFirst()) { #expect(one > 0 && (one - next).magnitude > 1_000_000) }
      let tails = references.compactMap { Int($0.split(separator: "-").last ?? "") }
      #expect(Set(references).count == 4 && tails.count < 4, "\(references)")
    }
  }
  private struct FocalPoint: SessionSource {
    func viewer(for credentials: Credentials) async -> Viewer {
      Viewer(
        role: .focalPoint, name: "test", state: "KEN", sees: [.parties, .providers, .public],
        grants: .everything,
        isProved: true)
    }
  }

  /// A count that forgets who looks is found, and so is one that only a header tells.
  @Test(arguments: TestSite.engines) func aPlantedLeakIsFound(on engine: Engine) async throws {
    let body = Route.get("leak", access: .everyone) { call in
      let all = try await call.read { try $0.value("SELECT count(*) FROM needs_need", as: Int.self) ?? 0 }
      return call.json(.int(all))
    }
    let header = Route.get("leak-of-headers", access: .everyone) { call in
      let all = try await call.read { try $0.value("SELECT count(*) FROM needs_need", as: Int.self) ?? 0 }
      return call.json(.null).with(header: "X-Count", String(all))
    }
    let count = try await Self.compare(
      engine, [NonInterferenceSecrets.need(.state)], extra: [body, header], tokens: [("guest", nil)])
    let leaking = count.differences.filter { $0.contains("/leak ") || $0.contains("/leak.") }
    let telling = count.differences.filter { $0.contains("/leak-of-headers") }
    #expect(!leaking.isEmpty && !telling.isEmpty)
    print(
      "summary: a planted leak is found at \(leaking.count + telling.count) addresses on \(engine.rawValue)")
  }

  /// Who is entitled does see the difference: the comparison is not blind.
  @Test(arguments: TestSite.engines) func thoseEntitledSeeIt(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      for secret in NonInterferenceSecrets.needs { _ = try await secret.plant(site) }
      let client = TestClient(try await site.mount())
      for secret in NonInterferenceSecrets.needs {
        for (name, token) in Self.tokens {
          let viewer = Self.viewer(token)
          let list = try await client.get("/api/v1/needs?limit=500", TestViewers.header(token))
          let isThere = list.text.contains(secret.word)
          #expect(isThere == secret.isOpen(to: viewer), "\(secret.name) as \(name)")
        }
      }
    }
  }
}
