internal import Documents

// Findings: counted always, kept up to the limit of the file.
extension ReadingState {
  /// About the element that is open; `attribute` narrows it.
  @inline(never) mutating func find(
    _ rule: ActivityRule, _ cursor: XMLCursor, _ attribute: IATIName, _ arguments: [String: String]
  ) {
    let path = pathOfElement + "/@" + (attribute == .lang ? "xml:lang" : attribute.text)
    find(rule, line: cursor.line, column: cursor.column, path: path, arguments)
  }

  @inline(never) mutating func find(_ rule: ActivityRule, _ cursor: XMLCursor, _ arguments: [String: String])
  {
    find(rule, line: cursor.line, column: cursor.column, path: pathOfElement, arguments)
  }

  /// About a place that was passed already.
  @inline(never) mutating func find(
    _ rule: ActivityRule, line: Int, column: Int = 0, path: String, _ arguments: [String: String]
  ) {
    draft.findings += 1
    add(
      Finding(
        severity: rule.severity, rule: rule, file: file, line: line, column: column, path: path,
        activity: draft.identifier,
        arguments: arguments))
  }

  mutating func add(_ finding: Finding) {
    summary.findings += 1
    summary.findingsByRule[finding.rule, default: 0] += 1
    // A refusal is said even beyond the limit as long as memory is safe: it explains what is not there.
    let limit = finding.severity == .refusal ? settings.findingLimit &* 2 : settings.findingLimit
    if keptFindings < limit {
      findings.append(finding)
      keptFindings += 1
    } else {
      summary.findingsLeftOut += 1
    }
  }

  /// An element without a name space that the standard does not know: once per name and file.
  mutating func findUnknown(_ element: XMLElement, _ cursor: XMLCursor) {
    let name = element.name
    guard unknownNames.count < 200, unknownNames.insert(name).inserted else { return }
    find(
      .elementUnknown, line: cursor.line, column: cursor.column, path: path(through: depth - 1) + "/" + name,
      ["found": name])
  }

  var pathOfElement: String { path(through: depth) }

  /// `iati-activity/transaction[3]/value`: the parts of an activity carry their number, from 1.
  func path(through last: Int) -> String {
    if last < 1 { return "" }
    if last == 1 { return stack[1].text }
    var path = ""
    for level in 2...last {
      let name = stack[level]
      if level > 2 { path += "/" }
      path += name.text
      if level == 3, name != .other { path += "[\(ordinals[Int(name.rawValue)])]" }
    }
    return path
  }

  /// What stood there, short enough for a message.
  func excerpt(_ bytes: Text) -> String {
    let bytes = Decimals.trimmed(bytes)
    if bytes.count <= 80 { return string(bytes) }
    var end = 79
    while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return string(Text(rebasing: bytes[..<end])) + "…"
  }
}
