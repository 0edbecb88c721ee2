// The yardstick of the import bench: libxml2's SAX2 over a file with handlers that do nothing.
internal import CXML

/// libxml2 alone, called from Swift: every start tag, end tag and text is handed to an empty closure.
enum RawSAX {
  /// What one pass over the file took.
  struct Pass {
    /// Bytes read.
    var bytes: Int
    /// Wall-clock seconds.
    var seconds: Double
    /// False when libxml2 found the document not well-formed.
    var wellFormed: Bool
    /// 10⁶ bytes a second.
    var megabytesPerSecond: Double { Double(bytes) / seconds / 1_000_000 }
  }

  /// Reads the file once through `xmlSAXUserParseFile`'s own input, in constant memory.
  static func measure(_ path: String) -> Pass {
    var sax = xmlSAXHandler()
    sax.initialized = UInt32(XML_SAX2_MAGIC)
    sax.startElementNs = { _, _, _, _, _, _, _, _, _ in }
    sax.endElementNs = { _, _, _, _ in }
    sax.characters = { _, _, _ in }
    sax.ignorableWhitespace = { _, _, _ in }
    sax.cdataBlock = { _, _, _ in }
    let clock = ContinuousClock()
    var result: Int32 = -1
    let taken = clock.measure { result = xmlSAXUserParseFile(&sax, nil, path) }
    let seconds = Double(taken.components.seconds) + Double(taken.components.attoseconds) / 1e18
    return Pass(bytes: size(of: path), seconds: seconds, wellFormed: result == 0)
  }

  /// The same in push mode, fed with pieces of `chunk` bytes: how a network upload would be read.
  static func measurePushed(_ path: String, chunk: Int = 131_072) -> Pass {
    var sax = xmlSAXHandler()
    sax.initialized = UInt32(XML_SAX2_MAGIC)
    sax.startElementNs = { _, _, _, _, _, _, _, _, _ in }
    sax.endElementNs = { _, _, _, _ in }
    sax.characters = { _, _, _ in }
    sax.ignorableWhitespace = { _, _, _ in }
    sax.cdataBlock = { _, _, _ in }
    guard let file = fopen(path, "rb") else { return Pass(bytes: 0, seconds: 0, wellFormed: false) }
    defer { fclose(file) }
    let buffer = UnsafeMutablePointer<CChar>.allocate(capacity: chunk)
    defer { buffer.deallocate() }
    let clock = ContinuousClock()
    var bytes = 0
    var result: Int32 = 0
    let taken = clock.measure {
      let context = xmlCreatePushParserCtxt(&sax, nil, nil, 0, path)
      while true {
        let count = fread(buffer, 1, chunk, file)
        bytes += count
        result = xmlParseChunk(context, buffer, Int32(count), count == 0 ? 1 : 0)
        if count == 0 || result != 0 { break }
      }
      xmlFreeParserCtxt(context)
    }
    let seconds = Double(taken.components.seconds) + Double(taken.components.attoseconds) / 1e18
    return Pass(bytes: bytes, seconds: seconds, wellFormed: result == 0)
  }

  private static func size(of path: String) -> Int {
    guard let file = fopen(path, "rb") else { return 0 }
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    return ftell(file)
  }
}
