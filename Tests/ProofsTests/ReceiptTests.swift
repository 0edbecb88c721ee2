import Foundation
import Proofs
import Secrets
import Storage
import TestKit
import Testing

@Suite struct ReceiptTests {
  static let secret = "The State needs help with what it tells nobody: مساعدة سرية"

  static func issue(_ site: ProofSite, record: String = "7", content: String = secret) async throws -> Receipt
  {
    let slip = try await site.database.write(
      by: Actor("test:kenya", onBehalf: "KEN", request: "r1", language: "ar")
    ) { db in
      db.record(Event("thing.seen", subject: "thing", record: record, state: "KEN"))
      db.record(Event("thing.published", subject: "thing", record: record, state: "KEN"))
      db.record(Event("thing.counted", subject: "thing", record: record, state: "KEN"))
      return try db.receipt(
        act: "thing.published", subject: "thing", record: record, state: "KEN",
        content: ReceiptContent(text: content))
    }
    let code = try #require(slip.code)
    return try #require(try await site.database.read { try Receipts.find(code, in: $0) })
  }

  @Test(arguments: TestSite.engines) func itSaysWhatWasDoneAndNotWhatWasSaid(on engine: Engine) async throws {
    try await ProofSite.with(engine) { site in
      let receipt = try await Self.issue(site)
      #expect(receipt.act == "thing.published" && receipt.state == "KEN" && receipt.person == "test:kenya")
      #expect(receipt.onBehalf == "KEN" && receipt.at == "2026-06-15T09:30:00Z")
      #expect(receipt.content == Digest.hex(Digest.sha256(Array(Self.secret.utf8))))
      #expect(!receipt.file.contains("help") && !receipt.file.contains("سرية"))
      let id = try #require(receipt.entry)
      let entry = try #require(
        try await site.database.read {
          try $0.row("SELECT * FROM sys_audit WHERE id = \(id)", as: AuditEntry.self)
        })
      #expect(entry.event == "thing.published" && Digest.hex(entry.contentHash) == receipt.entryHash)
      // The number of the entry would tell how much others do.
      #expect(!receipt.file.contains("audit_entry") && !receipt.file.contains("\"\(id)\""))
      #expect(try Program.isSigned(receipt.file, in: site.test.folder))
      #expect(
        receipt.code.count == 10
          && ReceiptCode.read(ReceiptCode.shown(receipt.code).lowercased()) == receipt.code)
      let verdict = try await site.database.read { try Receipts.verify(receipt.file, in: $0) }
      #expect(verdict.outcome == .genuine && verdict.findings.isEmpty)
      let spaced = receipt.file.replacing("\",\"", with: "\" ,\n \"")
      #expect(try await site.database.read { try Receipts.verify(spaced, in: $0) }.outcome == .genuine)
      #expect(try Receipts.verify(receipt.file, keys: [receipt.publicKey]).outcome == .genuine)
      #expect(try Receipts.verify(receipt.file).outcome == .unknown)
    }
  }

  @Test(arguments: TestSite.engines) func everyAlteredFieldIsFound(on engine: Engine) async throws {
    try await ProofSite.with(engine) { site in
      let receipt = try await Self.issue(site)
      let fields = try #require(
        try JSONSerialization.jsonObject(with: Data(receipt.file.utf8)) as? [String: String])
      func file(_ fields: [String: String]) throws -> String {
        String(decoding: try JSONSerialization.data(withJSONObject: fields), as: UTF8.self)
      }
      #expect(fields.count >= 16)
      for name in fields.keys.sorted() {
        var altered = fields
        let value = altered[name] ?? ""
        // The last character is another one: letters stay letters, digits digits.
        altered[name] = value.dropLast() + (value.hasSuffix("1") ? "2" : "1")
        let changed = try file(altered)
        let offline = try Receipts.verify(changed, keys: [receipt.publicKey])
        let here = try await site.database.read { try Receipts.verify(changed, in: $0) }
        let wanted: Receipts.Outcome = name == "kind" ? .unreadable : .altered
        #expect(
          offline.outcome == wanted && here.outcome == wanted, "\(name): \(offline.outcome), \(here.outcome)")
        if !["kind", "signature", "code", "database"].contains(name) {
          #expect(here.findings.contains(Receipts.Finding(.field, name)), "\(name) is named")
        }
        var removed = fields
        removed[name] = nil
        let shorter = try file(removed)
        let without = try await site.database.read { try Receipts.verify(shorter, in: $0) }
        #expect(
          without.outcome == (["kind", "signature"].contains(name) ? .unreadable : .altered),
          "without \(name)")
      }
      var more = fields
      more["note"] = "also good for a second act"
      let longer = try file(more)
      #expect(try await site.database.read { try Receipts.verify(longer, in: $0) }.outcome == .altered)
    }
  }

  /// A receipt made by someone who can sign, but not with the site's key.
  @Test(arguments: TestSite.engines) func aForgeryWithAnotherKeyIsUnknown(on engine: Engine) async throws {
    try await ProofSite.with(engine) { site in
      let receipt = try await Self.issue(site)
      var fields = try #require(
        try JSONSerialization.jsonObject(with: Data(receipt.file.utf8)) as? [String: String])
      let forger = SigningKey(seed: Digest.random(32))
      fields["signature"] = nil
      fields["key"] = forger.id
      fields["public_key"] = Digest.hex(forger.publicKey)
      let text = try JSONSerialization.data(
        withJSONObject: fields, options: [.sortedKeys, .withoutEscapingSlashes])
      fields["signature"] = Digest.hex(forger.sign(Array(text)))
      let file = String(decoding: try JSONSerialization.data(withJSONObject: fields), as: UTF8.self)
      #expect(try Program.isSigned(file, in: site.test.folder), "the forgery is right in itself")
      let verdict = try await site.database.read { try Receipts.verify(file, in: $0) }
      #expect(verdict.outcome == .unknown)
      #expect(verdict.findings.contains(Receipts.Finding(.keyUnknown, forger.id)))
      #expect(try Receipts.verify(file, keys: [receipt.publicKey]).outcome == .unknown)
    }
  }

  /// The receipt in a State's hand stands when the database was changed.
  @Test(arguments: TestSite.engines) func aChangedDatabaseIsContradicted(on engine: Engine) async throws {
    try await ProofSite.with(engine) { site in
      let one = try await Self.issue(site, record: "1")
      let two = try await Self.issue(site, record: "2")
      let three = try await Self.issue(site, record: "3")
      let entry = try #require(three.entry)
      try await site.tamper(
        """
        DELETE FROM sys_receipt WHERE code = '\(one.code)';
        UPDATE sys_receipt SET text = '\(two.file.replacing("\"act\":\"thing.published\"", with: "\"act\":\"thing.withdrawn\""))' WHERE code = '\(two.code)';
        UPDATE sys_audit SET hash = \(site.bytes([UInt8](repeating: 9, count: 32))) WHERE id = \(entry);
        """)
      let verdicts = try await site.database.read { db in
        try [one, two, three].map { try Receipts.verify($0.file, in: db) }
      }
      #expect(verdicts.allSatisfy { $0.outcome == .contradicted })
      #expect(verdicts[0].findings == [Receipts.Finding(.codeUnknown, one.code)])
      #expect(verdicts[1].findings.contains(Receipts.Finding(.field, "act")))
      #expect(verdicts[2].findings == [Receipts.Finding(.entryDiffers)])
      try await site.tamper(
        "DELETE FROM sys_audit_state WHERE entry = \(entry); DELETE FROM sys_audit WHERE id = \(entry);"
      )
      let gone = try await site.database.read { try Receipts.verify(three.file, in: $0) }
      #expect(gone.findings == [Receipts.Finding(.entryMissing)])
    }
  }

  @Test(arguments: TestSite.engines) func itStandsAndFallsWithItsTransaction(on engine: Engine) async throws {
    struct Stop: Error {}
    try await ProofSite.with(engine) { site in
      await #expect(throws: Stop.self) {
        try await site.database.write(by: .system) { db in
          db.record(Event("thing.made", subject: "thing", record: "1"))
          try db.receipt(act: "thing.made", subject: "thing", record: "1", content: ReceiptContent(text: "x"))
          throw Stop()
        }
      }
      // No entry about the same record: nothing is kept.
      await #expect(throws: StorageError.self) {
        try await site.database.write(by: .system) { db in
          db.record(Event("thing.made", subject: "thing", record: "1"))
          try db.receipt(act: "thing.made", subject: "thing", record: "2", content: ReceiptContent(text: "x"))
        }
      }
      #expect(try await site.database.read { try Receipts.list(.all, limit: 10, in: $0) }.isEmpty)
      // The same act twice in one transaction: two receipts, two codes.
      let slips = try await site.database.write(by: .system) { db in
        db.record(Event("thing.made", subject: "thing", record: "1"))
        return try (0..<3).map { _ in
          try db.receipt(act: "thing.made", subject: "thing", record: "1", content: ReceiptContent(text: "x"))
        }
      }
      let codes = Set(slips.compactMap(\.code))
      #expect(codes.count == 3)
      for code in codes {
        let verdict = try await site.database.read { db in
          try Receipts.verify(Receipts.find(code, in: db)?.file ?? "", in: db)
        }
        #expect(verdict.outcome == .genuine)
      }
    }
  }

  /// What others do changes no byte of a State's receipt: neither a number nor a hash of the chain stands in it.
  @Test(arguments: TestSite.engines) func othersLeaveNoTraceInIt(on engine: Engine) async throws {
    let seed = [UInt8](repeating: 5, count: 32)
    func issued(after others: Int) async throws -> (String, Receipts.Outcome) {
      try await ProofSite.with(engine) { site in
        let database = try ProofSite.open(site.address, clock: site.clock, signer: SigningKey(seed: seed))
        defer { try? database.close() }
        try await database.housekeeping { db in
          try db.run("DELETE FROM sys_fact WHERE name = 'database'")
          try db.run("INSERT INTO sys_fact (name, value) VALUES ('database', 'one')")
        }
        for number in 0..<others {
          try await database.write(by: Actor("test:uganda", onBehalf: "UGA")) { db in
            db.record(Event("thing.published", subject: "thing", record: "u\(number)", state: "UGA"))
            try db.receipt(
              act: "thing.published", subject: "thing", record: "u\(number)", state: "UGA",
              content: ReceiptContent(text: "x"))
          }
        }
        let slip = try await database.write(by: Actor("test:kenya", onBehalf: "KEN", request: "r1")) { db in
          db.record(Event("thing.published", subject: "thing", record: "7", state: "KEN"))
          return try db.receipt(
            act: "thing.published", subject: "thing", record: "7", state: "KEN",
            content: ReceiptContent(text: "words"))
        }
        let code = try #require(slip.code)
        return try await database.read { db in
          let file = try Receipts.find(code, in: db)?.file ?? ""
          return (file, try Receipts.verify(file, in: db).outcome)
        }
      }
    }
    let alone = try await issued(after: 0)
    let beside = try await issued(after: 5)
    #expect(alone.0 == beside.0 && !alone.0.isEmpty && alone.1 == .genuine && beside.1 == .genuine)
  }

  @Test func codesForgiveWhatPeopleMistype() {
    #expect(ReceiptCode.read(" o1l-i2 34 56 z") == "0111 23456Z".replacing(" ", with: ""))
    for bad in ["", "7K2QX9M4P", "7K2QX9M4PAB", "7K2QX9M4PU", "7K2QX9M4P!", "７K2QX9M4PA", "'; DROP--AA"] {
      #expect(ReceiptCode.read(bad) == nil, "\(bad)")
    }
  }

  @Test func whatIsNoReceiptIsSaidToBeNone() throws {
    let cases = [
      "", "{}", "[]", "null", "{\"kind\":\"wasl-receipt\"}",
      "{\"kind\":\"wasl-receipt\",\"signature\":\"zz\"}",
      "{\"kind\":\"wasl-receipt\",\"signature\":\"00\",\"n\":1}",
      "{\"kind\":\"wasl-receipt\",\"signature\":\"00\"} x",
      "{\"kind\":\"wasl-receipt\",\"signature\":\"\\ud800\"}", "{\"a\":\"\\u00\"}", "{\"a\":\"b\",}",
      "{\"a\"", "\u{0}",
      String(repeating: "{\"a\":", count: 10_000), String(repeating: "x", count: 100_000),
    ]
    for text in cases { #expect(try Receipts.verify(text).outcome == .unreadable, "\(text.prefix(40))") }
    let bare = try Receipts.verify("{\"kind\":\"wasl-receipt\",\"signature\":\"00\"}")
    #expect(bare.outcome == .altered && bare.findings.count > 10)
  }
}
