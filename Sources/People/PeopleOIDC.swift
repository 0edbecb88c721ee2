import Language
import Secrets
import Storage
import Web

/// One sign-in under way at a provider, kept in a sealed cookie of this browser for ten minutes.
struct OIDCVoyage: Sendable, Equatable {
  static let cookie = "wasl_oidc"
  static let lifetime: Int64 = 600

  let provider: String
  let state: String
  let nonce: String
  /// RFC 7636: the provider gives the token only to who can show this.
  let verifier: String
  let started: Int64
  let back: String?

  static func begin(_ provider: String, now: Int64, back: String?) -> OIDCVoyage {
    func fresh() -> String { Base64URL.encode(Secret.random(32)) }
    return OIDCVoyage(
      provider: provider, state: fresh(), nonce: fresh(), verifier: fresh(), started: now, back: back)
  }
  var challenge: String { Base64URL.encode(Digest.sha256(Array(verifier.utf8))) }

  func sealed(_ box: SealedBox) -> String {
    let json = JSON.object([
      ("provider", .string(provider)), ("state", .string(state)), ("nonce", .string(nonce)),
      ("verifier", .string(verifier)), ("started", .int(started)),
      ("back", back.map { .string($0) } ?? .null),
    ])
    return Base64URL.encode(box.seal(json.bytes, for: "oidc"))
  }
  static func open(_ text: String?, _ box: SealedBox, now: Int64) -> OIDCVoyage? {
    guard let text, text.utf8.count < 4000, let bytes = Base64URL.decode(text),
      let plain = box.open(bytes, for: "oidc"), let json = try? JSON.parse(plain),
      let provider = json["provider"]?.text, let state = json["state"]?.text, let nonce = json["nonce"]?.text,
      let verifier = json["verifier"]?.text, let started = json["started"]?.integer.map(Int64.init),
      (0..<lifetime).contains(now - started)
    else { return nil }
    return OIDCVoyage(
      provider: provider, state: state, nonce: nonce, verifier: verifier, started: started,
      back: json["back"]?.text)
  }
}

extension OIDCProvider {
  func redirect(_ settings: People.Settings) -> String { "\(settings.address)/sign-in/oidc/\(id)/return" }

  func authorization(
    _ voyage: OIDCVoyage, _ description: OIDCDescription, _ settings: People.Settings, language: String
  )
    -> String
  {
    let pairs: [(String, String?)] = [
      ("response_type", "code"), ("client_id", client), ("redirect_uri", redirect(settings)),
      ("scope", scopes.joined(separator: " ")), ("state", voyage.state), ("nonce", voyage.nonce),
      ("code_challenge", voyage.challenge), ("code_challenge_method", "S256"), ("ui_locales", language),
    ]
    let query = Address.make("", pairs).dropFirst()
    return description.authorization + (description.authorization.contains("?") ? "&" : "?") + query
  }

  /// Code → ID token, verified with the provider's keys of this moment.
  func redeem(_ code: String, _ voyage: OIDCVoyage, _ settings: People.Settings, now: Int64) async throws
    -> (token: IDToken, isProved: Bool)
  {
    let description = try await OIDCDescription.fetch(self)
    var pairs: [(String, String?)] = [
      ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect(settings)),
      ("code_verifier", voyage.verifier),
    ]
    // RFC 6749 §2.3.1: name and secret are form-encoded before they go as HTTP Basic; without a secret the name
    // alone goes with the form.
    if secret == nil { pairs.append(("client_id", client)) }
    let answer = try await OIDCDescription.exchange(
      description.token, self, form: String(Address.make("", pairs).dropFirst()),
      user: secret == nil ? nil : Address.encode(client), password: secret.map { Address.encode($0) })
    guard answer.status == 200, let json = try? JSON.parse(answer.bytes), let text = json["id_token"]?.text
    else {
      throw OIDCError.answer("the code was refused (\(answer.status))")
    }
    let keys = try await OIDCDescription.exchange(description.keys, self)
    guard keys.status == 200 else { throw OIDCError.provider("its keys cannot be read") }
    let token = try IDToken.verify(
      text, keys: String(decoding: keys.bytes, as: UTF8.self), issuer: issuer, client: client,
      nonce: voyage.nonce,
      now: now)
    return (token, !proofs.isDisjoint(with: OIDCProvider.methods(text)))
  }

  /// `amr` and `acr` of a token whose signature has been verified.
  static func methods(_ token: String) -> Set<String> {
    let parts = token.split(separator: ".")
    guard parts.count == 3, let bytes = Base64URL.decode(String(parts[1])), let json = try? JSON.parse(bytes)
    else {
      return []
    }
    return Set((json["amr"]?.elements ?? []).compactMap(\.text) + [json["acr"]?.text].compactMap { $0 })
  }
}

extension People {
  /// The person an identity belongs to; the first time, the one invited under the address that the provider verified.
  /// - Throws: `Problem` that says clearly why nobody is let in.
  static func person(of token: IDToken, by provider: OIDCProvider, _ call: Call) async throws -> ID {
    let known: ID? = try await call.read { db in
      try db.value(
        "SELECT person FROM people_identity WHERE issuer = \(token.issuer) AND subject = \(token.subject)")
    }
    if let known { return known }
    guard let email = token.email, token.isEmailVerified else {
      throw Problem(403, "sign-in.oidc.unverified")
    }
    guard provider.speaks(for: email) else { throw Problem(403, "sign-in.oidc.domain") }
    let found = try await call.read { db -> ID? in
      guard let person = try person(email: email, in: db), try !accounts(ofPerson: person.id, in: db).isEmpty
      else {
        return nil
      }
      return person.id
    }
    guard let found else { throw Problem(403, "sign-in.oidc.nobody") }
    try await call.write(by: found) { db in
      // One identity of a provider for each person: a second one under the same address is someone else's doing.
      let other: ID? = try db.value(
        "SELECT person FROM people_identity WHERE issuer = \(token.issuer) AND person = \(found)")
      guard other == nil else { throw Problem(403, "sign-in.oidc.other") }
      try db.run(
        """
        INSERT INTO people_identity (issuer, subject, person, linked_at)
        VALUES (\(token.issuer), \(token.subject), \(found), \(db.now))
        """)
      db.record(
        Event(
          "people.identity-linked", subject: "person", record: String(found), after: ["issuer": token.issuer])
      )
    }
    return found
  }
}
