import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// Asks a mounted site without a network: the same door, router and handlers as `Server`.
package struct TestClient: Sendable {
  package struct Answer: Sendable {
    package let status: Int
    package let headers: [(name: String, value: String)]
    package let bytes: [UInt8]
    package var text: String { String(decoding: bytes, as: UTF8.self) }
    /// The first value of a header, whatever the case of its name.
    package func header(_ name: String) -> String? {
      headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
    package func headers(_ name: String) -> [String] {
      headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }
  }
  private let mount: Mount
  package var host = "localhost"

  package init(_ mount: Mount) { self.mount = mount }

  package func get(_ path: String, _ headers: [(String, String)] = []) async throws -> Answer {
    try await send("GET", path, headers)
  }
  /// Posts fields as a form does.
  package func post(
    _ path: String, _ fields: [(String, String)], _ headers: [(String, String)] = []
  ) async throws -> Answer {
    let body = fields.map { Address.encode($0.0) + "=" + Address.encode($0.1) }.joined(separator: "&")
    return try await send(
      "POST", path, [("Content-Type", "application/x-www-form-urlencoded")] + headers, Array(body.utf8))
  }

  /// - Parameter pieces: bytes of each part in which the body arrives; all at once by default.
  package func send(
    _ method: String, _ path: String, _ headers: [(String, String)] = [], _ body: [UInt8] = [],
    pieces: Int = .max
  ) async throws -> Answer {
    guard let verb = HTTPRequest.Method(method) else { throw Problem.badRequest }
    var fields = HTTPFields()
    var authority = host
    for (name, value) in headers {
      if name.lowercased() == "host" { authority = value } else { fields.add(name, value) }
    }
    if !body.isEmpty && fields[.contentLength] == nil { fields[.contentLength] = String(body.count) }
    let head = HTTPRequest(
      method: verb, scheme: "http", authority: authority, path: path, headerFields: fields)
    let request = Request(
      head: head, body: RequestBody(asyncSequence: Pieces(bytes: body, size: max(1, pieces))))
    let response = try await mount.door.respond(to: request, context: WebContext(source: NoConnection()))
    let received = Received()
    try await response.body.write(CollectingWriter(received: received))
    return Answer(
      status: response.status.code, headers: response.headers.map { ($0.name.rawName, $0.value) },
      bytes: received.bytes.withLock { $0 })
  }
}

private struct NoConnection: RequestContextSource {
  let logger = Logger(label: "wasl.test") { _ in SwiftLogNoOpLogHandler() }
}

/// A body that arrives in parts.
private struct Pieces: AsyncSequence, Sendable {
  let bytes: [UInt8]
  let size: Int

  struct Iterator: AsyncIteratorProtocol {
    var rest: ArraySlice<UInt8>
    let size: Int
    mutating func next() async throws -> ByteBuffer? {
      guard !rest.isEmpty else { return nil }
      let part = rest.prefix(size)
      rest = rest.dropFirst(part.count)
      return ByteBuffer(bytes: part)
    }
  }
  func makeAsyncIterator() -> Iterator { Iterator(rest: bytes[...], size: size) }
}

private final class Received: Sendable {
  let bytes = Mutex<[UInt8]>([])
}

private struct CollectingWriter: ResponseBodyWriter {
  let received: Received
  mutating func write(_ buffer: ByteBuffer) async throws {
    received.bytes.withLock { $0.append(contentsOf: buffer.readableBytesView) }
  }
  consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
