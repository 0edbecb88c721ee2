package import Storage
import Synchronization
package import Web

extension People {
  /// Whoever runs the program, before people have accounts: a link that works once and only while there is no
  /// administrator, and a key for programs (docs/adr/0020).
  package final class Operator: Sendable {
    /// Seconds for which the session of the link lasts.
    static let lifetime: Int64 = 3600
    /// The account of such a session: no person's.
    static let account: Int64 = 0

    private let linkKey: Mutex<String?>
    private let apiKey: String?

    /// - Parameters:
    ///   - linkKey: of the one-time link `/{language}/operator?key=…`; nil: there is none.
    ///   - apiKey: of programs, sent as `Authorization: Bearer …`; nil: there is none.
    package init(linkKey: String?, apiKey: String? = nil) {
      self.linkKey = Mutex(linkKey)
      self.apiKey = apiKey
    }
    /// A key that cannot be guessed: 24 random bytes.
    package static func newKey() -> String { Base64URL.encode(Digest.random(24)) }

    /// What a program with the key may do: take in what others publish. It reads what is public.
    private static let programs: Set<Permission> = ["activities.import", "needs.import", "activities.judge"]
    static let program = viewer(programs)
    /// Who opened the link: makes the first office and its administrator, and nothing else.
    static let beginner = viewer([beginning])
    private static func viewer(_ permissions: Set<Permission>) -> Viewer {
      let grants = permissions.map { ($0, Set([Scope.anywhere])) }
      return Viewer(
        role: .operator, name: "operator", sees: [.public],
        grants: .these(Dictionary(uniqueKeysWithValues: grants)),
        isProved: true)
    }

    func viewer(bearer: String) -> Viewer {
      guard let apiKey, Seal.equal(bearer, apiKey) else { return .guest }
      return Operator.program
    }

    fileprivate func isRight(_ key: String) -> Bool {
      linkKey.withLock { $0.map { Seal.equal($0, key) } ?? false }
    }
    /// Uses the link up: of two who open it at the same time, one comes in.
    fileprivate func take(_ key: String) -> Bool {
      linkKey.withLock { expected in
        guard let wanted = expected, Seal.equal(wanted, key) else { return false }
        expected = nil
        return true
      }
    }

    /// The link's page; the way out is that of everyone.
    package var routes: [Route] {
      [
        .get("operator", access: .everyone, faces: [.page], takes: [.text("key")]) { [self] call in
          let refused = Problem(403, "people.operator.refused")
          guard let key = call.query["key"], isRight(key) else { throw refused }
          if try await call.read({ try hasAdministrator(in: $0) }) {
            throw Problem(409, "sign-in.first.done")
          }
          guard take(key) else { throw refused }
          let network = call.visit.network
          try await call.services.database().write(
            by: Actor("operator", request: call.requestID, language: call.language.code)
          ) { db in
            db.record(
              Event(
                "people.operator-entered", subject: "system", record: "operator", after: ["network": network])
            )
          }
          let cookie = try await Sessions.open(
            account: Operator.account, proof: "operator", isProved: true, whole: Operator.lifetime, call: call
          )
          return call.redirect(to: "first-administrator").with(cookie: cookie)
        }
      ]
    }
  }

  package static func hasAdministrator(in db: Reader) throws -> Bool {
    let one: Int? = try db.value(
      """
      SELECT 1 FROM people_account a JOIN people_office o ON o.id = a.office
      WHERE a.role = 'administrator' AND \(valid(on: db.today)) LIMIT 1
      """)
    return one != nil
  }
}
