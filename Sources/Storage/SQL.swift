/// A piece of SQL. An interpolated value is always bound, an interpolated `SQL` is always spliced;
/// a plain string can never become SQL.
package struct SQL: ExpressibleByStringInterpolation, Sendable {
  enum Part: Sendable {
    case text(String)
    case value(SQLValue)
  }
  var parts: [Part]

  package init(stringLiteral value: String) { parts = [.text(value)] }
  package init(stringInterpolation: Interpolation) { parts = stringInterpolation.parts }
  init(parts: [Part]) { self.parts = parts }

  package struct Interpolation: StringInterpolationProtocol {
    var parts: [Part] = []

    package init(literalCapacity: Int, interpolationCount: Int) {
      parts.reserveCapacity(interpolationCount * 2 + 1)
    }
    package mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { parts.append(.text(literal)) }
    }
    package mutating func appendInterpolation<T: SQLBindable>(_ value: T) {
      parts.append(.value(value.sqlValue))
    }
    package mutating func appendInterpolation<T: SQLBindable>(_ value: T?) {
      parts.append(.value(value.sqlValue))
    }
    package mutating func appendInterpolation(_ sql: SQL) { parts.append(contentsOf: sql.parts) }
    /// A bracketed list for `IN`. An empty list is `(NULL)`, which matches nothing.
    package mutating func appendInterpolation<S: Sequence>(list values: S) where S.Element: SQLBindable {
      var first = true
      parts.append(.text("("))
      for value in values {
        if !first { parts.append(.text(", ")) }
        first = false
        parts.append(.value(value.sqlValue))
      }
      parts.append(.text(first ? "NULL)" : ")"))
    }
  }

  package static func + (left: SQL, right: SQL) -> SQL { SQL(parts: left.parts + right.parts) }

  /// `conditions` joined by AND in brackets; true when there are none.
  package static func all(_ conditions: [SQL]) -> SQL { joined(conditions, " AND ", empty: "1 = 1") }
  /// `conditions` joined by OR in brackets; false when there are none.
  package static func any(_ conditions: [SQL]) -> SQL { joined(conditions, " OR ", empty: "1 = 0") }

  private static func joined(_ conditions: [SQL], _ word: String, empty: String) -> SQL {
    guard let first = conditions.first else { return SQL(parts: [.text(empty)]) }
    var parts: [Part] = [.text("(")] + first.parts
    for condition in conditions.dropFirst() { parts += [.text(word)] + condition.parts }
    return SQL(parts: parts + [.text(")")])
  }

  /// The text in one engine's notation (`?1` or `$1`) and the values to bind, in order.
  func rendered(for engine: Engine) -> (text: String, values: [SQLValue]) {
    var text = ""
    var values: [SQLValue] = []
    for part in parts {
      switch part {
      case .text(let literal): text += literal
      case .value(let value):
        values.append(value)
        text += engine == .sqlite ? "?" : "$"
        text += String(values.count)
      }
    }
    return (text, values)
  }
}

/// The two databases that one SQL text serves.
package enum Engine: String, Sendable, CaseIterable { case sqlite, postgres }
