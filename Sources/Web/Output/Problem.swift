package import Language

/// Something refused, told to people and to programs alike (RFC 9457).
///
/// The code is stable and is also the key of the sentence that says what is wrong; `<code>.mend`, where it has a
/// text, says what to do about it.
package struct Problem: Error, Sendable {
  package let status: Int
  package let code: String
  package let arguments: [String: Argument]
  /// All faults at once, each with its place.
  package let faults: [Fault]
  /// Extra members for programs (`expected`, `found`).
  package let members: [(key: String, value: JSON)]
  var headers: [(name: String, value: String)] = []

  package init(
    _ status: Int, _ code: String, _ arguments: [String: Argument] = [:], faults: [Fault] = [],
    members: [(key: String, value: JSON)] = []
  ) {
    self.status = status
    self.code = code
    self.arguments = arguments
    self.faults = faults
    self.members = members
  }

  func with(header name: String, _ value: String) -> Problem {
    var copy = self
    copy.headers.append((name, value))
    return copy
  }
}

/// One fault: where, and the sentence about it.
package struct Fault: Error, Sendable, Equatable {
  package enum Place: Sendable, Equatable {
    /// A field of a form or member of a JSON body; parts of a nested one are joined by `.`.
    case field(String)
    case query(String)
    case header(String)
    case line(Int, column: Int)
    /// Row of a table counted from one, and the column's name.
    case cell(row: Int, column: String)
  }
  package let place: Place
  package let key: String
  package let arguments: [String: Argument]

  package init(_ place: Place, _ key: String, _ arguments: [String: Argument] = [:]) {
    self.place = place
    self.key = key
    self.arguments = arguments
  }
  package static func fault(field: String, _ key: String, _ arguments: [String: Argument] = [:]) -> Fault {
    Fault(.field(field), key, arguments)
  }
}

extension Problem {
  /// 422 with every fault.
  package static func invalid(_ faults: [Fault]) -> Problem { Problem(422, "web.invalid", faults: faults) }
  /// 400 for an address that cannot be read.
  package static func badQuery(_ faults: [Fault]) -> Problem { Problem(400, "web.bad-query", faults: faults) }
  package static let notFound = Problem(404, "web.not-found")
  package static let forbidden = Problem(403, "web.forbidden")
  package static let signIn = Problem(401, "web.sign-in")
  /// 403: the second factor was not shown in this session. A page sends there.
  package static let proofNeeded = Problem(403, "web.proof-needed")
  /// 429: too many attempts.
  package static func wait(seconds: Int64) -> Problem {
    Problem(429, "web.wait", ["count": .number(Int((seconds + 59) / 60))]).with(
      header: "Retry-After", String(seconds))
  }
  /// 429: too many requests.
  static func tooMany(seconds: Int64) -> Problem {
    Problem(429, "web.too-many", ["count": .number(Int(seconds))]).with(
      header: "Retry-After", String(seconds))
  }
  package static let unavailable = Problem(503, "web.unavailable")
  package static let conflict = Problem(409, "web.conflict")
  /// 412: the record moved on since it was read.
  package static let changedMeanwhile = Problem(412, "web.changed")
  /// 428: a change must name the version it read.
  package static let versionRequired = Problem(428, "web.version-required")
  package static func tooLarge(limit: Int) -> Problem {
    Problem(413, "web.too-large", ["limit": .number(limit / 1024)])
  }
  static let internalError = Problem(500, "web.internal")
  static let badRequest = Problem(400, "web.bad-request")
  static let crossSite = Problem(403, "web.cross-site")
  static let formExpired = Problem(403, "web.form-expired")
  static let unknownHost = Problem(421, "web.host")
  static let mediaType = Problem(415, "web.media-type")
  static let notAcceptable = Problem(406, "web.not-acceptable")
  static func method(allowed: [String]) -> Problem {
    Problem(405, "web.method", ["allowed": .text(allowed.joined(separator: ", "))])
      .with(header: "Allow", allowed.joined(separator: ", "))
  }
}

extension Fault {
  /// The field's name, for the summary's link and for the words beside the field.
  package var field: String? {
    switch place {
    case .field(let name), .query(let name): name
    default: nil
    }
  }
  package func text(_ t: Translator) -> String { t(key, arguments) }

  func json(_ t: Translator) -> JSON {
    var members: [(key: String, value: JSON)] = []
    switch place {
    case .field(let name):
      let pointer = name.split(separator: ".").map { part in
        part.split(separator: "~", omittingEmptySubsequences: false).joined(separator: "~0")
          .split(separator: "/", omittingEmptySubsequences: false).joined(separator: "~1")
      }
      members.append(("pointer", .string("#/" + pointer.joined(separator: "/"))))
    case .query(let name): members.append(("parameter", .string(name)))
    case .header(let name): members.append(("header", .string(name)))
    case .line(let line, let column):
      members.append(("line", .int(line)))
      members.append(("column", .int(column)))
    case .cell(let row, let column):
      members.append(("row", .int(row)))
      members.append(("cell", .string(column)))
    }
    members.append(("code", .string(key)))
    members.append(("detail", .string(text(t))))
    return .object(members)
  }
}

extension Problem {
  /// `application/problem+json`. `type` is an address that explains the code.
  func json(_ t: Translator, instance: String, requestID: String) -> JSON {
    var all: [(key: String, value: JSON)] = [
      ("type", .string("/api/v1/problems/" + code)),
      ("title", .string(t(code, arguments))),
      ("status", .int(status)),
      ("code", .string(code)),
    ]
    if t.has(code + ".mend") { all.append(("detail", .string(t(code + ".mend", arguments)))) }
    all.append(("instance", .string(instance)))
    all.append(("request_id", .string(requestID)))
    if !faults.isEmpty { all.append(("errors", .array(faults.map { $0.json(t) }))) }
    return .object(all + members)
  }
}
