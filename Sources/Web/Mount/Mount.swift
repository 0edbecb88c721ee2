import HTTPTypes
import Hummingbird
import Language

/// Puts a table of routes on a Hummingbird router: `/{language}/…` and `/api/v1/…`, with all that every request needs.
///
/// Nothing else registers a route.
package struct Mount: Sendable {
  package let routes: [Route]
  let site: SiteState
  let door: Door
  /// Everything that answers, as `GET /en/needs/:id`.
  package let mounted: [String]

  /// - Parameter routes: of all subjects, each path without leading slash.
  /// - Throws: `MountError` when two routes are the same, or a path is not one.
  package init(routes subjects: [Route], services: Services, settings: WebSettings) throws {
    let site = try SiteState(services: services, settings: settings)
    routes = try Description.added(to: subjects + ProblemPage.routes, services, settings)
    self.site = site
    let router = Router(context: WebContext.self)
    var places = Places()
    let pages = Dictionary(
      routes.filter { $0.method == .get && $0.faces.contains(.page) }.map { ($0.path, $0) },
      uniquingKeysWith: { first, _ in first })
    let withForms = Set(routes.compactMap(\.formPage))
    for route in routes {
      try Mount.check(route)
      let page = route.formPage.flatMap { pages[$0] }
      if let wanted = route.formPage, page == nil {
        throw MountError(reason: "\(route): no page at \(wanted)")
      }
      let handler = RouteHandler(
        route: route, site: site, page: page,
        holdsForm: route.method == .get && withForms.contains(route.path))
      if route.faces.contains(.page) {
        for language in services.catalogue.languages {
          try places.add("/" + language.code + Mount.suffix(route.path), route.method, handler.respond)
        }
        if route.method == .get { try places.add("/" + route.path, .get, handler.sendToLanguage) }
      }
      if route.faces.contains(.data) {
        try places.add("/api/v1" + Mount.suffix(route.path), route.method, handler.respond)
      }
    }
    try Operations(site: site).mount(&places)
    mounted = places.all
    places.register(on: router)
    door = Door(site: site, inner: router.buildResponder())
  }

  private static func suffix(_ path: String) -> String { path.isEmpty ? "" : "/" + path }

  private static func check(_ route: Route) throws {
    let reserved: Set<Substring> = ["api", "assets", "healthz", "readyz", "version"]
    let segments = route.path.split(separator: "/", omittingEmptySubsequences: false)
    guard route.path.isEmpty || segments.allSatisfy({ !$0.isEmpty }), !reserved.contains(segments.first ?? "")
    else {
      throw MountError(reason: "\(route): not a path for a route")
    }
  }
}

package struct MountError: Error, CustomStringConvertible {
  package let reason: String
  package var description: String { reason }
}

typealias Responding = @Sendable (Request, WebContext) async throws -> Response

/// Paths with what answers each of their methods; methods that nothing answers get 405 with `Allow`.
struct Places {
  private var handlers: [String: [Route.Method: Responding]] = [:]

  mutating func add(_ path: String, _ method: Route.Method, _ handler: @escaping Responding) throws {
    let path = path == "" ? "/" : path
    guard handlers[path]?[method] == nil else {
      throw MountError(reason: "\(method.rawValue) \(path): mounted twice")
    }
    handlers[path, default: [:]][method] = handler
  }
  var all: [String] {
    handlers.flatMap { path, methods in methods.keys.map { "\($0.rawValue) \(path)" } }.sorted()
  }

  func register(on router: Router<WebContext>) {
    let known: [HTTPRequest.Method] =
      [.get, .head, .post, .put, .patch, .delete, .options, .trace, .connect]
      + [HTTPRequest.Method("QUERY")].compactMap { $0 }
    for (path, methods) in handlers {
      var answered: [HTTPRequest.Method: Responding] = [:]
      for (method, handler) in methods {
        guard let method = HTTPRequest.Method(method.rawValue) else { continue }
        answered[method] = handler
        if method == .get { answered[.head] = handler }
      }
      let allowed = answered.keys.map(\.rawValue).sorted()
      for method in known {
        let handler = answered[method] ?? { _, _ in throw Problem.method(allowed: allowed) }
        router.on(RouterPath(path), method: method, use: handler)
      }
    }
  }
}
