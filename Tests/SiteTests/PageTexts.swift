import Foundation

/// What a page says: each text and each attribute that is read out or shown, with the language that it is in.
struct PageTexts {
  struct Text: Sendable, Hashable {
    let text: String
    /// Of the nearest `lang`.
    let language: String
    let element: String
    /// Nil for a text node.
    let attribute: String?
    /// Inside `bdi` without a language of its own, `time`, `code`, `pre`, a number, or what is not to be translated.
    let isIsolated: Bool
    let isCode: Bool
  }
  private struct Open {
    let name: String
    let language: String
    let isIsolated: Bool
    let isCode: Bool
  }
  static let spoken: Set<String> = [
    "title", "alt", "placeholder", "aria-label", "aria-description", "data-label", "label",
  ]
  private static let void: Set<String> = ["meta", "link", "br", "hr", "input", "img", "col"]

  private(set) var texts: [Text] = []
  private var stack: [Open] = []

  init(_ page: String) {
    var rest = Substring(page)
    while let mark = rest.firstIndex(of: "<") {
      add(String(rest[..<mark]), attribute: nil)
      let end = rest[mark...].firstIndex(of: ">") ?? rest.endIndex
      tag(rest[mark..<end])
      rest = end == rest.endIndex ? "" : rest[rest.index(after: end)...]
    }
  }

  private mutating func tag(_ tag: Substring) {
    if tag.hasPrefix("<!") { return }
    if tag.hasPrefix("</") {
      let name = tag.dropFirst(2)
      while let last = stack.popLast(), last.name != name {}
      return
    }
    let name = String(tag.dropFirst().prefix { !$0.isWhitespace })
    var attributes: [String: String] = [:]
    for match in tag.matches(of: /\s([a-z-]+)="([^"]*)"/) {
      attributes[String(match.1)] = Self.plain(String(match.2))
    }
    let outer = stack.last
    let language = attributes["lang"] ?? outer?.language ?? ""
    let isOwn = attributes["lang"] != nil
    let isCode =
      ["code", "pre"].contains(name) || attributes["translate"] == "no" || (outer?.isCode ?? false)
    let isIsolated =
      isCode || ["bdi", "time"].contains(name) || attributes["class"] == "number"
      || (!isOwn && (outer?.isIsolated ?? false))
    stack.append(Open(name: name, language: language, isIsolated: isIsolated, isCode: isCode))
    for (attribute, value) in attributes.sorted(by: { $0.key < $1.key })
    where Self.spoken.contains(attribute) || (attribute == "content" && attributes["name"] == "description") {
      add(value, attribute: attribute)
    }
    if name == "input", ["submit", "button"].contains(attributes["type"] ?? ""),
      let value = attributes["value"]
    {
      add(value, attribute: "value")
    }
    if Self.void.contains(name) { stack.removeLast() }
  }
  private mutating func add(_ text: String, attribute: String?) {
    guard let place = stack.last, !["style", "script"].contains(place.name) else { return }
    let plain = attribute == nil ? Self.plain(text) : text
    guard plain.contains(where: \.isLetter) || plain.contains(where: { "⟪⟫".contains($0) }) else { return }
    texts.append(
      Text(
        text: plain, language: place.language, element: place.name, attribute: attribute,
        isIsolated: place.isIsolated,
        isCode: place.isCode))
  }

  private static func plain(_ text: String) -> String {
    var plain = text
    for (reference, character) in [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&"),
    ] {
      plain = plain.replacing(reference, with: character)
    }
    return plain
  }
}

extension String {
  /// Without what stands between U+2068 and U+2069: names and symbols put into a sentence.
  var withoutIsolates: String {
    var depth = 0
    var out = ""
    for scalar in unicodeScalars {
      if scalar.value == 0x2068 { depth += 1 }
      if depth == 0 { out.unicodeScalars.append(scalar) }
      if scalar.value == 0x2069 { depth = max(0, depth - 1) }
    }
    return out
  }
}
