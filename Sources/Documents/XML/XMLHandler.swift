internal import CXML

/// Receives a document as a stream. Pointers are valid during the call only.
package protocol XMLHandler: AnyObject {
  /// Names to be told apart; the first is symbol 1. Unknown names and names with a prefix are symbol 0.
  /// The attribute `xml:lang` has the symbol of the name `lang`.
  var names: [String] { get }

  func start(_ element: XMLElement, at cursor: XMLCursor)
  /// All text between two tags at once, references resolved; not called for white space alone.
  func text(_ bytes: UnsafeBufferPointer<UInt8>, at cursor: XMLCursor)
  func end(_ symbol: Int, at cursor: XMLCursor)
}

/// A start tag.
package struct XMLElement {
  /// Which of the handler's names; 0 for others and for any name with a prefix.
  package let symbol: Int
  /// Local name and prefix, zero-terminated UTF-8.
  package let local: UnsafePointer<UInt8>
  package let prefix: UnsafePointer<UInt8>?
  package let attributes: UnsafeBufferPointer<XMLAttribute>

  /// Name as written, with its prefix.
  package var name: String {
    let own = String(cString: local)
    if let prefix { return String(cString: prefix) + ":" + own }
    return own
  }
}

/// An attribute of a start tag.
package struct XMLAttribute {
  /// Which of the handler's names; 0 when unknown or of a foreign namespace.
  package let symbol: Int
  /// Local name, zero-terminated UTF-8.
  package let local: UnsafePointer<UInt8>
  /// References resolved.
  package let value: UnsafeBufferPointer<UInt8>
}

/// Where the parser stands.
package struct XMLCursor {
  let context: UnsafeMutablePointer<xmlParserCtxt>

  /// Line from 1, exact beyond 65,535 too.
  package var line: Int { context.pointee.input.map { Int($0.pointee.line) } ?? 0 }
  /// Column from 1, in bytes.
  package var column: Int { context.pointee.input.map { Int($0.pointee.col) } ?? 0 }

  /// Bytes before this place; -1 when the document is not UTF-8, where the parser sees converted bytes only.
  package var offset: Int {
    guard let input = context.pointee.input, input.pointee.buf?.pointee.encoder == nil else { return -1 }
    guard let base = input.pointee.base, let current = input.pointee.cur else { return -1 }
    return Int(input.pointee.consumed) + (current - base)
  }

  /// Ends the reading: no further call reaches the handler, no further byte is asked for.
  package func stop() { context.pointee.disableSAX = 1 }
}
