import ArgumentParser
import Foundation
import Language
import Mail
import Storage

struct MailGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mail", abstract: "Letters of the site.",
    subcommands: [MailList.self, MailBounce.self, MailRetry.self])
}

struct MailList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Letters, newest first.",
    discussion: """
      --links also shows the links of letters that wait. Who holds such a link can come in with it, so it is shown \
      only to whoever runs the program beside the database, for sites without a mail server.
      """)
  @OptionGroup var common: CommonOptions
  @Flag(help: "Show the links of letters that wait.") var links = false
  @Option(help: "Letters shown.") var limit = 50

  func run() async throws {
    try await common.withSite { site in
      let limit = limit
      let links = links
      let found = try await site.database.read { db in
        try Mail.letters(in: db, limit: limit).map { letter in
          (letter, links ? try Mail.link(of: letter.key, in: db) : nil)
        }
      }
      if common.json {
        return common.print(
          .array(
            found.map { letter, link in
              .object([
                ("key", .string(letter.key)), ("to", .string(letter.recipient)),
                ("subject", .string(letter.subject)),
                ("state", .string(letter.state.rawValue)), ("queued_at", .string(letter.queuedAt)),
                ("reply", letter.reply.map { .string($0) } ?? .null),
                ("link", link.map { .string($0) } ?? .null),
              ])
            }))
      }
      for (letter, link) in found {
        common.result("\(letter.queuedAt)  \(letter.state.rawValue)  \(letter.recipient)  \(letter.subject)")
        if let link { common.result("  \(link)") }
      }
    }
  }
}

struct MailBounce: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bounce",
    abstract: "Take in reports of letters that came back (RFC 3464), one message a file.")
  @OptionGroup var common: CommonOptions
  @ArgumentParser.Argument(help: "Files; - for standard input.") var files: [String]

  func run() async throws {
    try await common.withSite { site in
      var worst: Int32 = 0
      var results: [JSON] = []
      let t = site.translator(common.language)
      func tell(_ file: String, _ key: String?, _ text: String) {
        common.result("\(file): \(text)")
        results.append(
          .object([("file", .string(file)), ("letter", key.map { .string($0) } ?? .null)]))
      }
      for file in files {
        let data =
          file == "-"
          ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: file)
        guard let data else {
          tell(file, nil, t("commands.unreadable"))
          worst = 1
          continue
        }
        let bytes = Array(data)
        let key = try await site.database.write(by: .system) { try Mail.settle(bounce: bytes, in: $0) }
        tell(
          file, key,
          key.map { t("commands.mail.bounced", ["what": .isolated($0)]) } ?? t("commands.mail.no-report"))
        if key == nil { worst = 3 }
      }
      if common.json { common.print(.object([("files", .array(results))])) }
      if worst != 0 { throw ExitCode(worst) }
    }
  }
}

struct MailRetry: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry", abstract: "Send again what waits, after a mail server has been named.")
  @OptionGroup var common: CommonOptions

  func run() async throws {
    try await common.withSite { site in
      let count = try await site.database.write(by: .system) { try Mail.queueWaiting(in: $0) }
      if common.json { return common.print(.object([("waiting", .int(count))])) }
      common.result(site.translator(common.language)("commands.mail.waiting", ["count": .number(count)]))
    }
  }
}
