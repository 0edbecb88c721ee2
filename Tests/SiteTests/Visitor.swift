import Foundation
import Secrets
import Storage
import Synchronization
import TestKit
import Testing
import Web

@testable import People

/// A clock that tests move.
final class MovingClock: Sendable {
  private let text: Mutex<String>
  init(_ text: String = "2026-06-15T09:30:00Z") { self.text = Mutex(text) }
  var now: String { text.withLock { $0 } }
  var seconds: Int64 { Clock.seconds(now) ?? 0 }
  func pass(hours: Int64) {
    text.withLock { $0 = Clock.text(seconds: (Clock.seconds($0) ?? 0) + hours * 3600) }
  }
  var clock: Clock { Clock { [self] in now } }
}

/// Someone at a browser: keeps cookies, sends forms with the token of the page opened last and with its origin.
final class Visitor: @unchecked Sendable {
  static let words = "correct horse battery staple ramp"

  let client: TestClient
  var cookies: [String: String] = [:]
  var token = ""
  var origin: String? = "http://localhost"

  init(_ mount: Mount) { client = TestClient(mount) }

  private var headers: [(String, String)] {
    cookies.isEmpty
      ? []
      : [
        (
          "Cookie", cookies.sorted { $0.key < $1.key }.map { $0.key + "=" + $0.value }.joined(separator: "; ")
        )
      ]
  }
  @discardableResult
  func get(_ path: String) async throws -> TestClient.Answer { keep(try await client.get(path, headers)) }
  /// With the token of the page opened last.
  @discardableResult
  func send(_ path: String, _ fields: [(String, String)]) async throws -> TestClient.Answer {
    keep(
      try await client.post(
        path, [("_csrf", token)] + fields, headers + (origin.map { [("Origin", $0)] } ?? [])))
  }
  func signIn(_ email: String, to: String = "") async throws -> TestClient.Answer {
    try await get("/en/sign-in")
    return try await send(
      "/en/sign-in", [("email", email), ("passphrase", Visitor.words), ("to", to)])
  }
  /// - Returns: where one is sent then.
  @discardableResult
  func prove(_ secret: [UInt8], at seconds: Int64, to: String = "") async throws -> String {
    try await get("/en/second-factor?to=" + Address.encode(to))
    let answer = try await send("/en/second-factor", [("code", TOTP.code(secret, at: seconds)), ("to", to)])
    #expect(answer.status == 303, "\(answer.text.prefix(800))")
    return answer.header("Location") ?? ""
  }
  private func keep(_ answer: TestClient.Answer) -> TestClient.Answer {
    for cookie in answer.headers("Set-Cookie") {
      let halves = cookie.prefix { $0 != ";" }.split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      cookies[String(halves[0])] = halves[1].isEmpty ? nil : String(halves[1])
    }
    if let found = answer.text.firstMatch(of: /name="_csrf" value="([^"]+)"/) { token = String(found.1) }
    return answer
  }

  /// A person of an office of the State (or of the Secretariat), with passphrase and, by default, a second factor.
  static func person(
    _ email: String, _ role: People.Role, state: String? = "KEN", hasFactor: Bool = true, _ site: TestSite
  ) async throws -> (person: Int64, account: Int64, office: Int64, secret: [UInt8]) {
    let hash = try #require(Passphrase.hash(words))
    let secret = TOTP.newSecret()
    let box = site.site.people.box
    return try await site.database.write(by: .system) { db in
      let kind: People.OfficeKind = state == nil ? .secretariat : .focalPoint
      let office = try People.addOffice(
        People.OfficeDraft(
          kind: kind, state: state, organisation: state == nil ? "UNODC" : nil, name: "Office of \(email)",
          language: "en"), in: db)
      let person = try People.savePerson(name: "Person \(email)", email: email, language: "en", in: db)
      let account = try People.openAccount(person: person.id, office: office, role: role, in: db)
      try People.keep(hash, of: person.id, event: "people.passphrase-set", in: db)
      if hasFactor {
        let sealed = box.seal(secret, for: "totp:\(person.id)")
        try db.run(
          "UPDATE people_person SET totp = \(sealed), totp_confirmed_at = \(db.now) WHERE id = \(person.id)")
      }
      return (person.id, account.id, office, secret)
    }
  }
}
