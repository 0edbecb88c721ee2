import FoundationEssentials
import Synchronization

/// All texts of the interface, read from `data/languages.csv` and `data/languages/<code>/<subject>.json`.
package final class Catalogue: Sendable {
  /// In the order of `languages.csv`, which is the UN's.
  package let languages: [Language]
  let files: [CatalogueFile]
  private let translators: [String: Translator.Parts]
  private let first: Translator.Parts
  private let missingKeys = Mutex<[String: Int]>([:])

  /// - Throws: `CatalogueError` with every fault of every file.
  package static func load(from dataDirectory: String) throws -> Catalogue {
    let languages = try LanguageTable.read(dataDirectory + "/languages.csv")
    var files: [CatalogueFile] = []
    var faults: [String] = []
    for language in languages {
      let folder = dataDirectory + "/languages/" + language.code
      let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
      for name in names where name.hasSuffix(".json") {
        do throws(CatalogueError) {
          files.append(
            try CatalogueFile.read(folder + "/" + name, subject: String(name.dropLast(5)), language))
        } catch {
          faults += error.faults
        }
      }
    }
    guard faults.isEmpty else { throw CatalogueError(faults: faults) }
    return try Catalogue(languages: languages, files: files)
  }

  /// - Parameter files: of all languages; a key belongs to one file of a language.
  init(languages: [Language], files: [CatalogueFile]) throws {
    var parts: [String: Translator.Parts] = [:]
    for language in languages {
      guard let formats = Formats(language) else {
        throw CatalogueError(faults: ["\(language.code): no formats for the locale \"\(language.locale)\""])
      }
      var messages: [String: Message] = [:]
      for file in files where file.language == language {
        messages.merge(file.messages) { first, _ in first }
      }
      parts[language.code] = Translator.Parts(formats: formats, messages: messages)
    }
    guard let code = languages.first?.code, let first = parts[code] else {
      throw CatalogueError(faults: ["no language is given"])
    }
    self.languages = languages
    self.files = files
    self.first = first
    translators = parts
  }

  package func translator(_ language: Language) -> Translator {
    // A language that the table does not have gets the formats of the first, and no text.
    let parts = translators[language.code] ?? Translator.Parts(formats: first.formats, messages: [:])
    return Translator(language: language, catalogue: self, formats: parts.formats, messages: parts.messages)
  }
  package func language(_ code: some StringProtocol) -> Language? { languages.first { $0.code == code } }

  /// Keys of a language, sorted.
  package func keys(_ language: Language) -> [String] {
    (translators[language.code]?.messages.keys).map { $0.sorted() } ?? []
  }

  /// Whether a language has been begun at all.
  package func isOffered(_ language: Language) -> Bool {
    !(translators[language.code]?.messages.isEmpty ?? true)
  }

  /// `code key` → times asked for since the start.
  package var missing: [String: Int] { missingKeys.withLock { $0 } }
  func noteMissing(_ key: String, _ language: Language) {
    missingKeys.withLock { counts in
      // Bounded: a key may come from an address.
      if counts.count < 1000 || counts["\(language.code) \(key)"] != nil {
        counts["\(language.code) \(key)", default: 0] += 1
      }
    }
  }
}

extension Translator {
  struct Parts: Sendable {
    let formats: Formats
    let messages: [String: Message]
  }
}
