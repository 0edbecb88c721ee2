/// One line of a subject's route table: method, path, who may come in, what answers.
///
/// `Mount` puts a route under `/{language}/…` as a page and under `/api/v1/…` as data.
package struct Route: Sendable {
  package enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
  }
  /// Where a route is mounted.
  package enum Face: String, Sendable, CaseIterable {
    case page, data
  }
  package typealias Handler = @Sendable (Call) async throws -> Reply

  package let method: Method
  /// Without language and leading slash; `:id` names a parameter: `needs/:id/publish`.
  package let path: String
  package private(set) var access: Access
  package let faces: Set<Face>
  /// Largest body taken, in bytes; a longer one is refused with 413.
  package let bodyLimit: Int
  /// Whether a rendered answer may be given again to viewers of the same class until the database changes.
  package let isCached: Bool
  /// What the handler takes from the address or the body.
  package let fields: [FieldDescription]
  /// Whether a second factor must have been shown in the session, whatever the role: formal acts of a State.
  package private(set) var needsProof = false
  /// Requests a minute that one network may make to this route; nil: as many as to any other.
  package private(set) var perMinute: Int?
  /// Path of the page on which the form of this route stands, with the same parameters.
  package private(set) var formPage: String?
  let handler: Handler

  /// - Parameters:
  ///   - cached: only for answers that depend on nothing but database, language, address and class of viewer.
  ///   - takes: every field that the handler reads; a test holds it to that.
  package static func get(
    _ path: String, access: Access, cached: Bool = false, faces: Set<Face> = [.page, .data],
    takes fields: [FieldDescription] = [], _ handler: @escaping Handler
  ) -> Route {
    Route(
      method: .get, path: path, access: access, faces: faces, bodyLimit: 0, isCached: cached, fields: fields,
      handler: handler)
  }
  /// - Parameter bodyLimit: bytes; 256 KiB unless files come in (multipart files are written to disk as they arrive).
  package static func post(
    _ path: String, access: Access, bodyLimit: Int = 262_144, faces: Set<Face> = [.page, .data],
    takes fields: [FieldDescription] = [], _ handler: @escaping Handler
  ) -> Route {
    Route(
      method: .post, path: path, access: access, faces: faces, bodyLimit: bodyLimit, isCached: false,
      fields: fields, handler: handler)
  }
  /// PUT, PATCH and DELETE exist on the API only; pages use POST.
  package static func change(
    _ method: Method, _ path: String, access: Access, bodyLimit: Int = 262_144,
    takes fields: [FieldDescription] = [], _ handler: @escaping Handler
  ) -> Route {
    Route(
      method: method, path: path, access: access, faces: [.data], bodyLimit: bodyLimit, isCached: false,
      fields: fields, handler: handler)
  }
}

extension Route {
  /// The same route, for those alone who have shown a second factor in their session.
  package var needingProof: Route {
    var copy = self
    copy.needsProof = true
    return copy
  }
  /// The same route with a bound of its own: where codes could be guessed one after another.
  package func limited(to perMinute: Int) -> Route {
    var copy = self
    copy.perMinute = perMinute
    return copy
  }
  /// The same route; what was typed comes back on this page when the form cannot be taken yet. Not for secrets.
  package func broughtBack(to page: String?) -> Route {
    var copy = self
    copy.formPage = page
    return copy
  }
  /// The same route with another guard, for tests that show that the matrix of access bites.
  package func guarded(by access: Access) -> Route {
    var copy = self
    copy.access = access
    return copy
  }
}

extension Route: CustomStringConvertible {
  package var description: String { "\(method.rawValue) \(path)" }
}
