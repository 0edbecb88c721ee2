/// `sqlite:PATH` or `postgres://USER@HOST:PORT/NAME`.
package enum DatabaseAddress: Sendable, Equatable {
  case sqlite(path: String)
  case postgres(String)

  package init(_ text: String) throws {
    if text.hasPrefix("sqlite:"), text.count > 7 {
      self = .sqlite(path: String(text.dropFirst(7)))
    } else if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
      self = .postgres(text)
    } else {
      throw StorageError.address(text)
    }
  }
}
