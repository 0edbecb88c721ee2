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
