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
  /// Number of attributes.
  package let count: Int
  @usableFromInline let attributes: UnsafePointer<UnsafePointer<UInt8>?>?
  @usableFromInline let names: XMLNames

  init(
    symbol: Int, local: UnsafePointer<UInt8>, prefix: UnsafePointer<UInt8>?, count: Int,
    attributes: UnsafePointer<UnsafePointer<UInt8>?>?, names: XMLNames
  ) {
    self.symbol = symbol
    self.local = local
    self.prefix = prefix
    self.count = count
    self.attributes = attributes
    self.names = names
  }

  /// Symbol of an attribute's name; 0 when unknown or of a foreign namespace.
  @inlinable @inline(__always) package func symbol(_ index: Int) -> Int {
    guard let attributes, let name = attributes[index &* 5] else { return 0 }
    if let prefix = attributes[index &* 5 &+ 1], prefix != names.xml { return 0 }
    return names.symbol(name)
  }

  /// Local name of an attribute, zero-terminated.
  @inlinable @inline(__always) package func local(_ index: Int) -> UnsafePointer<UInt8>? { attributes?[index &* 5] }

  /// Value of an attribute, references resolved.
  @inlinable @inline(__always) package func value(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    guard let attributes, let start = attributes[index &* 5 &+ 3], let end = attributes[index &* 5 &+ 4] else {
      return UnsafeBufferPointer(start: nil, count: 0)
    }
    return UnsafeBufferPointer(start: start, count: end - start)
  }

  /// Name as written, with its prefix.
  package var name: String {
    let own = String(cString: local)
    if let prefix { return String(cString: prefix) + ":" + own }
    return own
  }
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
