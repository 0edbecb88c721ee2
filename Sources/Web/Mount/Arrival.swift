import Hummingbird
import Language

/// What is known of a request before its route is.
struct Arrival: Sendable {
  let id: String
  let viewer: Viewer
  let session: String?
  let visitor: String?
  let visit: Visit
  let hasBearer: Bool
  let language: Language
  let face: Route.Face
  /// Nil when nothing that `Accept` takes can be given.
  let format: Format?
  /// Path without language or API prefix, suffix and slashes at its ends, still encoded.
  let path: String
  let query: Query
  let authority: String
  /// Path and query as they came.
  let target: String
  var takesGzip = false

  /// The same request at the page on which its form stands.
  func at(_ path: String) -> Arrival {
    Arrival(
      id: id, viewer: viewer, session: session, visitor: visitor, visit: visit, hasBearer: hasBearer,
      language: language, face: face, format: .html, path: path, query: .none, authority: authority,
      target: target, takesGzip: takesGzip)
  }
}

/// Hummingbird's context with our own beside it.
struct WebContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  var arrival: Arrival?
  /// Address of the other end of the connection.
  let peer: String?

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    peer = source.channel.remoteAddress?.ipAddress
  }
  /// Without a connection, for `TestClient`.
  init(source: some RequestContextSource) {
    coreContext = .init(source: source)
    peer = nil
  }
}

/// The address asked for, taken apart.
struct Target {
  let language: Language?
  let face: Route.Face
  let path: String
  let suffix: Format?
  /// Path for the router, without the suffix.
  let routed: String

  /// - Parameter path: as it came, without the query.
  /// - Returns: nil for a path that leads nowhere: empty or dotted segments, broken escapes.
  init?(_ path: Substring, catalogue: Catalogue, mayHaveSuffix: Bool) {
    guard path.first == "/" else { return nil }
    var rest = path.dropFirst()
    if rest.last == "/" { rest.removeLast() }
    for segment in rest.split(separator: "/", omittingEmptySubsequences: false) where !rest.isEmpty {
      guard !segment.isEmpty, let plain = Address.decode(segment), plain != ".", plain != ".." else {
        return nil
      }
    }
    let first = rest.prefix { $0 != "/" }
    let isData = rest == "api/v1" || rest.hasPrefix("api/v1/")
    let named = catalogue.language(first)
    var suffix: Format?
    if mayHaveSuffix && (isData || named != nil), let found = FormatChoice.suffix(of: rest) {
      rest = found.path
      suffix = found.format
    }
    language = named
    face = isData || rest == "api" || rest.hasPrefix("api/") ? .data : .page
    self.suffix = suffix
    routed = "/" + rest
    if isData {
      self.path = String(rest.dropFirst(7))
    } else if named != nil {
      self.path = String(rest.dropFirst(first.count + (rest.count > first.count ? 1 : 0)))
    } else {
      self.path = String(rest)
    }
  }
}
