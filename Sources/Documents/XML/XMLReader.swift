internal import CXML

/// Streams a document through libxml2 (SAX2) into a handler.
///
/// Memory does not grow with the document. Nothing outside the document is ever read: no network, no document
/// type, no external entity; entity declarations are refused, so nothing can expand.
package struct XMLReader {
  private let source: any ByteSource
  private let limits: XMLLimits
  private let isCancelled: () -> Bool

  /// - Parameter isCancelled: asked about once per 128 kB.
  package init(
    _ source: any ByteSource, limits: XMLLimits = XMLLimits(), isCancelled: @escaping () -> Bool = { false }
  ) {
    self.source = source
    self.limits = limits
    self.isCancelled = isCancelled
  }

  /// libxml2 wants its global tables made once before threads use it.
  private static let ready: Void = xmlInitParser()

  /// Reads to the end, to the first problem, or until the handler stops.
  ///
  /// - Returns: bytes read and the problem, if any. What the handler was given before the problem stands.
  package func read(into handler: XMLHandler) -> (bytes: Int, problem: XMLProblem?) {
    _ = Self.ready
    let input = XMLInput(source, isCancelled: isCancelled)
    let state = UnsafeMutablePointer<XMLState>.allocate(capacity: 1)
    defer { state.deallocate() }
    var sax = Self.callbacks
    let user = UnsafeMutableRawPointer(state)
    // Memory of `state` is complete before the parser makes its first call back (in xmlParseDocument).
    guard
      let context = withExtendedLifetime(
        input,
        {
          xmlCreateIOParserCtxt(
            &sax, user, { giveMore($0, $1, $2) }, nil, Unmanaged.passUnretained(input).toOpaque(),
            XML_CHAR_ENCODING_NONE)
        })
    else { return (input.total, XMLProblem(.malformed, ["error": "memory"])) }
    // NOENT only makes `&amp;` in attributes arrive as `&`; there are no other entities here.
    let options = XML_PARSE_NONET.rawValue | XML_PARSE_NOENT.rawValue
    xmlCtxtUseOptions(context, Int32(bitPattern: options))
    input.context = context
    state.initialize(
      to: XMLState(
        context: context, handler: handler, limits: limits,
        names: XMLNames(handler.names, dictionary: context.pointee.dict),
        input: input))
    xmlParseDocument(context)
    state.pointee.finish()
    let problem = state.pointee.problem
    state.pointee.free()
    state.deinitialize(count: 1)
    if let document = context.pointee.myDoc { xmlFreeDoc(document) }
    xmlFreeParserCtxt(context)
    return (input.total, problem)
  }

  private static var callbacks: xmlSAXHandler {
    var sax = xmlSAXHandler()
    sax.initialized = UInt32(XML_SAX2_MAGIC)
    sax.startElementNs = { user, local, prefix, _, _, _, count, _, attributes in
      XMLState.from(user).pointee.start(local, prefix, count, attributes)
    }
    sax.endElementNs = { user, local, prefix, _ in XMLState.from(user).pointee.end(local, prefix) }
    // One closure for both: libxml2 then spares itself the question which white space matters.
    let text: charactersSAXFunc = { user, bytes, count in XMLState.from(user).pointee.text(bytes, count) }
    sax.characters = text
    sax.ignorableWhitespace = text
    sax.cdataBlock = text
    sax.getEntity = { _, _ in nil }
    sax.getParameterEntity = { _, _ in nil }
    sax.reference = { user, name in XMLState.from(user).pointee.refuse(.undeclaredEntity, name) }
    sax.internalSubset = { user, name, _, _ in XMLState.from(user).pointee.documentType(name) }
    sax.entityDecl = { user, name, _, _, _, _ in XMLState.from(user).pointee.refuse(.declarations, name) }
    sax.unparsedEntityDecl = { user, name, _, _, _ in XMLState.from(user).pointee.refuse(.declarations, name)
    }
    sax.notationDecl = { user, name, _, _ in XMLState.from(user).pointee.refuse(.declarations, name) }
    sax.elementDecl = { user, name, _, _ in XMLState.from(user).pointee.refuse(.declarations, name) }
    sax.attributeDecl = { user, element, _, _, _, _, list in
      // The parser hands over the list of allowed values, which becomes ours to free.
      xmlFreeEnumeration(list)
      XMLState.from(user).pointee.refuse(.declarations, element)
    }
    sax.serror = { user, error in if let error { XMLState.from(user).pointee.failed(error.pointee) } }
    return sax
  }
}

/// What the parser calls for more bytes.
private func giveMore(
  _ user: UnsafeMutableRawPointer?, _ buffer: UnsafeMutablePointer<CChar>?, _ count: Int32
) -> Int32 {
  guard let user, let buffer else { return 0 }
  let input = Unmanaged<XMLInput>.fromOpaque(user).takeUnretainedValue()
  return input.read(UnsafeMutableRawBufferPointer(start: buffer, count: Int(count)))
}
