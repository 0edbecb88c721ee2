import Foundation
import Proofs
import Storage
import TestKit
import Testing

/// What was done to the trail is found, and named.
@Suite struct TrailTests {
  @Test(arguments: TestSite.engines) func anAlteredEntryIsNamed(on engine: Engine) async throws {
    try await ProofSite.with(engine) { site in
      let ids = try await site.act(6)
      #expect(try await site.verdict().findings.isEmpty)
      try await site.tamper("UPDATE sys_audit SET actor = 'test:officeR' WHERE id = \(ids[2]);")
      let verdict = try await site.verdict()
      #expect(verdict.findings.map(\.kind) == [.altered] && verdict.brokenAt == ids[2])
      // Its hash made good: then the next entry no longer follows from it.
      try await site.rehash(ids[2])
      let again = try await site.verdict()
      #expect(
        again.findings.map(\.kind) == [.unlinked] && again.brokenAt == ids[2]
          && again.findings[0].through == ids[3])
    }
  }

  /// Each column of an entry is part of what its hash holds.
  @Test(arguments: TestSite.engines) func everyColumnCounts(on engine: Engine) async throws {
    try await ProofSite.with(engine) { site in
      let ids = try await site.act(12)
      let changes = [
        "at = '2026-06-15T09:30:01Z'", "actor = 'x'", "on_behalf = NULL", "event = 'thing.changes'",
        "subject = 'thinG'",
        "record = '11'", "detail = detail || ' '", "request = ''", "language = ''",
        "previous = \(site.bytes([UInt8](repeating: 1, count: 32)))", "hash = \(site.bytes([1, 2, 3]))",
      ]
      for (index, change) in changes.enumerated() {
        try await site.tamper("UPDATE sys_audit SET \(change) WHERE id = \(ids[index]);")
        let verdict = try await site.verdict()
        #expect(verdict.findings.last?.entry == ids[index], "\(change)")
        #expect(verdict.findings.count == index + 1, "\(change)")
      }
    }
  }

  @Test(arguments: TestSite.engines) func aCutIsShownByTheCheckpointAlone(on engine: Engine) async throws {
    try await ProofSite.with(engine) { site in
      let ids = try await site.act(5)
      let held = try #require(try await site.database.checkpoint())
      let exported = try #require(Checkpoint(file: held.file))
      #expect(try await site.verdict([exported]).agreeing == 1)
      // Who can cut the trail can also remove the checkpoint beside it.
      try await site.tamper(
        """
        DELETE FROM sys_checkpoint; DELETE FROM sys_audit_state WHERE entry >= \(ids[3]);
        DELETE FROM sys_audit WHERE id >= \(ids[3]);
        """)
      let alone = try await site.verdict()
      #expect(alone.findings.isEmpty && alone.agreeing == 0)
      let verdict = try await site.verdict([exported])
      #expect(verdict.findings.map(\.kind) == [.cut])
      #expect(verdict.brokenAt == ids[3] && verdict.findings[0].through == ids[4])
      // Life goes on over the cut: the same numbers, other entries.
      try await site.act(4)
      #expect(try await site.verdict().findings.isEmpty)
      let later = try await site.verdict([exported])
      #expect(later.findings.map(\.kind) == [.rewritten] && later.findings[0].through == ids[4])
    }
  }

  @Test(arguments: TestSite.engines) func aTrailMadeAnewIsShownByTheCheckpointAlone(on engine: Engine)
    async throws
  {
    try await ProofSite.with(engine) { site in
      let ids = try await site.act(6)
      try await site.database.checkpoint()
      let first = try #require(try await site.database.read { try Audit.checkpoints(limit: 1, in: $0) }.first)
      let more = try await site.act(3)
      let second = try #require(try await site.database.checkpoint())
      #expect(first.entry == ids[5] && second.entry == more[2])
      try await site.tamper(
        "DELETE FROM sys_checkpoint; UPDATE sys_audit SET actor = 'nobody' WHERE id = \(more[1]);")
      try await site.rehash(more[1], onward: true)
      #expect(try await site.verdict().findings.isEmpty)
      let verdict = try await site.verdict([first, second])
      #expect(verdict.agreeing == 1)
      #expect(verdict.findings == [Audit.Finding.made(.rewritten, more[0], more[2], second.at)])
    }
  }

  @Test(arguments: TestSite.engines) func aGapIsNamed(on engine: Engine) async throws {
    try await ProofSite.with(engine) { site in
      let ids = try await site.act(6, state: nil)
      try await site.tamper("DELETE FROM sys_audit WHERE id IN (\(ids[1]), \(ids[2]));")
      let verdict = try await site.verdict()
      #expect(verdict.findings.map(\.kind) == [.missing])
      #expect(verdict.findings[0].entry == ids[1] && verdict.findings[0].through == ids[2])
    }
  }

  @Test(arguments: TestSite.engines) func nothingCanBeChangedOrRemoved(on engine: Engine) async throws {
    try await ProofSite.with(engine) { site in
      try await site.database.write(by: Actor("test")) { db in
        db.record(Event("thing.made", subject: "thing", record: "1", state: "KEN"))
        try db.receipt(
          act: "thing.made", subject: "thing", record: "1", state: "KEN",
          content: ReceiptContent(text: "words"))
      }
      try await site.database.checkpoint()
      let statements: [SQL] = [
        "UPDATE sys_audit SET actor = 'x'", "DELETE FROM sys_audit",
        "UPDATE sys_audit_state SET state = 'UGA'",
        "DELETE FROM sys_audit_state", "UPDATE sys_checkpoint SET text = ''", "DELETE FROM sys_checkpoint",
        "UPDATE sys_receipt SET text = ''", "DELETE FROM sys_receipt",
        "UPDATE sys_receipt_behind SET entry = 0", "DELETE FROM sys_receipt_behind",
      ]
      for statement in statements {
        await #expect {
          try await site.database.housekeeping { try $0.run(statement) }
        } throws: { "\($0)".contains("append-only") }
      }
      if engine == .postgres {
        for table in ["sys_audit_state", "sys_checkpoint", "sys_receipt"] {
          await #expect {
            try await site.database.migrate([Migration("99990101-1-x", Array("TRUNCATE \(table);".utf8))])
          } throws: {
            "\($0)".contains("append-only") || "\($0)".contains("newer program")
          }
        }
      }
    }
  }
}

extension Audit.Finding {
  static func made(_ kind: Kind, _ entry: Int64, _ through: Int64, _ checkpoint: String?) -> Audit.Finding {
    Audit.Finding(kind, entry, through: through, checkpoint: checkpoint)
  }
}
