import CICU

/// Unicode normal forms.
package enum Normal {
  /// NFKC with case folded; a text in ASCII comes back at once, as it stands.
  package static func folded(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 128 }) { return text }
    let length = Int32(text.utf8.count)
    var out = [CChar](repeating: 0, count: text.utf8.count * 4 + 64)
    var needed = wasl_fold(text, length, &out, Int32(out.count))
    if Int(needed) > out.count {
      out = [CChar](repeating: 0, count: Int(needed))
      needed = wasl_fold(text, length, &out, needed)
    }
    guard needed >= 0, Int(needed) <= out.count else { return text }
    return String(decoding: out.prefix(Int(needed)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Normal form C; a text in ASCII comes back at once.
  package static func composed(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 128 }) { return text }
    let length = Int32(text.utf8.count)
    var out = [CChar](repeating: 0, count: text.utf8.count * 3 + 16)
    let needed = wasl_compose(text, length, &out, Int32(out.count))
    guard needed >= 0, Int(needed) <= out.count else { return text }
    return String(decoding: out.prefix(Int(needed)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
