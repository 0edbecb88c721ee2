import Foundation

/// A delivery report (RFC 3464 inside RFC 6522) as far as we need it: which letter, and what became of it.
struct MailReport: Sendable {
  /// Left parts of the Message-IDs that may be our letter's.
  let messageIDs: [String]
  let isFailure: Bool
  /// `5.1.1`
  let status: String
  /// In the words of the reporting server.
  let reason: String

  /// nil when the bytes are no report, or one of a delay only.
  init?(_ bytes: [UInt8]) {
    guard bytes.count <= 2_000_000 else { return nil }
    let whole = MailPart(bytes)
    guard whole.type == "multipart/report" else { return nil }
    let parts = whole.parts
    guard
      let told = parts.first(where: {
        $0.type == "message/delivery-status" || $0.type == "message/global-delivery-status"
      })
    else { return nil }
    // Groups of fields apart by an empty line: of the message, then of each recipient.
    let groups = MailPart.groups(told.decoded)
    let recipients = groups.dropFirst()
    let failed = recipients.first { $0["action"]?.lowercased() == "failed" }
    let delivered = recipients.first { $0["action"]?.lowercased() == "delivered" }
    guard let group = failed ?? delivered else { return nil }
    isFailure = failed != nil
    status = String((group["status"] ?? "").prefix { $0.isNumber || $0 == "." })
    let diagnostic = group["diagnostic-code"].map { $0.drop { $0 != ";" }.dropFirst() } ?? ""
    reason = [status, diagnostic.trimmingCharacters(in: .whitespaces)].filter { !$0.isEmpty }.joined(
      separator: " ")

    var named = groups.compactMap { $0["original-message-id"] ?? $0["x-original-message-id"] }
    let returned: Set = ["message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"]
    for part in parts where returned.contains(part.type) {
      if let id = MailPart(part.decoded).headers["message-id"] { named.append(id) }
    }
    named += [whole.headers["in-reply-to"], whole.headers["references"]].compactMap { $0 }
    messageIDs = named.flatMap { $0.split { " <>,\t".contains($0) } }.compactMap { id in
      id.split(separator: "@").first.map { String($0).lowercased() }
    }
  }
}

/// One part of a MIME message.
struct MailPart: Sendable {
  let headers: [String: String]
  let body: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) {
    let (head, body) = Self.split(bytes)
    headers = Self.fields(head)
    self.body = body
  }

  /// `multipart/report`, in small letters.
  var type: String {
    let value = headers["content-type"] ?? "text/plain"
    return value.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
  }
  private var boundary: String? {
    guard let value = headers["content-type"],
      let match = value.firstMatch(of: /(?i)boundary\s*=\s*(?:"([^"]+)"|([^\s;]+))/)
    else { return nil }
    return String(match.1 ?? match.2 ?? "")
  }

  /// The direct parts of a multipart.
  var parts: [MailPart] {
    guard let boundary, !boundary.isEmpty else { return [] }
    let mark = Array("--\(boundary)".utf8)
    var parts: [MailPart] = []
    var current: [UInt8]?
    for line in Self.lines(body) {
      let bare = Self.trimmed(line)
      if bare == mark || bare == mark + [45, 45] {
        if let current { parts.append(MailPart(current)) }
        current = []
        if bare.count > mark.count { return parts }
      } else if current != nil {
        current?.append(contentsOf: line)
      }
    }
    // A report cut short: its last part still counts.
    if let current, !current.isEmpty { parts.append(MailPart(current)) }
    return parts
  }

  /// Without its transfer encoding.
  var decoded: [UInt8] {
    switch headers["content-transfer-encoding"]?.lowercased() {
    case "base64": Array(Data(base64Encoded: Data(body), options: .ignoreUnknownCharacters) ?? Data())
    case "quoted-printable": Self.unquote(body)
    default: Array(body)
    }
  }

  /// Fields in groups apart by empty lines; names in small letters, values unfolded, the first of a name counts.
  static func groups(_ bytes: [UInt8]) -> [[String: String]] {
    var groups: [[String: String]] = []
    var current: [UInt8] = []
    for line in lines(bytes[...]) + [[10]] {
      if trimmed(line).isEmpty {
        if !current.isEmpty { groups.append(fields(current[...])) }
        current = []
      } else {
        current.append(contentsOf: line)
      }
    }
    return groups
  }

  private static func split(_ bytes: [UInt8]) -> (ArraySlice<UInt8>, ArraySlice<UInt8>) {
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 10) ?? bytes.count - 1
      if bytes[start] == 10 || (bytes[start] == 13 && end == start + 1) {
        return (bytes[..<start], bytes[(end + 1)...])
      }
      start = end + 1
    }
    return (bytes[...], [])
  }
  private static func fields(_ bytes: ArraySlice<UInt8>) -> [String: String] {
    var unfolded: [String] = []
    for line in lines(bytes) {
      let text = String(decoding: trimmed(line), as: UTF8.self)
      if let first = line.first, first == 32 || first == 9, let last = unfolded.popLast() {
        unfolded.append(last + " " + text.trimmingCharacters(in: .whitespaces))
      } else {
        unfolded.append(text)
      }
    }
    var fields: [String: String] = [:]
    for line in unfolded {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let name = line[..<colon].trimmingCharacters(in: .whitespaces).lowercased()
      let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      if fields[name] == nil { fields[name] = value }
    }
    return fields
  }
  /// Each with its line break.
  private static func lines(_ bytes: ArraySlice<UInt8>) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var start = bytes.startIndex
    while start < bytes.endIndex {
      let end = bytes[start...].firstIndex(of: 10).map { $0 + 1 } ?? bytes.endIndex
      lines.append(Array(bytes[start..<end]))
      start = end
    }
    return lines
  }
  private static func trimmed(_ line: [UInt8]) -> [UInt8] {
    var line = line
    while let last = line.last, [10, 13, 32, 9].contains(last) { line.removeLast() }
    return line
  }
  private static func unquote(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "=") else {
        out.append(byte)
        continue
      }
      let two = rest.prefix(2)
      if let value = UInt8(String(decoding: two, as: UTF8.self), radix: 16), two.count == 2 {
        out.append(value)
        rest = rest.dropFirst(2)
      } else if rest.first == 13 || rest.first == 10 {
        if rest.popFirst() == 13, rest.first == 10 { rest = rest.dropFirst() }
      }
    }
    return out
  }
}
