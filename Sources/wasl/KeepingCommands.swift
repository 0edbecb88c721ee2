import ArgumentParser
import Foundation
import Language
import Mail
import Site
import Storage

struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy database, received files and keys into an empty folder, while the site goes on working.",
    discussion: """
      The folder then holds secrets: keep it as you keep the keys. PostgreSQL needs pg_dump of the server's version. \
      The audit trail of the copy is verified; a broken one is not backed up in silence.
      """)
  @OptionGroup var common: CommonOptions
  @ArgumentParser.Argument(help: "Folder to make; must be empty or not there.") var folder: String

  func run() async throws {
    let t = try common.translator()
    let outcome = try await Keeper.run(t) {
      try await Backup.make(
        try common.places(), into: folder, now: Clock.system.now(), software: "wasl " + Site.version)
    }
    try Keeper.tell(outcome, "commands.backup.done", folder, common, t)
  }
}

struct RestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Put a backup in the place of nothing: what is there already is never written over.",
    discussion: """
      Every file is compared with the backup's manifest first, the audit trail afterwards. PostgreSQL needs an empty \
      database of collation C and pg_restore.
      """)
  @OptionGroup var common: CommonOptions
  @ArgumentParser.Argument(help: "Folder of the backup.") var folder: String

  func run() async throws {
    let t = try common.translator()
    let outcome = try await Keeper.run(t) { try await Backup.restore(folder, to: try common.places()) }
    try Keeper.tell(outcome, "commands.restore.done", folder, common, t)
  }
}

private enum Keeper {
  static func run(_ t: Translator, _ body: () async throws -> Backup.Outcome) async throws -> Backup.Outcome {
    do {
      return try await body()
    } catch let refusal as Backup.Refusal {
      throw Failure("wasl: " + t("commands.backup." + refusal.reason, ["what": .isolated(refusal.what)]))
    } catch let error as StorageError {
      throw Failure("wasl: \(error)")
    } catch let error as CocoaError {
      throw Failure("wasl: \(error.localizedDescription)")
    }
  }
  static func tell(
    _ outcome: Backup.Outcome, _ key: String, _ folder: String, _ common: CommonOptions, _ t: Translator
  ) throws {
    if common.json {
      return common.print(
        .object([
          ("folder", .string(folder)), ("files", .int(outcome.files)), ("bytes", .int(Int(outcome.bytes))),
          ("audit_entries", .int(outcome.entries)), ("audit_head", .string(outcome.head)),
        ]))
    }
    common.result(
      t(
        key,
        [
          "folder": .isolated(folder), "count": .number(outcome.files), "entries": .number(outcome.entries),
        ]))
  }
}

struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Examine database, trail, coverage, files, keys, disk, clock, WeasyPrint and mail server.",
    discussion: "Changes nothing. Exit 0: all good; 1: something is wrong; 3: something to look at.")
  @OptionGroup var common: CommonOptions
  @Option(help: "Mail server to ask: smtp://HOST:PORT or smtps://HOST:PORT.") var mail: String?

  func run() async throws {
    let t = try common.translator()
    var server: MailServer?
    if let mail {
      do {
        server = try MailServer(
          address: mail, user: nil, password: nil, from: "doctor@localhost.invalid", bounces: nil,
          requiresTLS: false)
      } catch {
        throw Failure("wasl: \(error)", code: 2)
      }
    }
    let checks = await Doctor.examine(try common.places(), mail: server)
    func sentence(_ check: Doctor.Check) -> String {
      t("commands.doctor.\(check.name).\(check.state.rawValue)", ["what": .isolated(check.what)])
    }
    if common.json {
      common.print(
        .object([
          ("good", .bool(!checks.contains { $0.state == .bad })),
          (
            "checks",
            .array(
              checks.map { check in
                .object([
                  ("name", .string(check.name)), ("state", .string(check.state.rawValue)),
                  ("what", .string(check.what)), ("sentence", .string(sentence(check))),
                ])
              })
          ),
        ]))
    } else {
      for check in checks {
        common.result(t("commands.doctor." + check.state.rawValue) + "  " + sentence(check))
      }
    }
    if checks.contains(where: { $0.state == .bad }) { throw ExitCode(1) }
    if checks.contains(where: { $0.state == .notable }) { throw ExitCode(3) }
  }
}
