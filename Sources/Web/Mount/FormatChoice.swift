import Language

/// The form of an answer: by suffix, else by `Accept`, else by where it was asked for.
enum FormatChoice {
  /// - Returns: nil when nothing that `Accept` takes can be given (406).
  static func choose(accept: String?, face: Route.Face) -> Format? {
    let standard: Format = face == .page ? .html : .json
    guard let accept, !accept.isEmpty, accept != "*/*" else { return standard }
    // What browsers send begins so; most requests end here.
    if face == .page && accept.hasPrefix("text/html") { return .html }
    let offered: [Format] = face == .page ? [.html, .json, .csv, .xlsx] : [.json, .csv, .xlsx]
    var best: (format: Format, quality: Int)?
    for format in offered {
      let quality = weight(of: format, in: accept)
      if quality > 0 && quality > best?.quality ?? 0 { best = (format, quality) }
    }
    return best?.format
  }

  /// The most specific range that covers the type decides (RFC 9110 §12.5.1).
  private static func weight(of format: Format, in accept: String) -> Int {
    let type = String(format.mediaType.prefix { $0 != ";" })
    let family = type.prefix { $0 != "/" } + "/*"
    var found: (precision: Int, quality: Int) = (-1, 0)
    for part in accept.split(separator: ",").prefix(30) {
      let range = HeaderValue(part)
      let precision: Int
      switch range.word {
      case type: precision = 2
      case family[...]: precision = 1
      case "*/*": precision = 0
      default: continue
      }
      let quality = range["q"].map { LanguageWeight.parse($0) } ?? 1000
      if precision > found.precision { found = (precision, quality) }
    }
    return found.quality
  }

  /// `needs.csv` → `needs`, CSV; other dots belong to the name.
  static func suffix(of path: Substring) -> (path: Substring, format: Format)? {
    for format in Format.allCases where path.hasSuffix("." + format.rawValue) {
      let rest = path.dropLast(format.rawValue.count + 1)
      if !rest.isEmpty && !rest.hasSuffix("/") { return (rest, format) }
    }
    return nil
  }
}

/// A `q` value in thousandths; 0 for what is none.
enum LanguageWeight {
  static func parse(_ text: String) -> Int {
    guard let value = Double(text), value >= 0, value <= 1, text.utf8.count <= 5 else { return 0 }
    return Int((value * 1000).rounded())
  }
}
