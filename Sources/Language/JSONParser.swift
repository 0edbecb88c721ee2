/// Where a JSON text stops being one.
package struct JSONFault: Error, Equatable, CustomStringConvertible {
  package let line: Int
  package let column: Int
  package let reason: String
  package var description: String { "line \(line), column \(column): \(reason)" }
}

extension JSON {
  /// Strict RFC 8259: UTF-8, one value, no duplicate names, at most `depth` levels.
  ///
  /// - Throws: `JSONFault` with line and column (in bytes), counted from one.
  package static func parse(_ bytes: [UInt8], depth: Int = 64) throws(JSONFault) -> JSON {
    var parser = JSONParser(bytes: bytes, maximumDepth: depth)
    return try parser.document()
  }
  package static func parse(_ text: String) throws(JSONFault) -> JSON { try parse(Array(text.utf8)) }
}

struct JSONParser {
  let bytes: [UInt8]
  let maximumDepth: Int
  private var at = 0
  private var depth = 0

  init(bytes: [UInt8], maximumDepth: Int) {
    self.bytes = bytes
    self.maximumDepth = maximumDepth
  }

  mutating func document() throws(JSONFault) -> JSON {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    let value = try self.value()
    skipSpace()
    guard at == bytes.count else { throw fault("text after the value") }
    return value
  }

  private var byte: UInt8? { at < bytes.count ? bytes[at] : nil }

  private func fault(_ reason: String) -> JSONFault {
    var line = 1
    var start = 0
    for index in 0..<min(at, bytes.count) where bytes[index] == 10 {
      line += 1
      start = index + 1
    }
    return JSONFault(line: line, column: at - start + 1, reason: reason)
  }

  private mutating func skipSpace() {
    while let byte, byte == 32 || byte == 10 || byte == 13 || byte == 9 { at += 1 }
  }

  private mutating func value() throws(JSONFault) -> JSON {
    skipSpace()
    guard let byte else { throw fault("a value is missing") }
    switch byte {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), 48...57: return try number()
    default: throw fault("a value is expected")
    }
  }

  private mutating func word(_ text: StaticString, _ value: JSON) throws(JSONFault) -> JSON {
    let expected = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    guard bytes[at...].starts(with: expected) else { throw fault("a value is expected") }
    at += expected.count
    return value
  }

  private mutating func number() throws(JSONFault) -> JSON {
    let start = at
    if byte == UInt8(ascii: "-") { at += 1 }
    let first = at
    let digits = run()
    guard digits > 0 else { throw fault("a digit is expected") }
    guard digits == 1 || bytes[first] != 48 else { throw fault("a number does not begin with 0") }
    if byte == UInt8(ascii: ".") {
      at += 1
      guard run() > 0 else { throw fault("a digit is expected after the point") }
    }
    if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
      at += 1
      if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { at += 1 }
      guard run() > 0 else { throw fault("a digit is expected in the exponent") }
    }
    return .number(String(decoding: bytes[start..<at], as: UTF8.self))
  }
  private mutating func run() -> Int {
    let start = at
    while let byte, byte >= 48 && byte <= 57 { at += 1 }
    return at - start
  }

  private mutating func string() throws(JSONFault) -> String {
    at += 1
    var text: [UInt8] = []
    while let byte {
      switch byte {
      case UInt8(ascii: "\""):
        guard let result = String(validating: text, as: UTF8.self) else {
          throw fault("the text is not UTF-8")
        }
        at += 1
        return result
      case UInt8(ascii: "\\"): try escape(into: &text)
      case 0..<32: throw fault("a control character stands in a text")
      default:
        text.append(byte)
        at += 1
      }
    }
    throw fault("the text is not closed")
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONFault) {
    at += 1
    guard let byte else { throw fault("the text is not closed") }
    at += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(8)
    case UInt8(ascii: "f"): text.append(12)
    case UInt8(ascii: "n"): text.append(10)
    case UInt8(ascii: "r"): text.append(13)
    case UInt8(ascii: "t"): text.append(9)
    case UInt8(ascii: "u"):
      var code = try unit()
      if code >= 0xD800 && code < 0xDC00 {
        guard bytes.count > at + 1, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u") else {
          throw fault("half of a surrogate pair")
        }
        at += 2
        let low = try unit()
        guard low >= 0xDC00 && low < 0xE000 else { throw fault("half of a surrogate pair") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw fault("half of a surrogate pair") }
      text.append(contentsOf: Character(scalar).utf8)
    default: throw fault("an unknown escape")
    }
  }
  private mutating func unit() throws(JSONFault) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let byte else { throw fault("four hexadecimal digits are expected") }
      let digit: UInt32
      switch byte {
      case 48...57: digit = UInt32(byte) - 48
      case 65...70: digit = UInt32(byte) - 55
      case 97...102: digit = UInt32(byte) - 87
      default: throw fault("four hexadecimal digits are expected")
      }
      code = code << 4 | digit
      at += 1
    }
    return code
  }

  private mutating func enter() throws(JSONFault) {
    depth += 1
    guard depth <= maximumDepth else { throw fault("nested deeper than \(maximumDepth) levels") }
    at += 1
    skipSpace()
  }

  private mutating func array() throws(JSONFault) -> JSON {
    try enter()
    var elements: [JSON] = []
    if byte != UInt8(ascii: "]") {
      while true {
        elements.append(try value())
        skipSpace()
        if byte == UInt8(ascii: ",") {
          at += 1
        } else {
          break
        }
      }
    }
    guard byte == UInt8(ascii: "]") else { throw fault("\",\" or \"]\" is expected") }
    at += 1
    depth -= 1
    return .array(elements)
  }

  private mutating func object() throws(JSONFault) -> JSON {
    try enter()
    var members: [(key: String, value: JSON)] = []
    var names: Set<String> = []
    if byte != UInt8(ascii: "}") {
      while true {
        skipSpace()
        guard byte == UInt8(ascii: "\"") else { throw fault("a name in quotation marks is expected") }
        let key = try string()
        guard names.insert(key).inserted else { throw fault("the name \"\(key)\" occurs twice") }
        skipSpace()
        guard byte == UInt8(ascii: ":") else { throw fault("\":\" is expected") }
        at += 1
        members.append((key, try value()))
        skipSpace()
        if byte == UInt8(ascii: ",") {
          at += 1
        } else {
          break
        }
      }
    }
    guard byte == UInt8(ascii: "}") else { throw fault("\",\" or \"}\" is expected") }
    at += 1
    depth -= 1
    return .object(members)
  }
}
