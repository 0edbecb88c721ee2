/// Why an XML document was not read to its end.
package struct XMLProblem: Error, Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable {
    case empty
    /// The first bytes are neither white space nor `<`.
    case notXML
    case html
    /// Not well-formed; `error` holds the parser's words.
    case malformed
    /// Ends inside an element.
    case truncated
    /// Bytes that are not of the declared encoding, or an encoding that is not known.
    case encoding
    /// A character that XML forbids, such as NUL.
    case forbiddenCharacter
    /// A document type that declares entities, attributes or elements.
    case declarations
    case undeclaredEntity
    case tooDeep, tooManyAttributes, attributeTooLong, textTooLong, nameTooLong
    /// The bytes could not be read: `error` is the kind of `BytesProblem`.
    case unreadable
  }

  package var kind: Kind
  /// From 1; 0 when nothing was read.
  package var line: Int
  package var column: Int
  /// For the message: `error`, `limit`, `name`, `path`.
  package var arguments: [String: String]

  package init(_ kind: Kind, line: Int = 0, column: Int = 0, _ arguments: [String: String] = [:]) {
    self.kind = kind
    self.line = line
    self.column = column
    self.arguments = arguments
  }
}

/// What a document may cost. The parser's own fixed limits (10 MB per attribute or name table, 50 kB per name)
/// hold as well and keep memory bounded before these are looked at.
package struct XMLLimits: Sendable {
  package var depth: Int
  package var attributes: Int
  /// Bytes of one attribute value.
  package var attributeLength: Int
  /// Bytes of text between two tags.
  package var textLength: Int
  /// Bytes of an element or attribute name.
  package var nameLength: Int

  package init(
    depth: Int = 64, attributes: Int = 128, attributeLength: Int = 1_000_000, textLength: Int = 8_000_000,
    nameLength: Int = 500
  ) {
    self.depth = depth
    self.attributes = attributes
    self.attributeLength = attributeLength
    self.textLength = textLength
    self.nameLength = nameLength
  }
}
