import Dispatch
package import Language
import Secrets
package import Storage
package import Treaty

extension People {
  /// What a site tells this subject: its name and address, its keys, whom it trusts to identify people.
  package struct Settings: Sendable {
    /// As applications for codes show it.
    package let siteName: String
    /// Under which people reach the site, without a slash at its end: `https://wasl.example.org`. Letters name it.
    package let address: String
    package let roles: RoleBook
    package let files: FileStore
    package let catalogue: Catalogue
    package let providers: [OIDCProvider]
    let passphrases: PassphraseRules
    let box: SealedBox
    /// Kinds of records of which a State can give a section to an expert; subjects above bring them.
    package let sections: [SectionKind]
    /// Waits for so many milliseconds before an answer; tests put their own in its place.
    package var pause: @Sendable (Int64) async -> Void = { try? await Task.sleep(for: .milliseconds($0)) }

    /// - Parameters:
    ///   - keyFolder: folder of the key that seals second factors, made on first start; lose it and they are lost.
    ///   - providersFile: JSON of the OpenID Connect providers; nil: none.
    ///   - knownPassphrases: further files of passphrases that are refused (`PassphraseRules`).
    /// - Throws: for a key that cannot be read or written, or a file with faults.
    package init(
      siteName: String = "Wasl", address: String, keyFolder: String, data: DataDirectory, files: FileStore,
      catalogue: Catalogue, providersFile: String? = nil, sections: [SectionKind] = [],
      knownPassphrases: [String] = []
    ) throws {
      self.sections = sections
      self.siteName = siteName
      self.address = address.hasSuffix("/") ? String(address.dropLast()) : address
      self.files = files
      self.catalogue = catalogue
      roles = try RoleBook(data)
      providers = try providersFile.map(OIDCProvider.read) ?? []
      passphrases = PassphraseRules(
        knownFile: data.path + "/passphrases/known.txt", further: knownPassphrases)
      guard passphrases.unread.isEmpty else {
        throw SettingsError(reason: "cannot be read: " + passphrases.unread.joined(separator: ", "))
      }
      box = SealedBox(key: try KeyFile.loadOrMake(keyFolder + "/people.key", bytes: 32))
    }

    /// Address of a page for a letter, in its reader's language.
    func address(_ path: String, key: String, language: String) -> String {
      "\(address)/\(language)/\(path)?key=\(key)"
    }
    func translator(_ language: String) -> Translator {
      catalogue.translator(catalogue.language(language) ?? .english)
    }
  }

  package struct SettingsError: Error, CustomStringConvertible {
    package let reason: String
    package var description: String { reason }
  }
}

/// Slow work away from the threads that answer requests: hashes that are slow on purpose, and calls to other servers.
enum SlowWork {
  /// One at a time: each takes 19 MiB, and a crowd of guesses must not take the memory of the server.
  private static let hashing = DispatchQueue(label: "wasl.people.hash", qos: .userInitiated)
  private static let calling = DispatchQueue(label: "wasl.people.call", attributes: .concurrent)

  static func hash<T: Sendable>(_ body: @escaping @Sendable () -> T) async -> T {
    await withCheckedContinuation { continuation in hashing.async { continuation.resume(returning: body()) } }
  }
  static func call<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      calling.async { continuation.resume(with: Result { try body() }) }
    }
  }
}
