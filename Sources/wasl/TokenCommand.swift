import ArgumentParser
import Foundation
import Language
import People
import Storage

struct UserToken: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token",
    abstract: "Make an API key for someone who holds a role in an office, and print it.",
    discussion: """
      For programs and checks on the machine beside the database; people make their own on their page. The key can do \
      all that the role can, but make further keys. It is shown once, and stands in the audit trail.
      """)
  @OptionGroup var common: CommonOptions
  @Option(help: "Number of the office (wasl office list).") var office: Int64
  @Option(help: "Role (data/roles.csv).") var role: String
  @Option(help: "Name of the key.") var name = "Made beside the database"
  @Option(help: "Days for which it works.") var days = 1

  func run() async throws {
    guard let role = People.Role(rawValue: role) else {
      throw Failure(
        "wasl: \(role) is no role: \(People.Role.allCases.map(\.rawValue).joined(separator: ", ")).", code: 2)
    }
    guard (1...365).contains(days) else { throw Failure("wasl: --days is a number from 1 to 365.", code: 2) }
    try await common.withSite { site in
      let permissions = site.people.roles.permissions(of: role).keys.filter { $0 != People.makingTokens }
        .map(\.rawValue)
      let (office, name, days) = (office, name, days)
      let token = try await site.database.write(by: Actor("command")) { db -> String? in
        guard let account = try People.account(of: role, in: office, db) else { return nil }
        return try People.makeToken(
          name, permissions: permissions, days: days, account: account, isProved: true, in: db
        ).token
      }
      guard let token else {
        throw Failure(
          "wasl: no one holds the role \(role.rawValue) in office \(office). See wasl user invite.")
      }
      if common.json { return common.print(.object([("token", .string(token))])) }
      common.result(token)
    }
  }
}
