import ArgumentParser
import Language
import Search
import Site
import Storage

struct SearchGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "The index of words under which records are found.",
    subcommands: [SearchRebuild.self, SearchCheck.self])
}

struct SearchRebuild: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild",
    abstract: "Make the index of all records anew; what is found stays found meanwhile.")
  @OptionGroup var common: CommonOptions
  @Flag(help: "Do nothing when the index holds anything, as it does but after an upgrade.")
  var onlyWhenEmpty = false
  func run() async throws {
    try await common.withSite { site in
      if onlyWhenEmpty {
        let isEmpty = try await site.database.read { try Search.isEmpty(in: $0) }
        guard isEmpty else { return common.say("The index is not empty; it is left as it is.") }
      }
      let records = try await Search.rebuild(site.database)
      if common.json { return common.print(.object([("records", .int(records))])) }
      common.say("\(records) records indexed.")
    }
  }
}

struct SearchCheck: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Make the words of every record anew and compare them with the index. Exit 1 when one differs.")
  @OptionGroup var common: CommonOptions
  func run() async throws {
    try await common.withSite { site in
      let verdict = try await site.database.read { try Search.check(in: $0) }
      if common.json {
        common.print(
          .object([
            ("equal", .bool(verdict.isEqual)), ("records", .int(verdict.records)),
            ("different", .array(verdict.different.map { .string($0) })),
            ("orphans", .array(verdict.orphans.map { .string($0) })),
            ("fault", verdict.fault.map { .string($0) } ?? .null),
          ]))
      } else {
        for name in verdict.different.prefix(50) { Talk.say("\(name): the index has other words, or none") }
        for name in verdict.orphans.prefix(50) {
          Talk.say("\(name): in the index, and there is no such record")
        }
        if let fault = verdict.fault { Talk.say(fault) }
        common.say(
          "\(verdict.isEqual ? "Equal" : "NOT equal"): \(verdict.records) records, \(verdict.different.count) different, \(verdict.orphans.count) without a record."
        )
        if !verdict.isEqual { common.say("wasl search rebuild makes the index anew.") }
      }
      if !verdict.isEqual { throw ExitCode(1) }
    }
  }
}
