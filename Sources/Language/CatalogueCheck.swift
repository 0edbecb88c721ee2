/// What differs between the languages of a catalogue.
package struct CatalogueFinding: Sendable, Equatable, CustomStringConvertible {
  package enum Kind: String, Sendable {
    case missing, extra, arguments, plural, forms
  }
  package let language: String
  package let key: String
  package let kind: Kind
  package let detail: String
  package var description: String { "\(language) \(key): \(kind.rawValue) \(detail)" }
}

extension Catalogue {
  /// Compares every language that has texts with `source`, which the texts are written in first.
  package func findings(source: Language = .english) -> [CatalogueFinding] {
    var found: [CatalogueFinding] = []
    let model = messages(source)
    for language in languages where isOffered(language) {
      let own = messages(language)
      let categories = Set(translator(language).formats.pluralCategories)
      func note(_ key: String, _ kind: CatalogueFinding.Kind, _ detail: String = "") {
        found.append(CatalogueFinding(language: language.code, key: key, kind: kind, detail: detail))
      }
      for key in model.keys.sorted() where own[key] == nil { note(key, .missing) }
      for (key, message) in own.sorted(by: { $0.key < $1.key }) {
        if let original = model[key] {
          if original.arguments != message.arguments {
            note(key, .arguments, "\(message.arguments.sorted()) instead of \(original.arguments.sorted())")
          }
          if original.isPlural != message.isPlural {
            note(key, .forms, original.isPlural ? "no plural forms" : "plural forms")
          }
        } else {
          note(key, .extra)
        }
        guard message.isPlural else { continue }
        let forms = Set(message.forms.keys)
        let lacking = categories.subtracting(forms).sorted()
        let needless = forms.subtracting(categories).sorted()
        if !lacking.isEmpty { note(key, .plural, "lacks \(lacking.joined(separator: ", "))") }
        if !needless.isEmpty { note(key, .plural, "never uses \(needless.joined(separator: ", "))") }
        for (category, segments) in message.forms.sorted(by: { $0.key < $1.key }) {
          var names: Set<String> = [Message.chooser]
          for case .argument(let name) in segments { names.insert(name) }
          // A form may leave out the number itself ("one need"), nothing else.
          let left = message.arguments.subtracting(names).sorted()
          if !left.isEmpty { note(key, .arguments, "\(category) lacks \(left.joined(separator: ", "))") }
        }
      }
    }
    return found
  }

  /// Texts of a language that no person has read yet.
  package func unreviewed(_ language: Language) -> [String] {
    files.filter { $0.language == language && $0.status != "reviewed" }
      .flatMap { file in file.messages.keys.filter { !file.reviewed.contains($0) } }.sorted()
  }

  private func messages(_ language: Language) -> [String: Message] { translator(language).messages }
}
