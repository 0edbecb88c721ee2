import Language

/// What an identity provider says of a person (OpenID Connect Core §3.1.3.7), after every check.
package struct IDToken: Sendable, Equatable {
  package let issuer: String
  package let subject: String
  package let audience: [String]
  package let expires: Int64
  package let issued: Int64
  package let nonce: String?
  package let email: String?
  package let isEmailVerified: Bool

  /// - Parameters:
  ///   - text: the compact token `header.claims.signature`.
  ///   - jwks: the provider's key set as its address gave it.
  ///   - client: our own name at the provider.
  ///   - nonce: what this sign-in sent along.
  ///   - now: seconds since 1970; `leeway` forgives clocks that differ.
  /// - Throws: `IDTokenError`, naming the check that failed.
  package static func verify(
    _ text: String, keys jwks: String, issuer: String, client: String, nonce: String, now: Int64,
    leeway: Int64 = 60
  ) throws -> IDToken {
    let claims = try SignedText.verify(text, keys: jwks)
    guard claims["iss"]?.text == issuer else { throw IDTokenError.issuer }
    let audience: [String]
    switch claims["aud"] {
    case .string(let one): audience = [one]
    case .array(let several): audience = several.compactMap { $0.text }
    default: audience = []
    }
    guard audience.contains(client) else { throw IDTokenError.audience }
    let party = claims["azp"]?.text
    guard party == client || (party == nil && claims["azp"] == nil && audience.count == 1) else {
      throw IDTokenError.authorizedParty
    }
    guard let expires = seconds(claims["exp"]), now < expires + leeway else { throw IDTokenError.expired }
    guard let issued = seconds(claims["iat"]), issued <= now + leeway else { throw IDTokenError.issued }
    if let notBefore = claims["nbf"] {
      guard let start = seconds(notBefore), start <= now + leeway else { throw IDTokenError.issued }
    }
    guard let found = claims["nonce"]?.text, Secret.equal(found, nonce), !nonce.isEmpty else {
      throw IDTokenError.nonce
    }
    guard let subject = claims["sub"]?.text, !subject.isEmpty, subject.utf8.count <= 255 else {
      throw IDTokenError.subject
    }
    return IDToken(
      issuer: issuer, subject: subject, audience: audience, expires: expires, issued: issued, nonce: found,
      email: claims["email"]?.text, isEmailVerified: claims["email_verified"] == .bool(true))
  }

  /// Some providers write times with a fraction; a year beyond 9999 is no time.
  private static func seconds(_ value: JSON?) -> Int64? {
    guard case .number(let text)? = value, let number = Double(text), number >= 0, number < 253_402_300_800
    else {
      return nil
    }
    return Int64(number)
  }
}

/// The check that an ID token did not pass.
package enum IDTokenError: Error, Equatable, Sendable, CustomStringConvertible {
  case malformed(String)
  /// `none`, HS256 or another that is not accepted.
  case algorithm(String)
  case key(String)
  case signature
  case issuer, audience, authorizedParty, nonce, expired, issued, subject

  package var description: String {
    switch self {
    case .malformed(let what): "The ID token cannot be read: \(what)."
    case .algorithm(let name): "The ID token is signed by “\(name)”, which is not accepted."
    case .key(let why): "No key of the provider fits the ID token: \(why)."
    case .signature: "The signature of the ID token is wrong."
    case .issuer: "The ID token comes from another provider."
    case .audience: "The ID token is meant for another site."
    case .authorizedParty: "The ID token was issued to another party."
    case .nonce: "The ID token belongs to another sign-in."
    case .expired: "The ID token has expired."
    case .issued: "The ID token comes from the future."
    case .subject: "The ID token names nobody."
    }
  }
}
