internal import CXML

/// Receives a document as a stream. Pointers are valid during the call only.
///
/// C functions beside an address instead of a protocol: a reading makes some 250 calls for 4 kB, and these cost
/// neither a table nor a count of references. `user` is handed to each. Their second argument is an `XMLElement`
/// behind a pointer (see `XMLElement.init(at:)`), the last an `XMLCursor` (see `XMLCursor.init(at:)`).
package struct XMLHandler {
  package typealias Address = UnsafeMutableRawPointer
  package typealias Start =
    @convention(c) (_ user: Address, _ element: UnsafeRawPointer, _ cursor: Address) -> Void
  package typealias Text =
    @convention(c) (_ user: Address, _ bytes: UnsafePointer<UInt8>, Int, _ cursor: Address) -> Void
  package typealias End = @convention(c) (_ user: Address, _ symbol: Int, _ cursor: Address) -> Void

  /// Names to be told apart; the first is symbol 1. Unknown names and names with a prefix are symbol 0.
  /// The attribute `xml:lang` has the symbol of the name `lang`.
  package var names: [String]
  /// Must stay valid until the reading ends.
  package var user: Address
  package var start: Start
  /// All text between two tags at once, references resolved; not called for white space alone.
  package var text: Text
  /// Called with the symbol of the element that ends.
  package var end: End

  package init(
    names: [String], user: Address, start: @escaping Start, text: @escaping Text, end: @escaping End
  ) {
    self.names = names
    self.user = user
    self.start = start
    self.text = text
    self.end = end
  }
}

/// A start tag.
package struct XMLElement {
  /// Which of the handler's names; 0 for others and for any name with a prefix.
  package let symbol: Int
  /// Local name and prefix, zero-terminated UTF-8.
  package let local: UnsafePointer<UInt8>
  package let prefix: UnsafePointer<UInt8>?
  package let attributes: UnsafeBufferPointer<XMLAttribute>

  init(
    symbol: Int, local: UnsafePointer<UInt8>, prefix: UnsafePointer<UInt8>?,
    attributes: UnsafeBufferPointer<XMLAttribute>
  ) {
    self.symbol = symbol
    self.local = local
    self.prefix = prefix
    self.attributes = attributes
  }

  /// From what a handler's `start` was given.
  package init(at address: UnsafeRawPointer) {
    self = address.assumingMemoryBound(to: XMLElement.self).pointee
  }

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

  init(context: UnsafeMutablePointer<xmlParserCtxt>) { self.context = context }

  /// From what a handler was given.
  package init(at address: UnsafeMutableRawPointer) {
    context = address.assumingMemoryBound(to: xmlParserCtxt.self)
  }

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
