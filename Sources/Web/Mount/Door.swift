import HTTPTypes
import Hummingbird
import Language
import NIOCore

/// The first to see a request and the last to see its answer.
///
/// A kept page is given out here, before routing and without a session where no cookie came.
struct Door: HTTPResponder {
  typealias Context = WebContext
  let site: SiteState
  let inner: RouterResponder<WebContext>

  func respond(to request: Request, context: WebContext) async throws -> Response {
    let start = ContinuousClock.now
    let id = site.ids.accept(request.headers.text("X-Request-ID"))
    let cookies = request.headers[.cookie]
    let bearer = Door.bearer(request.headers[.authorization])
    let session = site.sessionCookie.value(in: cookies)
    let credentials = Credentials(session: session, bearer: bearer)
    let viewer = credentials.isEmpty ? Viewer.guest : await site.settings.sessions.viewer(for: credentials)
    let authority = request.head.authority ?? ""
    let isRead = request.method == .get || request.method == .head

    let visit = visit(request.headers, context.peer)
    let verdict = site.rates.flatMap { rates in
      Door.isForOperations(request.head.path)
        ? nil : rates.note(network: visit.network, session: viewer.isGuest ? nil : session ?? bearer)
    }
    if verdict?.isOver != true, isRead, isKnownHost(authority),
      request.headers.text("Host") == nil, let target = request.head.path,
      let hit = kept(target, request.headers, viewer, hasSession: session != nil)
    {
      var response = answer(hit, id: id, request)
      if let verdict { response.headers.set(verdict) }
      log(request, response, id: id, pattern: hit.pattern, language: hit.language, start: start, kept: true)
      return response
    }
    var response = await answer(
      request, context, id: id, viewer: viewer, session: session,
      visitor: site.formGuard.cookie.value(in: cookies), visit: visit,
      hasBearer: bearer != nil, authority: authority,
      refusal: verdict.flatMap { $0.isOver ? Problem.tooMany(seconds: $0.seconds) : nil }, start: start)
    if let verdict { response.headers.set(verdict) }
    return response
  }
  /// Those who watch the site ask whether it lives, however busy it is.
  private static func isForOperations(_ path: String?) -> Bool {
    path == "/healthz" || path == "/readyz" || path == "/version"
  }

  // MARK: Kept pages

  private func kept(
    _ target: String, _ headers: HTTPFields, _ viewer: Viewer, hasSession: Bool
  ) -> PageCache.Entry? {
    let isData = target.hasPrefix("/api/")
    let language: String
    if isData {
      language = site.negotiate(headers[.acceptLanguage], viewer, .data).code
    } else {
      language = String(target.dropFirst().prefix { $0 != "/" && $0 != "?" && $0 != "." })
    }
    let path = target.prefix { $0 != "?" }
    let suffix = FormatChoice.suffix(of: path)?.format
    guard let format = suffix ?? FormatChoice.choose(accept: headers[.accept], face: isData ? .data : .page)
    else {
      return nil
    }
    let key = PageCache.Key(
      target: target, format: format, language: language, viewer: viewer.cacheKey(hasSession: hasSession))
    return site.cache.find(key, revision: site.settings.revision())
  }

  private func answer(_ hit: PageCache.Entry, id: String, _ request: Request) -> Response {
    var form = hit.plain
    if let packed = hit.packed, Packing.isAccepted(request.headers[.acceptEncoding]) { form = packed }
    if let tags = request.headers[.ifNoneMatch], ETags.matches(tags, form.tag) {
      var fields = form.briefHeaders
      fields.set("X-Request-ID", id)
      var response = Response(status: .notModified, headers: fields)
      response.headers[.contentLength] = nil
      return response
    }
    var fields = form.headers
    fields.set("X-Request-ID", id)
    if request.method == .head { return Response(status: .ok, headers: fields) }
    return Response(status: .ok, headers: fields, body: ResponseBody(byteBuffer: form.body))
  }

  // MARK: All others

  private func answer(
    _ request: Request, _ context: WebContext, id: String, viewer: Viewer, session: String?, visitor: String?,
    visit: Visit, hasBearer: Bool, authority: String, refusal: Problem?, start: ContinuousClock.Instant
  ) async -> Response {
    let raw = request.head.path ?? "/"
    let cut = raw.firstIndex(of: "?") ?? raw.endIndex
    let isRead = request.method == .get || request.method == .head
    let target = Target(raw[..<cut], catalogue: site.services.catalogue, mayHaveSuffix: isRead)
    let isData = raw.hasPrefix("/api/")
    let face: Route.Face = target?.face ?? (isData ? .data : .page)
    let queryText = cut == raw.endIndex ? "" : raw[raw.index(after: cut)...]
    let fields = Fields.urlEncoded(queryText)
    let arrival = Arrival(
      id: id, viewer: viewer, session: session, visitor: visitor, visit: visit, hasBearer: hasBearer,
      language: target?.language ?? site.negotiate(request.headers[.acceptLanguage], viewer, face),
      face: face,
      format: target?.suffix ?? FormatChoice.choose(accept: request.headers[.accept], face: face),
      path: target?.path ?? "", query: Query(fields: fields ?? Fields([])), authority: authority,
      target: raw, takesGzip: Packing.isAccepted(request.headers[.acceptEncoding]))
    var pattern = "-"
    var failure: String?
    var response: Response
    do {
      // The first `Host` has become the authority; a second one, or another host in the request line, is still there.
      guard request.headers.text("Host") == nil else { throw Problem.badRequest }
      guard isKnownHost(authority) else { throw Problem.unknownHost }
      if let refusal { throw refusal }
      guard let target else { throw Problem.notFound }
      guard fields != nil else { throw Problem.badRequest }
      if isRead, raw[..<cut].hasSuffix("/"), target.routed != "/" {
        throw Moved(to: String(raw[..<cut].dropLast()) + raw[cut...])
      }
      (response, pattern) = try await route(request, context, arrival, to: target)
    } catch {
      (response, failure) = refused(error, arrival, request.method)
    }
    response = conditional(response, request)
    let length = response.body.contentLength ?? 0
    log(
      request, response, id: id, pattern: pattern, language: arrival.language.code, start: start,
      error: failure,
      bytes: length)
    return response
  }

  private func route(
    _ request: Request, _ context: WebContext, _ arrival: Arrival, to target: Target
  ) async throws -> (Response, pattern: String) {
    var head = request.head
    head.path = target.routed + (request.uri.query.map { "?" + $0 } ?? "")
    var context = context
    context.arrival = arrival
    // The cache needs the address as it came, the router the one without suffix.
    let routed = target.suffix == nil ? request : Request(head: head, body: request.body)
    let response = try await inner.respond(to: routed, context: context)
    let pattern = context.coreContext.endpointPath.value ?? "-"
    if pattern == "NotFound" { throw Problem.notFound }
    return (response, pattern)
  }

  private func refused(_ error: any Error, _ arrival: Arrival, _ method: HTTPRequest.Method) -> (
    Response, String?
  ) {
    var problem = Problem.internalError
    var failure: String?
    switch error {
    case let known as Problem: problem = known
    case let fault as Fault: problem = .invalid([fault])
    case let moved as Moved:
      var fields = site.standard.fields
      fields.set("Location", moved.address)
      fields.set("X-Request-ID", arrival.id)
      return (Response(status: .movedPermanently, headers: fields), nil)
    default: failure = site.settings.describe(error)
    }
    if problem.status >= 500 && failure == nil { failure = problem.code }
    let call = site.call(arrival, pattern: "-")
    do {
      return (try site.response(problem, call, method: method), failure)
    } catch {
      return (
        Response(status: .internalServerError, headers: site.standard.fields), site.settings.describe(error)
      )
    }
  }

  /// 304 and HEAD.
  private func conditional(_ response: Response, _ request: Request) -> Response {
    guard request.method == .get || request.method == .head, response.status.code == 200 else {
      return request.method == .head ? response.createHeadResponse() : response
    }
    if let tags = request.headers[.ifNoneMatch], let tag = response.headers[.eTag], ETags.matches(tags, tag) {
      var fields = response.headers
      fields[.contentType] = nil
      fields[.contentEncoding] = nil
      var brief = Response(status: .notModified, headers: fields)
      brief.headers[.contentLength] = nil
      return brief
    }
    return request.method == .head ? response.createHeadResponse() : response
  }

  private func log(
    _ request: Request, _ response: Response, id: String, pattern: String, language: String,
    start: ContinuousClock.Instant, error: String? = nil, kept: Bool = false, bytes: Int? = nil
  ) {
    let status = response.status.code
    guard let log = site.settings.log, log.wants(status) else { return }
    let parts = (ContinuousClock.now - start).components
    let microseconds = parts.seconds * 1_000_000 + parts.attoseconds / 1_000_000_000_000
    log.add(
      RequestLog.Line(
        id: id, method: request.method.rawValue, route: pattern, status: status,
        bytes: bytes ?? response.body.contentLength ?? 0, microseconds: microseconds, language: language,
        error: error,
        isFromCache: kept))
  }

  private func isKnownHost(_ authority: String) -> Bool {
    if site.settings.hosts.contains(authority) { return true }
    var host = Substring(authority)
    if host.hasPrefix("[") {
      guard let end = host.firstIndex(of: "]") else { return false }
      guard isPort(host[host.index(after: end)...]) else { return false }
      host = host[...end]
    } else if let colon = host.firstIndex(of: ":") {
      guard isPort(host[colon...]) else { return false }
      host = host[..<colon]
    }
    return site.settings.hosts.contains(host.lowercased())
  }
  private func isPort(_ text: Substring) -> Bool {
    text.isEmpty
      || (text.first == ":" && (2...6).contains(text.utf8.count)
        && text.dropFirst().allSatisfy(\.isWholeNumber))
  }
  private func visit(_ headers: HTTPFields, _ peer: String?) -> Visit {
    var address = peer
    // The last entry is the proxy's own; those before it are what the sender says.
    if site.settings.isBehindProxy,
      let forwarded = headers.text("X-Forwarded-For")?.split(separator: ",").last
    {
      address = HeaderValue.trim(forwarded)
    }
    return Visit(
      agent: Visit.browser(headers[.userAgent] ?? ""), network: Visit.network(address),
      cookies: headers[.cookie])
  }
  private static func bearer(_ header: String?) -> String? {
    guard let header, header.utf8.count < 1000, header.lowercased().hasPrefix("bearer ") else { return nil }
    return HeaderValue.trim(header.dropFirst(7))
  }
}

/// 301 to the address without a slash at its end.
private struct Moved: Error {
  let address: String
  init(to address: String) { self.address = address }
}
