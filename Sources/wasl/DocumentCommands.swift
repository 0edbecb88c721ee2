import ArgumentParser
import Foundation
import Language
import Proposals
import Site
import Web

struct DocumentGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "document", abstract: "Papers made from the data.", subcommands: [ProposalsDocument.self])
}

struct ProposalsDocument: AsyncParsableCommand {
  enum Form: String, ExpressibleByArgument { case html, pdf }

  static let configuration = CommandConfiguration(
    commandName: "proposals",
    abstract:
      "The outline of the proposals paper for the Working Group (D-c), with the needs that await a proposal.",
    discussion: "PDF needs WeasyPrint (scripts/setup --paper). Holds only what everyone may see.")
  @OptionGroup var common: CommonOptions
  @Option(help: "html or pdf; by the ending of --output, else pdf.") var format: Form?
  @Option(help: "File to write; proposals-LANGUAGE.FORMAT by default.") var output: String?
  @Option(help: "Document symbol.") var symbol = "CTOC/COP/WG.2/2026/2"
  @Option(help: "Agenda paper that the item is of.") var agenda = "CTOC/COP/WG.2/2026/1"
  @Option(help: "Agenda item.") var item = 2
  @Option(help: "First day of the meeting.") var from: String?
  @Option(help: "Last day of the meeting.") var to: String?
  @Option(help: "Day of the figures; today by default.") var asOf: String?
  @Option(help: "Address of the site for links.") var base = "http://localhost:8080"

  func run() async throws {
    try await common.withSite { site in
      guard let language = site.catalogue.language(common.language) else {
        throw Failure("wasl: \(common.language) is not one of the languages.", code: 2)
      }
      let t = site.catalogue.translator(language)
      let format = try form()
      let day = asOf ?? String(site.clock.now().prefix(10))
      let masthead = PaperMasthead(
        symbol: symbol, date: day, place: Self.vienna, from: from ?? day, to: to ?? day, item: item,
        agenda: agenda)
      let missing = masthead.missing
      guard missing.isEmpty else {
        throw Failure("wasl: the masthead lacks \(missing.joined(separator: ", ")).")
      }
      let (data, names) = try await site.database.read { db in
        (
          try Proposals.paperData(masthead, asOf: day, in: db),
          try Proposals.paperNames(
            language, original: site.catalogue.language(masthead.original) ?? .english, in: db)
        )
      }
      let outline = PaperOutline(data, names, t)
      let file = output ?? "proposals-\(language.code).\(format.rawValue)"
      let document = PaperHTML(outline, t, base: base, medium: format == .pdf ? .print : .screen).document
      switch format {
      case .html: try write(Data(document.utf8), to: file)
      case .pdf:
        do {
          try write(Data(try await PaperPDF().make(document, date: day)), to: file)
        } catch let problem as Problem {
          throw Failure("wasl: " + t(problem.code, problem.arguments))
        }
      }
      let findings = outline.findings(t)
      let isDated = from != nil && to != nil
      if common.json {
        common.print(
          .object([
            ("file", .string(file)), ("language", .string(language.code)), ("symbol", .string(symbol)),
            ("needs", .int(data.needs.count)), ("states", .int(data.stating.count)),
            (
              "findings",
              .array((findings.map(Self.text) + (isDated ? [] : [Self.undated])).map { .string($0) })
            ),
          ]))
      } else {
        common.say("\(file): \(symbol), \(data.needs.count) needs of \(data.stating.count) States.")
      }
      for finding in findings { common.say("  " + Self.text(finding)) }
      if !isDated { common.say("  " + Self.undated) }
      if !findings.isEmpty || !isDated { throw ExitCode(3) }
    }
  }
  private static let undated =
    "The days of the meeting are not given (--from, --to); the day of the figures stands in their place."

  private func form() throws -> Form {
    let ending = output.flatMap { name in name.lastIndex(of: ".").map { name[$0...].dropFirst().lowercased() }
    }
    let byName = ending.flatMap { Form(rawValue: $0) }
    if let ending, byName == nil {
      throw Failure("wasl: --output ends in .\(ending); papers are written as .html or .pdf.", code: 2)
    }
    if let format, let byName, format != byName {
      throw Failure("wasl: --format \(format.rawValue) and the ending of --output do not agree.", code: 2)
    }
    return format ?? byName ?? .pdf
  }
  private func write(_ data: Data, to file: String) throws {
    do {
      try data.write(to: URL(fileURLWithPath: file))
    } catch {
      throw Failure("wasl: \(file) could not be written. Does the folder exist, and may you write there?")
    }
  }
  private static func text(_ finding: PaperFinding) -> String {
    switch finding {
    case .tooLong(let words):
      "The paper has \(words) words; \(PaperOutline.wordLimit) are allowed. Choose fewer needs, or issue an addendum."
    case .missing(let field): "The masthead lacks \(field)."
    }
  }
  private static let vienna = [
    "ar": "فيينا", "zh": "维也纳", "en": "Vienna", "fr": "Vienne", "ru": "Вена", "es": "Viena",
  ]
}
