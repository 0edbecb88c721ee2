/// What an engine gives: connections for readers, and one writer at a time.
protocol Driver: Sendable {
  var engine: Engine { get }
  /// A consistent, read-only view.
  func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T
  /// Schedules `body` on the one writing connection; bodies run in order, never two at once.
  func write(_ body: @escaping @Sendable (any Connection) -> Void) throws
  /// Starts a transaction on the writing connection. Nobody else, in no process, writes until it ends.
  func begin(_ connection: any Connection) throws
  func close() throws
}
