import Foundation
import Proofs
import Secrets
import Storage
import TestKit
import Testing

@Suite struct CheckpointTests {
  @Test(arguments: TestSite.engines) func openSSLAgreesWithTheSignature(on engine: Engine) async throws {
    try await ProofSite.with(engine) { site in
      try await site.act(2)
      let checkpoint = try #require(try await site.database.checkpoint())
      #expect(try Program.isSigned(checkpoint.file, in: site.test.folder))
      let altered = checkpoint.file.replacing("\"at\":\"2026", with: "\"at\":\"2025")
      #expect(try !Program.isSigned(altered, in: site.test.folder))
      #expect(checkpoint.key == site.key.id && checkpoint.publicKey == Digest.hex(site.key.publicKey))
    }
  }

  @Test(arguments: TestSite.engines) func aForgedOrForeignOneIsNamed(on engine: Engine) async throws {
    try await ProofSite.with(engine) { site in
      try await site.act(2)
      let genuine = try #require(try await site.database.checkpoint())
      for (word, other) in [
        ("\"at\":\"2026", "\"at\":\"2025"), ("wasl test", "wasl tesT"), (genuine.key, "0123456789abcdef"),
      ] {
        let forged = try #require(Checkpoint(file: genuine.file.replacing(word, with: other)))
        #expect(try await site.verdict([forged]).findings.map(\.kind) == [.checkpointForged], "\(word)")
      }
      // Signed in itself, but by someone else.
      let stranger = try ProofSite.open(
        site.address, clock: site.clock, signer: SigningKey(seed: Digest.random(32)))
      try await site.act(1)
      let strange = try #require(try await stranger.checkpoint())
      try stranger.close()
      // The stranger had the database in hand and so left the key in it; without that row it is unknown.
      try await site.tamper(
        "DELETE FROM sys_fact WHERE name = 'signing-key:\(strange.key)'; DELETE FROM sys_checkpoint WHERE key = '\(strange.key)';"
      )
      #expect(try await site.verdict([strange]).findings.map(\.kind) == [.checkpointKey])
      #expect(try await site.verdict([strange], keys: [strange.publicKey]).findings.isEmpty)
      #expect(Checkpoint(file: "{}") == nil && Checkpoint(file: genuine.file + "x") == nil)
      #expect(
        Checkpoint(file: genuine.file.replacing("{\"at\"", with: "{\"at\":\"2020-01-01T00:00:00Z\",\"at\""))
          == nil)
      let foreign = try await ProofSite.with(.sqlite) { other in
        try await other.act(1)
        return try #require(try await other.database.checkpoint())
      }
      let verdict = try await site.verdict([foreign], keys: [foreign.publicKey])
      #expect(verdict.findings.map(\.kind) == [.checkpointDatabase])
    }
  }

  @Test(arguments: TestSite.engines) func oneIsMadeWhenItIsDue(on engine: Engine) async throws {
    try await ProofSite.with(engine) { site in
      let database = site.database
      try await site.act(1)
      #expect(try await database.checkpointWhenDue() != nil)
      #expect(try await database.checkpointWhenDue() == nil)
      try await site.act(3)
      #expect(try await database.checkpointWhenDue() == nil)
      site.clock.move(to: "2026-06-16T09:29:59Z")
      #expect(try await database.checkpointWhenDue() == nil)
      site.clock.move(to: "2026-06-16T09:30:00Z")
      let daily = try #require(try await database.checkpointWhenDue())
      site.clock.move(to: "2026-06-19T00:00:00Z")
      #expect(try await database.checkpointWhenDue() == nil, "nothing changed since")
      try await database.write(by: .system) { db in
        for number in 0..<Int(Checkpoint.dueAfterEntries) {
          db.record(Event("thing.changed", subject: "thing", record: "\(number)"))
        }
      }
      site.clock.move(to: "2026-06-16T09:31:00Z")
      let many = try #require(try await database.checkpointWhenDue())
      #expect(many.entry == daily.entry + Checkpoint.dueAfterEntries)
      #expect(try await database.checkpoint() == many, "the newest, when it names the last entry")
      #expect(try await site.verdict().agreeing == 3)
    }
  }

  @Test(arguments: TestSite.engines) func nothingIsSignedOverABrokenTrail(on engine: Engine) async throws {
    try await ProofSite.with(engine) { site in
      try await site.act(2)
      try await site.database.checkpoint()
      let ids = try await site.act(3)
      try await site.tamper("UPDATE sys_audit SET actor = 'x' WHERE id = \(ids[1]);")
      await #expect(throws: StorageError.self) { try await site.database.checkpoint() }
      site.clock.move(to: "2026-07-01T00:00:00Z")
      await #expect(throws: StorageError.self) { try await site.database.checkpointWhenDue() }
      let despite = try #require(try await site.database.checkpoint(despiteFindings: true))
      #expect(despite.file.contains("\"despite\":\"The fields of entry \(ids[1])"))
      // From there on life can go on; the whole trail still shows what happened.
      try await site.act(1)
      #expect(try await site.database.checkpoint() != nil)
      #expect(try await site.verdict().brokenAt == ids[1])
    }
  }

  @Test(arguments: TestSite.engines) func withoutAKeyNothingIsSigned(on engine: Engine) async throws {
    try await ProofSite.with(engine) { site in
      try await site.act(1)
      let keyless = try ProofSite.open(site.address, clock: site.clock, signer: nil)
      await #expect(throws: StorageError.self) { try await keyless.checkpoint() }
      await #expect(throws: StorageError.self) {
        try await keyless.write(by: .system) { db in
          db.record(Event("thing.made", subject: "thing", record: "9"))
          try db.receipt(
            act: "thing.made", subject: "thing", record: "9", content: ReceiptContent(text: "words"))
        }
      }
      let kept = try await keyless.read {
        try $0.value("SELECT count(*) FROM sys_audit WHERE record = '9'", as: Int.self)
      }
      #expect(kept == 0)
      try keyless.close()
    }
  }
}
