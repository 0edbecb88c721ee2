import Foundation
import Language
import Storage
import TestKit
import Testing
import Web

/// Each formal act gives a receipt to the one who did it, with the words behind it for the State alone; and the State
/// reads in its own trail what others did to its records.
@Suite(.serialized) struct FormalActTests {
  struct Cast {
    let mount: Mount
    let mission: Visitor
    let officer: Visitor
    let focal: Visitor
    let office: Int64
    let focalAccount: Int64
    let time: MovingClock
  }
  static func with(_ engine: Engine, _ body: (TestSite, Cast) async throws -> Void) async throws {
    let time = MovingClock()
    try await TestSite.with(engine, clock: time.clock) { site in
      let mount = try await site.mount(stored: true)
      func enter(_ email: String, _ role: String, _ secret: [UInt8]) async throws -> Visitor {
        let visitor = Visitor(mount)
        _ = try await visitor.signIn(email)
        try await visitor.prove(secret, at: time.seconds)
        return visitor
      }
      let mission = try await Visitor.person("mission@example.org", .mission, site)
      let officer = try await Visitor.person("officer@example.org", .officer, state: nil, site)
      let focal = try await Visitor.person("focal@example.org", .focalPoint, site)
      try await body(
        site,
        Cast(
          mount: mount, mission: try await enter("mission@example.org", "mission", mission.secret),
          officer: try await enter("officer@example.org", "officer", officer.secret),
          focal: try await enter("focal@example.org", "focal", focal.secret), office: focal.office,
          focalAccount: focal.account, time: time))
    }
  }
  static func nomination(_ cast: Cast, _ email: String = "next@example.org") -> [(String, String)] {
    [
      ("office", String(cast.office)), ("role", "focal_point"), ("person_name", "Next Person"),
      ("function", "Desk officer"), ("email", email), ("language", "en"), ("reference", "NV 12/2026"),
      ("noted_on", "2026-06-01"),
    ]
  }
  /// The code in the address to which an act leads; the page there leads on to the receipt.
  private func receipt(_ answer: TestClient.Answer, _ visitor: Visitor, _ act: String) async throws -> String
  {
    let location = try #require(
      answer.header("Location"), "\(act): \(answer.status) \(answer.text.prefix(900))")
    let code = try #require(
      location.components(separatedBy: "receipt=").dropFirst().first, "\(act): \(location)")
    let page = try await visitor.get(location)
    #expect(page.text.contains("/receipts/\(code)"), "\(act): no way to the receipt")
    let shown = try await visitor.get("/en/receipts/\(code)")
    #expect(shown.status == 200 && shown.text.contains("A genuine receipt with this code"), "\(act)")
    return code
  }

  @Test(arguments: TestSite.engines) func eachActGivesAReceipt(on engine: Engine) async throws {
    try await Self.with(engine) { site, cast in
      try await cast.mission.get("/en/nominations/new?office=\(cast.office)")
      let nominated = try await cast.mission.send("/en/nominations", Self.nomination(cast))
      let first = try await receipt(nominated, cast.mission, "nominated")
      let id = try #require(nominated.header("Location")?.firstMatch(of: /nominations\/(\d+)/)).1
      try await cast.officer.get("/en/nominations/\(id)")
      let accepted = try await cast.officer.send("/en/nominations/\(id)/accept", [])
      let second = try await receipt(accepted, cast.officer, "accepted")

      try await cast.mission.get("/en/nominations/new?office=\(cast.office)")
      let other = try await cast.mission.send("/en/nominations", Self.nomination(cast, "third@example.org"))
      let third = try #require(other.header("Location")?.firstMatch(of: /nominations\/(\d+)/)).1
      try await cast.officer.get("/en/nominations/\(third)")
      let refused = try await cast.officer.send(
        "/en/nominations/\(third)/refuse", [("reason", "The seal is missing")])
      let fourth = try await receipt(refused, cast.officer, "refused")

      let next = try await site.database.read { db in
        try db.value("SELECT max(id) FROM people_account", as: Int64.self) ?? 0
      }
      try await cast.mission.get("/en/offices/\(cast.office)/handover")
      let handed = try await cast.mission.send(
        "/en/offices/\(cast.office)/handover",
        [("account", String(cast.focalAccount)), ("successor", "account:\(next)"), ("until", "2026-07-01")])
      let fifth = try await receipt(handed, cast.mission, "handed over")
      try await cast.mission.get("/en/accounts/\(next)/end")
      let ended = try await cast.mission.send("/en/accounts/\(next)/end", [])
      let sixth = try await receipt(ended, cast.mission, "ended")

      try await cast.focal.get("/en/needs/new")
      let stated = try await cast.focal.send("/en/needs", KeptFormTests.fields + [("confirmed", "1")])
      let seventh = try await receipt(stated, cast.focal, "stated")
      let need = try #require(stated.header("Location")?.firstMatch(of: /needs\/(\d+)/)).1
      try await cast.focal.get("/en/needs/\(need)")
      let shown = try await cast.focal.send("/en/needs/\(need)/visibility", [("visibility", "state")])
      let eighth = try await receipt(shown, cast.focal, "visibility")
      // The same choice again is no act.
      try await cast.focal.get("/en/needs/\(need)")
      let same = try await cast.focal.send("/en/needs/\(need)/visibility", [("visibility", "state")])
      #expect(same.status == 303 && same.header("Location")?.contains("receipt") == false)

      // The words: the State's; the Secretariat's person has those entered by the same person, and no others.
      for code in [first, fifth, sixth, seventh, eighth] {
        let answer = try await cast.focal.get("/en/receipts/\(code)/content")
        #expect(answer.status == 200, "\(code)")
        let file = try await site.database.read { try Receipts.find(code, in: $0) }
        #expect(ReceiptContent.fits(answer.bytes, file?.content ?? ""))
        #expect(ReceiptContent.fits(answer.bytes + [10], file?.content ?? ""))
        #expect(!ReceiptContent.fits(answer.bytes + [32], file?.content ?? ""))
        #expect(try await cast.officer.get("/en/receipts/\(code)/content").status == 404)
        #expect(answer.header("Content-Disposition")?.contains("wasl-content-\(code).json") == true)
      }
      for code in [second, fourth] {
        #expect(try await cast.officer.get("/en/receipts/\(code)/content").status == 200)
        #expect(try await cast.mission.get("/en/receipts/\(code)/content").status == 200)
      }
      let words = try await cast.focal.get("/en/receipts/\(seventh)/content").text
      #expect(words.contains("\"title\":\"Typed with care") && words.hasPrefix("{\"areas\""))
      // A receipt tells its record by the reference, with a link.
      let page = try await cast.focal.get("/en/receipts/\(seventh)").text
      #expect(page.contains("KEN-2026-") && page.contains("href=\"/en/needs/\(need)\""))
      #expect(page.contains("<details>") && !page.contains("need \(need)"))
    }
  }

  @Test(arguments: TestSite.engines) func theStateReadsWhatOthersDid(on engine: Engine) async throws {
    try await Self.with(engine) { site, cast in
      try await cast.mission.get("/en/nominations/new?office=\(cast.office)")
      let nominated = try await cast.mission.send("/en/nominations", Self.nomination(cast))
      let id = try #require(nominated.header("Location")?.firstMatch(of: /nominations\/(\d+)/)).1
      try await cast.officer.get("/en/nominations/\(id)")
      _ = try await cast.officer.send("/en/nominations/\(id)/accept", [])
      let trail = try await cast.focal.get("/en/states/KEN/trail").text
      for words in [
        "Nomination recorded", "Nomination accepted", "Access opened", "Office entered", "Link made",
        "Next Person",
      ] {
        #expect(trail.contains(words), "\(words)")
      }
      // Who acted: a name in the own office, a role and an organization elsewhere; never a number.
      #expect(trail.contains("Person mission@example.org") && trail.contains("UNODC"))
      #expect(!trail.contains("people.nominated") && !trail.contains("person:"))
      // What a person does with the own passphrase is that person's.
      #expect(!trail.contains("Signed in") && !trail.contains("Second factor shown"))
      // Nothing of another State.
      _ = try await Visitor.person("brazil@example.org", .focalPoint, state: "BRA", site)
      let events = try await site.database.read { db in
        var filter = Audit.Filter()
        filter.state = "KEN"
        return try Audit.list(filter, limit: 500, in: db)
      }
      #expect(!events.contains { $0.detail.contains("BRA") } && events.count > 8)
    }
  }

  /// A changed need tells which fields changed: codes as they are, words by length and mark alone.
  @Test(arguments: TestSite.engines) func aChangeIsToldWithoutTheWords(on engine: Engine) async throws {
    try await Self.with(engine) { site, cast in
      var draft = TestSite.need("KEN-2026-CHANGE", state: "KEN", visibility: .secretariat)
      draft.title = "Before the change"
      try await site.make(draft)
      draft.title = "After the change, longer"
      draft.urgency = .low
      draft.statedOn = "2025-01-02"
      draft.areas = ["CRIM"]
      try await site.make(draft)
      let entry = try #require(
        try await site.database.read { db in
          try db.row("SELECT * FROM sys_audit WHERE event = 'needs.changed'", as: AuditEntry.self)
        })
      #expect(!entry.detail.contains("the change"))
      let (before, after) = entry.changes
      #expect(before["title"]?.hasPrefix("text:17:") == true && after["title"]?.hasPrefix("text:24:") == true)
      #expect(after["urgency"] == "low" && after["areas"] == "CRIM" && before["missing"] == nil)
      for (language, was, now) in [("en", "was:", "is now:"), ("ar", "كان:", "صار:"), ("zh", "原为：", "现为：")] {
        let page = try await cast.focal.get("/\(language)/states/KEN/trail").text
        #expect(page.contains(was) && page.contains(now) && !page.contains("→"), "\(language)")
        #expect(!page.contains("⟦"))
      }
      let page = try await cast.focal.get("/en/states/KEN/trail").text
      #expect(page.contains("a text of 17 characters") && page.contains("The need in one line"))
      #expect(page.contains("KEN-2026-CHANGE"))
    }
  }
}
