import Hummingbird
import Language
import NIOCore

/// Addresses for those who run the site, and its assets.
struct Operations: Sendable {
  let site: SiteState

  func mount(_ places: inout Places) throws {
    let isRootTaken = places.all.contains("GET /")
    if !isRootTaken {
      try places.add("/", .get) { [site] request, context in
        guard let arrival = context.arrival else { throw Problem.internalError }
        let reply = Reply(status: 302, body: .empty).with(header: "Location", "/" + arrival.language.code)
          .with(header: "Vary", "Accept-Language")
        return try site.response(reply, site.call(arrival, pattern: "/"), method: request.method)
      }
    }
    // Alive: the process answers.
    try places.add("/healthz", .get) { [self] _, context in plain(200, "ok", context) }
    // Ready: it can serve, which the caller's closure knows.
    try places.add("/readyz", .get) { [self] _, context in
      await site.settings.isReady() ? plain(200, "ready", context) : plain(503, "not ready", context)
    }
    try places.add("/version", .get) { [self] _, context in
      let json = JSON.object([("name", .string("wasl")), ("version", .string(site.settings.version))])
      return answer(200, json.bytes, type: Format.json.mediaType, cache: "no-store", context)
    }
    try places.add("/assets/:name", .get) { [site, self] request, context in
      guard let name = context.parameters.get("name"), let file = site.assets.files[name] else {
        throw Problem.notFound
      }
      let packed = Packing.isAccepted(request.headers[.acceptEncoding]) ? file.packed : nil
      let tag = "\"" + file.tag + "\""
      var response = answer(
        200, packed ?? file.bytes, type: file.type, cache: "public, max-age=31536000, immutable", context)
      response.headers[.eTag] = packed == nil ? tag : Packing.tag(tag)
      if packed != nil { response.headers[.contentEncoding] = "gzip" }
      if file.packed != nil { response.headers[.vary] = "Accept-Encoding" }
      return response
    }
  }

  private func plain(_ status: Int, _ text: String, _ context: WebContext) -> Response {
    answer(status, Array((text + "\n").utf8), type: "text/plain; charset=utf-8", cache: "no-store", context)
  }
  private func answer(_ status: Int, _ bytes: [UInt8], type: String, cache: String, _ context: WebContext)
    -> Response
  {
    var fields = site.standard.fields
    fields[.contentType] = type
    fields[.cacheControl] = cache
    fields.set("X-Request-ID", context.arrival?.id ?? "")
    return Response(
      status: .init(code: status), headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}
