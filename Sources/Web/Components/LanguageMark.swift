import Language

/// "in Français" beside a text that is not in the reader's language: nothing falls back in silence.
package struct LanguageMark: Component {
  let code: String
  let call: Call
  package init(_ code: String, _ call: Call) {
    self.code = code
    self.call = call
  }
  package var html: HTML {
    if code == call.language.code || code.isEmpty { return .empty }
    return span(LanguageMark.sentence("language.original", code, call), .class("tag tag-quiet"))
  }
  /// The text of a key with `{language}` in it; the name is marked as being in its own language.
  package static func sentence(_ key: String, _ code: String, _ call: Call) -> HTML {
    HTML.joined(
      call.t.pieces(key, ["language": .isolated(name(code, call))]).map { piece in
        switch piece {
        case .text(let text): HTML(text)
        case .isolated(let text): bdi(text, lang: code)
        }
      })
  }
  /// The language's own name for itself; its code where the site does not offer it.
  package static func name(_ code: String, _ call: Call) -> String {
    call.services.catalogue.languages.first { $0.code == code }?.name ?? code
  }
}
