/// A catalogue of gettext, PO, as translators' tools read and write it.
package struct GettextFile: Sendable, Equatable {
  package struct Entry: Sendable, Equatable {
    /// Line of its first word, from 1.
    package var line = 0
    /// For the translator.
    package var comments: [String] = []
    package var references: [String] = []
    package var flags: Set<String> = []
    package var context: String?
    package var source = ""
    package var sourcePlural: String?
    /// One text, or one for each form.
    package var texts: [String] = []
  }
  package var header: [(name: String, value: String)]
  package var entries: [Entry]

  package init(header: [(name: String, value: String)], entries: [Entry]) {
    self.header = header
    self.entries = entries
  }
  package func header(_ name: String) -> String? { header.first { $0.name == name }?.value }

  package static func == (one: GettextFile, other: GettextFile) -> Bool {
    one.entries == other.entries && one.header.map(\.name) == other.header.map(\.name)
      && one.header.map(\.value) == other.header.map(\.value)
  }

  package var text: String {
    var out = "msgid \"\"\nmsgstr \"\"\n"
    for (name, value) in header { out += GettextFile.quote("\(name): \(value)\n") + "\n" }
    for entry in entries {
      out += "\n"
      for comment in entry.comments { out += "#. \(comment)\n" }
      if !entry.references.isEmpty { out += "#: \(entry.references.joined(separator: " "))\n" }
      if !entry.flags.isEmpty { out += "#, \(entry.flags.sorted().joined(separator: ", "))\n" }
      if let context = entry.context { out += GettextFile.line("msgctxt", context) }
      out += GettextFile.line("msgid", entry.source)
      if let plural = entry.sourcePlural {
        out += GettextFile.line("msgid_plural", plural)
        for (index, text) in entry.texts.enumerated() { out += GettextFile.line("msgstr[\(index)]", text) }
      } else {
        out += GettextFile.line("msgstr", entry.texts.first ?? "")
      }
    }
    return out
  }

  private static func line(_ word: String, _ text: String) -> String {
    let parts = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return "\(word) \(quote(text))\n" }
    let lines = parts.enumerated().map { $0.offset < parts.count - 1 ? $0.element + "\n" : $0.element }
    return "\(word) \"\"\n" + lines.filter { !$0.isEmpty }.map { quote(String($0)) + "\n" }.joined()
  }
  private static func quote(_ text: String) -> String {
    var out = "\""
    for character in text.unicodeScalars {
      switch character {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\t": out += "\\t"
      case "\r": out += "\\r"
      default: out.unicodeScalars.append(character)
      }
    }
    return out + "\""
  }
}

/// A line of a PO file that is not as the format wants it.
package struct GettextFault: Error, Sendable, Equatable {
  package let line: Int
  package let found: String
}
