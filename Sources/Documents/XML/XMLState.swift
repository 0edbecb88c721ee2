internal import CXML

/// What one reading carries from call to call. Lives at a fixed address that the parser hands back.
struct XMLState {
  private let context: UnsafeMutablePointer<xmlParserCtxt>
  private let user: XMLHandler.Address
  private let startElement: XMLHandler.Start
  private let endText: XMLHandler.Text
  private let endElement: XMLHandler.End
  private var isStopped = false
  private let limits: XMLLimits
  private let names: XMLNames
  private let input: XMLInput
  private(set) var problem: XMLProblem?

  private var depth = 0
  private var sawRoot = false
  private let slots: UnsafeMutablePointer<XMLAttribute>
  private var buffer: UnsafeMutablePointer<UInt8>
  private var capacity = 65_536
  /// Up to here nothing needs to be asked: the smaller of the buffer and the limit.
  private var ceiling = 0
  private var count = 0
  private var isBlank = true

  init(
    context: UnsafeMutablePointer<xmlParserCtxt>, handler: XMLHandler, limits: XMLLimits, names: XMLNames,
    input: XMLInput
  ) {
    self.context = context
    user = handler.user
    startElement = handler.start
    endText = handler.text
    endElement = handler.end
    self.limits = limits
    self.names = names
    self.input = input
    slots = .allocate(capacity: limits.attributes + 1)
    buffer = .allocate(capacity: capacity)
    ceiling = min(capacity, limits.textLength)
  }

  func free() {
    buffer.deallocate()
    slots.deallocate()
    names.free()
  }

  @inline(__always) static func from(_ user: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<XMLState> {
    // The parser returns the address it was given, never nil.
    user.unsafelyUnwrapped.assumingMemoryBound(to: XMLState.self)
  }

  private var cursor: XMLCursor { XMLCursor(context: context) }

  mutating func start(
    _ local: UnsafePointer<UInt8>?, _ prefix: UnsafePointer<UInt8>?, _ count: Int32,
    _ attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
  ) {
    guard !isStopped, let local, isComplete else { return }
    flush()
    depth &+= 1
    if depth > limits.depth { return fail(.tooDeep, limit: limits.depth) }
    if count > limits.attributes { return fail(.tooManyAttributes, limit: limits.attributes) }
    if !sawRoot {
      sawRoot = true
      if Self.isHTML(local) { return fail(.html) }
    }
    var filled = 0
    if let attributes {
      var index = 0
      while index < Int(count) &* 5 {
        if let name = attributes[index], let start = attributes[index &+ 3], let end = attributes[index &+ 4]
        {
          let value = UnsafeBufferPointer(start: start, count: end - start)
          if value.count > limits.attributeLength {
            return fail(.attributeTooLong, limit: limits.attributeLength)
          }
          let symbol = names.symbol(name, prefix: attributes[index &+ 1])
          (slots + filled).initialize(to: XMLAttribute(symbol: symbol, local: name, value: value))
          filled &+= 1
        }
        index &+= 5
      }
    }
    let symbol = prefix == nil ? names.symbol(local) : 0
    if symbol == 0, Int(xmlStrlen(local)) > limits.nameLength {
      return fail(.nameTooLong, limit: limits.nameLength)
    }
    let list = UnsafeBufferPointer(start: UnsafePointer(slots), count: filled)
    let element = XMLElement(symbol: symbol, local: local, prefix: prefix, attributes: list)
    withUnsafePointer(to: element) {
      startElement(user, UnsafeRawPointer($0), UnsafeMutableRawPointer(context))
    }
  }

  /// The parser calls also for a tag that is cut off or goes wrong after its last attribute; its complaint follows.
  @inline(__always) private var isComplete: Bool {
    guard let next = context.pointee.input?.pointee.cur?.pointee else { return false }
    return next == UInt8(ascii: ">") || next == UInt8(ascii: "/")
  }

  mutating func end(_ local: UnsafePointer<UInt8>?, _ prefix: UnsafePointer<UInt8>?) {
    guard !isStopped, let local else { return }
    flush()
    depth &-= 1
    endElement(user, prefix == nil ? names.symbol(local) : 0, UnsafeMutableRawPointer(context))
  }

  mutating func text(_ bytes: UnsafePointer<UInt8>?, _ length: Int32) {
    guard !isStopped, let bytes else { return }
    let length = Int(length)
    if isBlank {
      var index = 0
      while index < length, bytes[index] <= 0x20 { index &+= 1 }
      // The parser lets no other control character than white space through.
      if index < length { isBlank = false }
    }
    if count &+ length > ceiling {
      if count &+ length > limits.textLength { return fail(.textTooLong, limit: limits.textLength) }
      grow(to: count &+ length)
    }
    (buffer + count).update(from: bytes, count: length)
    count &+= length
  }

  @inline(__always) private mutating func flush() {
    if count == 0 { return }
    if !isBlank { endText(user, buffer, count, UnsafeMutableRawPointer(context)) }
    count = 0
    isBlank = true
  }

  private mutating func grow(to needed: Int) {
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: needed * 2)
    larger.update(from: buffer, count: count)
    buffer.deallocate()
    buffer = larger
    capacity = needed * 2
    ceiling = min(capacity, limits.textLength)
  }
}

// MARK: Problems

extension XMLState {
  mutating func documentType(_ name: UnsafePointer<UInt8>?) {
    if let name, Self.isHTML(name) { fail(.html) }
  }

  mutating func refuse(_ kind: XMLProblem.Kind, _ name: UnsafePointer<UInt8>?) {
    fail(kind, ["name": name.map { String(cString: $0) } ?? ""])
  }

  private mutating func fail(_ kind: XMLProblem.Kind, limit: Int) { fail(kind, ["limit": String(limit)]) }

  private mutating func fail(_ kind: XMLProblem.Kind, _ arguments: [String: String] = [:]) {
    guard problem == nil else { return }
    isStopped = true
    problem = XMLProblem(kind, line: cursor.line, column: cursor.column, arguments)
    context.pointee.disableSAX = 1
  }

  /// The parser's own complaint; the first fatal one counts.
  mutating func failed(_ error: xmlError) {
    // Once the calls are switched off, by a handler or by a cancelled source, complaints are only the echo of that.
    guard problem == nil, error.level == XML_ERR_FATAL, context.pointee.disableSAX == 0 else { return }
    if input.problem != nil { return }
    let words = (error.message.map { String(cString: $0) } ?? "").trimmingNewlines
    let kind = kind(of: error.code, words: words)
    var arguments = ["error": words]
    // The parser's own limits, when they were met before ours.
    if kind == .attributeTooLong || kind == .textTooLong { arguments["limit"] = "10000000" }
    if kind == .nameTooLong { arguments["limit"] = "50000" }
    if kind == .tooDeep { arguments["limit"] = "256" }
    if kind == .undeclaredEntity { arguments["name"] = Self.quoted(words) }
    if kind == .truncated { arguments["name"] = context.pointee.name.map { String(cString: $0) } ?? "" }
    fail(kind, arguments)
  }

  /// The first name in quotation marks, else the words.
  private static func quoted(_ words: String) -> String {
    let parts = words.split(separator: "'", omittingEmptySubsequences: false)
    return parts.count > 2 ? String(parts[1]) : words
  }

  private func kind(of code: Int32, words: String) -> XMLProblem.Kind {
    let code = UInt32(bitPattern: code)
    if input.total == 0 { return .empty }
    if !sawRoot, !startsLikeXML { return .notXML }
    if words.contains("too long") || words.contains("too big") || words.contains("Huge")
      || words.contains("huge")
    {
      if code == XML_ERR_NAME_TOO_LONG.rawValue || words.contains("ame") { return .nameTooLong }
      return words.contains("AttValue") ? .attributeTooLong : .textTooLong
    }
    if words.contains("Excessive depth") { return .tooDeep }
    let rest = restOfInput
    // A character cut in half by the end of the file is not a wrong encoding.
    if input.hasEnded, rest > 0, rest < 4, context.pointee.input.pointee.cur.pointee >= 0xC0 {
      return .truncated
    }
    if words.hasPrefix("Input is not proper UTF-8") { return .encoding }
    switch code {
    case XML_ERR_INVALID_CHAR.rawValue, XML_ERR_INVALID_CHARREF.rawValue: return .forbiddenCharacter
    case XML_ERR_INVALID_ENCODING.rawValue, XML_ERR_UNKNOWN_ENCODING.rawValue,
      XML_ERR_UNSUPPORTED_ENCODING.rawValue,
      XML_I18N_CONV_FAILED.rawValue, XML_I18N_NO_HANDLER.rawValue:
      return .encoding
    case XML_ERR_UNDECLARED_ENTITY.rawValue, XML_WAR_UNDECLARED_ENTITY.rawValue: return .undeclaredEntity
    default: break
    }
    if rest > 0, context.pointee.input.pointee.cur.pointee == 0 { return .forbiddenCharacter }
    if input.hasEnded, !restClosesATag { return .truncated }
    return .malformed
  }

  /// Reports what ended the reading without a complaint of the parser.
  mutating func finish() {
    if let bytes = input.problem {
      problem = XMLProblem(
        .unreadable, line: cursor.line, column: cursor.column,
        bytes.arguments.merging(["kind": bytes.kind.rawValue]) { $1 })
    } else if problem == nil, context.pointee.wellFormed == 0, context.pointee.disableSAX == 0 {
      problem = XMLProblem(
        input.total == 0 ? .empty : .malformed, line: cursor.line, column: cursor.column, ["error": ""])
    }
  }

  private var restOfInput: Int {
    guard let input = context.pointee.input, let current = input.pointee.cur, let end = input.pointee.end
    else { return 0 }
    return end - current
  }

  /// What is left after the complaint has a `>`: the file goes on, so it was not cut there.
  private var restClosesATag: Bool {
    guard let current = context.pointee.input?.pointee.cur else { return false }
    for index in 0..<restOfInput where current[index] == UInt8(ascii: ">") { return true }
    return false
  }

  private var startsLikeXML: Bool {
    var head = input.head[...]
    if head.starts(with: [0xEF, 0xBB, 0xBF]) { head = head.dropFirst(3) }
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) { return true }
    let first = head.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D && $0 != 0 }
    return first == UInt8(ascii: "<")
  }

  private static func isHTML(_ name: UnsafePointer<UInt8>) -> Bool {
    let html: [UInt8] = [0x68, 0x74, 0x6D, 0x6C, 0]
    for (index, letter) in html.enumerated() {
      if name[index] | (letter == 0 ? 0 : 0x20) != letter { return false }
    }
    return true
  }
}

extension String {
  fileprivate var trimmingNewlines: String {
    var text = self
    while let last = text.last, last.isNewline { text.removeLast() }
    return text
  }
}
