package import Language
package import Storage

/// What a running site hands to every call.
package struct Services: Sendable {
  package let catalogue: Catalogue
  package let dataDirectory: String
  package let clock: Clock
  private let store: Database?

  package init(catalogue: Catalogue, dataDirectory: String, clock: Clock = .system, database: Database? = nil)
  {
    self.catalogue = catalogue
    self.dataDirectory = dataDirectory
    self.clock = clock
    store = database
  }
  /// - Throws: `Problem.unavailable` when the site runs without one.
  package func database() throws -> Database {
    guard let store else { throw Problem.unavailable }
    return store
  }
}
