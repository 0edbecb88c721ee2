import Documents
import HTTPTypes
import Hummingbird
import NIOCore
import Storage

/// Answers packed with gzip: what is packed, for whom, and under what tag.
enum Packing {
  /// Shorter answers would hardly get shorter.
  static let least = 1024

  private static let types: Set<String> = [
    "text/html", "text/css", "text/csv", "text/plain", "text/javascript", "application/json",
    "application/problem+json",
    "application/atom+xml", "image/svg+xml",
  ]
  static func isPackable(_ type: String?) -> Bool {
    guard let type else { return false }
    return types.contains(String(type.prefix { $0 != ";" }))
  }

  /// Whether `Accept-Encoding` takes gzip (RFC 9110 §12.5.3).
  static func isAccepted(_ header: String?) -> Bool {
    guard let header, !header.isEmpty else { return false }
    var any: Bool?
    for part in header.split(separator: ",").prefix(20) {
      let coding = HeaderValue(part)
      let isTaken = (coding["q"].map { LanguageWeight.parse($0) } ?? 1000) > 0
      if coding.word == "gzip" || coding.word == "x-gzip" { return isTaken }
      if coding.word == "*" { any = isTaken }
    }
    return any ?? false
  }

  /// - Parameter hidden: the answer is one viewer's or one class of viewers': a header of random length then keeps
  ///   its size from telling how well what was sent matches what is kept (BREACH).
  /// - Returns: nil where packing gains nothing.
  static func pack(_ body: ByteBuffer, level: Int = 6, hidden: Bool = false) -> ByteBuffer? {
    guard body.readableBytes >= least else { return nil }
    let padding = hidden ? 1 + Int(Digest.random(1)[0]) : 0
    let packed = body.withUnsafeReadableBytes { Gzip.pack($0, level: level, padding: padding) }
    guard let packed, packed.count < body.readableBytes else { return nil }
    return ByteBuffer(bytes: packed)
  }

  /// Tag of the packed form of what has this tag: other bytes, another tag.
  static func tag(_ plain: String) -> String {
    plain.hasSuffix("\"") ? String(plain.dropLast()) + "-gz\"" : plain
  }
  /// `If-Match` names the record's version, whichever form of it was read.
  static func plain(_ header: String?) -> String? {
    guard let header else { return nil }
    return header.split(separator: ",").map { part in
      let tag = HeaderValue.trim(part)
      return tag.hasSuffix("-gz\"") ? String(tag.dropLast(4)) + "\"" : tag
    }.joined(separator: ", ")
  }

  /// Headers of the packed form from those of the plain one.
  static func fields(_ plain: HTTPFields, length: Int) -> HTTPFields {
    var fields = plain
    fields[.contentEncoding] = "gzip"
    fields[.contentLength] = String(length)
    if let tag = plain[.eTag] { fields[.eTag] = Packing.tag(tag) }
    return fields
  }
}

/// An answer before it is known in which form it goes out.
struct Answered {
  let status: Int
  /// Of the plain form.
  let fields: HTTPFields
  let body: ResponseBody
  /// The body as one piece; nil for a file.
  let whole: ByteBuffer?
  /// Nil where it is not packed.
  let packed: ByteBuffer?

  func response(packed isPacked: Bool) -> Response {
    guard isPacked, let packed else {
      return Response(status: .init(code: status), headers: fields, body: body)
    }
    return Response(
      status: .init(code: status), headers: Packing.fields(fields, length: packed.readableBytes),
      body: ResponseBody(byteBuffer: packed))
  }
}
