import HTTPTypes
import Hummingbird

/// Headers that every answer carries.
struct StandardHeaders: Sendable {
  let fields: HTTPFields

  private static let rules = [
    "default-src 'none'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'", "form-action 'self'",
    "frame-ancestors 'none'", "base-uri 'none'",
  ]
  static let policy = rules.joined(separator: "; ")
  /// Of the few pages that bring our own script: it may be loaded and may send to us, and no other.
  static let scriptedPolicy = (rules + ["script-src 'self'", "connect-src 'self'"]).joined(separator: "; ")

  init(isHTTPS: Bool) {
    var fields = HTTPFields()
    let forbidden = [
      "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone",
      "midi",
      "payment", "usb",
    ]
    fields.set("Content-Security-Policy", Self.policy)
    fields.set("X-Content-Type-Options", "nosniff")
    fields.set("Referrer-Policy", "same-origin")
    fields.set("Permissions-Policy", forbidden.map { $0 + "=()" }.joined(separator: ", "))
    fields.set("Cross-Origin-Opener-Policy", "same-origin")
    fields.set("Cross-Origin-Resource-Policy", "same-origin")
    fields.set("X-Frame-Options", "DENY")
    if isHTTPS { fields.set("Strict-Transport-Security", "max-age=63072000; includeSubDomains") }
    self.fields = fields
  }
}

extension HTTPFields {
  /// Sets a header by its name as text; a name or value that is no header is left out.
  mutating func set(_ name: String, _ value: String) {
    guard let name = HTTPField.Name(name), HTTPField.isValidValue(value) else { return }
    self[name] = value
  }
  /// Adds a header beside others of its name.
  mutating func add(_ name: String, _ value: String) {
    guard let name = HTTPField.Name(name), HTTPField.isValidValue(value) else { return }
    append(HTTPField(name: name, value: value))
  }
  func text(_ name: String) -> String? { HTTPField.Name(name).flatMap { self[$0] } }
}

enum ETags {
  /// Whether `If-None-Match` names the tag (weak comparison, RFC 9110 §13.1.2).
  static func matches(_ header: String, _ tag: String) -> Bool {
    if header == tag || header == "*" { return true }
    return header.split(separator: ",").contains { part in
      let one = HeaderValue.trim(part)
      return (one.hasPrefix("W/") ? String(one.dropFirst(2)) : one) == tag
    }
  }
}
