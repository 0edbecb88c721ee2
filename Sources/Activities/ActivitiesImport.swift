import Documents
import Foundation
package import Storage
import Synchronization

/// A draft with what was concluded from it, ready to be written.
struct Assessed: Sendable {
  let draft: ActivityDraft
  let claims: [RelevanceClaim]
  let footprint: Activities.Footprint
  let hash: [UInt8]
  /// UTF-8 of the stored form of `Activities.Detail`.
  let detail: [UInt8]

  init(_ draft: ActivityDraft, _ reference: Activities.Reference) {
    self.draft = draft
    claims = reference.relevance.claims(for: draft)
    footprint = Activities.Footprint(
      Activities.FootprintSource(draft, claims: claims, state: reference.state))
    hash = withUnsafeBytes(of: (draft.hash.high.bigEndian, draft.hash.low.bigEndian)) { Array($0) }
    detail = DetailWriter.text(of: draft, state: reference.state)
  }
}

/// A few batches between the thread that reads and the one that writes.
final class Handoff: Sendable {
  struct Batch: Sendable {
    let items: [Assessed]
    let findings: [Finding]
  }
  private struct State {
    var waiting: [Batch] = []
    var summary: ReadingSummary?
    var failure: (any Error)?
    var isCancelled = false
  }
  private let state = Mutex(State())
  private let space = DispatchSemaphore(value: 8)
  private let filled = DispatchSemaphore(value: 0)

  var isCancelled: Bool { state.withLock { $0.isCancelled } }

  func put(_ batch: Batch) {
    space.wait()
    state.withLock { $0.waiting.append(batch) }
    filled.signal()
  }
  func end(_ result: Result<ReadingSummary, any Error>) {
    state.withLock {
      switch result {
      case .success(let summary): $0.summary = summary
      case .failure(let error): $0.failure = error
      }
    }
    filled.signal()
  }
  /// The next batch, or nil when the reading ended.
  func take() throws -> Batch? {
    filled.wait()
    let (batch, failure) = state.withLock { state -> (Batch?, (any Error)?) in
      (state.waiting.isEmpty ? nil : state.waiting.removeFirst(), state.failure)
    }
    if let batch {
      space.signal()
      return batch
    }
    if let failure { throw failure }
    return nil
  }
  /// Lets the reading thread run to its end without anyone taking what it puts.
  func cancel() {
    state.withLock { $0.isCancelled = true }
    for _ in 0..<1_000 { space.signal() }
  }
  var summary: ReadingSummary? { state.withLock { $0.summary } }
}

extension Activities {
  package enum Origin: String, Sendable { case command, upload, address, demo }

  /// Where an import stands, for progress on standard error.
  package struct Progress: Sendable {
    package let activities: Int
    package let bytes: Int
  }

  private struct Refused: Error { let finding: Finding? }

  /// Takes in one file, whole or not at all, in one transaction; recording what became of it either way.
  ///
  /// - Parameters:
  ///   - path: XML, plain or gzip, on disk for the whole time.
  ///   - kept: the file as it was kept; nil when there was nothing to keep.
  ///   - unfetched: why there is no file at all; the import is then recorded as refused.
  ///   - name: for findings and the list of imports.
  ///   - waiting: id of an import that was queued, or nil to open one.
  /// - Throws: `StorageError` when the database fails; a file that is refused is an outcome, not an error.
  package static func importFile(
    _ path: String, name: String, kept: FileStore.Stored?, unfetched: Finding? = nil, origin: Origin,
    address: String? = nil, waiting: Int64? = nil,
    reference: Reference, today: Day, by actor: Actor, database: Database,
    progress: (@Sendable (Progress) -> Void)? = nil
  ) async throws -> ImportOutcome {
    let handoff = Handoff()
    if let unfetched {
      return try await refuse(
        unfetched, nil, name: name, kept: nil, origin: origin, address: address, waiting: waiting, by: actor,
        database: database)
    }
    let settings = ReadingSettings(
      codes: reference.codes, currencyDigits: reference.currencyDigits, today: today,
      isCancelled: { handoff.isCancelled })
    let started = Mutex(false)
    do {
      return try await database.write(by: actor) { db in
        // The reading starts with the transaction, so that a closure run twice would not share one stream.
        let isFirst = started.withLock { began in
          defer { began = true }
          return !began
        }
        guard isFirst else { throw StorageError.closed("import") }
        let thread = Thread {
          read(path, name: name, settings: settings, reference: reference, into: handoff)
        }
        thread.stackSize = 8 << 20
        thread.name = "iati-reader"
        thread.start()
        do {
          return try take(
            handoff, name: name, kept: kept, origin: origin, address: address, waiting: waiting,
            reference: reference, progress: progress, in: db)
        } catch {
          handoff.cancel()
          throw error
        }
      }
    } catch let refused as Refused {
      return try await refuse(
        refused.finding, handoff.summary, name: name, kept: kept, origin: origin, address: address,
        waiting: waiting, by: actor, database: database)
    }
  }

  private static func read(
    _ path: String, name: String, settings: ReadingSettings, reference: Reference, into handoff: Handoff
  ) {
    do {
      let reader = IATIReader(file: name, source: try Bytes.open(path), settings: settings)
      let summary = try reader.read(batch: 64) { batch in
        handoff.put(
          Handoff.Batch(items: batch.drafts.map { Assessed($0, reference) }, findings: batch.findings))
      }
      handoff.end(.success(summary))
    } catch let problem as BytesProblem {
      var summary = ReadingSummary()
      summary.problem = Finding(problem, file: name)
      handoff.end(.success(summary))
    } catch {
      handoff.end(.failure(error))
    }
  }

  private static func take(
    _ handoff: Handoff, name: String, kept: FileStore.Stored?, origin: Origin, address: String?,
    waiting: Int64?,
    reference: Reference, progress: (@Sendable (Progress) -> Void)?, in db: Writer
  ) throws -> ImportOutcome {
    var outcome = ImportOutcome(fileName: name)
    outcome.sha256 = kept?.sha256 ?? ""
    outcome.id =
      try waiting
      ?? open(name: name, sha256: outcome.sha256, origin: origin, address: address, state: "running", in: db)
    if let kept { try FileStore.record(kept, name: name, mediaType: "application/xml", in: db) }
    let store = try ActivityStore(db, reference: reference, importID: outcome.id, isInvented: origin == .demo)
    let findings = try FindingStore(db, importID: outcome.id)
    while let batch = try handoff.take() {
      try findings.write(batch.findings)
      let known = try store.known(batch.items.map(\.draft.identifier))
      var changes: [FootprintChange] = []
      changes.reserveCapacity(batch.items.count)
      for item in batch.items {
        let found = known[item.draft.identifier]
        if let found, found.hash == item.hash {
          outcome.unchanged += 1
        } else {
          changes.append(try store.write(item, over: found))
          outcome.accepted += 1
        }
      }
      if !changes.isEmpty { try db.publish(changed, changes) }
      progress?(Progress(activities: outcome.accepted + outcome.unchanged, bytes: 0))
    }
    guard let summary = handoff.summary, summary.problem == nil, !summary.wasCancelled else {
      throw Refused(finding: handoff.summary?.problem)
    }
    outcome.version = summary.version
    outcome.received = summary.received
    outcome.rejected = summary.rejected
    outcome.findings = summary.findings
    outcome.findingsLeftOut = summary.findingsLeftOut
    try close(outcome, state: "done", in: db)
    db.record(imported(outcome.id, outcome))
    return outcome
  }

  /// Nothing of the file is kept but what was wrong with it.
  private static func refuse(
    _ finding: Finding?, _ summary: ReadingSummary?, name: String, kept: FileStore.Stored?, origin: Origin,
    address: String?,
    waiting: Int64?, by actor: Actor, database: Database
  ) async throws -> ImportOutcome {
    try await database.write(by: actor) { db in
      var outcome = ImportOutcome(fileName: name)
      outcome.sha256 = kept?.sha256 ?? ""
      outcome.id =
        try waiting
        ?? open(
          name: name, sha256: outcome.sha256, origin: origin, address: address, state: "running", in: db)
      if let kept { try FileStore.record(kept, name: name, mediaType: "application/xml", in: db) }
      outcome.version = summary?.version ?? ""
      outcome.received = summary?.received ?? 0
      outcome.rejected = outcome.received
      outcome.refusal = finding
      let kept = finding.map { [$0] } ?? []
      outcome.findings = kept.count
      try FindingStore(db, importID: outcome.id).write(kept)
      try close(outcome, state: "refused", in: db)
      db.record(imported(outcome.id, outcome))
      return outcome
    }
  }

  static func open(
    name: String, sha256: String, origin: Origin, address: String?, state: String, in db: Writer
  ) throws -> Int64 {
    try db.insert(
      """
      INSERT INTO activities_import (file_name, sha256, origin, address, state, invented, started_at)
      VALUES (\(name), \(sha256), \(origin.rawValue), \(address), \(state), \(origin == .demo), \(db.now)) RETURNING id
      """)
  }
  private static func close(_ outcome: ImportOutcome, state: String, in db: Writer) throws {
    try db.run(
      """
      UPDATE activities_import SET state = \(state), sha256 = \(outcome.sha256), version = \(outcome.version), received = \(outcome.received),
        accepted = \(outcome.accepted), unchanged = \(outcome.unchanged), rejected = \(outcome.rejected),
        findings = \(outcome.findings), findings_left_out = \(outcome.findingsLeftOut), finished_at = \(db.now)
      WHERE id = \(outcome.id)
      """)
  }
}

extension Finding {
  /// A file that could not even be opened.
  init(_ problem: BytesProblem, file: String) {
    let rule: ActivityRule =
      switch problem.kind {
      case .missing, .unreadable: .fileUnreadable
      case .directory: .fileDirectory
      case .gzipDamaged: .fileDamaged
      case .tooLarge: .fileTooLarge
      }
    self.init(
      severity: rule.severity, rule: rule, file: file, line: 0, column: 0, path: "", activity: "",
      arguments: problem.arguments)
  }
}

/// Findings of one import, numbered in the order they were made.
final class FindingStore {
  private let statement: Statement
  private let importID: Int64
  private var n = 0

  init(_ db: Writer, importID: Int64) throws {
    self.importID = importID
    statement = try db.statement(
      """
      INSERT INTO activities_finding (import, n, severity, rule, line, place, path, identifier, arguments)
      VALUES (?,?,?,?,?,?,?,?,?)
      """)
  }
  func write(_ findings: [Finding]) throws {
    for finding in findings {
      n += 1
      // The standard's own text may hold any character; NUL cannot be stored.
      try statement.run {
        $0.int(importID)
        $0.int(n)
        $0.text(finding.severity.rawValue)
        $0.text(finding.rule.rawValue)
        $0.int(finding.line)
        $0.int(finding.column)
        $0.text(finding.path)
        $0.text(finding.activity)
        $0.text(FindingArguments.text(finding.arguments))
      }
    }
  }
}

/// Arguments of a finding as opaque text: `key=value` lines, backslash-escaped.
enum FindingArguments {
  static func text(_ arguments: [String: String]) -> String {
    if arguments.isEmpty { return "" }
    return arguments.sorted { $0.key < $1.key }.map { "\($0.key)=\(escape($0.value))" }.joined(
      separator: "\n")
  }
  static func parse(_ text: String) -> [String: String] {
    var result: [String: String] = [:]
    for line in text.split(separator: "\n") {
      guard let mark = line.firstIndex(of: "=") else { continue }
      result[String(line[..<mark])] = unescape(line[line.index(after: mark)...])
    }
    return result
  }
  private static func escape(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\r\n", with: "\\n").replacing("\n", with: "\\n")
      .replacing("\0", with: "\u{FFFD}")
  }
  private static func unescape(_ text: Substring) -> String {
    var result = ""
    var isEscaped = false
    for character in text {
      if isEscaped {
        result.append(character == "n" ? "\n" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        result.append(character)
      }
    }
    return result
  }
}
