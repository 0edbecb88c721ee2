import ArgumentParser
import Foundation
import Language
import Storage

struct LanguageGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "language", abstract: "Texts of the interface, for translators.",
    subcommands: [LanguageExport.self, LanguageImport.self, LanguageCheck.self])
}

extension CommonOptions {
  /// The catalogues, and the translator for messages.
  func catalogue() throws -> (Catalogue, Translator, data: String) {
    let data = try dataDirectory().path
    do {
      let catalogue = try Catalogue.load(from: data)
      guard let chosen = catalogue.language(language) else {
        let known = catalogue.languages.map(\.code).joined(separator: ", ")
        throw Failure("wasl: \(language) is no language here (known: \(known)).", code: 2)
      }
      return (catalogue, catalogue.translator(chosen), data)
    } catch let error as CatalogueError {
      throw Failure("wasl: \(error)")
    }
  }
}

struct LanguageExport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write the texts of a language as gettext PO (Poedit, Weblate).",
    discussion: """
      The context of each entry is the key, its source the English text; an entry that no person has read is fuzzy. \
      wasl language import reads the file back.
      """)
  @OptionGroup var common: CommonOptions
  @Flag(help: "Every language, each into a file of the folder OUTPUT.") var all = false
  @Option(help: "File to write, or folder with --all; - for standard output.") var output: String

  func run() async throws {
    let (catalogue, t, data) = try common.catalogue()
    let languages = all ? catalogue.languages : [t.language]
    if all { try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true) }
    for language in languages {
      let file: GettextFile
      do {
        file = try Translation.export(language, data: data, now: Clock.system.now())
      } catch let error as CatalogueError {
        throw Failure("wasl: \(error)")
      }
      let path = all ? "\(output)/\(language.code).po" : output
      if path == "-" {
        FileHandle.standardOutput.write(Data(file.text.utf8))
      } else {
        try Data(file.text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
      }
      let words = t(
        "catalogues.exported",
        [
          "count": .number(file.entries.count), "path": .isolated(path),
          "unreviewed": .number(file.entries.count { $0.flags.contains("fuzzy") }),
          "missing": .number(file.entries.count { $0.texts.contains("") }),
        ])
      common.say(plain(words))
    }
  }
}

struct LanguageImport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Take translators' PO files into the catalogues.",
    discussion: """
      Refused with every fault at once, nothing written: placeholders that differ, keys that are not known, English \
      texts that changed since, forms that are missing. Exit 1 when refused.
      """)
  @OptionGroup var common: CommonOptions
  @Flag(help: "Check the files; write nothing.") var dryRun = false
  @ArgumentParser.Argument(help: "PO files.") var files: [String]

  func run() async throws {
    let (catalogue, t, data) = try common.catalogue()
    var outcomes: [(path: String, outcome: Translation.Outcome)] = []
    var refusals = 0
    var reports: [JSON] = []
    for path in files {
      guard let bytes = FileManager.default.contents(atPath: path),
        let text = String(validating: Array(bytes), as: UTF8.self)
      else { throw Failure("wasl: \(path) " + plain(t("catalogues.unreadable"))) }
      do {
        outcomes.append((path, try Translation.read(text, languages: catalogue.languages, data: data)))
      } catch let refused as Translation.Refused {
        refusals += refused.faults.count
        for fault in refused.faults {
          let words = plain(t("catalogues.fault." + fault.rule, fault.arguments))
          Talk.say("\(path):\(fault.line): \(fault.key.isEmpty ? "" : fault.key + ": ")\(words)")
          reports.append(
            .object([
              ("file", .string(path)), ("line", .int(fault.line)), ("key", .string(fault.key)),
              ("rule", .string(fault.rule)), ("detail", .string(words)),
            ]))
        }
      } catch let error as CatalogueError {
        throw Failure("wasl: \(error)")
      }
    }
    if refusals > 0 {
      if common.json { common.print(.object([("written", .bool(false)), ("faults", .array(reports))])) }
      throw Failure("wasl: " + plain(t("catalogues.refused", ["count": .number(refusals)])))
    }
    for (path, outcome) in outcomes {
      if !dryRun { try outcome.write() }
      let words = t(
        "catalogues.imported",
        [
          "count": .number(outcome.texts), "changed": .number(outcome.changed),
          "reviewed": .number(outcome.reviewed),
          "untranslated": .number(outcome.untranslated), "files": .number(outcome.files.count),
        ])
      common.say("\(path): " + plain(words))
      reports.append(
        .object([
          ("file", .string(path)), ("language", .string(outcome.language.code)),
          ("texts", .int(outcome.texts)),
          ("changed", .int(outcome.changed)), ("reviewed", .int(outcome.reviewed)),
          ("untranslated", .int(outcome.untranslated)),
          ("files", .array(outcome.files.map { .string($0.path) })),
        ]))
    }
    if common.json { common.print(.object([("written", .bool(!dryRun)), ("files", .array(reports))])) }
  }
}

struct LanguageCheck: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract:
      "Compare every language with English: missing texts, placeholders, plural forms. Exit 3 with findings.")
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let (catalogue, t, _) = try common.catalogue()
    let findings = catalogue.findings()
    let languages = catalogue.languages.map { language in
      (language, texts: catalogue.keys(language).count, unreviewed: catalogue.unreviewed(language).count)
    }
    if common.json {
      common.print(
        .object([
          (
            "languages",
            .array(
              languages.map { language, texts, unreviewed in
                .object([
                  ("language", .string(language.code)), ("texts", .int(texts)),
                  ("unreviewed", .int(unreviewed)),
                ])
              })
          ),
          (
            "findings",
            .array(
              findings.map { finding in
                .object([
                  ("language", .string(finding.language)), ("key", .string(finding.key)),
                  ("kind", .string(finding.kind.rawValue)), ("detail", .string(finding.detail)),
                ])
              })
          ),
        ]))
    } else {
      for finding in findings {
        let words = t("catalogues.finding." + finding.kind.rawValue, ["detail": .isolated(finding.detail)])
        Talk.say("\(finding.language) \(finding.key): \(plain(words))")
      }
      for (language, texts, unreviewed) in languages {
        let words = t("catalogues.checked", ["count": .number(texts), "unreviewed": .number(unreviewed)])
        common.say("\(language.code): \(plain(words))")
      }
    }
    if !findings.isEmpty { throw ExitCode(3) }
  }
}

/// For a terminal, which shows isolation marks as boxes.
private func plain(_ text: String) -> String {
  String(String.UnicodeScalarView(text.unicodeScalars.filter { !(0x2066...0x2069).contains($0.value) }))
}
