/// `sqlite:PATH` or `postgres://USER@HOST:PORT/NAME`.
package enum DatabaseAddress: Sendable, Equatable {
  case sqlite(path: String)
  case postgres(String)

  package init(_ text: String) throws {
    if text.hasPrefix("sqlite:"), text.count > 7 {
      self = .sqlite(path: String(text.dropFirst(7)))
    } else if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
      self = .postgres(Self.guarded(text))
    } else {
      throw StorageError.address(text)
    }
  }

  /// Over a network the server must prove who it is, unless the address says otherwise (`sslmode=…`): libpq by itself
  /// would go on in the clear.
  private static func guarded(_ text: String) -> String {
    let rest = text.drop { $0 != ":" }.dropFirst(3)
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    let place = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    let host = place.hasPrefix("[") ? place.prefix { $0 != "]" }.dropFirst() : place.prefix { $0 != ":" }
    let isHere =
      host.isEmpty || host == "localhost" || host == "::1" || host.hasPrefix("127.")
      || host.lowercased().hasPrefix("%2f")
    if isHere || rest.contains("sslmode=") { return text }
    return text + (rest.contains("?") ? "&" : "?") + "sslmode=verify-full"
  }
}
