import HTTPTypes
import Hummingbird
import Language
import NIOCore

/// One route for every request that reaches it: access, body, form guard, handler, answer, page cache.
struct RouteHandler: Sendable {
  let route: Route
  let site: SiteState

  @Sendable func respond(_ request: Request, _ context: WebContext) async throws -> Response {
    guard let arrival = context.arrival else { throw Problem.internalError }
    var parameters: [String: String] = [:]
    for (name, value) in context.parameters {
      guard let plain = Address.decode(value) else { throw Problem.badRequest }
      parameters[String(name)] = plain
    }
    if let bound = route.perMinute, let rates = site.rates {
      try rates.check(route.path, network: arrival.visit.network, limit: bound)
    }
    try route.access.check(arrival.viewer)
    if route.needsProof && !arrival.viewer.isProved { throw Problem.proofNeeded }
    // A form is answered with a page or a redirection whatever is accepted.
    guard arrival.format != nil || (route.method != .get && arrival.face == .page) else {
      throw Problem.notAcceptable
    }
    let form = try await body(of: request, arrival)
    let call = site.call(
      arrival, pattern: route.path, parameters: parameters, form: form, ifMatch: request.headers[.ifMatch],
      line: site.settings.record?.line(route))
    let isRead = route.method == .get
    // Read before the handler runs: a change meanwhile makes the answer old at once.
    let revision = isRead && route.isCached ? site.settings.revision() : 0
    let reply = try await route.handler(call)
    let answer = try site.answer(reply, call, method: request.method)
    if route.isCached && reply.status == 200 && !call.state.isPersonal && reply.cookies.isEmpty,
      let whole = answer.whole
    {
      keep(answer.response, whole, call, arrival.target, revision)
    }
    return answer.response
  }

  /// A page asked for without a language: to the same page in the reader's.
  @Sendable func sendToLanguage(_ request: Request, _ context: WebContext) async throws -> Response {
    guard let arrival = context.arrival else { throw Problem.internalError }
    var location = "/" + arrival.language.code + (arrival.path.isEmpty ? "" : "/" + arrival.path)
    if let query = request.uri.query, !query.isEmpty { location += "?" + query }
    let reply = Reply(status: 302, body: .empty).with(header: "Location", location).with(
      header: "Vary", "Accept-Language")
    return try site.response(reply, site.call(arrival, pattern: route.path), method: request.method)
  }

  private func body(of request: Request, _ arrival: Arrival) async throws -> Form {
    guard route.method != .get else { return .none }
    let fetchSite = request.headers.text("Sec-Fetch-Site")
    let isProgram =
      arrival.face == .data && (arrival.hasBearer || (arrival.session == nil && fetchSite == nil))
    // What the browser tells is enough to refuse before the body is read.
    if !isProgram, let fetchSite, fetchSite != "same-origin" && fetchSite != "none" {
      throw Problem.crossSite
    }
    let form = try await BodyReader(limit: route.bodyLimit, folder: site.settings.uploadDirectory).read(
      request)
    if isProgram { return form }
    try site.formGuard.check(
      sent: request.headers.text("X-CSRF-Token") ?? form.fields.plain("_csrf"), session: arrival.session,
      visitor: arrival.visitor,
      origin: request.headers.text("Origin"), fetchSite: fetchSite, authority: arrival.authority)
    return form
  }

  private func keep(
    _ response: Response, _ whole: ByteBuffer, _ call: Call, _ target: String, _ revision: UInt64
  ) {
    guard let tag = response.headers[.eTag] else { return }
    var headers = response.headers
    if let name = HTTPField.Name("X-Request-ID") { headers[name] = nil }
    var brief = headers
    brief[.contentType] = nil
    brief[.contentLength] = nil
    let prefix = call.isPage ? "/" + call.language.code : "/api/v1"
    let pattern = prefix + (route.path.isEmpty ? "" : "/" + route.path)
    let key = PageCache.Key(
      target: target, format: call.format, language: call.language.code,
      viewer: call.viewer.cacheKey(hasSession: call.sessionToken != nil))
    site.cache.keep(
      PageCache.Entry(
        revision: revision, headers: headers, briefHeaders: brief, body: whole, tag: tag, pattern: pattern,
        language: call.language.code),
      as: key)
  }
}
