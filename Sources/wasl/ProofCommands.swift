import ArgumentParser
import Foundation
import Language
import Storage

struct AuditTrailGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "The trail of changes and what proves it.",
    subcommands: [TrailVerify.self, TrailCheckpoint.self])
}

struct ReceiptGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "receipt", abstract: "Receipts of formal acts.", subcommands: [ReceiptVerify.self])
}

/// What proofs are read from, without migrating or changing anything.
enum ProofSource {
  /// A reader on the database of an address; a SQLite file is opened read-only, and may be damaged.
  static func read<T: Sendable>(_ address: String, _ body: @escaping @Sendable (Reader) throws -> T)
    async throws -> T
  {
    do {
      switch try DatabaseAddress(address) {
      case .sqlite(let path): return try SQLiteFile.read(path, body)
      case .postgres:
        let database = try Database(DatabaseAddress(address), readers: 1)
        defer { try? database.close() }
        return try await database.read(body)
      }
    } catch let error as StorageError {
      throw Failure("wasl: \(error)")
    }
  }
  static func text(_ path: String) throws -> String {
    guard let data = FileManager.default.contents(atPath: path),
      let text = String(data: data, encoding: .utf8)
    else {
      throw Failure("wasl: \(path) cannot be read as text.")
    }
    return text
  }
  static func checkpoints(_ paths: [String]) throws -> [Checkpoint] {
    try paths.map { path in
      guard let checkpoint = Checkpoint(file: try text(path)) else {
        throw Failure("wasl: \(path) is not a checkpoint.")
      }
      return checkpoint
    }
  }
  static func keys(_ keys: [String]) throws -> Set<String> {
    for key in keys where Digest.bytes(hex: key)?.count != 32 {
      throw Failure("wasl: a public key has 64 hexadecimal digits, not “\(key)”.", code: 2)
    }
    return Set(keys.map { $0.lowercased() })
  }
}

struct TrailVerify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Follow the chain of hashes and hold it against checkpoints. Exit 1 when it does not fit.",
    discussion: """
      Opens a SQLite file read-only and needs no server. The chain alone does not show that its last entries were \
      cut, or that all were made anew: give checkpoints that were kept elsewhere.
      """)
  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("checkpoint"), help: "File of a checkpoint; may be repeated.") var checkpoints:
    [String] = []
  @Option(
    name: .customLong("key"),
    help: "Public key to trust besides those in the database, hexadecimal; may be repeated.")
  var keys: [String] = []

  func run() async throws {
    let held = try ProofSource.checkpoints(checkpoints)
    let trusted = try ProofSource.keys(keys)
    let verdict = try await ProofSource.read(common.address) {
      try Audit.verify(against: held, keys: trusted, in: $0)
    }
    if common.json {
      common.print(
        .object([
          ("entries", .int(verdict.entries)), ("head", .string(Digest.hex(verdict.head))),
          ("broken_at", verdict.brokenAt.map { .int($0) } ?? .null),
          ("checkpoints_agreeing", .int(verdict.agreeing)),
          ("findings", .array(verdict.findings.map(json))),
          ("findings_left_out", .int(verdict.findingsLeftOut)),
        ]))
    } else {
      let t = try common.translator()
      for finding in verdict.findings {
        common.result(
          t(
            "commands.trail.finding",
            [
              "text": .text(t("proofs.finding." + finding.kind.rawValue)),
              "entry": .number(Int(finding.entry)),
              "through": .number(Int(finding.through)),
            ]))
      }
      if verdict.findingsLeftOut > 0 {
        common.result(t("commands.more", ["count": .number(verdict.findingsLeftOut)]))
      }
      common.result(
        t(
          verdict.findings.isEmpty ? "commands.trail.whole" : "commands.trail.broken",
          [
            "count": .number(verdict.entries), "agreeing": .number(verdict.agreeing),
            "head": .isolated(Digest.hex(verdict.head)),
          ]))
    }
    if !verdict.findings.isEmpty { throw ExitCode(1) }
  }
  private func json(_ finding: Audit.Finding) -> JSON {
    .object([
      ("kind", .string(finding.kind.rawValue)), ("entry", .int(finding.entry)),
      ("through", .int(finding.through)),
      ("checkpoint", finding.checkpoint.map { .string($0) } ?? .null), ("sentence", .string("\(finding)")),
    ])
  }
}

struct TrailCheckpoint: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checkpoint", abstract: "Sign the present end of the trail and give the checkpoint out.",
    discussion:
      "Keep the file elsewhere, or give it to others: it shows any later alteration of what came before.")
  @OptionGroup var common: CommonOptions
  @Option(help: "File to write; standard output without it.") var output: String?
  @Flag(help: "Sign although the trail is broken; the checkpoint then says what was found.")
  var despiteFindings = false

  func run() async throws {
    try await common.withSite { site in
      let made: Checkpoint?
      do {
        made = try await site.database.checkpoint(despiteFindings: despiteFindings)
      } catch let error as StorageError {
        throw Failure("wasl: \(error)")
      }
      guard let made else { throw Failure("wasl: the trail is empty; there is nothing to sign.") }
      let bytes = Data((made.file + "\n").utf8)
      if let output {
        try bytes.write(to: URL(fileURLWithPath: output), options: .atomic)
        common.say("Entry \(made.entry), signed \(made.at) with key \(made.key): \(output)")
      } else {
        FileHandle.standardOutput.write(bytes)
      }
    }
  }
}

struct ReceiptVerify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract:
      "Check a receipt. Exit 0: genuine; 1: altered, contradicted or no receipt; 3: right in itself, key unknown.",
    discussion: """
      Needs nothing but the file and the public key of the site, given by --key or by a checkpoint of the site. With \
      --database it is also compared with the receipt and the trail that are kept there.
      """)
  @OptionGroup var common: CommonOptions
  @ArgumentParser.Argument(help: "File of the receipt.") var file: String
  @Option(name: .customLong("key"), help: "Public key to trust, hexadecimal; may be repeated.") var keys:
    [String] = []
  @Option(
    name: .customLong("checkpoint"), help: "File of a checkpoint whose key is to be trusted; may be repeated."
  )
  var checkpoints: [String] = []
  @Option(help: "File of the words that were signed: compared with the hash that the receipt holds.")
  var content: String?

  func run() async throws {
    let text = try ProofSource.text(file)
    let trusted = try ProofSource.keys(keys).union(ProofSource.checkpoints(checkpoints).map(\.publicKey))
    let verdict: Receipts.Verdict
    if let address = common.givenAddress {
      verdict = try await ProofSource.read(address) { try Receipts.verify(text, keys: trusted, in: $0) }
    } else {
      verdict = try Receipts.verify(text, keys: trusted)
    }
    let fits = try content.map { path -> Bool in
      guard let data = FileManager.default.contents(atPath: path) else {
        throw Failure("wasl: \(path) cannot be read.")
      }
      return ReceiptContent.fits(Array(data), verdict.fields["content_sha256"] ?? "")
    }
    if common.json {
      common.print(
        .object([
          ("outcome", .string(verdict.outcome.rawValue)),
          ("compared", .string(verdict.compared.rawValue)), ("content_fits", fits.map { .bool($0) } ?? .null),
          (
            "findings",
            .array(
              verdict.findings.map { finding in
                .object([
                  ("kind", .string(finding.kind.rawValue)), ("what", .string(finding.what)),
                  ("sentence", .string("\(finding)")),
                ])
              })
          ),
          ("fields", .object(verdict.fields.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })),
        ]))
    } else {
      let t = try common.translator()
      for finding in verdict.findings {
        common.result(
          t("proofs.receipt-finding." + finding.kind.rawValue, ["what": .isolated(finding.what)]))
      }
      common.result(sentence(verdict, t))
      if let fits { common.result(t(fits ? "commands.content.fits" : "commands.content.differs")) }
    }
    if fits == false { throw ExitCode(1) }
    switch verdict.outcome {
    case .genuine: return
    case .unknown: throw ExitCode(3)
    case .altered, .contradicted, .unreadable: throw ExitCode(1)
    }
  }
  private func sentence(_ verdict: Receipts.Verdict, _ t: Translator) -> String {
    let act = verdict.fields["act"] ?? ""
    let name = verdict.outcome == .genuine ? "genuine-" + verdict.compared.rawValue : verdict.outcome.rawValue
    return t(
      "commands.receipt." + name,
      [
        "act": .text(t.has("trail.event." + act) ? t("trail.event." + act) : act),
        "at": verdict.fields["at"].map { .date($0) } ?? .text("–"),
      ])
  }
}
