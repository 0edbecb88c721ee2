import Foundation
import Language
import Proofs
import Storage
import TestKit
import Testing
import Web

@Suite struct ProofPageTests {
  static func post(
    _ client: TestClient, _ path: String, _ fields: [(String, String)], as name: String? = nil
  ) async throws -> TestClient.Answer {
    let form = TestSite.form()
    return try await client.post(
      path, [("_csrf", form.token)] + fields, [("Cookie", form.cookie)] + (name.map(bearer) ?? []))
  }

  @Test(arguments: TestSite.engines) func aTrailIsForItsStateAlone(on engine: Engine) async throws {
    try await ProofSite.with(engine) { site in
      try await site.act(2, state: "KEN", record: "11")
      try await site.act(1, state: "UGA", record: "22")
      try await site.act(1, state: nil, record: "33")
      try await site.database.write(by: Actor("test:kenya", onBehalf: "KEN")) {
        $0.record(Event("thing.asked", subject: "thing", record: "44"))
      }
      let client = try await site.client()
      let statuses: [(String?, Int, Int)] = [
        (nil, 401, 403), ("kenya", 200, 200), ("uganda", 403, 403), ("provider", 403, 403),
        ("officer", 403, 403),
        ("auditor", 403, 403),
      ]
      for (name, data, page) in statuses {
        for path in ["trail", "views"] {
          let answer = try await client.get("/api/v1/states/KEN/\(path)", name.map(bearer) ?? [])
          #expect(answer.status == data, "\(name ?? "guest") \(path)")
          let shown = try await client.get("/en/states/KEN/\(path)", name.map(bearer) ?? [])
          #expect(shown.status == page, "\(name ?? "guest") \(path)")
        }
      }
      let own = try await client.get("/api/v1/states/KEN/trail", bearer("kenya")).text
      #expect(
        own.contains("\"total\":3") && own.contains("\"record\":\"11\"") && own.contains("\"record\":\"44\""))
      #expect(!own.contains("\"record\":\"22\"") && !own.contains("\"record\":\"33\""))
      #expect(own.contains("stage: old → new 1"))
      let first = try await client.get("/api/v1/states/KEN/trail?limit=2", bearer("kenya"))
      let next = try #require(try JSON.parse(first.bytes)["next"]?.text)
      let second = try await client.get(next, bearer("kenya")).text
      #expect(second.contains("new 0") && !second.contains("new 1"))
      #expect(try await client.get("/api/v1/states/XXX/trail", bearer("kenya")).status == 403)
    }
  }

  /// The auditor sees that something was done, never what.
  @Test(arguments: TestSite.engines) func theAuditorSeesNoContent(on engine: Engine) async throws {
    try await ProofSite.with(engine) { site in
      try await site.act(2, record: "11")
      let client = try await site.client()
      let all = try await client.get("/api/v1/audit", bearer("auditor"))
      #expect(all.status == 200 && all.text.contains("thing.changed") && !all.text.contains("new 1"))
      let page = try await client.get("/en/audit", bearer("auditor"))
      #expect(
        page.status == 200 && page.text.contains("The trail is unbroken") && !page.text.contains("new 1"))
      for (name, status) in [("kenya", 403), ("officer", 403), ("provider", 403), ("unproved", 403)] {
        #expect(try await client.get("/api/v1/audit", bearer(name)).status == status, "\(name)")
      }
      #expect(try await client.get("/api/v1/audit").status == 401)
      let filters: [(String, Bool)] = [
        ("event=thing.changed", true), ("event=thing.change", false), ("actor=test:officer", true),
        ("record=11", true),
        ("record=12", false), ("day=2026-06-15", true), ("day=2026-06-14", false), ("state=KEN", true),
        ("state=UGA", false),
        ("subject=thing&record=11&day=2026-06-15", true),
      ]
      for (filter, isThere) in filters {
        let answer = try await client.get("/api/v1/audit?" + filter, bearer("auditor"))
        #expect(answer.status == 200 && answer.text.contains("thing.changed") == isThere, "\(filter)")
      }
      #expect(try await client.get("/api/v1/audit?day=yesterday", bearer("auditor")).status == 400)
      #expect(try await client.get("/api/v1/audit?state=XXX", bearer("auditor")).status == 400)
    }
  }

  @Test(arguments: TestSite.engines) func viewsAreCounted(on engine: Engine) async throws {
    try await ProofSite.with(engine) { site in
      let client = try await site.client()
      let revision = site.database.revision
      for name in ["provider", "provider", "officer", "kenya"] {
        _ = try await client.get("/api/v1/things", bearer(name))
      }
      _ = try await client.get("/api/v1/things")
      _ = try await client.get("/en/things", bearer("provider"))
      // Another of the same class: the page cache must not answer for both.
      _ = try await client.get("/api/v1/things", bearer("colleague"))
      #expect(site.database.revision == revision, "noting a view throws no kept page away")
      let seen = try await site.database.read {
        try ViewLog.views(ofState: "KEN", since: "2026-06-15", in: $0)
      }
      #expect(
        seen.map { "\($0.record) \($0.viewer) \($0.way.rawValue) \($0.times)" } == [
          "1 test:colleague data 1", "1 test:kenya own 1", "1 test:officer data 1", "1 test:provider data 2",
          "1 test:provider page 1",
        ])
      #expect(seen.first { $0.viewer == "test:provider" }?.behalf == "XM-TEST")
      let other = try await site.database.read {
        try ViewLog.views(ofState: "UGA", since: "2026-06-15", in: $0)
      }
      #expect(other.filter { $0.way == .own }.isEmpty && other.count == 5)
      #expect(
        try await site.database.read { try ViewLog.count(ofState: "KEN", since: "2026-06-15", in: $0) } == 5)
      site.clock.move(to: "2026-06-16T00:00:00Z")
      _ = try await client.get("/api/v1/things", bearer("provider"))
      #expect(
        try await site.database.read { try ViewLog.views(ofState: "KEN", since: "2026-06-16", in: $0) }.count
          == 1)
      // All of them in parts of two, without one twice or left out.
      var next: String? = "/api/v1/states/KEN/views?limit=2"
      var rows: [String] = []
      while let address = next {
        let json = try JSON.parse(try await client.get(address, bearer("kenya")).bytes)
        rows += (json["items"]?.elements ?? []).map {
          "\($0["day"]?.text ?? "")\($0["viewer"]?.text ?? "")\($0["way"]?.text ?? "")"
        }
        next = json["next"]?.text
      }
      #expect(rows.count == 6 && Set(rows).count == 6)
      let page = try await client.get("/en/states/KEN/trail", bearer("kenya")).text
      #expect(page.contains("6 views from outside the State") && page.contains("XM-TEST"))
      // Many records of one answer are one transaction.
      let many = (0..<450).map { ViewLog.View(state: "UGA", subject: "thing", record: "\($0 % 400)") }
      try await ViewLog.note(many, by: "x", behalf: "y", way: { _ in .file }, in: site.database)
      let count = try await site.database.read { db in
        try db.value("SELECT count(*) FROM sys_view WHERE viewer = 'x' AND times = 2", as: Int.self)
      }
      #expect(count == 50)
    }
  }

  @Test(arguments: TestSite.engines) func receiptsAreForThoseConcerned(on engine: Engine) async throws {
    try await ProofSite.with(engine) { site in
      let receipt = try await ReceiptTests.issue(site)
      let client = try await site.client()
      for (name, status) in [
        ("kenya", 200), ("officer", 200), ("uganda", 404), ("provider", 404), ("auditor", 403),
      ] {
        for address in [
          "/en/receipts/\(receipt.code)", "/api/v1/receipts/\(receipt.code)",
          "/api/v1/receipts/\(receipt.code).csv",
        ] {
          #expect(try await client.get(address, bearer(name)).status == status, "\(name) \(address)")
        }
      }
      #expect(try await client.get("/api/v1/receipts/\(receipt.code)").status == 401)
      #expect(try await client.get("/api/v1/receipts/AAAAAAAAAA", bearer("kenya")).status == 404)
      #expect(try await client.get("/api/v1/receipts/%27--", bearer("kenya")).status == 404)
      let lists = try await ["kenya", "uganda", "officer"].asyncMap { name in
        try JSON.parse(try await client.get("/api/v1/receipts", bearer(name)).bytes)["items"]?.elements?.count
      }
      #expect(lists == [1, 0, 1])
      let file = try await client.get("/api/v1/receipts/\(receipt.code)", bearer("kenya"))
      #expect(
        file.text == receipt.file + "\n"
          && file.header("Content-Disposition")?.hasPrefix("attachment") == true)
      let page = try await client.get("/en/receipts/\(receipt.code)", bearer("kenya")).text
      #expect(page.contains("A genuine receipt with this code") && page.contains(receipt.signature))
    }
  }

  @Test(arguments: TestSite.engines) func anyoneCanCheckAReceipt(on engine: Engine) async throws {
    try await ProofSite.with(engine) { site in
      let receipt = try await ReceiptTests.issue(site)
      let client = try await site.client()
      let altered = receipt.file.replacing("\"state\":\"KEN\"", with: "\"state\":\"UGA\"")
      let cases: [(String, String, String)] = [
        ("code", ReceiptCode.shown(receipt.code), "A copy that you hold was not compared"),
        ("code", "AAAAAAAAAA", "is not known here"),
        ("receipt", receipt.file, "The receipt is genuine"), ("receipt", altered, "The receipt was altered"),
        ("receipt", "<script>alert(1)</script>", "This is not a receipt"),
      ]
      for (field, value, sentence) in cases {
        let answer = try await Self.post(client, "/en/receipts/check", [(field, value)])
        #expect(answer.status == 200 && answer.text.contains(sentence), "\(field) \(value.prefix(20))")
        #expect(!answer.text.contains("<script>alert"))
      }
      // By its code alone nobody learns whose it is.
      let byCode = try await Self.post(client, "/en/receipts/check", [("code", receipt.code)])
      #expect(
        !byCode.text.contains("KEN") && !byCode.text.contains("test:kenya") && !byCode.text.contains("thing"))
      // Which field was altered is told only to who may read the receipt.
      let stranger = try await client.post(
        "/api/v1/receipts/check", [("receipt", altered)], bearer("provider")
      ).text
      #expect(
        stranger.contains("\"altered\"") && stranger.contains("signature")
          && !stranger.contains("field:state"))
      let own = try await client.post("/api/v1/receipts/check", [("receipt", altered)], bearer("kenya")).text
      #expect(own.contains("field:state"))
      for fields in [[], [("code", "too short")], [("receipt", String(repeating: "x", count: 20_001))]]
        as [[(String, String)]]
      {
        let answer = try await Self.post(client, "/en/receipts/check", fields)
        #expect(answer.status == 422 && answer.text.contains("error-summary"))
      }
      // The file itself.
      let boundary = "zzz"
      let body =
        "--zzz\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n\(TestSite.form().token)\r\n--zzz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"r.json\"\r\nContent-Type: application/json\r\n\r\n\(receipt.file)\n\r\n--zzz--\r\n"
      let sent = try await client.send(
        "POST", "/en/receipts/check",
        [("Content-Type", "multipart/form-data; boundary=\(boundary)"), ("Cookie", TestSite.form().cookie)],
        Array(body.utf8))
      #expect(sent.status == 200 && sent.text.contains("The receipt is genuine"))
    }
  }

  @Test(arguments: TestSite.engines) func anyoneCanTakeACheckpointAway(on engine: Engine) async throws {
    try await ProofSite.with(engine) { site in
      try await site.act(2)
      let client = try await site.client()
      #expect(try await client.get("/api/v1/audit/checkpoints/newest").status == 404)
      #expect(try await Self.post(client, "/en/audit/checkpoints", [], as: "kenya").status == 403)
      #expect(try await Self.post(client, "/en/audit/checkpoints", [], as: "auditor").status == 303)
      let newest = try await client.get("/api/v1/audit/checkpoints/newest")
      let held = try #require(Checkpoint(file: newest.text))
      #expect(try await client.get("/api/v1/audit/checkpoints/1").bytes == newest.bytes)
      let page = try await client.get("/en/audit/checkpoints")
      #expect(page.status == 200 && page.text.contains(Digest.hex(held.hash)))
      for path in ["0", "99", "x", "-1"] {
        #expect(try await client.get("/api/v1/audit/checkpoints/\(path)").status == 404, "\(path)")
      }
      let verified = try await Self.post(
        client, "/en/audit/verify", [("checkpoint", held.file)], as: "auditor")
      #expect(verified.status == 200 && verified.text.contains("The trail is unbroken"))
      let ids = try await site.act(2)
      try await site.tamper("UPDATE sys_audit SET actor = 'x' WHERE id = \(ids[0]);")
      let broken = try await client.get("/api/v1/audit/verify", bearer("auditor")).text
      #expect(broken.contains("\"altered\"") && broken.contains("\"entry\":\(ids[0])"))
      #expect(try await client.get("/en/audit", bearer("auditor")).text.contains("The trail does not fit"))
      #expect(try await Self.post(client, "/en/audit/checkpoints", [], as: "auditor").status == 409)
      let nonsense = try await Self.post(client, "/en/audit/verify", [("checkpoint", "{}")], as: "auditor")
      #expect(nonsense.status == 422 && nonsense.text.contains("This is not a checkpoint"))
    }
  }

  @Test func everyPageInEveryLanguage() async throws {
    try await ProofSite.with(.sqlite) { site in
      let receipt = try await ReceiptTests.issue(site)
      try await site.database.checkpoint()
      let ids = try await site.act(3)
      let client = try await site.client()
      _ = try await client.get("/en/things", bearer("provider"))
      try await site.tamper("UPDATE sys_audit SET actor = 'x' WHERE id = \(ids[1]);")
      let pages = [
        ("states/KEN/trail", "kenya"), ("states/KEN/views", "kenya"), ("audit", "auditor"),
        ("audit/verify", "auditor"),
        ("audit/checkpoints", "auditor"), ("receipts", "kenya"), ("receipts/check", "kenya"),
        ("receipts/" + receipt.code, "kenya"),
      ]
      for language in Language.all {
        for (path, name) in pages {
          let answer = try await client.get("/\(language.code)/\(path)", bearer(name))
          #expect(answer.status == 200, "\(language.code)/\(path)")
          #expect(
            answer.text.components(separatedBy: "<h1").count == 2 && !answer.text.contains("⟦"),
            "\(language.code)/\(path)")
        }
        for text in ["x", receipt.file, receipt.file.replacing("thing", with: "other")] {
          let answer = try await Self.post(
            client, "/\(language.code)/receipts/check", [("receipt", text)], as: "kenya")
          #expect(answer.status == 200 && !answer.text.contains("⟦"), "\(language.code)")
        }
      }
      #expect(site.test.site.catalogue.missing.isEmpty, "\(site.test.site.catalogue.missing)")
    }
  }
}

extension Sequence {
  func asyncMap<T>(_ transform: (Element) async throws -> T) async rethrows -> [T] {
    var result: [T] = []
    for element in self { result.append(try await transform(element)) }
    return result
  }
}
