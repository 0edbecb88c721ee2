import ArgumentParser
import Foundation
import Language
import Needs
import Site
import Storage
import Treaty

struct Migrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Bring the database's schema up to date.")
  @OptionGroup var common: CommonOptions
  func run() async throws {
    let site = try await common.open(migrating: false)
    let applied = try await site.database.migrate(Site.migrations)
    try site.close()
    if common.json { return common.print(.object([("applied", .array(applied.map { .string($0) }))])) }
    let t = try common.translator()
    common.result(
      applied.isEmpty
        ? t("commands.migrate.none") : t("commands.migrate.applied", ["what": .list(applied)]))
  }
}

struct DataGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "The data files: treaty, States, decision, code lists.",
    subcommands: [DataCheckCommand.self, DataLoad.self])
}

struct DataCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check ids, references, cycles and names of the data files. Exit 1 on faults.")
  @OptionGroup var common: CommonOptions
  func run() async throws {
    let directory = try common.dataDirectory()
    let catalogue = try Catalogue.load(from: directory.path)
    let t = catalogue.translator(catalogue.language(common.language) ?? .english)
    let data = Site.Data(directory)
    if common.json {
      common.print(
        .object([
          ("files", .int(data.hashes.count)), ("faults", .array(data.faults.map { FaultText.json($0, t) })),
        ]))
    } else {
      data.faults.forEach { common.result(FaultText.line($0, t)) }
      common.result(
        t("commands.data.checked", ["count": .number(data.hashes.count), "faults": .number(data.faults.count)]))
    }
    if !data.faults.isEmpty { throw ExitCode(1) }
  }
}

enum FaultText {
  static func line(_ fault: DataFault, _ t: Translator) -> String {
    "\(fault.file):\(fault.line): " + sentence(fault, t)
  }
  static func sentence(_ fault: DataFault, _ t: Translator) -> String {
    t("treaty.data.\(fault.rule)", ["found": .isolated(fault.found), "column": .isolated(fault.column)])
  }
  static func json(_ fault: DataFault, _ t: Translator) -> JSON {
    .object([
      ("file", .string(fault.file)), ("line", .int(fault.line)), ("column", .string(fault.column)),
      ("rule", .string(fault.rule)), ("found", .string(fault.found)), ("detail", .string(sentence(fault, t))),
    ])
  }
}

struct DataLoad: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "load", abstract: "Check the data files and load them in one audited transaction.")
  @OptionGroup var common: CommonOptions
  func run() async throws {
    try await common.withSite { site in
      do {
        let isNew = try await Site.loadData(site.data, into: site.database)
        if common.json { return common.print(.object([("loaded", .bool(isNew))])) }
        common.result(site.translator(common.language)(isNew ? "commands.data.loaded" : "commands.data.same"))
      } catch let faults as DataFaults {
        let t = site.translator(common.language)
        if common.json {
          common.print(
            .object([
              ("loaded", .bool(false)), ("faults", .array(faults.faults.map { FaultText.json($0, t) })),
            ]))
        }
        faults.faults.forEach { common.result(FaultText.line($0, t)) }
        throw ExitCode(1)
      }
    }
  }
}

struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Load an invented demonstration: 40 States' needs and activities of invented providers.")
  @OptionGroup var common: CommonOptions
  @Option(help: "The same seed gives the same demonstration.") var seed: UInt64 = 1
  @Option(help: "Number of activities.") var activities = 3_000
  @Flag(help: "Do nothing when the database already holds needs or activities.") var onlyWhenEmpty = false

  func run() async throws {
    try await common.withSite { site in
      if onlyWhenEmpty {
        let isEmpty = try await site.isEmpty()
        guard isEmpty else {
          if common.json { return common.print(.object([("loaded", .bool(false))])) }
          return common.result(site.translator(common.language)("commands.demo.left-out"))
        }
      }
      var settings = Demo.Settings(lastYear: Int(site.clock.now().prefix(4)) ?? 2026)
      settings.seed = seed
      settings.activities = activities
      let outcome = try await Demo.load(settings, data: site.data, files: site.files, database: site.database)
      if common.json {
        return common.print(
          .object([
            ("loaded", .bool(true)), ("states", .int(outcome.states)), ("needs", .int(outcome.needs)),
            ("activities", .int(outcome.activities)),
          ]))
      }
      common.result(
        site.translator(common.language)(
          "commands.demo.done",
          [
            "needs": .number(outcome.needs), "states": .number(outcome.states),
            "activities": .number(outcome.activities),
          ]))
    }
  }
}

struct NeedsGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "needs", abstract: "The register of needs.", subcommands: [NeedsImportCommand.self])
}

struct NeedsImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take in needs from CSV files (columns: docs/data.md). Rows with faults are left out.",
    discussion: "Exit 0 all taken in, 1 nothing taken in, 3 some rows left out.")
  @OptionGroup var common: CommonOptions
  @ArgumentParser.Argument(help: "CSV files.") var paths: [String]

  func run() async throws {
    try await common.withSite { site in
      let t = site.translator(common.language)
      var results: [JSON] = []
      var worst: Int32 = 0
      for path in paths {
        guard let bytes = FileManager.default.contents(atPath: path) else {
          throw Failure("wasl: \(path) cannot be read.")
        }
        let outcome = try await Needs.importCSV(Array(bytes), by: Actor("command"), database: site.database)
        let isNothing = outcome.accepted + outcome.unchanged == 0
        worst = max(worst, isNothing ? 1 : outcome.faults.isEmpty ? 0 : 3)
        if isNothing { worst = 1 }
        let faults = outcome.faults.map { fault -> JSON in
          let text = t(
            "needs.import.\(fault.rule)",
            ["found": .isolated(fault.found), "column": .isolated(fault.column)])
          common.result("\(path):\(fault.line): \(text)")
          return .object([
            ("line", .int(fault.line)), ("column", .string(fault.column)), ("rule", .string(fault.rule)),
            ("found", .string(fault.found)), ("detail", .string(text)),
          ])
        }
        results.append(
          .object([
            ("file", .string(path)), ("received", .int(outcome.received)),
            ("accepted", .int(outcome.accepted)),
            ("unchanged", .int(outcome.unchanged)), ("rejected", .int(outcome.rejected)),
            ("faults", .array(faults)),
          ]))
        common.result(
          t(
            "commands.needs.imported",
            [
              "file": .isolated(path), "received": .number(outcome.received),
              "accepted": .number(outcome.accepted), "unchanged": .number(outcome.unchanged),
              "rejected": .number(outcome.rejected),
            ]))
      }
      if common.json { common.print(.object([("files", .array(results))])) }
      if worst != 0 { throw ExitCode(worst) }
    }
  }
}
