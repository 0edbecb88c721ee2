import Glibc
import HTTPTypes
import Hummingbird
import Language
import NIOCore
import Storage

/// Turns a `Reply` or a `Problem` into an answer with all its headers.
extension SiteState {
  func response(_ reply: Reply, _ call: Call, method: HTTPRequest.Method) throws -> Response {
    try answer(reply, call, method: method).response(packed: call.state.takesGzip)
  }

  /// - Parameter keeping: the answer goes into the page cache, with its packed form whoever asked first.
  func answer(
    _ reply: Reply, _ call: Call, method: HTTPRequest.Method, keeping: Bool = false
  ) throws -> Answered {
    var fields = standard.fields
    var status = reply.status
    var body: ResponseBody
    var type: String?
    var whole: ByteBuffer?
    switch reply.body {
    case .empty: body = ResponseBody()
    case .page(let page):
      let html = settings.layout.document(page, call, addresses: addresses)
      if page.usesScript { fields.set("Content-Security-Policy", StandardHeaders.scriptedPolicy) }
      let buffer = ByteBuffer(bytes: html.bytes)
      whole = buffer
      type = Format.html.mediaType
      body = ResponseBody(byteBuffer: buffer)
    case .bytes(let bytes, let mediaType):
      let buffer = ByteBuffer(bytes: bytes)
      whole = buffer
      type = mediaType
      body = ResponseBody(byteBuffer: buffer)
    case .file(let path, let mediaType):
      type = mediaType
      body = try FileBody.open(path)
    case .open(let opened, let mediaType):
      type = mediaType
      body = opened
    // An export is finished before it gets here.
    case .export: throw Problem.internalError
    }
    if let type { fields[.contentType] = type }
    fields[.contentLanguage] = call.language.code
    let isPackable = Packing.isPackable(type)
    fields[.vary] =
      (call.face == .page
        ? "Accept, Cookie, Authorization" : "Accept, Accept-Language, Cookie, Authorization")
      + (isPackable ? ", Accept-Encoding" : "")
    for header in reply.headers { fields.set(header.name, header.value) }
    for cookie in reply.cookies + (call.state.cookie.map { [$0] } ?? []) { fields.add("Set-Cookie", cookie) }
    fields.set("X-Request-ID", call.requestID)

    let isOwn = !call.viewer.isGuest || call.state.isPersonal || !reply.cookies.isEmpty
    fields[.cacheControl] =
      isOwn || status >= 400 || (method != .get && method != .head) ? "private, no-store" : "no-cache"
    if let whole, status == 200, method == .get || method == .head, fields[.eTag] == nil {
      fields[.eTag] = SiteState.tag(of: whole)
    }
    if let length = body.contentLength { fields[.contentLength] = String(length) }
    if status == 204 || status == 304 { fields[.contentLength] = nil }
    status = min(max(status, 200), 599)
    var packed: ByteBuffer?
    if let whole, isPackable, keeping || call.state.takesGzip {
      packed = Packing.pack(whole, hidden: isOwn)
    }
    return Answered(status: status, fields: fields, body: body, whole: whole, packed: packed)
  }

  /// Strong: the hash of the bytes.
  static func tag(of body: ByteBuffer) -> String {
    var hasher = Digest.Hasher()
    body.withUnsafeReadableBytes { hasher.add($0) }
    return "\"" + Base64URL.encode(hasher.finish().prefix(15)) + "\""
  }

  /// - Parameters:
  ///   - back: address to which someone comes back who signs in or shows a second factor; this page by default.
  ///   - kept: whether the form that was sent waits there.
  func response(
    _ problem: Problem, _ call: Call, method: HTTPRequest.Method, back given: String? = nil,
    kept: Bool = false, cookies: [String] = []
  ) throws -> Response {
    let back = given ?? (method == .get || method == .head ? call.link(changing: []) : nil)
    // A person who may sign in is told so on a page; 401 is for programs, which know what to do with it.
    let isSignIn = problem.status == 401 && call.isPage
    var reply: Reply
    if problem.code == Problem.proofNeeded.code, call.isPage, let path = settings.proofPath {
      var reply = call.redirect(to: path, [("to", back)])
      reply.cookies = cookies
      return try response(reply, call, method: method)
    }
    if call.isPage && call.format == .html {
      let page = ProblemPage.make(
        problem, call, signIn: isSignIn ? settings.signInPath.map { call.link($0, [("to", back)]) } : nil,
        returns: back != nil, kept: kept)
      reply = Reply(status: isSignIn ? 403 : problem.status, body: .page(page))
      reply.cookies = cookies
    } else {
      let instance = (call.isPage ? "/" + call.language.code + "/" : "/api/v1/") + call.path
      let json = problem.json(call.t, instance: instance, requestID: call.requestID)
      reply = Reply(status: problem.status, body: .bytes(json.bytes, type: "application/problem+json"))
      if problem.status == 401 { reply = reply.with(header: "WWW-Authenticate", "Bearer") }
    }
    reply.headers += problem.headers
    return try response(reply, call, method: method)
  }
}

/// A file sent in pieces of 64 KiB.
enum FileBody {
  static func open(_ path: String) throws -> ResponseBody {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Problem.notFound }
    let file = OpenFile(descriptor)
    var information = stat()
    guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG else {
      throw Problem.notFound
    }
    let length = Int(information.st_size)
    return ResponseBody(contentLength: length) { writer in
      var left = length
      while left > 0 {
        let piece = try file.read(min(left, 65_536))
        left -= piece.readableBytes
        try await writer.write(piece)
      }
      try await writer.finish(nil)
    }
  }
}

extension FileBody {
  /// All of a small file.
  static func bytes(_ path: String) throws -> [UInt8] {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Problem.notFound }
    let file = OpenFile(descriptor)
    var information = stat()
    guard fstat(descriptor, &information) == 0 else { throw Problem.notFound }
    var bytes: [UInt8] = []
    while bytes.count < Int(information.st_size) {
      let piece = try file.read(Int(information.st_size) - bytes.count)
      bytes.append(contentsOf: piece.readableBytesView)
    }
    return bytes
  }
}

private final class OpenFile: Sendable {
  private let descriptor: Int32
  init(_ descriptor: Int32) { self.descriptor = descriptor }
  deinit { close(descriptor) }

  /// - Throws: when the file is shorter than it was.
  func read(_ count: Int) throws -> ByteBuffer {
    var buffer = ByteBufferAllocator().buffer(capacity: count)
    let got = buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { space in
      max(0, Glibc.read(descriptor, space.baseAddress, count))
    }
    guard got > 0 else { throw Problem.internalError }
    return buffer
  }
}
