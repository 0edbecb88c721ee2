import Activities
import ArgumentParser
import Coverage
import Language
import Mandates
import Site
import Storage

struct CoverageGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coverage", abstract: "The coverage of needs.", subcommands: [CoverageCheck.self])
}

struct CoverageCheck: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Compute every aggregate anew and compare. Exit 1 when one differs.")
  @OptionGroup var common: CommonOptions
  func run() async throws {
    try await common.withSite { site in
      let verdict = try await site.database.read { try Coverage.check(in: $0) }
      if common.json {
        common.print(
          .object([
            ("equal", .bool(verdict.isEqual)), ("activities", .int(verdict.activities)),
            ("needs", .int(verdict.needs)),
            ("cells", .int(verdict.cells)),
            (
              "differences",
              .array(
                verdict.differences.map { difference in
                  .object([
                    ("table", .string(difference.table)), ("cell", .string(difference.cell)),
                    ("kept", .string(difference.kept)), ("recomputed", .string(difference.recomputed)),
                  ])
                })
            ),
          ]))
      } else {
        for difference in verdict.differences.prefix(50) {
          common.result(
            "\(difference.table) \(difference.cell): kept \(difference.kept), recomputed \(difference.recomputed)"
          )
        }
        common.result(
          site.translator(common.language)(
            verdict.isEqual ? "commands.coverage.equal" : "commands.coverage.differs",
            [
              "cells": .number(verdict.cells), "activities": .number(verdict.activities),
              "needs": .number(verdict.needs), "count": .number(verdict.differences.count),
            ]))
      }
      if !verdict.isEqual { throw ExitCode(1) }
    }
  }
}

struct MandatesGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mandates", abstract: "The decision, clause by clause.", subcommands: [MandatesShow.self])
}

struct MandatesShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "List the clauses of a decision.")
  @OptionGroup var common: CommonOptions
  @Option(help: "Number of the decision.") var decision = Mandates.decision

  func run() async throws {
    try await common.withSite { site in
      let decision = decision
      let clauses = try await site.database.read { try Mandates.clauses(of: decision, in: $0) }
      if clauses.isEmpty {
        throw Failure(
          "wasl: "
            + site.translator(common.language)("commands.decision.unknown", ["what": .isolated(decision)]))
      }
      let language = site.translator(common.language).language
      if common.json {
        return common.print(
          .object([
            ("decision", .string(decision)),
            (
              "clauses",
              .array(
                clauses.map { clause in
                  .object([
                    ("id", .string(clause.id)), ("actor", .string(clause.actor)),
                    ("kind", .string(clause.kind)),
                    ("label", .string(clause.name.text(language))), ("statement", .string(clause.statement)),
                    ("evidence", .string(clause.evidence)), ("deadline", .string(clause.deadline)),
                  ])
                })
            ),
          ]))
      }
      for clause in clauses { print("\(clause.id)\t\(clause.actor)\t\(clause.name.text(language))") }
    }
  }
}
