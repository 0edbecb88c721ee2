import ArgumentParser
import Foundation
import Language
import Mail
import Site
import Storage
import Treaty

struct CommonOptions: ParsableArguments {
  @Option(help: "sqlite:PATH or postgres://USER@HOST:PORT/NAME (also WASL_DATABASE).")
  var database: String?
  @Option(help: "Directory of the data files (also WASL_DATA).")
  var data: String?
  @Option(help: "Directory where received files are kept (also WASL_FILES).")
  var files: String?
  @Option(help: "Directory of the keys that sign and seal, made on first start (also WASL_KEYS).")
  var keys: String?
  @Option(help: "Language of messages: ar, zh, en, fr, ru or es.")
  var language = "en"
  @Flag(help: "One JSON value on standard output, nothing else.")
  var json = false
  @Flag(help: "No messages on standard error but errors.")
  var quiet = false

  func validate() throws {
    guard Language.all.contains(where: { $0.code == language }) else {
      throw ValidationError(
        "“\(language)” is not one of the languages: \(Language.all.map(\.code).joined(separator: ", ")).")
    }
  }

  /// What was asked for, on standard output; nothing with `--json`, which prints a value of its own.
  func result(_ text: String) { if !json { FileHandle.standardOutput.write(Data((text + "\n").utf8)) } }
  /// Talk beside the result, on standard error.
  func say(_ text: String) { if !quiet { Talk.say(text) } }

  /// Texts without a database: commands that must work when there is none.
  func translator() throws -> Translator {
    do {
      let catalogue = try Catalogue.load(from: try dataDirectory().path)
      return catalogue.translator(catalogue.language(language) ?? .english)
    } catch let error as CatalogueError {
      throw Failure("wasl: \(error)")
    }
  }

  private func setting(_ option: String?, _ name: String) -> String? {
    option ?? ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }
  /// The database named by the option or the environment; nil where neither is.
  var givenAddress: String? { setting(database, "WASL_DATABASE") }
  var address: String { setting(database, "WASL_DATABASE") ?? "sqlite:var/wasl.sqlite" }

  /// The given one, else `data` here, else beside the program (`share/wasl/data`).
  func dataDirectory() throws -> DataDirectory {
    if let given = setting(data, "WASL_DATA") { return DataDirectory(given) }
    let program = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent()
    let places = [
      "data", program.appendingPathComponent("data").path,
      program.deletingLastPathComponent().appendingPathComponent("data").path,
    ]
    for place in places where FileManager.default.fileExists(atPath: "\(place)/languages.csv") {
      return DataDirectory(place)
    }
    throw Failure("wasl: no data directory here or beside the program. Give it with --data or WASL_DATA.")
  }
  private func fileStore(_ address: DatabaseAddress) -> FileStore {
    if let given = setting(files, "WASL_FILES") { return FileStore(directory: given) }
    if case .sqlite(let path) = address {
      return FileStore(directory: URL(fileURLWithPath: path).deletingLastPathComponent().path + "/files")
    }
    return FileStore(directory: "var/files")
  }

  private func keyFolder(_ address: DatabaseAddress) -> String {
    if let given = setting(keys, "WASL_KEYS") { return given }
    if case .sqlite(let path) = address {
      return URL(fileURLWithPath: path).deletingLastPathComponent().path + "/keys"
    }
    return "var/keys"
  }

  /// Where everything lies that makes up the site.
  func places() throws -> Backup.Places {
    do {
      let address = try DatabaseAddress(address)
      return Backup.Places(address: address, files: fileStore(address).directory, keys: keyFolder(address))
    } catch let error as StorageError {
      throw Failure("wasl: \(error)", code: 2)
    }
  }

  /// - Parameters:
  ///   - mail: server for letters; without it they wait.
  ///   - reachedAt: address for letters; - providers: file of OpenID Connect providers.
  func open(
    migrating: Bool = true, mail: MailServer? = nil, reachedAt: String = "http://localhost:8080",
    providers: String? = nil, knownPassphrases: [String] = []
  ) async throws -> OpenSite {
    do {
      let address = try DatabaseAddress(address)
      if case .sqlite(let path) = address {
        try FileManager.default.createDirectory(
          at: URL(fileURLWithPath: path).deletingLastPathComponent(), withIntermediateDirectories: true,
          attributes: [.posixPermissions: 0o700])
      }
      return try await OpenSite(
        address, data: try dataDirectory(), files: fileStore(address), keys: keyFolder(address),
        reachedAt: reachedAt, providers: providers, knownPassphrases: knownPassphrases, mail: mail,
        migrating: migrating)
    } catch let error as StorageError {
      throw Failure("wasl: \(error)")
    } catch let error as CatalogueError {
      throw Failure("wasl: \(error)")
    }
  }
  func withSite<T>(_ body: (OpenSite) async throws -> T) async throws -> T {
    let site = try await open()
    do {
      let value = try await body(site)
      try site.close()
      return value
    } catch {
      try? site.close()
      throw error
    }
  }
  func print(_ value: JSON) { FileHandle.standardOutput.write(Data(value.bytes + [10])) }
}
