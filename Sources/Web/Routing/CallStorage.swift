package import Storage

extension Call {
  /// Reads in one consistent view of the database.
  package func read<T: Sendable>(_ body: @escaping @Sendable (Reader) throws -> T) async throws -> T {
    try await services.database().read(body)
  }
  /// Changes in one transaction, recorded under the viewer's name.
  package func write<T: Sendable>(_ body: @escaping @Sendable (Writer) throws -> T) async throws -> T {
    try await services.database().write(by: actor, body)
  }
  package var actor: Actor {
    Actor(
      viewer.name.isEmpty ? viewer.role.rawValue : viewer.name, onBehalf: viewer.behalf,
      request: requestID, language: language.code)
  }
}
