import HTTPTypes
import Hummingbird
import Language
import Storage

/// What becomes of a form that cannot be taken now: nothing typed is lost.
extension RouteHandler {
  static func admit(_ viewer: Viewer, to route: Route) throws {
    try route.access.check(viewer)
    if route.needsProof && !viewer.isProved { throw Problem.proofNeeded }
  }

  private func isOurs(_ request: Request, _ arrival: Arrival) -> Bool {
    site.formGuard.isOurs(
      origin: request.headers.text("Origin"), fetchSite: request.headers.text("Sec-Fetch-Site"),
      authority: arrival.authority)
  }
  private var cookie: Cookie { .kept(site.settings.isHTTPS) }

  /// Before sign-in or the second factor: the form is kept and its sender goes there and comes back to it.
  /// - Returns: nil when this form is not one to be kept, or when no one can be told to have filled it in.
  func kept(
    _ request: Request, _ arrival: Arrival, _ parameters: [String: String], despite problem: Problem
  ) async throws -> Response? {
    guard let page, arrival.face == .page, isOurs(request, arrival),
      problem.code == Problem.signIn.code || problem.code == Problem.proofNeeded.code,
      let form = try? await read(request),
      let owner = site.formGuard.owner(ofToken: form.fields.plain("_csrf")),
      arrival.viewer.isGuest || site.formGuard.owner(arrival.viewer) == owner
    else { return nil }
    let path = Address.filled(page.path, parameters)
    let made = try await KeptForm(form).keep(
      owner: owner, page: path, replacing: cookie.value(in: arrival.visit.cookies),
      isHTTPS: site.settings.isHTTPS, in: site.services.database())
    let call = site.call(arrival, pattern: route.path)
    let back = call.link(path, made == nil ? [] : [(KeptForm.query, "1")])
    return try site.response(
      problem, call, method: request.method, back: back, kept: made != nil, cookies: made.map { [$0] } ?? [])
  }

  /// The token is of an earlier session or was made by another process: the same form again with a new one, to be
  /// looked at and sent once more. Only where the browser says that it came from here.
  func again(
    _ form: Form, _ request: Request, _ arrival: Arrival, _ parameters: [String: String],
    because problem: Problem
  ) async throws -> Response? {
    guard let page, arrival.face == .page, isOurs(request, arrival),
      (try? RouteHandler.admit(arrival.viewer, to: page)) != nil
    else { return nil }
    // What someone else typed at this machine is not shown to whoever signed in since.
    if let owner = site.formGuard.owner(ofToken: form.fields.plain("_csrf")),
      owner != site.formGuard.owner(arrival.viewer)
    {
      return nil
    }
    let sent = KeptForm(form)
    let call = site.call(
      arrival.at(Address.filled(page.path, parameters)), pattern: page.path, parameters: parameters,
      form: sent.form)
    var reply = try await page.handler(call)
    guard case .page(let shown) = reply.body, reply.status == 200 else { return nil }
    reply.body = .page(shown.headed(by: sent.notice(call, because: problem.code), hasFaults: true))
    reply.status = problem.status
    return try site.response(reply, call, method: request.method)
  }

  /// The form that comes back on this page, as `?kept=1` asks for it.
  func broughtBack(_ arrival: Arrival) async throws -> KeptForm? {
    guard holdsForm, arrival.face == .page, arrival.query.fields.plain(KeptForm.query) != nil,
      let owner = site.formGuard.owner(arrival.viewer)
    else { return nil }
    return try await KeptForm.find(
      cookie.value(in: arrival.visit.cookies), owner: owner, page: arrival.path,
      in: site.services.database())
  }

  /// The form has been taken: what was kept of it goes.
  func done(_ reply: Reply, _ arrival: Arrival, _ call: Call) async throws -> Reply {
    guard let page, arrival.face == .page, let key = cookie.value(in: arrival.visit.cookies),
      let owner = site.formGuard.owner(arrival.viewer)
    else { return reply }
    let path = Address.filled(page.path, call.parameters)
    let database = try site.services.database()
    guard try await KeptForm.find(key, owner: owner, page: path, in: database) != nil else { return reply }
    try await KeptForm.remove(key, in: database)
    return reply.with(cookie: cookie.set("", maxAge: 0))
  }
}

extension Address {
  /// `offices/:id/edit` with its parameters.
  static func filled(_ pattern: String, _ parameters: [String: String]) -> String {
    pattern.split(separator: "/", omittingEmptySubsequences: false).map { part in
      part.hasPrefix(":") ? parameters[String(part.dropFirst())].map { encode($0) } ?? "" : String(part)
    }.joined(separator: "/")
  }
}
