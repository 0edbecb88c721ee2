import Activities
import ArgumentParser
import Documents
import Foundation
import Language
import Site
import Storage

struct ActivitiesGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "activities", abstract: "The register of activities.",
    subcommands: [ActivitiesImport.self])
}

struct ActivitiesImport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take in IATI activity files (2.01–2.03; plain or gzip), each whole or not at all.",
    discussion: "Exit 0 all taken in, 1 nothing taken in of a file, 3 taken in with findings.")
  @OptionGroup var common: CommonOptions
  @ArgumentParser.Argument(help: "Files, or http(s) addresses.") var files: [String]
  @Option(help: "Findings printed per file.") var show = 10

  func run() async throws {
    try await common.withSite { site in
      let t = site.translator(common.language)
      let reference = try await Activities.reference(data: site.data, database: site.database)
      guard let today = site.today else { throw Failure("wasl: the clock gives no date.") }
      var results: [JSON] = []
      var worst: Int32 = 0
      for file in files {
        let outcome = try await take(file, reference, today, site)
        let nothing = outcome.isRefused || outcome.accepted + outcome.unchanged == 0
        if nothing { worst = 1 } else if worst == 0 && outcome.findings > 0 { worst = 3 }
        results.append(try await report(outcome, t, site))
      }
      if common.json { common.print(.object([("files", .array(results))])) }
      if worst != 0 { throw ExitCode(worst) }
    }
  }

  private func take(
    _ file: String, _ reference: Activities.Reference, _ today: Day, _ site: OpenSite
  ) async throws -> Activities.ImportOutcome {
    let isQuiet = common.quiet
    var path = file
    var name = (file as NSString).lastPathComponent
    var kept: FileStore.Stored?
    var unfetched: Finding?
    let address = ActivityAddress(file)
    if let address {
      common.say("\(address.name): fetching")
      name = address.name
      (kept, unfetched) = try await Activities.fetched(address, into: site.files, allowed: nil)
    } else if ActivityAddress.isMeant(file) {
      unfetched = ActivityAddress.refused(file)
    } else {
      do {
        kept = try site.files.keep(path: file)
      } catch FileStore.Refused.noFile {
        // Still read, so that it gets its finding.
      } catch {
        throw Failure("wasl: \(name): \(error)")
      }
    }
    if let kept { path = site.files.path(of: kept.sha256) }
    let ticker = Ticker(name)
    let outcome = try await Activities.importFile(
      path, name: name, kept: kept, unfetched: unfetched, origin: address == nil ? .command : .address,
      address: address?.text, reference: reference, today: today, by: Actor("command"),
      database: site.database, progress: { if !isQuiet { ticker.show($0.activities) } })
    ticker.end()
    return outcome
  }

  private func report(_ outcome: Activities.ImportOutcome, _ t: Translator, _ site: OpenSite) async throws
    -> JSON
  {
    let limit = common.json ? 10_000 : show
    let findings = try await site.database.read {
      try Activities.findings(of: outcome.id, after: 0, limit: limit, in: $0)
    }
    common.result(
      t(
        "commands.activities.imported",
        [
          "file": .isolated(outcome.fileName), "received": .number(outcome.received),
          "accepted": .number(outcome.accepted), "unchanged": .number(outcome.unchanged),
          "rejected": .number(outcome.rejected), "findings": .number(outcome.findings),
        ]))
    if !common.json {
      for finding in findings {
        common.result(
          "  \(outcome.fileName):\(finding.line): \(finding.path.isEmpty ? "" : finding.path + ": ")\(Activities.text(finding, t)) \(Activities.mend(finding, t))"
        )
      }
      if outcome.findings > findings.count {
        common.result("  " + t("commands.more", ["count": .number(outcome.findings - findings.count)]))
      }
    }
    return .object([
      ("file", .string(outcome.fileName)), ("import", .int(Int(outcome.id))),
      ("sha256", .string(outcome.sha256)),
      ("version", .string(outcome.version)), ("received", .int(outcome.received)),
      ("accepted", .int(outcome.accepted)),
      ("unchanged", .int(outcome.unchanged)), ("rejected", .int(outcome.rejected)),
      ("refused", .bool(outcome.isRefused)),
      ("finding_count", .int(outcome.findings)),
      (
        "findings",
        .array(
          findings.map { finding in
            .object([
              ("line", .int(finding.line)), ("column", .int(finding.column)), ("path", .string(finding.path)),
              ("activity", .string(finding.identifier)), ("severity", .string(finding.severity)),
              ("rule", .string(finding.rule)), ("detail", .string(Activities.text(finding, t))),
              ("mend", .string(Activities.mend(finding, t))),
            ])
          })
      ),
    ])
  }
}

/// Progress on standard error: a line that moves at a terminal, nothing elsewhere.
final class Ticker: Sendable {
  private let name: String
  init(_ name: String) { self.name = name }
  func show(_ count: Int) {
    guard Talk.isTerminal else { return }
    FileHandle.standardError.write(Data("\r\(name): \(count) activities".utf8))
  }
  func end() { if Talk.isTerminal { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) } }
}
