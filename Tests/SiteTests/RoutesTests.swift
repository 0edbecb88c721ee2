import Foundation
import Language
import Site
import Storage
import TestKit
import Testing
import Web

/// All routes × languages × faces, as a guest and as someone entitled.
@Suite struct RoutesTests {
  static let key = "test-operator-key"

  /// One of these may open each route; the operator alone the first steps of a new site.
  static let entitled = [
    "test-officer-none", "test-focal_point-KEN", "test-mission-KEN", "test-administrator-none",
    "test-auditor-none",
    "test-provider-XI-TEST-1",
  ]

  @Test(arguments: TestSite.engines) func everyPageInEveryLanguage(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      let records = try await AccessRecords.fill(site)
      let mount = try await site.mount()
      let client = TestClient(mount)
      let viewers = TestViewers()
      let routes = mount.routes.filter { $0.method == .get && $0.access == .everyone || Self.isForPeople($0) }
      var asked = 0
      for route in routes {
        guard let (_, path) = records.paths(route).first else {
          Issue.record("no record for \(route)")
          continue
        }
        let token = Self.entitled.first { token in
          viewers.viewer(token: token).map { (try? route.access.check($0)) != nil } ?? false
        }
        for language in Language.all where route.faces.contains(.page) {
          let address = "/\(language.code)" + (path.isEmpty ? "" : "/\(path)")
          let guest = try await client.get(address)
          let isOpen = route.access == .everyone
          if Self.keyed.contains(route.path) {
            // Without the key, the file or the account that the address is about: a sentence, and no more.
            let answer = try await client.get(address, TestViewers.header(token))
            #expect([403, 404, 410].contains(answer.status), "\(address): \(answer.status)")
            #expect(!answer.text.contains("⟦") && guest.status < 500, "\(address)")
            asked += 2
            continue
          }
          // A page says that signing in may help; programs get 401.
          #expect(
            isOpen ? guest.status < 400 : [401, 403, 303, 302].contains(guest.status),
            "\(address) \(guest.status)")
          let answer = try await client.get(address, TestViewers.header(token))
          #expect(
            answer.status == 200 || answer.status == 303,
            "\(address) as \(token ?? "guest"): \(answer.status)")
          guard answer.status == 200, answer.header("Content-Type")?.hasPrefix("text/html") == true else {
            continue
          }
          let text = answer.text
          #expect(
            text.contains("<html lang=\"\(language.code)\" dir=\"\(language.direction.rawValue)\""), "\(path)"
          )
          #expect(!text.contains("⟦"), "\(language.code)/\(path) lacks a text")
          #expect(text.components(separatedBy: "<h1").count == 2, "\(language.code)/\(path) has one h1")
          asked += 2
        }
        if route.faces.contains(.data) && !Self.keyed.contains(route.path) {
          for suffix in ["", ".json", ".csv", ".xlsx"] {
            let answer = try await client.get("/api/v1/\(path)\(suffix)", TestViewers.header(token))
            #expect(answer.status == 200 || answer.status == 406, "api/v1/\(path)\(suffix) \(answer.status)")
            asked += 1
          }
        }
      }
      #expect(site.site.catalogue.missing.isEmpty, "\(site.site.catalogue.missing)")
      print(
        "summary: \(routes.count) routes, \(asked) answers in six languages on \(engine.rawValue), 0 texts missing"
      )
    }
  }
  /// Pages that answer only to a link's key, a provider's name, a kept file or an account of one's own; each has
  /// tests of its own in PeopleTests.
  private static let keyed: Set<String> = [
    "invitation", "section", "sign-in/link", "sign-in/passphrase", "sign-in/oidc/:provider",
    "sign-in/oidc/:provider/return", "nominations/:id/scan", "account/tokens", "receipts/:code/content",
  ]
  /// Routes whose page is made for a role, not for the account behind the session (those: SignInTests).
  private static func isForPeople(_ route: Route) -> Bool {
    guard route.method == .get, case .may(let permission, _) = route.access else { return false }
    return permission != "system.begin"
  }

  @Test(arguments: TestSite.engines) func whatTheStateKeepsIsNowhere(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      guard case .added(let seen) = try await site.make(TestSite.need("N-1")),
        case .added(let kept) = try await site.make(TestSite.need("N-2", visibility: .state))
      else {
        Issue.record("needs were not added")
        return
      }
      let client = try await site.client()
      for path in [
        "needs", "needs/\(seen)", "states/KEN", "coverage", "coverage/african", "provisions/UNTOC-18",
        "needs-coverage",
      ] {
        for address in ["/en/\(path)", "/ar/\(path)", "/api/v1/\(path)", "/api/v1/\(path).csv"] {
          let answer = try await client.get(address)
          #expect(!answer.text.contains("N-2"), "\(address)")
        }
      }
      let hidden = try await client.get("/en/needs/\(kept)")
      let absent = try await client.get("/en/needs/999")
      #expect(hidden.status == 404 && absent.status == 404)
    }
  }

  @Test(arguments: TestSite.engines) func badAddressesAreToldNotBroken(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      _ = try await AccessRecords.fill(site)
      let client = try await site.client()
      let cases: [(String, Int)] = [
        ("/en/needs?state=XXX", 400), ("/en/needs?year=abc", 400), ("/en/needs?after=zzzz", 400),
        ("/en/needs?limit=0", 400),
        ("/en/needs/0", 404), ("/en/needs/abc", 404), ("/en/needs/99999999999999999999", 404),
        ("/en/coverage?year=1", 400),
        ("/en/coverage/nowhere", 404), ("/en/states/kenya", 404), ("/en/provisions/UNTOC-999", 404),
        ("/en/activities?area=%27%3B--", 400), ("/de/needs", 404), ("/en/nothing", 404),
        ("/api/v1/needs?stage=x", 400),
        ("/en/imports/7", 404), ("/en/decisions/3-4/X-1", 404), ("/en/needs-coverage?status=good", 400),
      ]
      for (path, status) in cases {
        let answer = try await client.get(path)
        #expect(answer.status == status, "\(path) \(answer.status)")
      }
      let problem = try await client.get("/api/v1/needs?state=XXX&year=abc")
      #expect(problem.header("Content-Type")?.hasPrefix("application/problem+json") == true)
      #expect(
        problem.text.contains("\"parameter\":\"state\"") && problem.text.contains("\"parameter\":\"year\""))
    }
  }

  /// A form from elsewhere, without its token, or by a guest changes nothing.
  @Test(arguments: TestSite.engines) func judgingNeedsTheOperator(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      _ = try await AccessRecords.fill(site)
      let client = try await site.client(operator: Self.key)
      let body = "area=ICOOP&provision=&verdict=refused"
      let form = ("Content-Type", "application/x-www-form-urlencoded")
      let guest = try await client.send("POST", "/api/v1/activities/1/relevance", [form], Array(body.utf8))
      #expect(guest.status == 401 || guest.status == 403)
      let key = ("Authorization", "Bearer \(Self.key)")
      let bad = try await client.send(
        "POST", "/api/v1/activities/1/relevance", [form, key], Array("area=NOPE".utf8))
      #expect(bad.status == 422)
      let done = try await client.send(
        "POST", "/api/v1/activities/1/relevance", [form, key], Array(body.utf8))
      #expect(done.status == 200 || done.status == 201)
      let verdicts = try await site.database.read {
        try $0.values("SELECT verdict FROM activities_judgement", as: String.self)
      }
      #expect(verdicts == ["refused"])
    }
  }
}
