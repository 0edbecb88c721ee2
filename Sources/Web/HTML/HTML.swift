/// A piece of a page, already written as bytes.
///
/// Mark-up comes from `Element` and is written as it stands; text and attribute values are always escaped.
/// Trusted bytes can be made in this file alone.
package struct HTML: Sendable, Equatable, ExpressibleByStringLiteral {
  package private(set) var bytes: [UInt8]

  private init(trusted bytes: [UInt8]) { self.bytes = bytes }

  package static let empty = HTML(trusted: [])

  /// Text, escaped.
  package init(_ text: String) {
    bytes = []
    bytes.reserveCapacity(text.utf8.count + 16)
    Escape.text(text, to: &bytes)
  }
  package init(stringLiteral text: String) { self.init(text) }

  package var isEmpty: Bool { bytes.isEmpty }
  package var string: String { String(decoding: bytes, as: UTF8.self) }

  package static func joined(_ parts: [HTML]) -> HTML {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(parts.reduce(0) { $0 + $1.bytes.count })
    for part in parts { bytes.append(contentsOf: part.bytes) }
    return HTML(trusted: bytes)
  }
  package static func joined(_ parts: [HTML], by separator: String) -> HTML {
    var bytes: [UInt8] = []
    for (index, part) in parts.enumerated() {
      if index > 0 { Escape.text(separator, to: &bytes) }
      bytes.append(contentsOf: part.bytes)
    }
    return HTML(trusted: bytes)
  }

  package static func + (one: HTML, other: HTML) -> HTML {
    HTML(trusted: one.bytes + other.bytes)
  }

  /// `content` nil: an element without content and end tag (`<input>`).
  static func element(_ name: StaticString, _ attributes: [Attribute], _ content: HTML?) -> HTML {
    var bytes: [UInt8] = []
    let tag = name.utf8CodeUnitCount
    bytes.reserveCapacity(tag * 2 + 5 + attributes.count * 32 + (content?.bytes.count ?? 0))
    bytes.append(UInt8(ascii: "<"))
    append(name, to: &bytes)
    for attribute in attributes { attribute.write(to: &bytes) }
    bytes.append(UInt8(ascii: ">"))
    if let content {
      bytes.append(contentsOf: content.bytes)
      bytes.append(UInt8(ascii: "<"))
      bytes.append(UInt8(ascii: "/"))
      append(name, to: &bytes)
      bytes.append(UInt8(ascii: ">"))
    }
    return HTML(trusted: bytes)
  }

  /// A whole document: `<!doctype html>` before the root element.
  static func document(_ root: HTML) -> HTML {
    HTML(trusted: Array("<!doctype html>\n".utf8) + root.bytes + [10])
  }

  /// Where the label of a field stands in a sentence, until `named` puts it there.
  static let fieldName = "\u{E002}"
  /// A sentence that names a field, for a place above the fields whose labels it says; `plain` where there is none.
  static func naming(_ id: String, _ sentence: HTML, plain: HTML) -> HTML {
    HTML("\u{E000}\(id)\u{E001}") + sentence + HTML("\u{E003}") + plain + HTML("\u{E004}")
  }
  /// The same with labels in the sentences made by `naming`. What is copied is text of this very page, escaped already.
  package var named: HTML {
    var text = string
    while let start = text.firstIndex(of: "\u{E000}"), let mark = text[start...].firstIndex(of: "\u{E001}"),
      let middle = text[mark...].firstIndex(of: "\u{E003}"),
      let end = text[middle...].firstIndex(of: "\u{E004}")
    {
      let label = HTML.label(of: text[text.index(after: start)..<mark], in: text)
      let sentence =
        label.map {
          text[text.index(after: mark)..<middle].replacing(HTML.fieldName, with: "<bdi>\($0)</bdi>")
        }
        ?? text[text.index(after: middle)..<end]
      text.replaceSubrange(start...end, with: String(sentence))
    }
    return HTML(trusted: Array(text.utf8))
  }
  /// What stands in the `<bdi>` of a field's label or of a group's legend.
  private static func label(of id: Substring, in text: String) -> Substring? {
    var begin = text.firstRange(of: "<label for=\"\(id)\"><bdi>")?.upperBound
    if begin == nil, let place = text.firstRange(of: " id=\"\(id)\"") {
      begin = text[place.upperBound...].firstRange(of: "<legend><bdi>")?.upperBound
    }
    guard let begin, let end = text[begin...].firstRange(of: "</bdi>") else { return nil }
    return text[begin..<end.lowerBound]
  }

  static func append(_ text: StaticString, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}

/// An element of HTML or SVG: `div(.class("box")) { … }`, `p("text")`, `ul(items)`.
package struct Element: Sendable {
  let name: StaticString
  init(_ name: StaticString) { self.name = name }

  package func callAsFunction(_ attributes: Attribute..., @HTMLBuilder content: () throws -> HTML) rethrows
    -> HTML
  {
    HTML.element(name, attributes, try content())
  }
  package func callAsFunction(_ text: String, _ attributes: Attribute...) -> HTML {
    HTML.element(name, attributes, HTML(text))
  }
  package func callAsFunction(_ content: HTML, _ attributes: Attribute...) -> HTML {
    HTML.element(name, attributes, content)
  }
  package func callAsFunction(_ contents: [HTML], _ attributes: Attribute...) -> HTML {
    HTML.element(name, attributes, HTML.joined(contents))
  }
  package func callAsFunction(_ content: HTML, attributes: [Attribute]) -> HTML {
    HTML.element(name, attributes, content)
  }
}

/// An element that has no content: `input(.type("text"))`.
package struct VoidElement: Sendable {
  let name: StaticString
  init(_ name: StaticString) { self.name = name }

  package func callAsFunction(_ attributes: Attribute...) -> HTML { HTML.element(name, attributes, nil) }
  package func callAsFunction(attributes: [Attribute]) -> HTML { HTML.element(name, attributes, nil) }
}
