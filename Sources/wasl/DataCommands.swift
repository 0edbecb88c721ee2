import ArgumentParser
import Foundation
import Language
import Needs
import People
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
        t(
          "commands.data.checked",
          ["count": .number(data.hashes.count), "faults": .number(data.faults.count)]))
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

struct DemoGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "An invented demonstration.",
    subcommands: [DemoLoad.self, DemoPeople.self],
    defaultSubcommand: DemoLoad.self)
}

/// Links for looking around as one of the invented people.
struct DemoPeople: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "people", abstract: "Print links by which to come in as each of the invented people.",
    discussion: """
      Each link works once, for fifteen minutes; where a role needs a second factor its present code is printed beside \
      it, good for about a minute. Refused as soon as anyone who is not invented has an account.
      """)
  @OptionGroup var common: CommonOptions
  @Option(help: "Address under which the site is reached.") var address = "http://localhost:8080"

  func run() async throws {
    let site = try await common.open(reachedAt: address)
    defer { try? site.close() }
    let people = site.people
    let passes = try await site.database.write(by: Actor("command")) { try People.demoPasses(people, in: $0) }
    guard let passes else { throw Failure("wasl: somebody real has an account here; no links are made.") }
    guard !passes.isEmpty else { throw Failure("wasl: there are no invented people; run wasl demo first.") }
    if common.json {
      return common.print(
        .array(
          passes.map { pass in
            .object([
              ("name", .string(pass.name)), ("role", .string(pass.role.rawValue)),
              ("office", .string(pass.office)),
              ("link", .string(pass.link)), ("code", pass.code.map { .string($0) } ?? .null),
            ])
          }))
    }
    for pass in passes {
      print("\(pass.role.rawValue): \(pass.name), \(pass.office)")
      print("  \(pass.link)" + (pass.code.map { "   code \($0)" } ?? ""))
    }
  }
}

struct DemoLoad: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "load",
    abstract: "Load it: 40 States' needs, activities of invented providers, a person for each role.")
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
        var outcome = Needs.ImportOutcome()
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue,
          let bytes = FileManager.default.contents(atPath: path)
        {
          outcome = try await Needs.importCSV(
            Array(bytes), today: String(site.clock.now().prefix(10)), by: Actor("command"),
            database: site.database)
        } else {
          outcome.isRefused = true
          outcome.faults = [Needs.ImportFault(line: 0, column: "", rule: "file-missing", found: path)]
        }
        // The worst of all files, whatever their order: a file of which nothing was taken in is a refusal.
        if outcome.accepted + outcome.unchanged == 0 {
          worst = 1
        } else if worst == 0 && !outcome.faults.isEmpty {
          worst = 3
        }
        let faults = outcome.faults.map { fault -> JSON in
          let text = Needs.text(fault, t)
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
