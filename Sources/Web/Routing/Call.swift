package import Language

/// One request, as a handler sees it.
package struct Call: Sendable {
  /// Path parameters, percent-decoded.
  package let parameters: [String: String]
  package let query: Query
  package let form: Form
  package let viewer: Viewer
  package let t: Translator
  package let format: Format
  package let face: Route.Face
  package let requestID: String
  /// Without language or API prefix and without query: `needs/5`.
  package let path: String
  /// Pattern of the route: `needs/:id`.
  package let pattern: String
  package let services: Services
  /// `If-Match`, as it came.
  package let ifMatch: String?
  let state: CallState

  package var language: Language { t.language }
  package var isPage: Bool { face == .page }

  /// A path parameter as a number.
  /// - Throws: `Problem.notFound` when it is none, since no such record can exist.
  package func id(_ name: String = "id") throws -> Int64 {
    guard let text = parameters[name], let id = Int64(text), id > 0, String(id) == text else {
      throw Problem.notFound
    }
    return id
  }
  /// A path parameter as text.
  package func parameter(_ name: String) throws -> String {
    guard let text = parameters[name], !text.isEmpty else { throw Problem.notFound }
    return text
  }

  /// Address of another page or record in the same language and face: `link("needs/5")` → `/en/needs/5`.
  package func link(_ path: String, _ query: [(String, String?)] = []) -> String {
    Address.make((face == .page ? "/" + language.code : "/api/v1") + (path.isEmpty ? "" : "/" + path), query)
  }
  /// This page's address with some query values replaced (nil takes one away); cursors do not survive a change.
  package func link(changing changes: [(String, String?)]) -> String {
    let changed = Set(changes.map(\.0)).union(["after", "before"])
    let kept: [(String, String?)] = query.fields.pairs.filter { !changed.contains($0.name) }.map {
      ($0.name, $0.value)
    }
    return link(path, kept + changes)
  }
  /// Address of this list in another format, from its beginning.
  package func link(as format: Format) -> String {
    let ofPart: Set<String> = ["after", "before", "limit"]
    let pairs: [(String, String?)] = query.fields.pairs.filter { !ofPart.contains($0.name) }.map {
      ($0.name, $0.value)
    }
    return Address.make(
      (face == .page ? "/" + language.code : "/api/v1") + "/" + path + "." + format.rawValue, pairs)
  }

  /// Token that a form must send back as `_csrf`. An answer that holds one is not kept in the page cache.
  package var csrf: String { state.token() }
}
