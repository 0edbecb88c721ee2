import HTTPTypes
import Hummingbird
import Language
import NIOCore

/// One route for every request that reaches it: access, body, form guard, handler, answer, page cache.
struct RouteHandler: Sendable {
  let route: Route
  let site: SiteState
  /// The page on which the form of this route stands.
  var page: Route?
  /// Whether a form that was kept can come back on this page.
  var holdsForm = false

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
    do {
      try RouteHandler.admit(arrival.viewer, to: route)
    } catch let problem as Problem {
      if let answer = try await kept(request, arrival, parameters, despite: problem) { return answer }
      throw problem
    }
    // A form is answered with a page or a redirection whatever is accepted.
    guard arrival.format != nil || (route.method != .get && arrival.face == .page) else {
      throw Problem.notAcceptable
    }
    var form = try await body(of: request, arrival)
    do {
      try check(form, request, arrival)
    } catch let problem as Problem where problem.code == Problem.formExpired.code {
      if let answer = try await again(form, request, arrival, parameters, because: problem) { return answer }
      throw problem
    }
    let back = try await broughtBack(arrival)
    if let back { form = back.form }
    await site.settings.layout.look()
    let call = site.call(
      arrival, pattern: route.path, parameters: parameters, form: form,
      ifMatch: Packing.plain(request.headers[.ifMatch]),
      line: site.settings.record?.line(route))
    let isRead = route.method == .get
    if isRead && arrival.face == .data { try refuseUnknown(call.query.fields) }
    // Read before the handler runs: a change meanwhile makes the answer old at once.
    let revision = isRead && route.isCached ? site.settings.revision() : 0
    if back != nil { call.state.markNoted() }
    var reply = try await reply(to: call)
    if let back, case .page(let page) = reply.body {
      reply.body = .page(page.headed(by: back.notice(call, because: nil)))
    }
    if page != nil, reply.status < 400 { reply = try await done(reply, arrival, call) }
    let isKept =
      route.isCached && reply.status == 200 && !call.state.isPersonal && reply.cookies.isEmpty
    let answer = try site.answer(reply, call, method: request.method, keeping: isKept)
    if isKept, let whole = answer.whole { keep(answer, whole, call, arrival.target, revision) }
    return answer.response(packed: arrival.takesGzip)
  }

  /// What the handler answers; for a file of rows it is asked again until the list ends.
  private func reply(to call: Call) async throws -> Reply {
    guard let export = call.state.export else { return try await route.handler(call) }
    let isPart = call.query.cursorText != nil || call.query.fields.plain("limit") != nil
    let isWhole = route.method == .get && !isPart
    var part = isWhole ? call.asking(after: nil, rows: export.settings.partRows) : call
    var last: Cursor?
    while true {
      let reply = try await route.handler(part)
      guard case .export(let next) = reply.body else { return reply }
      // A list that leads to where it was would never end.
      guard isWhole, let next, next != last, export.rows < export.settings.mostRows else {
        return try export.finish(reply, next: next, call)
      }
      last = next
      part = call.asking(after: next, rows: export.settings.partRows)
    }
  }

  /// A program that mistypes a filter would otherwise get everything and not notice.
  private func refuseUnknown(_ fields: Fields) throws {
    let known = Set(route.fields.map(\.name))
    let faults = fields.pairs.filter { !known.contains($0.name) }.map { pair in
      Fault.fault(
        field: pair.name, "web.field.unknown",
        ["known": .list(route.fields.map(\.name).sorted())])
    }
    if !faults.isEmpty { throw Problem.badQuery(faults) }
  }

  /// A page asked for without a language: to the same page in the reader's.
  @Sendable func sendToLanguage(_ request: Request, _ context: WebContext) async throws -> Response {
    guard let arrival = context.arrival else { throw Problem.internalError }
    var location = "/" + arrival.language.code + (arrival.path.isEmpty ? "" : "/" + arrival.path)
    if let query = request.uri.query, !query.isEmpty { location += "?" + query }
    let reply = Reply(status: 302, body: .empty).with(header: "Location", location).with(
      header: "Vary", "Accept-Language, Cookie, Authorization")
    return try site.response(reply, site.call(arrival, pattern: route.path), method: request.method)
  }

  private func body(of request: Request, _ arrival: Arrival) async throws -> Form {
    guard route.method != .get else { return .none }
    // What the browser tells is enough to refuse before the body is read.
    if !isProgram(request, arrival), let fetchSite = request.headers.text("Sec-Fetch-Site"),
      fetchSite != "same-origin" && fetchSite != "none"
    {
      throw Problem.crossSite
    }
    return try await read(request)
  }
  func read(_ request: Request) async throws -> Form {
    try await BodyReader(limit: route.bodyLimit, folder: site.settings.uploadDirectory).read(request)
  }
  private func isProgram(_ request: Request, _ arrival: Arrival) -> Bool {
    arrival.face == .data
      && (arrival.hasBearer || (arrival.session == nil && request.headers.text("Sec-Fetch-Site") == nil))
  }
  private func check(_ form: Form, _ request: Request, _ arrival: Arrival) throws {
    guard route.method != .get, !isProgram(request, arrival) else { return }
    try site.formGuard.check(
      sent: request.headers.text("X-CSRF-Token") ?? form.fields.plain("_csrf"), session: arrival.session,
      visitor: arrival.visitor, origin: request.headers.text("Origin"),
      fetchSite: request.headers.text("Sec-Fetch-Site"), authority: arrival.authority)
  }

  private func keep(
    _ answer: Answered, _ whole: ByteBuffer, _ call: Call, _ target: String, _ revision: UInt64
  ) {
    var headers = answer.fields
    if let name = HTTPField.Name("X-Request-ID") { headers[name] = nil }
    guard let plain = PageCache.Form(headers: headers, body: whole) else { return }
    let packed = answer.packed.flatMap { body in
      PageCache.Form(headers: Packing.fields(headers, length: body.readableBytes), body: body)
    }
    let prefix = call.isPage ? "/" + call.language.code : "/api/v1"
    let pattern = prefix + (route.path.isEmpty ? "" : "/" + route.path)
    let key = PageCache.Key(
      target: target, format: call.format, language: call.language.code,
      viewer: call.viewer.cacheKey(hasSession: call.sessionToken != nil))
    site.cache.keep(
      PageCache.Entry(
        revision: revision, plain: plain, packed: packed, pattern: pattern, language: call.language.code),
      as: key)
  }
}
