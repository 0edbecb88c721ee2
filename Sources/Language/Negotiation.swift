extension Language {
  /// The language to answer in: the address first, then the account, then `Accept-Language`, then the fallback.
  ///
  /// - Parameter path: first segment of the address, `ar`; ignored when it names no language offered.
  /// - Parameter account: code of the language that a person chose; ignored when it is not offered.
  /// - Parameter header: RFC 9110 §12.5.4; ranges match by RFC 4647 lookup (`zh-Hant-TW` → `zh`).
  ///   A language given `q=0` is not chosen while another is offered.
  package static func negotiate(
    path: String? = nil, account: String? = nil, acceptLanguage header: String?,
    among offered: [Language] = Language.all,
    fallback: Language = .english
  ) -> Language {
    if let path, let named = offered.first(where: { $0.code == path }) { return named }
    if let account, let own = offered.first(where: { $0.code == account }) { return own }
    guard let header, !header.isEmpty else { return fallback }
    let ranges = LanguageRange.parse(header)
    var refused: Set<String> = []
    for range in ranges where range.quality == 0 { refused.insert(range.tag) }
    for range in ranges where range.quality > 0 {
      if range.tag == "*" {
        let order = [fallback] + offered
        if let any = order.first(where: { !refused.contains($0.code.lowercased()) }) { return any }
        continue
      }
      if let match = lookup(range.tag, in: offered), !refused.contains(match.code.lowercased()) {
        return match
      }
    }
    if refused.contains(fallback.code), let other = offered.first(where: { !refused.contains($0.code) }) {
      return refused.contains("*") ? fallback : other
    }
    return fallback
  }

  /// RFC 4647 §3.4: the range is shortened from its end until a language matches.
  private static func lookup(_ tag: String, in offered: [Language]) -> Language? {
    var parts = tag.split(separator: "-")
    while !parts.isEmpty {
      let candidate = parts.joined(separator: "-")
      if let match = offered.first(where: { $0.code.lowercased() == candidate }) { return match }
      parts.removeLast()
      if parts.last?.count == 1 { parts.removeLast() }
    }
    return nil
  }
}

/// One element of an `Accept-Language` list, lower case.
struct LanguageRange: Equatable {
  let tag: String
  /// 0…1000.
  let quality: Int

  /// Best first, the header's order among equals; malformed elements are left out. At most 50 are read.
  static func parse(_ header: String) -> [LanguageRange] {
    var found: [LanguageRange] = []
    for element in header.split(separator: ",", maxSplits: 50).prefix(50) {
      let parts = element.split(separator: ";").map { trim($0) }
      guard let first = parts.first, isRange(first) else { continue }
      var quality: Int? = 1000
      for parameter in parts.dropFirst() where parameter.lowercased().hasPrefix("q=") {
        quality = weight(parameter.dropFirst(2))
      }
      if let quality { found.append(LanguageRange(tag: first.lowercased(), quality: quality)) }
    }
    return found.enumerated().sorted {
      $0.element.quality != $1.element.quality
        ? $0.element.quality > $1.element.quality : $0.offset < $1.offset
    }.map(\.element)
  }

  /// Thousandths of a qvalue (`0.75` → 750), nil when it is not one.
  static func weight(_ text: some StringProtocol) -> Int? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, whole == "0" || whole == "1" else { return nil }
    guard parts.count == 2 else { return whole == "1" ? 1000 : 0 }
    let digits = parts[1]
    guard digits.utf8.count <= 3, digits.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return nil }
    let padded = String(digits) + String(repeating: "0", count: 3 - digits.utf8.count)
    let value = (whole == "1" ? 1000 : 0) + (Int(padded) ?? 0)
    return value <= 1000 ? value : nil
  }

  private static func trim(_ text: Substring) -> Substring {
    var rest = text
    while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
    while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
    return rest
  }
  private static func isRange(_ text: Substring) -> Bool {
    if text == "*" { return true }
    return !text.isEmpty && text.utf8.count <= 64
      && text.split(separator: "-", omittingEmptySubsequences: false).allSatisfy { part in
        (1...8).contains(part.utf8.count)
          && part.utf8.allSatisfy { byte in
            (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122)
          }
      }
  }
}
