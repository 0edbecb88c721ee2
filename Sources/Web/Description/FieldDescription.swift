/// One field that a route takes, declared in the route table: `.get("needs", takes: [.code("state"), .cursor])`.
///
/// The description of the API is made from it, and a test holds it against what the handler reads.
package struct FieldDescription: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case text(max: Int)
    /// One of the codes or words of `words`, or of those that the data hold.
    case code
    case integer(ClosedRange<Int>)
    case money, date, flag
    /// Several of the codes, the field repeated.
    case codes
    case file
    case cursor
  }
  package let name: String
  package let kind: Kind
  package let isRequired: Bool
  /// Codes taken, sorted; empty when they come from the data.
  package let words: [String]
  /// A list of the API in which the codes are found: `states`.
  package let list: String?
  /// A value that is taken.
  package let example: String?
  /// Whether it stands in the address though the method has a body.
  package let isInQuery: Bool

  private init(
    _ name: String, _ kind: Kind, required: Bool = false, words: [String] = [], list: String? = nil,
    example: String? = nil, inQuery: Bool = false
  ) {
    self.name = name
    self.kind = kind
    isRequired = required
    self.words = words.sorted()
    self.list = list
    self.example = example
    isInQuery = inQuery
  }

  package static func text(
    _ name: String, max: Int = 10_000, required: Bool = false, example: String? = nil, inQuery: Bool = false
  ) -> FieldDescription {
    FieldDescription(name, .text(max: max), required: required, example: example, inQuery: inQuery)
  }
  /// - Parameter codes: those taken; left out when they come from the data, which `list` may name.
  package static func code(
    _ name: String, of codes: [String] = [], from list: String? = nil, required: Bool = false,
    example: String? = nil
  ) -> FieldDescription {
    FieldDescription(
      name, .code, required: required, words: codes, list: list, example: example ?? codes.first)
  }
  /// One of the words of a type.
  package static func choice<Words: CaseIterable & RawRepresentable>(
    _ name: String, _ words: Words.Type, required: Bool = false
  ) -> FieldDescription where Words.RawValue == String {
    .code(name, of: words.allCases.map(\.rawValue), required: required)
  }
  package static func codes(
    _ name: String, of codes: [String] = [], from list: String? = nil, required: Bool = false,
    example: String? = nil
  ) -> FieldDescription {
    FieldDescription(
      name, .codes, required: required, words: codes, list: list, example: example ?? codes.first)
  }
  package static func integer(
    _ name: String, in range: ClosedRange<Int> = 0...Int(Int32.max), required: Bool = false,
    example: String? = nil
  ) -> FieldDescription {
    FieldDescription(name, .integer(range), required: required, example: example)
  }
  package static func money(_ name: String, required: Bool = false) -> FieldDescription {
    FieldDescription(name, .money, required: required)
  }
  package static func date(_ name: String, required: Bool = false) -> FieldDescription {
    FieldDescription(name, .date, required: required, example: "2026-01-15")
  }
  package static func flag(_ name: String) -> FieldDescription { FieldDescription(name, .flag) }
  package static func file(_ name: String, required: Bool = false) -> FieldDescription {
    FieldDescription(name, .file, required: required)
  }
  /// `?after=`, as a list gave it out.
  package static let cursor = FieldDescription("after", .cursor)
  /// `?limit=`, rows on one page.
  package static func limit(_ maximum: Int = 500) -> FieldDescription {
    FieldDescription("limit", .integer(1...maximum), example: "10")
  }
}
