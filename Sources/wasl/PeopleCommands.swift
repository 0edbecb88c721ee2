import ArgumentParser
import Directory
import Foundation
import Language
import People
import Storage

struct OfficeGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "office", abstract: "Offices.", subcommands: [OfficeList.self, OfficeAdd.self])
}

struct OfficeList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "All offices.")
  @OptionGroup var common: CommonOptions

  func run() async throws {
    try await common.withSite { site in
      let offices = try await site.database.read { try People.allOffices(in: $0) }
      if common.json {
        return common.print(
          .array(
            offices.map { office in
              .object([
                ("id", .int(Int(office.id))), ("kind", .string(office.kind.rawValue)),
                ("of", .string(office.state ?? office.organisation ?? "")), ("name", .string(office.name)),
                ("closed", .bool(office.isClosed)),
              ])
            }))
      }
      for office in offices {
        print(
          "\(office.id)\t\(office.kind.rawValue)\t\(office.state ?? office.organisation ?? "")\t\(office.name)"
        )
      }
    }
  }
}

struct OfficeAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "add", abstract: "Open an office.")
  @OptionGroup var common: CommonOptions
  @Option(help: "focal_point, mission, ministry, delegation, secretariat, provider_hq or provider_field.")
  var kind: String
  @Option(help: "ISO 3166-1 alpha-3 code, for an office of a State.") var state: String?
  @Option(help: "Organization, for the Secretariat and for providers.") var organisation: String?
  @Option(help: "Name, in the language of --language.") var name: String
  @Option(help: "Address of the office.") var email: String?

  func run() async throws {
    guard let kind = People.OfficeKind(rawValue: kind) else {
      throw Failure(
        "wasl: \(kind) is no kind of office: \(People.OfficeKind.allCases.map(\.rawValue).joined(separator: ", ")).",
        code: 2)
    }
    guard (kind.isOfState ? state : organisation) != nil else {
      throw Failure(
        "wasl: an office of this kind needs \(kind.isOfState ? "--state" : "--organisation").", code: 2)
    }
    try await common.withSite { site in
      if let state {
        let book = try await Directory.book(of: site.database)
        guard book.state(state) != nil else { throw Failure("wasl: \(state) is no State of the directory.") }
      }
      let draft = People.OfficeDraft(
        kind: kind, state: state, organisation: organisation, name: name, language: common.language,
        email: email)
      let id = try await site.database.write(by: .system) { try People.addOffice(draft, in: $0) }
      if common.json { return common.print(.object([("id", .int(Int(id)))])) }
      print(id)
    }
  }
}

struct UserGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "user", abstract: "The first people of an office, and lost second factors.",
    subcommands: [UserInvite.self, UserResetFactor.self, UserToken.self])
}

struct UserResetFactor: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reset-factor", abstract: "Take away a person's lost second factor.",
    discussion: """
      Make sure who asks before. Sessions end, recovery codes and the proof of keys of programs go too, the person gets \
      a letter, and at the next sign-in sets up a new one. Two people of the Secretariat can do the same on the site.
      """)
  @OptionGroup var common: CommonOptions
  @Option(help: "Address of the person.") var email: String

  func run() async throws {
    try await common.withSite { site in
      guard try await People.resetFactor(email: email, in: site.database) else {
        throw Failure("wasl: nobody with a second factor has this address.")
      }
      if common.json { return common.print(.object([("reset", .bool(true))])) }
      common.say("The second factor is taken away; a letter about it waits to be sent.")
    }
  }
}

struct UserInvite: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "invite", abstract: "Open an account and print the link with which its person begins.",
    discussion: """
      For the first people of a site, before anyone can nominate; later people come by nomination. The link is shown \
      once and works for fourteen days.
      """)
  @OptionGroup var common: CommonOptions
  @Option(help: "Number of the office (wasl office list).") var office: Int64
  @Option(help: "Role (data/roles.csv).") var role: String
  @Option(help: "Name of the person.") var name: String
  @Option(help: "Address of the person.") var email: String
  @Option(help: "Address under which people reach the site.") var address = "http://localhost:8080"

  func run() async throws {
    guard let role = People.Role(rawValue: role) else {
      throw Failure(
        "wasl: \(role) is no role: \(People.Role.allCases.map(\.rawValue).joined(separator: ", ")).", code: 2)
    }
    try await common.withSite { site in
      let token = People.newToken()
      let (name, email, language, office) = (name, email, common.language, office)
      do {
        try await site.database.write(by: .system) { db in
          try People.inviteDirectly(
            name: name, email: email, language: language, role: role, office: office, token: token, in: db)
        }
      } catch let fault as People.InviteFault {
        throw Failure("wasl: \(fault)")
      }
      let link = "\(address)/\(language)/invitation?key=\(token)"
      if common.json { return common.print(.object([("link", .string(link))])) }
      print(link)
    }
  }
}
