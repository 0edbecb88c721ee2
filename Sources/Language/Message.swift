/// One text of a catalogue, taken apart once when it is loaded.
package struct Message: Sendable, Equatable {
  package enum Segment: Sendable, Equatable {
    case literal(String)
    case argument(String)
  }
  /// One form, under `other`, unless the text depends on a number.
  package let forms: [String: [Segment]]
  package let isPlural: Bool

  /// The argument that chooses the form.
  package static let chooser = "count"
  package static let categories: Set<String> = ["zero", "one", "two", "few", "many", "other"]

  /// Names of all arguments in any form.
  package var arguments: Set<String> {
    var names: Set<String> = isPlural ? [Message.chooser] : []
    for form in forms.values {
      for case .argument(let name) in form { names.insert(name) }
    }
    return names
  }

  /// - Parameter source: a text, or an object of texts by CLDR category.
  /// - Throws: a sentence that says what is wrong with it.
  init(_ source: JSON) throws(MessageFault) {
    switch source {
    case .string(let text):
      forms = ["other": try Message.segments(text)]
      isPlural = false
    case .object(let members):
      var forms: [String: [Segment]] = [:]
      for (category, value) in members {
        guard Message.categories.contains(category) else {
          throw MessageFault("\"\(category)\" is not a plural category")
        }
        guard let text = value.text else { throw MessageFault("the form \"\(category)\" is not a text") }
        forms[category] = try Message.segments(text)
      }
      guard forms["other"] != nil else { throw MessageFault("the form \"other\" is missing") }
      self.forms = forms
      isPlural = true
    default: throw MessageFault("neither a text nor an object of plural forms")
    }
  }

  /// `{name}` is an argument; `{{` and `}}` stand for the braces themselves.
  static func segments(_ text: String) throws(MessageFault) -> [Segment] {
    var result: [Segment] = []
    var literal = ""
    var rest = Substring(text)
    while let character = rest.popFirst() {
      if character == "{" || character == "}" {
        if rest.first == character {
          rest.removeFirst()
          literal.append(character)
          continue
        }
        guard character == "{" else { throw MessageFault("a \"}\" without \"{\"") }
        guard let end = rest.firstIndex(of: "}") else { throw MessageFault("a \"{\" without \"}\"") }
        let name = rest[..<end]
        guard !name.isEmpty, name.utf8.allSatisfy(isNameByte) else {
          throw MessageFault("\"{\(name)}\" is not an argument")
        }
        if !literal.isEmpty { result.append(.literal(literal)) }
        literal = ""
        result.append(.argument(String(name)))
        rest = rest[rest.index(after: end)...]
      } else {
        literal.append(character)
      }
    }
    if !literal.isEmpty { result.append(.literal(literal)) }
    return result
  }
  private static func isNameByte(_ byte: UInt8) -> Bool {
    (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90) || (byte >= 48 && byte <= 57) || byte == 95
  }
}

struct MessageFault: Error {
  let reason: String
  init(_ reason: String) { self.reason = reason }
}
