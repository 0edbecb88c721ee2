import Hummingbird
import Language

/// What all requests of a mounted site share.
struct SiteState: Sendable {
  let services: Services
  let settings: WebSettings
  let assets: Assets
  let standard: StandardHeaders
  let formGuard: FormGuard
  let sessionCookie: Cookie
  let cache: PageCache
  let ids = RequestIDs()
  let offered: [Language]
  let style: String
  let icon: String

  init(services: Services, settings: WebSettings) throws {
    self.services = services
    self.settings = settings
    assets = try Assets(folder: settings.assetDirectory)
    standard = StandardHeaders(isHTTPS: settings.isHTTPS)
    formGuard = FormGuard(secret: settings.secret, isHTTPS: settings.isHTTPS)
    sessionCookie = .session(settings.isHTTPS)
    cache = PageCache(limit: settings.cacheBytes)
    offered = services.catalogue.languages.filter { services.catalogue.isOffered($0) }
    style = assets.address("wasl.css")
    icon = assets.address("wasl.svg")
  }

  func negotiate(_ acceptLanguage: String?) -> Language {
    let fallback = offered.first { $0 == .english } ?? offered.first ?? .english
    return Language.negotiate(acceptLanguage: acceptLanguage, among: offered, fallback: fallback)
  }

  func call(
    _ arrival: Arrival, pattern: String, parameters: [String: String] = [:], form: Form = .none,
    ifMatch: String? = nil, line: RouteRecord.Line? = nil
  ) -> Call {
    Call(
      parameters: parameters, query: arrival.query.noted(by: line), form: form.noted(by: line),
      viewer: arrival.viewer,
      t: services.catalogue.translator(arrival.language), format: arrival.format ?? .html, face: arrival.face,
      requestID: arrival.id, path: arrival.path, pattern: pattern, services: services, ifMatch: ifMatch,
      state: CallState(
        formGuard, session: arrival.session, visitor: arrival.visitor,
        owner: formGuard.owner(arrival.viewer), visit: arrival.visit))
  }
}
