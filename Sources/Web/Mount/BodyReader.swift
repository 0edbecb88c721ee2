import Hummingbird
import Language

/// Reads a body into a `Form`, within the route's limit.
struct BodyReader: Sendable {
  let limit: Int
  let folder: String

  func read(_ request: Request) async throws -> Form {
    if let text = request.headers[.contentLength], let length = Int(text), length > limit {
      throw Problem.tooLarge(limit: limit)
    }
    let type = HeaderValue(request.headers[.contentType] ?? "")
    switch type.word {
    case "multipart/form-data":
      guard let boundary = type["boundary"] else { throw MultipartReader.malformed }
      return try await multipart(request, boundary: boundary)
    case "application/x-www-form-urlencoded":
      guard let text = String(validating: try await collect(request), as: UTF8.self) else {
        throw Problem(400, "web.not-utf8")
      }
      guard let fields = Fields.urlEncoded(text) else { throw Problem.badRequest }
      return Form(fields: fields, files: [], json: nil)
    case "application/json":
      let bytes = try await collect(request)
      do throws(JSONFault) {
        let json = try JSON.parse(bytes)
        return Form(fields: Fields.flattened(json), files: [], json: json)
      } catch {
        let fault = Fault(
          .line(error.line, column: error.column), "web.json", ["reason": .isolated(error.reason)])
        throw Problem(400, "web.bad-json", faults: [fault])
      }
    case "":
      let bytes = try await collect(request)
      guard bytes.isEmpty else { throw Problem.mediaType }
      return .none
    default: throw Problem.mediaType
    }
  }

  private func collect(_ request: Request) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await part in request.body {
      guard bytes.count + part.readableBytes <= limit else { throw Problem.tooLarge(limit: limit) }
      bytes.append(contentsOf: part.readableBytesView)
    }
    return bytes
  }

  private func multipart(_ request: Request, boundary: String) async throws -> Form {
    guard var reader = MultipartReader(boundary: boundary, folder: folder) else {
      throw MultipartReader.malformed
    }
    var total = 0
    for try await part in request.body {
      total += part.readableBytes
      guard total <= limit else { throw Problem.tooLarge(limit: limit) }
      try part.withUnsafeReadableBytes { try reader.add($0) }
    }
    return try reader.finish()
  }
}
