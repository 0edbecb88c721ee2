/// One pass over the trail, in constant memory.
struct AuditWalk {
  private var verdict: Audit.Verdict
  private var last: Int64
  private var held: [Int64: [Checkpoint]] = [:]
  private var agreedOn: Int64 = 0
  /// Hashes that the next entry may hold as the one before: the last one's, and what its fields give when they
  /// differ (then only its hash was changed). Nil when the last one cannot be read.
  private var before: [[UInt8]]?
  /// Where a partial walk begins: that entry must carry the checkpoint's hash; what lies before is not looked at.
  var startsAt: Checkpoint?

  init(head: [UInt8], last: Int64) {
    verdict = Audit.Verdict()
    verdict.head = head
    before = [head]
    self.last = last
  }

  mutating func hold(_ checkpoint: Checkpoint, known: Set<String>, database: String?) {
    if checkpoint.record.fault != nil {
      return verdict.add(Audit.Finding(.checkpointForged, checkpoint.entry, checkpoint: checkpoint.at))
    }
    if checkpoint.database != database {
      return verdict.add(Audit.Finding(.checkpointDatabase, checkpoint.entry, checkpoint: checkpoint.at))
    }
    // Compared all the same: who took the key out of the database may have changed entries too.
    if !known.contains(checkpoint.publicKey) {
      verdict.add(Audit.Finding(.checkpointKey, checkpoint.entry, checkpoint: checkpoint.at))
    }
    held[checkpoint.entry, default: []].append(checkpoint)
  }

  mutating func follow(_ db: Reader) -> Audit.Verdict {
    let start = last
    do {
      try db.each("SELECT * FROM sys_audit WHERE id > \(start) ORDER BY id") { row in add(row) }
    } catch {
      verdict.add(Audit.Finding(.unreadable, last + 1))
    }
    for (entry, checkpoints) in held.sorted(by: { $0.key < $1.key }) where entry > last {
      for checkpoint in checkpoints {
        verdict.add(Audit.Finding(.cut, last + 1, through: entry, checkpoint: checkpoint.at))
      }
    }
    return verdict
  }

  private mutating func add(_ row: Row) {
    verdict.entries += 1
    let readable = try? AuditEntry(row: row)
    let id = readable?.id ?? (try? row["id"] as Int64) ?? last + 1
    let isNext = id == last + 1
    if id > last + 1 { verdict.add(Audit.Finding(.missing, last + 1, through: id - 1)) }
    last = id
    guard let entry = readable else {
      verdict.add(Audit.Finding(.unreadable, id))
      before = nil
      return
    }
    let expected = entry.expectedHash
    if entry.hash != expected {
      verdict.add(Audit.Finding(.altered, id))
    } else if isNext, startsAt?.entry != id, let before, !before.contains(entry.previous) {
      // This entry fits itself, so the one before it is no longer the one that it followed.
      verdict.add(Audit.Finding(.unlinked, max(1, id - 1), through: id))
    }
    for checkpoint in held[id] ?? [] {
      if checkpoint.hash == entry.hash {
        verdict.agreeing += 1
        agreedOn = id
      } else {
        verdict.add(Audit.Finding(.rewritten, min(agreedOn + 1, id), through: id, checkpoint: checkpoint.at))
      }
    }
    before = [entry.hash, expected]
    verdict.head = entry.hash
  }
}
