import Activities
import ArgumentParser
import Language
import Site
import Storage

struct StandardGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "standard", abstract: "An operator's own copy of the IATI standard.",
    subcommands: [StandardLoad.self])
}

struct StandardLoad: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "load",
    abstract: "Keep a copy of the schema, code lists and ruleset; its codes complete the built-in tables.",
    discussion:
      "DIR has .xsd files, code lists as CSV (code, name_en, status) and standard.json, in any folders.")
  @OptionGroup var common: CommonOptions
  @ArgumentParser.Argument(help: "Directory of the copy.") var directory: String

  func run() async throws {
    try await common.withSite { site in
      let outcome = try await Activities.loadStandard(
        directory, files: site.files, by: Actor("command"), database: site.database)
      if common.json {
        return common.print(
          .object([
            ("schemas", .int(outcome.schemas)), ("lists", .int(outcome.lists)),
            ("codes", .int(outcome.codes)),
            ("rulesets", .int(outcome.rulesets)), ("skipped", .array(outcome.skipped.map { .string($0) })),
          ]))
      }
      common.say(
        "\(outcome.schemas) schema files, \(outcome.lists) code lists with \(outcome.codes) codes, \(outcome.rulesets) rulesets."
      )
      outcome.skipped.forEach { common.say("left out: \($0)") }
      if outcome.schemas + outcome.lists + outcome.rulesets == 0 {
        throw Failure("wasl: \(directory) holds neither schema nor code list nor ruleset.")
      }
    }
  }
}
