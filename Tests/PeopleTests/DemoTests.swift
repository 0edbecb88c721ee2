import Site
import Storage
import TestKit
import Testing

@testable import People
@testable import Web

/// The invented people of a demonstration, and where they are let in.
@Suite struct DemoTests {
  @Test(arguments: TestSite.engines) func linksForTheInvented(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      try await site.database.write(by: .system) { db in
        try People.demo(states: ["KEN", "PER"], in: db)
        try People.demoPeople(states: ["KEN", "PER"], in: db)
        // Once.
        try People.demoPeople(states: ["KEN", "PER"], in: db)
      }
      let people = site.site.people
      let passes = try #require(
        try await site.database.write(by: .system) { try People.demoPasses(people, in: $0) })
      #expect(passes.count == 12)
      let needed: Set<People.Role> = [
        .focalPoint, .mission, .officer, .provider, .delegate, .donor, .administrator, .auditor,
      ]
      #expect(needed.isSubset(of: Set(passes.map(\.role))))
      #expect(passes.filter { $0.role == .focalPoint }.count == 2)
      let client = TestClient(try await site.mount(stored: true))
      for pass in passes where [.officer, .focalPoint].contains(pass.role) {
        let browser = Browser(client, "")
        let link = String(pass.link.dropFirst(TestSite.address.count))
        let key = String(link.split(separator: "=").last ?? "")
        let entered = try await browser.post("/en/sign-in/link", [("key", key)], from: link)
        #expect(entered.status == 303)
        if let code = pass.code {
          #expect(entered.header("Location") == "/en/second-factor")
          #expect(try await browser.post("/en/second-factor", [("code", code)]).status == 303)
        }
        #expect(try await browser.get("/en").text.contains("Your work"))
      }
      // As soon as anyone real has an account nobody comes in so.
      try await site.database.write(by: .system) { db in
        let office = try People.addOffice(
          People.OfficeDraft(kind: .secretariat, organisation: "Secretariat", name: "Real", language: "en"),
          in: db)
        let person = try People.savePerson(name: "Real", email: "real@x.example", language: "en", in: db)
        try People.openAccount(person: person.id, office: office, role: .officer, in: db)
      }
      let refused = try await site.database.write(by: .system) { db in
        defer { db.record(Event("test.asked", subject: "test", record: "1")) }
        return try People.demoPasses(people, in: db)
      }
      #expect(refused == nil)
    }
  }
}
