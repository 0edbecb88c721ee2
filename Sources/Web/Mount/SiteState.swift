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
  let rates: RateCounter?
  let offered: [Language]
  let addresses: Layout.Addresses

  init(services: Services, settings: WebSettings) throws {
    self.services = services
    self.settings = settings
    assets = try Assets(folder: settings.assetDirectory)
    standard = StandardHeaders(isHTTPS: settings.isHTTPS)
    formGuard = FormGuard(secret: settings.secret, isHTTPS: settings.isHTTPS)
    sessionCookie = .session(settings.isHTTPS)
    cache = PageCache(limit: settings.cacheBytes)
    rates = settings.rate.map { RateCounter($0, clock: services.clock) }
    offered = services.catalogue.languages.filter { services.catalogue.isOffered($0) }
    addresses = Layout.Addresses(
      style: assets.address("wasl.css"), icon: assets.address("wasl.svg"), script: assets.address("wasl.js"))
  }

  /// For an address that names no language: the account's, then what the browser says. On the API a language that the
  /// program asks for by name comes before the account's, since its address can name none.
  func negotiate(_ acceptLanguage: String?, _ viewer: Viewer, _ face: Route.Face) -> Language {
    let fallback = offered.first { $0 == .english } ?? offered.first ?? .english
    let own = offered.first { $0.code == viewer.language }
    if face == .data {
      return Language.negotiate(acceptLanguage: acceptLanguage, among: offered, fallback: own ?? fallback)
    }
    return Language.negotiate(
      account: own?.code, acceptLanguage: acceptLanguage, among: offered, fallback: fallback)
  }

  func call(
    _ arrival: Arrival, pattern: String, parameters: [String: String] = [:], form: Form = .none,
    ifMatch: String? = nil, line: RouteRecord.Line? = nil
  ) -> Call {
    let export = arrival.format.flatMap { format in format.isFile ? Export(exporting(arrival, format)) : nil }
    return Call(
      parameters: parameters, query: arrival.query.noted(by: line), form: form.noted(by: line),
      viewer: arrival.viewer,
      t: services.catalogue.translator(arrival.language), format: arrival.format ?? .html, face: arrival.face,
      requestID: arrival.id, path: arrival.path, pattern: pattern, services: services, ifMatch: ifMatch,
      state: CallState(
        formGuard, session: arrival.session, visitor: arrival.visitor,
        owner: formGuard.owner(arrival.viewer), visit: arrival.visit, export: export,
        takesGzip: arrival.takesGzip, target: arrival.target))
  }
  private func exporting(_ arrival: Arrival, _ format: Format) -> Export.Settings {
    var exporting = Export.Settings(
      format: format, folder: settings.uploadDirectory,
      address: (settings.isHTTPS ? "https://" : "http://") + arrival.authority + arrival.target,
      now: services.clock.now(), isInvented: settings.layout.isDemonstration())
    if let rows = settings.exportRows {
      exporting.mostRows = rows.most
      exporting.partRows = rows.part
    }
    return exporting
  }
}
