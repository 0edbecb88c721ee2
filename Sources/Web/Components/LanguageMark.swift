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
    return span(.class("tag tag-quiet")) {
      call.t.html("language.original", ["language": .isolated(LanguageMark.name(code, call))])
    }
  }
  /// The language's own name for itself; its code where the site does not offer it.
  package static func name(_ code: String, _ call: Call) -> String {
    call.services.catalogue.languages.first { $0.code == code }?.name ?? code
  }
}
