/// A value put into a text; each kind is written as the reader's language writes it.
package enum Argument: Sendable, Equatable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  /// Words already in the reader's language.
  case text(String)
  case number(Int)
  /// A decimal as text, `12.50`.
  case decimal(String)
  /// A year or another number without grouping.
  case year(Int)
  /// `2026-01-15`, or a UTC time.
  case date(String)
  case money(minor: Int64, currency: String)
  /// 0…1.
  case percent(Double)
  /// The key of another text.
  case word(String)
  /// A name, symbol or text of unknown direction: isolated, so that it disturbs nothing around it.
  case isolated(String)
  /// Several, joined as the language joins them, each isolated.
  case list([String])

  package init(stringLiteral text: String) { self = .text(text) }
  package init(integerLiteral value: Int) { self = .number(value) }
}
