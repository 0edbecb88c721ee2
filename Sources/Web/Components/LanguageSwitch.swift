package import Language

/// The same page in each other language, each named in itself.
package struct LanguageSwitch: Component {
  let languages: [Language]
  let label: String
  let call: Call
  /// - Parameter label: for those who hear the page; "language" unless said.
  package init(_ languages: [Language], label: String? = nil, _ call: Call) {
    self.label = label ?? call.t("web.languages")
    self.languages = languages
    self.call = call
  }
  package var html: HTML {
    nav(.class("languages"), .aria("label", label)) {
      ul(
        languages.map { other in
          li {
            if other == call.language {
              span(other.name, .lang(other.code), .aria("current", "true"))
            } else {
              a(
                href: LanguageSwitch.address(call, in: other), other.name, .lang(other.code),
                .hreflang(other.code), .dir(other.direction.rawValue))
            }
          }
        })
    }
  }
  /// This page with its query, in another language.
  static func address(_ call: Call, in language: Language) -> String {
    let pairs: [(String, String?)] = call.query.fields.pairs.map { ($0.name, $0.value) }
    return Address.make("/" + language.code + (call.path.isEmpty ? "" : "/" + call.path), pairs)
  }
}
