package import Activities
import Coverage
import Foundation
package import Language
package import Mail
import Needs
package import People
import Proofs
import Secrets
package import Storage
import Synchronization
package import Treaty
package import Web

/// A site with its database open: what commands, server and tests all start from.
package struct OpenSite: Sendable {
  package let database: Database
  package let data: DataDirectory
  package let files: FileStore
  package let catalogue: Catalogue
  package let clock: Clock
  /// Folder of the keys that sign and seal.
  package let keys: String
  /// What sign-in and letters need to know of the site.
  package let people: People.Settings

  /// - Parameters:
  ///   - keys: folder of the keys that sign and seal.
  ///   - reachedAt: address under which people reach the site; letters name it.
  ///   - providers: JSON file of the OpenID Connect providers.
  ///   - knownPassphrases: files of passphrases that nobody may take, beside the list in the data.
  ///   - mail: nil where no server is named: letters wait.
  ///   - migrating: bring the schema up to date; without it an old schema stays as it is.
  package init(
    _ address: DatabaseAddress, data: DataDirectory, files: FileStore, keys: String,
    reachedAt: String = "http://localhost:8080", providers: String? = nil,
    knownPassphrases: [String] = [], mail: MailServer? = nil,
    clock: Clock = .system, readers: Int = 4, migrating: Bool = true, statements: StatementRegister? = nil
  ) async throws {
    catalogue = try Catalogue.load(from: data.path)
    self.data = data
    self.files = files
    self.clock = clock
    self.keys = keys
    try FileManager.default.createDirectory(
      atPath: keys, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    people = try People.Settings(
      address: reachedAt, keyFolder: keys, data: data, files: files, catalogue: catalogue,
      providersFile: providers, sections: Site.sections, knownPassphrases: knownPassphrases)
    database = try Database(
      address,
      context: DatabaseContext(
        clock: clock, reactions: Site.reactions,
        jobs: Site.jobs(files: files, data: data, people: people, mail: mail), statements: statements,
        signer: try Proofs.signer(folder: keys), software: "wasl " + Site.version,
        concern: { try People.states(concernedBy: $0, $1, in: $2) }),
      readers: readers)
    if migrating { try await database.migrate(Site.migrations) }
  }

  /// What form tokens are made with: kept with the other keys, so that a form stays good over a restart.
  package func formSecret() throws -> [UInt8] { try KeyFile.loadOrMake(keys + "/forms.key", bytes: 32) }

  package func close() throws { try database.close() }

  package func translator(_ code: String) -> Translator {
    catalogue.translator(catalogue.language(code) ?? .english)
  }
  /// The present UTC day.
  package var today: Day? { Day(String(clock.now().prefix(10))) }

  /// The routes of all subjects, ready to be served.
  /// - Parameter further: routes beside those of the subjects (tests).
  package func mount(
    _ settings: WebSettings, operators: People.Operator? = nil,
    sessions: (any SessionSource)? = nil, further: [Route] = []
  ) async throws -> Mount {
    var settings = settings
    settings.version = Site.version
    let database = database
    settings.revision = { database.revision }
    settings.isReady = { (try? await database.read { try $0.value("SELECT 1", as: Int.self) }) == 1 }
    let invented = InventedMark()
    try await invented.look(database)
    settings.layout = Layout(
      navigation: Site.navigation, footer: Site.footer, version: Site.version,
      isDemonstration: { invented.isSet })
    settings.layout.look = { await invented.refresh(database) }
    settings.layout.address = people.address
    settings.layout.search = Layout.Item("search", "search.field")
    settings.layout.guest = Layout.Item("sign-in", "site.nav.sign-in")
    settings.layout.person = Layout.Item("account", "site.nav.account")
    settings.layout.signOut = Layout.Item("sign-out", "sign-in.out")
    settings.signInPath = "sign-in"
    settings.proofPath = "second-factor"
    let own = PeopleSessions(database, roles: people.roles, operators: operators)
    settings.sessions = sessions ?? own
    let routes = Site.routes(files: files, people: people) + (operators?.routes ?? []) + further
    return try Mount(
      routes: routes,
      services: Services(catalogue: catalogue, dataDirectory: data.path, clock: clock, database: database),
      settings: settings)
  }
}

/// Whether the database holds invented records; looked at again after changes.
final class InventedMark: Sendable {
  private struct State {
    var isSet = false
    var revision: UInt64 = 0
  }
  private let state = Mutex(State())

  func look(_ database: Database) async throws {
    let revision = database.revision
    let found = try await database.read { try Activities.hasInvented(in: $0) || Needs.hasInvented(in: $0) }
    state.withLock { $0 = State(isSet: found, revision: revision) }
  }
  /// Looks again where the data have changed; what was invented once stays so, since nothing is deleted.
  func refresh(_ database: Database) async {
    let (isSet, revision) = state.withLock { ($0.isSet, $0.revision) }
    if revision != database.revision && !isSet { try? await look(database) }
  }
  /// As last seen.
  var isSet: Bool { state.withLock { $0.isSet } }
}

extension OpenSite {
  /// Whether the register holds neither a need nor an activity.
  package func isEmpty() async throws -> Bool {
    try await database.read { db in
      let needs = try Needs.countAll(in: db)
      let activities = try Activities.count(Activities.Filter(), in: db)
      return needs == 0 && activities == 0
    }
  }
}
