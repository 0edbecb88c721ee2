import ArgumentParser
import Foundation
import Site

import enum Language.JSON

@main
struct Wasl: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wasl",
    abstract: "From the needs that States state to the assistance that meets them (decision 3/4).",
    discussion: """
      Results go to standard output, messages to standard error. Exit codes: 0 done, 1 refused or failed, \
      2 wrong use, 3 done with findings.

      Start:  wasl migrate && wasl data load && wasl serve
      """,
    version: Site.version,
    subcommands: [
      Serve.self, Migrate.self, DataGroup.self, DemoGroup.self, NeedsGroup.self, ActivitiesGroup.self,
      StandardGroup.self,
      CoverageGroup.self, DocumentGroup.self, MandatesGroup.self, AuditTrailGroup.self,
      ReceiptGroup.self, MailGroup.self, OfficeGroup.self, UserGroup.self, LanguageGroup.self,
      SearchGroup.self, BackupCommand.self, RestoreCommand.self, DoctorCommand.self,
    ])

  static func main() async {
    do {
      var command = try parseAsRoot()
      if var running = command as? any AsyncParsableCommand {
        try await running.run()
      } else {
        try command.run()
      }
    } catch let failure as Failure {
      Talk.say(failure.message)
      tell(failure.message, failure.code)
      Foundation.exit(failure.code)
    } catch {
      let code = exitCode(for: error)
      if code == .success || code == .validationFailure {
        let message = fullMessage(for: error)
        if code == .success {
          print(message)
          Foundation.exit(0)
        }
        Talk.say(message)
        tell(message, 2)
        Foundation.exit(2)
      }
      if let code = error as? ExitCode { Foundation.exit(code.rawValue) }
      Talk.say("wasl: \(error)")
      tell("\(error)", 1)
      Foundation.exit(1)
    }
  }

  /// A program that asked for JSON reads of the refusal too, where nothing else was printed.
  private static func tell(_ message: String, _ code: Int32) {
    guard CommandLine.arguments.contains("--json") else { return }
    let value = JSON.object([("error", .string(message)), ("exit", .int(Int(code)))])
    FileHandle.standardOutput.write(Data(value.bytes + [10]))
  }
}

/// A refusal with its sentence and exit code.
struct Failure: Error {
  let message: String
  let code: Int32
  init(_ message: String, code: Int32 = 1) {
    self.message = message
    self.code = code
  }
}

/// Messages for people, on standard error.
enum Talk {
  static func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
  static let isTerminal = isatty(2) == 1
}
