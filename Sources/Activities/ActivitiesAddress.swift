import Documents
import Foundation

/// Where a publisher's file is: http or https, a host, no user name or password.
package struct ActivityAddress: Sendable, Equatable {
  package let text: String
  /// Last part of the path, else the host: what lists show. Never the query, which may hold a key.
  package let name: String
  package let host: String

  /// Nil for what is no such address.
  package init?(_ text: String) {
    let text = text.trimmingCharacters(in: .whitespaces)
    guard text.utf8.count <= 2_000, let parts = URLComponents(string: text),
      let scheme = parts.scheme?.lowercased(),
      scheme == "http" || scheme == "https", let host = parts.host, !host.isEmpty, parts.user == nil,
      parts.password == nil
    else { return nil }
    var clean = parts
    clean.scheme = scheme
    clean.fragment = nil
    self.text = clean.string ?? text
    self.host = host
    let last = parts.path.split(separator: "/").last.map(String.init) ?? ""
    name = String((last.isEmpty ? host : last).prefix(200))
  }
  /// Whether the text is meant as an address rather than as a path.
  package static func isMeant(_ text: String) -> Bool {
    text.firstRange(of: /^[A-Za-z][A-Za-z0-9+.-]*:\/\//) != nil
  }

  /// The finding for an address that is none of http or https.
  package static func refused(_ text: String) -> Finding {
    Finding(
      severity: .refusal, rule: .fileUnreachable, file: text, line: 0, column: 0, path: "", activity: "",
      arguments: ["host": text])
  }

  /// Fetches the file to a path. Blocks the thread.
  /// - Parameter allowed: hosts of a private network that may be asked all the same; nil asks everyone.
  /// - Returns: nil, or what stood in the way as a finding.
  package func fetch(to path: String, allowed: Set<String>?) -> Finding? {
    do {
      try Fetch.get(text, to: path, isPublicOnly: allowed.map { !$0.contains(host) } ?? false)
      return nil
    } catch {
      let rule: ActivityRule =
        switch error.kind {
        case .isPrivate: .filePrivate
        case .tooLarge: .fileTooLarge
        case .answer: .fileAnswer
        case .unreachable: .fileUnreachable
        }
      return Finding(
        severity: rule.severity, rule: rule, file: name, line: 0, column: 0, path: "", activity: "",
        arguments: ["host": host, "status": String(error.status), "limit": String(error.limit)])
    }
  }
}
