extension GettextFile {
  /// Reads a PO file; obsolete entries (`#~`) and what stood before (`#|`) are left out.
  ///
  /// - Returns: also every line that is not understood.
  package static func parse(_ text: String) -> (file: GettextFile, faults: [GettextFault]) {
    var parser = GettextParser()
    // A carriage return and a line feed are one character to Swift.
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      parser.read(line, number: index + 1)
    }
    parser.close()
    var header: [(name: String, value: String)] = []
    var entries = parser.entries
    if let first = entries.firstIndex(where: { $0.source.isEmpty && $0.context == nil }) {
      for line in (entries[first].texts.first ?? "").split(separator: "\n") {
        let parts = line.split(separator: ":", maxSplits: 1)
        if parts.count == 2 { header.append((String(parts[0]), String(parts[1].drop { $0 == " " }))) }
      }
      entries.remove(at: first)
    }
    return (GettextFile(header: header, entries: entries), parser.faults)
  }
}

private struct GettextParser {
  private enum Part {
    case context, source, plural
    case text(Int)
  }
  var entries: [GettextFile.Entry] = []
  var faults: [GettextFault] = []
  private var current = GettextFile.Entry()
  private var part: Part?
  private var hasSource = false
  private var hasText = false

  mutating func read(_ line: Substring, number: Int) {
    var rest = line
    if number == 1, rest.unicodeScalars.first?.value == 0xFEFF { rest.unicodeScalars.removeFirst() }
    rest = rest.drop { $0 == " " || $0 == "\t" }
    while rest.last == " " || rest.last == "\t" { rest.removeLast() }
    if rest.isEmpty { return }
    if rest.first == "#" { return comment(rest, number) }
    if rest.first == "\"" {
      guard let part, let text = unquoted(rest) else { return refuse(rest, number) }
      return add(text, to: part)
    }
    guard let space = rest.firstIndex(where: { $0 == " " || $0 == "\t" || $0 == "\"" }) else {
      return refuse(rest, number)
    }
    let word = rest[..<space]
    guard let text = unquoted(rest[space...].drop { $0 == " " || $0 == "\t" }) else {
      return refuse(rest, number)
    }
    switch word {
    case "msgctxt":
      begin(number)
      current.context = ""
      add(text, to: .context)
    case "msgid":
      if hasSource { begin(number) }
      if current.line == 0 { current.line = number }
      hasSource = true
      add(text, to: .source)
    case "msgid_plural":
      current.sourcePlural = ""
      add(text, to: .plural)
    case "msgstr":
      guard hasSource, !hasText else { return refuse(rest, number) }
      hasText = true
      current.texts = [""]
      add(text, to: .text(0))
    default:
      guard hasSource, word.hasPrefix("msgstr["), word.hasSuffix("]"),
        let index = Int(word.dropFirst(7).dropLast()),
        index == current.texts.count
      else { return refuse(rest, number) }
      hasText = true
      current.texts.append("")
      add(text, to: .text(index))
    }
  }

  mutating func close() {
    if hasSource && hasText {
      entries.append(current)
    } else if hasSource || current.context != nil {
      faults.append(GettextFault(line: max(current.line, 1), found: current.context ?? current.source))
    }
    current = GettextFile.Entry()
    part = nil
    hasSource = false
    hasText = false
  }
  private mutating func begin(_ number: Int) {
    if hasSource { close() }
    current.line = number
  }
  private mutating func comment(_ line: Substring, _ number: Int) {
    // What stands before an entry belongs to it.
    if hasText { close() }
    switch line.dropFirst().first {
    case ",":
      for flag in line.dropFirst(2).split(separator: ",") { current.flags.insert(flag.filter { $0 != " " }) }
    case ".": current.comments.append(String(line.dropFirst(2).drop { $0 == " " }))
    case ":": current.references += line.dropFirst(2).split(separator: " ").map(String.init)
    default: break
    }
  }
  private mutating func add(_ text: String, to part: Part) {
    self.part = part
    switch part {
    case .context: current.context = (current.context ?? "") + text
    case .source: current.source += text
    case .plural: current.sourcePlural = (current.sourcePlural ?? "") + text
    case .text(let index): current.texts[index] += text
    }
  }
  private mutating func refuse(_ line: Substring, _ number: Int) {
    faults.append(GettextFault(line: number, found: String(line.prefix(80))))
  }
  private func unquoted(_ text: Substring) -> String? {
    guard text.count >= 2, text.first == "\"", text.last == "\"" else { return nil }
    var out = ""
    var rest = text.dropFirst().dropLast()
    while let character = rest.popFirst() {
      if character == "\"" { return nil }
      guard character == "\\" else {
        out.append(character)
        continue
      }
      switch rest.popFirst() {
      case "n": out += "\n"
      case "t": out += "\t"
      case "r": out += "\r"
      case "\"": out += "\""
      case "\\": out += "\\"
      default: return nil
      }
    }
    return out
  }
}
