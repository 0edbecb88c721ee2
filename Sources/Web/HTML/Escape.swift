/// Writes text so that it can mean nothing but itself.
enum Escape {
  static func text(_ text: String, to bytes: inout [UInt8]) { write(text, to: &bytes, quotes: false) }
  /// For a value in double quotation marks.
  static func attribute(_ text: String, to bytes: inout [UInt8]) { write(text, to: &bytes, quotes: true) }

  private static func write(_ text: String, to bytes: inout [UInt8], quotes: Bool) {
    var text = text
    text.withUTF8 { source in
      var start = 0
      for index in 0..<source.count {
        let byte = source[index]
        // Everything above ">" is harmless, which most bytes are.
        if byte > 62 && byte != 127 { continue }
        let replacement: StaticString
        switch byte {
        case UInt8(ascii: "&"): replacement = "&amp;"
        case UInt8(ascii: "<"): replacement = "&lt;"
        case UInt8(ascii: ">"): replacement = "&gt;"
        case UInt8(ascii: "\""):
          if !quotes { continue }
          replacement = "&quot;"
        case UInt8(ascii: "'"):
          if !quotes { continue }
          replacement = "&#39;"
        case 9, 10, 13: continue
        // A control character has no place in a page.
        case 0..<32, 127: replacement = "\u{FFFD}"
        default: continue
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: source[start..<index]))
        HTML.append(replacement, to: &bytes)
        start = index + 1
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: source[start..<source.count]))
    }
  }

  /// An address that a link may lead to: relative, or `http`, `https`, `mailto`, `tel`; anything else becomes `#`.
  static func url(_ address: String) -> String {
    let scheme = address.utf8.prefix { byte in
      byte != UInt8(ascii: ":") && byte != UInt8(ascii: "/") && byte != UInt8(ascii: "?")
        && byte != UInt8(ascii: "#")
    }
    guard scheme.count < address.utf8.count,
      address.utf8[address.utf8.index(address.utf8.startIndex, offsetBy: scheme.count)] == UInt8(ascii: ":")
    else { return hasControl(address) ? "#" : address }
    let allowed = ["http", "https", "mailto", "tel"]
    return allowed.contains(String(decoding: scheme, as: UTF8.self).lowercased()) && !hasControl(address)
      ? address : "#"
  }
  // Browsers drop tabs and line breaks inside an address, so `java\tscript:` must not pass.
  private static func hasControl(_ text: String) -> Bool { text.utf8.contains { $0 < 33 || $0 == 127 } }
}
