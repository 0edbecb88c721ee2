/// Where a list goes on: the sort values of the last row shown, opaque to the reader.
///
/// A keyset, not an offset: rows added or removed meanwhile shift nothing.
package struct Cursor: Sendable, Equatable {
  package enum Value: Sendable, Equatable {
    case null
    case int(Int64)
    case text(String)
  }
  package let values: [Value]

  package init(_ values: Value...) { self.values = values }
  package init(values: [Value]) { self.values = values }

  /// base64url of type marks and values.
  package var text: String {
    var bytes: [UInt8] = [1]
    for value in values {
      switch value {
      case .null: bytes.append(UInt8(ascii: "n"))
      case .int(let number):
        bytes.append(UInt8(ascii: "i"))
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
      case .text(let text):
        bytes.append(UInt8(ascii: "t"))
        withUnsafeBytes(of: UInt32(text.utf8.count).bigEndian) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: text.utf8)
      }
    }
    bytes.append(Cursor.check(bytes))
    return Base64URL.encode(bytes)
  }

  /// - Parameter shape: what each value must be, `"it"` for a number and a text; `?` allows null beside the next mark.
  /// - Returns: nil when the text was not made by `text`, or has another shape.
  package init?(_ text: String, shape: String) {
    guard text.utf8.count <= 4096, let bytes = Base64URL.decode(text), bytes.count >= 2, bytes[0] == 1,
      Cursor.check(Array(bytes.dropLast())) == bytes[bytes.count - 1]
    else { return nil }
    var rest = bytes.dropFirst().dropLast()
    var values: [Value] = []
    while let mark = rest.popFirst() {
      switch mark {
      case UInt8(ascii: "n"): values.append(.null)
      case UInt8(ascii: "i"):
        guard rest.count >= 8 else { return nil }
        let bits = rest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        rest = rest.dropFirst(8)
        values.append(.int(Int64(bitPattern: bits)))
      case UInt8(ascii: "t"):
        guard rest.count >= 4 else { return nil }
        let length = Int(rest.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
        rest = rest.dropFirst(4)
        guard rest.count >= length, let text = String(validating: rest.prefix(length), as: UTF8.self) else {
          return nil
        }
        rest = rest.dropFirst(length)
        values.append(.text(text))
      default: return nil
      }
    }
    guard Cursor.fits(values, shape) else { return nil }
    self.values = values
  }

  package func int(_ index: Int) -> Int64 {
    if index < values.count, case .int(let number) = values[index] { return number }
    return 0
  }
  package func text(_ index: Int) -> String? {
    if index < values.count, case .text(let text) = values[index] { return text }
    return nil
  }

  private static func fits(_ values: [Value], _ shape: String) -> Bool {
    var marks = shape.utf8.makeIterator()
    for value in values {
      guard var mark = marks.next() else { return false }
      var nullable = false
      if mark == UInt8(ascii: "?") {
        nullable = true
        guard let next = marks.next() else { return false }
        mark = next
      }
      switch value {
      case .null: if !nullable { return false }
      case .int: if mark != UInt8(ascii: "i") { return false }
      case .text: if mark != UInt8(ascii: "t") { return false }
      }
    }
    return marks.next() == nil
  }
  // Catches a cursor cut short or mistyped; it holds nothing secret and is bound like any value.
  private static func check(_ bytes: [UInt8]) -> UInt8 {
    bytes.reduce(UInt8(0x5A)) { ($0 &* 31) &+ $1 }
  }
}

package enum Base64URL {
  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  package static func encode(_ bytes: some Sequence<UInt8>) -> String {
    var out: [UInt8] = []
    var bits: UInt32 = 0
    var count: UInt32 = 0
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      count += 8
      while count >= 6 {
        count -= 6
        out.append(digits[Int(bits >> count & 63)])
      }
      bits &= (1 << count) - 1
    }
    if count > 0 { out.append(digits[Int(bits << (6 - count) & 63)]) }
    return String(decoding: out, as: UTF8.self)
  }
  /// Without padding; nil unless it is exactly what `encode` writes.
  package static func decode(_ text: String) -> [UInt8]? {
    var out: [UInt8] = []
    var bits: UInt32 = 0
    var count: UInt32 = 0
    for byte in text.utf8 {
      guard let digit = digits.firstIndex(of: byte) else { return nil }
      bits = bits << 6 | UInt32(digit)
      count += 6
      if count >= 8 {
        count -= 8
        out.append(UInt8(bits >> count & 255))
      }
      bits &= (1 << count) - 1
    }
    return count < 6 && bits == 0 ? out : nil
  }
}
