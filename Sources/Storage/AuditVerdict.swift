extension Audit {
  /// Something that does not fit.
  package struct Finding: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
      /// The entry's fields do not give its hash.
      case altered
      /// The first of two was made anew: the second does not follow from it.
      case unlinked
      /// Entries between two others are not there.
      case missing
      /// The file is damaged there.
      case unreadable
      /// A checkpoint names entries after the last one that is there.
      case cut
      /// A checkpoint names another hash: something between the last agreement and its entry was made anew.
      case rewritten
      case checkpointForged = "checkpoint-forged"
      case checkpointKey = "checkpoint-key"
      case checkpointDatabase = "checkpoint-database"
    }
    package let kind: Kind
    /// Number of the entry, or of the first.
    package let entry: Int64
    /// The last of several, else the same.
    package let through: Int64
    /// Time of the checkpoint that shows it.
    package let checkpoint: String?

    package init(_ kind: Kind, _ entry: Int64, through: Int64? = nil, checkpoint: String? = nil) {
      self.kind = kind
      self.entry = entry
      self.through = through ?? entry
      self.checkpoint = checkpoint
    }
  }

  /// What following the chain found.
  package struct Verdict: Sendable, Equatable {
    /// Entries read.
    package var entries = 0
    package var head = [UInt8](repeating: 0, count: 32)
    /// In the order in which they were met; at most `mostFindings`.
    package var findings: [Finding] = []
    package var findingsLeftOut = 0
    /// Checkpoints that agree.
    package var agreeing = 0
    package static let mostFindings = 1_000

    package var brokenAt: Int64? { findings.first?.entry }

    mutating func add(_ finding: Finding) {
      if findings.count < Verdict.mostFindings { findings.append(finding) } else { findingsLeftOut += 1 }
    }
  }

  /// Follows the chain, and holds it against checkpoints: those given, and those that the database keeps.
  ///
  /// Works also on a database that is damaged or was changed by hand: every fault is a finding.
  /// - Parameters:
  ///   - checkpoints: held by whoever asks; only these show what someone did who could also change `sys_checkpoint`.
  ///   - keys: hexadecimal public keys to trust besides those that the database knows.
  package static func verify(
    against checkpoints: [Checkpoint] = [], keys: Set<String> = [], in db: Reader
  ) throws -> Verdict {
    // Before the schema of checkpoints existed, or where these tables are damaged, the chain is all there is.
    let isSigned =
      (try? db.value("SELECT 1 FROM sys_migration WHERE name = '20261125-0-proof'", as: Int.self)) == 1
    let stored = isSigned ? (try? allCheckpoints(in: db)) ?? [] : []
    let known = keys.union((try? SigningKeys.known(in: db)) ?? [])
    let database = try? DatabaseIdentity.find(in: db)
    var walk = AuditWalk(head: [UInt8](repeating: 0, count: 32), last: 0)
    for checkpoint in checkpoints + stored.filter({ !checkpoints.map(\.file).contains($0.file) }) {
      walk.hold(checkpoint, known: known, database: database)
    }
    return walk.follow(db)
  }

  /// Follows the chain from the entry of a checkpoint to the last one; from the first without one.
  package static func verify(after checkpoint: Checkpoint?, in db: Reader) throws -> Verdict {
    guard let checkpoint else {
      var walk = AuditWalk(head: [UInt8](repeating: 0, count: 32), last: 0)
      return walk.follow(db)
    }
    var walk = AuditWalk(head: checkpoint.hash, last: checkpoint.entry - 1)
    walk.startsAt = checkpoint
    walk.hold(checkpoint, known: try SigningKeys.known(in: db), database: try DatabaseIdentity.find(in: db))
    return walk.follow(db)
  }
}

extension Audit.Finding: CustomStringConvertible {
  package var description: String {
    let entries = through > entry ? "entries \(entry) to \(through)" : "entry \(entry)"
    let when = checkpoint.map { " of \($0)" } ?? ""
    return switch kind {
    case .altered: "The fields of \(entries) do not give its hash: it was altered."
    case .unlinked: "Entry \(entry) was made anew: entry \(through) does not follow from it."
    case .missing: "Missing: \(entries)."
    case .unreadable: "The database cannot be read at \(entries)."
    case .cut: "Missing at the end: \(entries), by the checkpoint\(when)."
    case .rewritten:
      "The checkpoint\(when) names another hash: \(entries) \(through > entry ? "were" : "was") made anew in part or whole."
    case .checkpointForged:
      "The signature of the checkpoint\(when) on \(entries) is wrong: nothing follows from it."
    case .checkpointKey: "The checkpoint\(when) on \(entries) is signed with a key that is not known here."
    case .checkpointDatabase: "The checkpoint\(when) on \(entries) belongs to another database."
    }
  }
}
