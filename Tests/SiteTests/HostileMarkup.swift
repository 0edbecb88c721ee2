import Foundation

/// A strict reading of a page's markup, as a browser would read it: every element and attribute.
///
/// What the pages are made of is listed; anything else came from data that was not escaped.
struct HostileMarkup {
  static let elements: Set<String> = [
    "html", "head", "meta", "title", "link", "body", "header", "nav", "main", "footer", "section", "article",
    "aside",
    "div", "span", "p", "a", "ul", "ol", "li", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "table", "caption",
    "thead",
    "tbody", "tfoot", "tr", "th", "td", "form", "fieldset", "legend", "label", "input", "select", "option",
    "optgroup",
    "textarea", "button", "details", "summary", "bdi", "bdo", "time", "strong", "em", "small", "code", "pre",
    "br", "hr",
    "blockquote", "q", "cite", "abbr", "figure", "figcaption", "progress", "meter", "output", "search", "sup",
    "sub",
    "kbd", "samp", "colgroup", "col", "img", "data", "b", "i",
    // Of charts, and of the pages that send files.
    "svg", "defs", "pattern", "rect", "line", "circle", "text", "script",
  ]
  /// Of charts alone.
  static let drawn: Set<String> = [
    "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "transform", "text-anchor", "fill", "focusable",
    "patternunits",
    "patterntransform",
  ]
  private static let shapes: Set<String> = ["svg", "pattern", "rect", "line", "circle", "text"]
  static let attributes: Set<String> = [
    "lang", "dir", "charset", "name", "content", "rel", "href", "type", "class", "id", "role", "tabindex",
    "for", "value",
    "action", "method", "scope", "headers", "colspan", "rowspan", "hreflang", "title", "datetime", "selected",
    "checked",
    "disabled", "required", "multiple", "enctype", "maxlength", "minlength", "min", "max", "step", "pattern",
    "placeholder", "autocomplete", "inputmode", "spellcheck", "open", "hidden", "alt", "src", "width",
    "height", "rows",
    "cols", "http-equiv", "start", "reversed", "media", "sizes", "accept", "download", "autocapitalize",
    "autofocus",
    "cite", "size", "translate", "novalidate", "itemprop", "readonly", "list", "label", "span",
  ]

  /// Sentences about what does not belong.
  private(set) var faults: [String] = []
  /// Text of the page, references resolved.
  private(set) var text = ""
  private(set) var count = 0

  init(_ page: String) {
    var rest = Substring(page)
    if rest.lowercased().hasPrefix("<!doctype html>") { rest = rest.dropFirst(15) }
    while let mark = rest.firstIndex(of: "<") {
      text += HostileMarkup.plain(rest[..<mark])
      rest = rest[mark...]
      rest = tag(rest)
    }
    text += HostileMarkup.plain(rest)
  }

  /// Reads one tag; returns what follows it.
  private mutating func tag(_ source: Substring) -> Substring {
    var rest = source.dropFirst()
    let isEnd = rest.first == "/"
    if isEnd { rest = rest.dropFirst() }
    let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "-" }
    guard !name.isEmpty, name.first?.isLetter == true else {
      faults.append("a bare <: \(source.prefix(60))")
      text += "<"
      return source.dropFirst()
    }
    rest = rest.dropFirst(name.count)
    count += 1
    // A script is a file: nothing stands in it.
    if name == "script" && !isEnd && !source.drop(while: { $0 != ">" }).hasPrefix("></script>") {
      faults.append("a script with content: \(source.prefix(80))")
    }
    if !HostileMarkup.elements.contains(name.lowercased()) {
      faults.append("element <\(name)>: \(source.prefix(80))")
    }
    var names: Set<String> = []
    while true {
      rest = rest.drop { $0.isWhitespace }
      if rest.first == ">" { return rest.dropFirst() }
      if rest.hasPrefix("/>") { return rest.dropFirst(2) }
      let attribute = rest.prefix { !$0.isWhitespace && $0 != "=" && $0 != ">" && $0 != "/" }
      guard !attribute.isEmpty else {
        faults.append("tag never ends: \(source.prefix(80))")
        return source.dropFirst()
      }
      rest = rest.dropFirst(attribute.count)
      var value = ""
      if rest.first == "=" {
        rest = rest.dropFirst()
        guard let quote = rest.first, quote == "\"" else {
          faults.append("value without quotation marks: \(source.prefix(120))")
          return rest
        }
        rest = rest.dropFirst()
        let raw = rest.prefix { $0 != quote }
        rest = rest.dropFirst(raw.count).dropFirst()
        value = HostileMarkup.plain(raw)
        if raw.contains("<") { faults.append("< in a value: \(raw.prefix(80))") }
      }
      check(name.lowercased(), attribute.lowercased(), value, isEnd, &names)
    }
  }
  private mutating func check(
    _ element: String, _ attribute: String, _ value: String, _ isEnd: Bool, _ names: inout Set<String>
  ) {
    if isEnd { faults.append("attribute in an end tag: \(attribute)") }
    if !names.insert(attribute).inserted { faults.append("\(attribute) twice in <\(element)>") }
    let isKnown =
      HostileMarkup.attributes.contains(attribute) || attribute.hasPrefix("aria-")
      || attribute.hasPrefix("data-") || (element == "script" && attribute == "defer")
      || (HostileMarkup.shapes.contains(element) && HostileMarkup.drawn.contains(attribute))
    // What charts are drawn with names nothing outside the page, and the one script is a file of ours.
    if attribute == "fill" && !value.hasPrefix("url(#mark-") { faults.append("fill leads to \(value)") }
    if element == "script" && attribute == "src" && !value.hasPrefix("/assets/wasl.") {
      faults.append("a script from \(value)")
    }
    if !isKnown || attribute.contains("zqx") { faults.append("attribute \(attribute) in <\(element)>") }
    guard ["href", "src", "action", "cite"].contains(attribute) else { return }
    let address = value.lowercased().filter { !$0.isWhitespace }
    let isSafe = ["/", "#", "?", "https://", "http://", "mailto:"].contains { address.hasPrefix($0) }
    if !isSafe || address.hasPrefix("//") { faults.append("\(attribute) leads to \(value.prefix(60))") }
  }

  /// Character references resolved, as a browser does in text and values.
  private static func plain(_ text: Substring) -> String {
    guard text.contains("&") else { return String(text) }
    var plain = String(text)
    for (reference, character) in references { plain = plain.replacing(reference, with: character) }
    return plain
  }
  // The ampersand last, so that nothing is resolved twice.
  private static let references = [
    ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#34;", "\""), ("&#x27;", "'"),
    ("&amp;", "&"),
  ]
}
