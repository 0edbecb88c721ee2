package import Activities
import Coverage
import Foundation
package import Language
import Needs
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

  /// - Parameter migrating: bring the schema up to date; without it an old schema stays as it is.
  package init(
    _ address: DatabaseAddress, data: DataDirectory, files: FileStore, clock: Clock = .system, readers: Int = 4,
    migrating: Bool = true, statements: StatementRegister? = nil
  ) async throws {
    catalogue = try Catalogue.load(from: data.path)
    self.data = data
    self.files = files
    self.clock = clock
    database = try Database(
      address,
      context: DatabaseContext(
        clock: clock, reactions: Site.reactions, jobs: Site.jobs(files: files, data: data), statements: statements),
      readers: readers)
    if migrating { try await database.migrate(Site.migrations) }
  }

  package func close() throws { try database.close() }

  package func translator(_ code: String) -> Translator {
    catalogue.translator(catalogue.language(code) ?? .english)
  }
  /// The present UTC day.
  package var today: Day? { Day(String(clock.now().prefix(10))) }

  /// The routes of all subjects, ready to be served.
  package func mount(_ settings: WebSettings, sessions: OperatorSessions? = nil) async throws -> Mount {
    var settings = settings
    settings.version = Site.version
    let database = database
    settings.revision = { database.revision }
    settings.isReady = { (try? await database.read { try $0.value("SELECT 1", as: Int.self) }) == 1 }
    let invented = InventedMark()
    try await invented.look(database)
    settings.layout = Layout(
      navigation: Site.navigation, footer: Site.footer, version: Site.version,
      isDemonstration: { invented.isSet(database) })
    var routes = Site.routes(files: files)
    if let sessions {
      settings.sessions = sessions
      routes += sessions.routes
    }
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
  /// As last seen; a look at a newer state of the data is started beside.
  func isSet(_ database: Database) -> Bool {
    let (isSet, revision) = state.withLock { ($0.isSet, $0.revision) }
    if revision != database.revision && !isSet { Task { try? await look(database) } }
    return isSet
  }
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
