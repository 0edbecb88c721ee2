/// Puts the lines of a closure together into one `HTML`.
@resultBuilder
package enum HTMLBuilder {
  package static func buildExpression(_ html: HTML) -> HTML { html }
  package static func buildExpression(_ text: String) -> HTML { HTML(text) }
  package static func buildExpression(_ html: HTML?) -> HTML { html ?? .empty }
  package static func buildExpression(_ list: [HTML]) -> HTML { HTML.joined(list) }
  package static func buildExpression(_ component: some Component) -> HTML { component.html }

  package static func buildBlock() -> HTML { .empty }
  package static func buildBlock(_ one: HTML) -> HTML { one }
  package static func buildBlock(_ parts: HTML...) -> HTML { HTML.joined(parts) }
  package static func buildOptional(_ part: HTML?) -> HTML { part ?? .empty }
  package static func buildEither(first: HTML) -> HTML { first }
  package static func buildEither(second: HTML) -> HTML { second }
  package static func buildArray(_ parts: [HTML]) -> HTML { HTML.joined(parts) }
}

/// A part of pages with a shape of its own: a struct of options that knows its mark-up.
package protocol Component: Sendable {
  var html: HTML { get }
}

/// Several pieces as one, with the syntax of an element's content.
package func group(@HTMLBuilder content: () throws -> HTML) rethrows -> HTML { try content() }
