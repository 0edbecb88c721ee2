import Foundation
import Language
import Site
import Storage
import TestKit
import Testing
import Web

/// All routes × languages × faces, as a guest and as the operator.
@Suite struct RoutesTests {
  static let key = "test-operator-key"

  /// A site with a little of everything; every path parameter has a record.
  static func filled<T>(_ engine: Engine, _ body: (TestSite) async throws -> T) async throws -> T {
    try await TestSite.with(engine) { site in
      try await site.make(TestSite.need("N-1"))
      try await site.make(TestSite.need("N-2", visibility: .state))
      var item = IATIText("XI-TEST-1-1")
      item.budgets = [(2026, "10", "USD")]
      item.spending = [("2026-01-05", "3", "EUR", nil)]
      _ = try await site.importText(IATIText.file([item]))
      return try await body(site)
    }
  }
  static let parameters = [
    "needs/:id": "needs/1", "activities/:id": "activities/1", "imports/:id": "imports/1", "states/:id": "states/KEN",
    "provisions/:id": "provisions/UNTOC-6.2%28d%29", "decisions/3-4/:id": "decisions/3-4/R-7b",
    "coverage/:group": "coverage/african", "activities/:id/relevance": "activities/1/relevance",
  ]
  static func path(_ route: Route) throws -> String {
    try #require(route.path.contains(":") ? parameters[route.path] : route.path, "no record for \(route)")
  }

  @Test(arguments: TestSite.engines) func everyPageInEveryLanguage(on engine: Engine) async throws {
    try await Self.filled(engine) { site in
      let client = try await site.client(operator: Self.key)
      let routes = Site.routes(files: site.site.files).filter { $0.method == .get }
      var asked = 0
      for route in routes {
        let path = try Self.path(route)
        for language in Language.all where route.faces.contains(.page) {
          let address = "/\(language.code)" + (path.isEmpty ? "" : "/\(path)")
          let guest = try await client.get(address)
          let isOpen = route.access == .everyone
          // A page says that signing in may help; programs get 401.
          #expect(guest.status == (isOpen ? 200 : 403), "\(language.code)/\(path)")
          let answer = try await client.get(address, [("Authorization", "Bearer \(Self.key)")])
          #expect(answer.status == 200, "\(language.code)/\(path) as operator")
          let text = answer.text
          #expect(text.contains("<html lang=\"\(language.code)\" dir=\"\(language.direction.rawValue)\""), "\(path)")
          #expect(!text.contains("⟦"), "\(language.code)/\(path) lacks a text")
          #expect(text.components(separatedBy: "<h1").count == 2, "\(language.code)/\(path) has one h1")
          asked += 2
        }
        if route.faces.contains(.data) {
          for suffix in ["", ".json", ".csv"] {
            let answer = try await client.get("/api/v1/\(path)\(suffix)")
            #expect(answer.status == (route.access == .everyone ? 200 : 401), "api/v1/\(path)\(suffix)")
            asked += 1
          }
        }
      }
      #expect(site.site.catalogue.missing.isEmpty, "\(site.site.catalogue.missing)")
      print("summary: \(routes.count) routes, \(asked) answers in six languages on \(engine.rawValue), 0 texts missing")
    }
  }

  @Test(arguments: TestSite.engines) func whatTheStateKeepsIsNowhere(on engine: Engine) async throws {
    try await Self.filled(engine) { site in
      let client = try await site.client()
      for path in ["needs", "needs/1", "states/KEN", "coverage", "coverage/african", "provisions/UNTOC-18", "needs-coverage"] {
        for address in ["/en/\(path)", "/ar/\(path)", "/api/v1/\(path)", "/api/v1/\(path).csv"] {
          let answer = try await client.get(address)
          #expect(!answer.text.contains("N-2"), "\(address)")
        }
      }
      let hidden = try await client.get("/en/needs/2")
      let absent = try await client.get("/en/needs/999")
      #expect(hidden.status == 404 && absent.status == 404)
    }
  }

  @Test(arguments: TestSite.engines) func badAddressesAreToldNotBroken(on engine: Engine) async throws {
    try await Self.filled(engine) { site in
      let client = try await site.client()
      let cases: [(String, Int)] = [
        ("/en/needs?state=XXX", 400), ("/en/needs?year=abc", 400), ("/en/needs?after=zzzz", 400), ("/en/needs?limit=0", 400),
        ("/en/needs/0", 404), ("/en/needs/abc", 404), ("/en/needs/99999999999999999999", 404), ("/en/coverage?year=1", 400),
        ("/en/coverage/nowhere", 404), ("/en/states/kenya", 404), ("/en/provisions/UNTOC-999", 404),
        ("/en/activities?area=%27%3B--", 400), ("/de/needs", 404), ("/en/nothing", 404), ("/api/v1/needs?stage=x", 400),
        ("/en/imports/7", 404), ("/en/decisions/3-4/X-1", 404), ("/en/needs-coverage?status=good", 400),
      ]
      for (path, status) in cases {
        let answer = try await client.get(path)
        #expect(answer.status == status, "\(path) \(answer.status)")
      }
      let problem = try await client.get("/api/v1/needs?state=XXX&year=abc")
      #expect(problem.header("Content-Type")?.hasPrefix("application/problem+json") == true)
      #expect(problem.text.contains("\"parameter\":\"state\"") && problem.text.contains("\"parameter\":\"year\""))
    }
  }

  /// A form from elsewhere, without its token, or by a guest changes nothing.
  @Test(arguments: TestSite.engines) func judgingNeedsTheOperator(on engine: Engine) async throws {
    try await Self.filled(engine) { site in
      let client = try await site.client(operator: Self.key)
      let body = "area=ICOOP&provision=&verdict=refused"
      let form = ("Content-Type", "application/x-www-form-urlencoded")
      let guest = try await client.send("POST", "/api/v1/activities/1/relevance", [form], Array(body.utf8))
      #expect(guest.status == 401 || guest.status == 403)
      let key = ("Authorization", "Bearer \(Self.key)")
      let bad = try await client.send("POST", "/api/v1/activities/1/relevance", [form, key], Array("area=NOPE".utf8))
      #expect(bad.status == 422)
      let done = try await client.send("POST", "/api/v1/activities/1/relevance", [form, key], Array(body.utf8))
      #expect(done.status == 200 || done.status == 201)
      let verdicts = try await site.database.read {
        try $0.values("SELECT verdict FROM activities_judgement", as: String.self)
      }
      #expect(verdicts == ["refused"])
    }
  }
}
