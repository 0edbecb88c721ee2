package import Language

/// A link. `a(href: call.link("needs/5"), bdi(need.title))`
package func a(href address: String, _ content: HTML, _ attributes: Attribute...) -> HTML {
  HTML.element("a", [.href(address)] + attributes, content)
}
package func a(href address: String, _ text: String, _ attributes: Attribute...) -> HTML {
  HTML.element("a", [.href(address)] + attributes, HTML(text))
}
package func a(
  href address: String, _ attributes: Attribute..., @HTMLBuilder content: () throws -> HTML
) rethrows -> HTML {
  HTML.element("a", [.href(address)] + attributes, try content())
}

/// A name, symbol or text of unknown direction, isolated from what stands around it.
package func bdi(_ text: String) -> HTML { HTML.element("bdi", [], HTML(text)) }
/// Text in a language that may not be the page's: marked with it, so that it is read and shaped rightly.
package func bdi(_ text: String, lang code: String?) -> HTML {
  HTML.element("bdi", [code.map { .lang($0) } ?? .none, .dir("auto")], HTML(text))
}
extension String {
  /// A name or a text of someone's inside a text without mark-up (a title, an option): kept apart by U+2068 and U+2069.
  package var isolated: String { "\u{2068}" + self + "\u{2069}" }
}
/// Somebody's own words as a block between the quotation marks of the page's language. The block takes the direction
/// of the words: otherwise the marks of a text that runs over several lines stand at the wrong ends.
package func quotation(_ text: String, lang code: String?, _ t: Translator) -> HTML {
  let marks = Marks(t).quotation()
  return HTML.element(
    "blockquote", [code.map { .lang($0) } ?? .none, .dir("auto")], HTML(marks.open + text + marks.close))
}
/// A recorded value, the same in every language.
package func recorded(_ text: String) -> HTML {
  HTML.element("bdi", [.dir("auto"), .translateNo], HTML(text))
}
/// The same for a text with mark-up inside.
package func bdi(_ content: HTML, lang code: String?) -> HTML {
  HTML.element("bdi", [code.map { .lang($0) } ?? .none, .dir("auto")], content)
}
/// A document symbol or another code, which reads from left to right everywhere: `CTOC/COP/2006/14`.
package func symbol(_ text: String) -> HTML {
  HTML.element("bdi", [.dir("ltr"), .class("symbol"), .translateNo], HTML(text))
}

/// A day or a UTC time as the reader writes it.
package func time(_ iso: String, _ t: Translator, _ style: Formats.DateStyle? = nil) -> HTML {
  let chosen = style ?? (iso.utf8.count > 10 ? .time : .long)
  return HTML.element("time", [.datetime(iso)], HTML(t.date(iso, chosen)))
}
package func number(_ value: Int, _ t: Translator) -> HTML { span(t.number(value), .class("number")) }
package func money(minor: Int64, currency: String, _ t: Translator) -> HTML {
  HTML.element("bdi", [.class("number")], HTML(t.money(minor: minor, currency: currency)))
}

/// The name of a State in the reader's language, from `names`; its code where no name is known.
package func stateName(_ code: String, _ names: [String: String]) -> HTML {
  guard let name = names[code] else { return symbol(code) }
  return bdi(name)
}

/// Paragraphs of a text that a person wrote: blank lines part them.
package func paragraphs(_ text: String, lang code: String? = nil) -> HTML {
  let blocks = text.split(separator: "\n\n", omittingEmptySubsequences: true)
  return HTML.joined(
    blocks.map { block in
      let lines = block.split(separator: "\n").map { HTML(String($0)) }
      var parts: [HTML] = []
      for (index, line) in lines.enumerated() {
        if index > 0 { parts.append(br()) }
        parts.append(line)
      }
      return HTML.element("p", [code.map { .lang($0) } ?? .none, .dir("auto")], HTML.joined(parts))
    })
}

extension Translator {
  /// The text of a key as mark-up: isolated arguments stand in `<bdi>`.
  package func html(_ key: String, _ arguments: [String: Argument] = [:]) -> HTML {
    HTML.joined(
      pieces(key, arguments).map { piece in
        switch piece {
        case .text(let text): HTML(text)
        case .isolated(let text): bdi(text)
        }
      })
  }
}
