import CJose
import Language

/// A signed JSON text (RFC 7515, compact), checked by cjose with a key of a key set (RFC 7517).
enum SignedText {
  /// What is accepted, and the kind of key it needs. `none` and HS* are not: with them the public key,
  /// which everybody has, would be the secret.
  private static let kinds = ["RS256": "RSA", "PS256": "RSA", "ES256": "EC"]

  /// The claims, after the signature has been checked.
  static func verify(_ text: String, keys: String) throws -> JSON {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, text.utf8.count <= 65_536, let bytes = BaseText.fromBase64URL(parts[0]),
      let header = try? JSON.parse(bytes), header.members != nil
    else { throw IDTokenError.malformed("three parts and a header are expected") }
    // Before any key is touched: the algorithm decides which key may be used at all.
    let algorithm = header["alg"]?.text ?? ""
    guard let kind = kinds[algorithm] else { throw IDTokenError.algorithm(String(algorithm.prefix(20))) }
    guard header["crit"] == nil else { throw IDTokenError.malformed("it asks for extensions") }
    let key = try key(named: header["kid"], kind: kind, algorithm: algorithm, in: keys)
    let payload = try payload(text, key)
    guard let claims = try? JSON.parse(payload), claims.members != nil else {
      throw IDTokenError.malformed("the claims are no JSON object")
    }
    return claims
  }

  /// The one public key that may have signed, with its public members alone.
  private static func key(named name: JSON?, kind: String, algorithm: String, in keys: String) throws -> JSON
  {
    guard let set = try? JSON.parse(keys), let all = set["keys"]?.elements else {
      throw IDTokenError.key("the key set cannot be read")
    }
    let fitting = all.filter { key in
      key["kty"]?.text == kind && (key["use"] == nil || key["use"]?.text == "sig")
        && (key["alg"] == nil || key["alg"]?.text == algorithm)
        && (kind != "EC" || key["crv"]?.text == "P-256") && (name == nil || key["kid"] == name)
    }
    guard fitting.count == 1, let key = fitting.first else {
      throw IDTokenError.key(fitting.isEmpty ? "none has its name and kind" : "several may")
    }
    let members = kind == "RSA" ? ["kty", "n", "e"] : ["kty", "crv", "x", "y"]
    return .object(members.map { ($0, key[$0] ?? .null) })
  }

  private static func payload(_ text: String, _ key: JSON) throws -> [UInt8] {
    var problem = cjose_err()
    let written = key.bytes
    guard let jwk = Passphrase.withCharacters(written, { cjose_jwk_import($0, $1, &problem) }) else {
      throw IDTokenError.key("it cannot be read")
    }
    defer { cjose_jwk_release(jwk) }
    guard
      cjose_jwk_get_kty(jwk, &problem) != CJOSE_JWK_KTY_RSA || cjose_jwk_get_keysize(jwk, &problem) >= 2048
    else {
      throw IDTokenError.key("it is shorter than 2048 bits")
    }
    guard let signed = Passphrase.withCharacters(Array(text.utf8), { cjose_jws_import($0, $1, &problem) })
    else {
      throw IDTokenError.malformed("it is no signed text")
    }
    defer { cjose_jws_release(signed) }
    guard cjose_jws_verify(signed, jwk, &problem) else { throw IDTokenError.signature }
    var start: UnsafeMutablePointer<UInt8>?
    var count = 0
    guard cjose_jws_get_plaintext(signed, &start, &count, &problem), let start else {
      throw IDTokenError.malformed("it holds nothing")
    }
    return Array(UnsafeBufferPointer(start: start, count: count))
  }
}
