import Foundation
import Secrets
import Testing

/// Tokens signed by OpenSSL, not by the library that checks them.
@Suite("SecretsTests ID tokens") struct IDTokenTests {
  static let now: Int64 = 1_781_515_800
  static let claims = """
    {"iss":"https://id.example","sub":"person-17","aud":"wasl","exp":\(now + 300),"iat":\(now - 5),"nonce":"n-1",\
    "email":"amina@mfa.example","email_verified":true}
    """

  /// An issuer's private keys in a folder, and its key set.
  struct Issuer {
    let folder: String
    let keys: String

    init(_ folder: String) throws {
      self.folder = folder
      try Tool.run(["openssl", "genrsa", "-out", "\(folder)/rsa.pem", "2048"])
      try Tool.run(["openssl", "genrsa", "-out", "\(folder)/other.pem", "2048"])
      try Tool.run(["openssl", "genrsa", "-out", "\(folder)/short.pem", "1024"])
      try Tool.run([
        "openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "\(folder)/ec.pem",
      ])
      try Tool.run(["openssl", "rsa", "-in", "\(folder)/rsa.pem", "-pubout", "-out", "\(folder)/rsa.pub"])
      keys =
        "{\"keys\":[\(try Self.rsa("\(folder)/rsa.pem", "rsa-1")),\(try Self.rsa("\(folder)/short.pem", "short")),"
        + "\(try Self.ec("\(folder)/ec.pem", "ec-1")),{\"kty\":\"oct\",\"kid\":\"oct\",\"k\":\"c2VjcmV0\"}]}"
    }
    static func rsa(_ path: String, _ name: String) throws -> String {
      let modulus = try Tool.run(["openssl", "rsa", "-in", path, "-noout", "-modulus"])
      let hex = modulus.trimmingCharacters(in: .whitespacesAndNewlines).split(separator: "=").last ?? ""
      return
        "{\"kty\":\"RSA\",\"use\":\"sig\",\"kid\":\"\(name)\",\"n\":\"\(url(bytes(String(hex))))\",\"e\":\"AQAB\"}"
    }
    static func ec(_ path: String, _ name: String) throws -> String {
      let der = "\(path).der"
      try Tool.run(["openssl", "pkey", "-in", path, "-pubout", "-outform", "DER", "-out", der])
      let point = [UInt8](try Data(contentsOf: URL(fileURLWithPath: der)).suffix(64))
      return
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"\(name)\",\"x\":\"\(url(Array(point[..<32])))\",\"y\":\"\(url(Array(point[32...])))\"}"
    }

    func token(_ header: String, _ claims: String, key: String = "rsa") throws -> String {
      let text = "\(url(Array(header.utf8))).\(url(Array(claims.utf8)))"
      var command = [
        "openssl", "dgst", "-sha256", "-binary", "-sign", "\(folder)/\(key).pem", "-out",
        "\(folder)/signature",
      ]
      if header.contains("PS256") {
        command += ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32"]
      }
      try Tool.run(command, input: Array(text.utf8))
      var signature = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/signature")))
      if header.contains("ES256") { signature = raw(signature) }
      return "\(text).\(url(signature))"
    }
    func check(_ token: String, keys: String? = nil, now: Int64 = IDTokenTests.now) throws -> IDToken {
      try IDToken.verify(
        token, keys: keys ?? self.keys, issuer: "https://id.example", client: "wasl", nonce: "n-1", now: now)
    }
    func fault(_ token: String, keys: String? = nil, now: Int64 = IDTokenTests.now) -> IDTokenError? {
      do {
        _ = try check(token, keys: keys, now: now)
        return nil
      } catch { return error as? IDTokenError }
    }
    /// OpenSSL writes two DER integers, JOSE wants 32 bytes each.
    private func raw(_ der: [UInt8]) -> [UInt8] {
      var at = 2
      var out: [UInt8] = []
      for _ in 0..<2 {
        let length = Int(der[at + 1])
        let number = Array(der[(at + 2)..<(at + 2 + length)].drop { $0 == 0 })
        out += [UInt8](repeating: 0, count: 32 - number.count) + number
        at += 2 + length
      }
      return out
    }
  }
  static func with(_ body: (Issuer) throws -> Void) throws { try Tool.folder { try body(try Issuer($0)) } }

  @Test func soundTokensAreTaken() throws {
    try Self.with { issuer in
      for header in [
        #"{"alg":"RS256","kid":"rsa-1"}"#, #"{"alg":"PS256","kid":"rsa-1"}"#,
        #"{"alg":"ES256","kid":"ec-1"}"#,
        #"{"typ":"JWT","alg":"ES256"}"#,
      ] {
        let token = try issuer.check(
          try issuer.token(header, Self.claims, key: header.contains("ES256") ? "ec" : "rsa"))
        #expect(
          token.subject == "person-17" && token.audience == ["wasl"] && token.issuer == "https://id.example")
        #expect(token.email == "amina@mfa.example" && token.isEmailVerified)
        #expect(token.expires == Self.now + 300 && token.issued == Self.now - 5 && token.nonce == "n-1")
      }
      let several = Self.claims.replacing(#""aud":"wasl""#, with: #""aud":["wasl","other"],"azp":"wasl""#)
      #expect(issuer.fault(try issuer.token(#"{"alg":"RS256","kid":"rsa-1"}"#, several)) == nil)
    }
  }

  @Test func eachClaimIsChecked() throws {
    try Self.with { issuer in
      func fault(_ change: (String, String)..., now: Int64 = Self.now) throws -> IDTokenError? {
        let text = change.reduce(Self.claims) { $0.replacing($1.0, with: $1.1) }
        #expect(text != Self.claims || change.isEmpty)
        return issuer.fault(try issuer.token(#"{"alg":"RS256","kid":"rsa-1"}"#, text), now: now)
      }
      #expect(try fault(("https://id.example", "https://evil.example")) == .issuer)
      #expect(try fault(("https://id.example", "https://id.example/")) == .issuer)
      #expect(try fault((#""aud":"wasl""#, #""aud":"other""#)) == .audience)
      #expect(try fault((#""aud":"wasl""#, #""aud":["wasl","other"]"#)) == .authorizedParty)
      #expect(try fault((#""aud":"wasl""#, #""aud":["wasl","other"],"azp":"other""#)) == .authorizedParty)
      #expect(try fault((#""aud":"wasl""#, #""aud":"wasl","azp":"other""#)) == .authorizedParty)
      #expect(try fault((#""nonce":"n-1""#, #""nonce":"n-2""#)) == .nonce)
      #expect(try fault((#""nonce":"n-1","#, "")) == .nonce)
      #expect(try fault((#""sub":"person-17""#, #""sub":"""#)) == .subject)
      #expect(try fault((#""sub":"person-17","#, "")) == .subject)
      #expect(try fault((#""exp":"#, #""was":"#)) == .expired)
      #expect(try fault((#""exp":\#(Self.now + 300)"#, #""exp":"\#(Self.now + 300)""#)) == .expired)
      #expect(try fault((#""iat":"#, #""was":"#)) == .issued)
      #expect(try fault((#""iat":"#, #""nbf":\#(Self.now + 61),"iat":"#)) == .issued)
      #expect(try fault(now: Self.now + 359) == nil)
      #expect(try fault(now: Self.now + 360) == .expired)
      #expect(try fault(now: Self.now - 65) == nil)
      #expect(try fault(now: Self.now - 66) == .issued)
      #expect(
        try fault((#""nonce":"n-1""#, #""nonce":"n-1","nonce":"n-1""#))
          == .malformed("the claims are no JSON object"))
      let unverified = Self.claims.replacing("true", with: #""true""#)
      let token = try issuer.check(try issuer.token(#"{"alg":"RS256","kid":"rsa-1"}"#, unverified))
      #expect(!token.isEmailVerified)
    }
  }

  @Test func forgedTokensAreRefused() throws {
    try Self.with { issuer in
      let header = #"{"alg":"RS256","kid":"rsa-1"}"#
      let good = try issuer.token(header, Self.claims)
      let parts = good.split(separator: ".").map { String($0) }
      let none = url(Array(#"{"alg":"none"}"#.utf8))
      #expect(issuer.fault("\(none).\(parts[1]).") == .algorithm("none"))
      #expect(issuer.fault("\(none).\(parts[1]).\(parts[2])") == .algorithm("none"))
      #expect(
        issuer.fault("\(url(Array(#"{"kid":"rsa-1"}"#.utf8))).\(parts[1]).\(parts[2])") == .algorithm(""))

      // HS256 with the public key, which everybody has, as the secret.
      let forged = try Tool.python(
        """
        import base64, hashlib, hmac, sys
        b = lambda x: base64.urlsafe_b64encode(x).rstrip(b"=")
        text = b(b'{"alg":"HS256","kid":"rsa-1"}') + b"." + sys.argv[2].encode()
        print((text + b"." + b(hmac.new(open(sys.argv[1], "rb").read(), text, hashlib.sha256).digest())).decode())
        """, "\(issuer.folder)/rsa.pub", parts[1])
      #expect(issuer.fault(forged) == .algorithm("HS256"))
      let symmetric = #"{"alg":"HS256","kid":"oct"}"#
      #expect(issuer.fault(try issuer.token(symmetric, Self.claims)) == .algorithm("HS256"))

      #expect(issuer.fault(try issuer.token(header, Self.claims, key: "other")) == .signature)
      let changed = url(Array(Self.claims.replacing("person-17", with: "person-18").utf8))
      #expect(issuer.fault("\(parts[0]).\(changed).\(parts[2])") == .signature)
      let unknown = #"{"alg":"RS256","kid":"rsa-9"}"#
      #expect(issuer.fault(try issuer.token(unknown, Self.claims)) == .key("none has its name and kind"))
      // The name of a key of another kind.
      let mixed = #"{"alg":"RS256","kid":"ec-1"}"#
      #expect(issuer.fault(try issuer.token(mixed, Self.claims)) == .key("none has its name and kind"))
      #expect(issuer.fault(try issuer.token(#"{"alg":"RS256"}"#, Self.claims)) == .key("several may"))
      let short = try issuer.token(#"{"alg":"RS256","kid":"short"}"#, Self.claims, key: "short")
      #expect(issuer.fault(short) == .key("it is shorter than 2048 bits"))
      #expect(
        issuer.fault(try issuer.token(#"{"alg":"RS256","kid":"rsa-1","crit":["b64"]}"#, Self.claims))
          == .malformed("it asks for extensions"))
      #expect(issuer.fault(good, keys: "{}") == .key("the key set cannot be read"))
      #expect(
        issuer.fault(good, keys: #"{"keys":[{"kty":"RSA","kid":"rsa-1","n":"x","e":"!"}]}"#)
          == .key("it cannot be read"))
    }
  }

  @Test func rubbishIsRefused() throws {
    try Self.with { issuer in
      let good = try issuer.token(#"{"alg":"RS256","kid":"rsa-1"}"#, Self.claims)
      for text in [
        "", ".", "..", "a.b.c", "....", good + ".", good + ".x", " " + good,
        String(repeating: "a", count: 70_000),
      ] {
        #expect(issuer.fault(text) != nil, "\(text.prefix(30))")
      }
      // Every cut, and a character changed in each part.
      for length in stride(from: 0, to: good.count, by: 37) {
        #expect(issuer.fault(String(good.prefix(length))) != nil)
      }
      for index in stride(from: 1, to: good.count - 1, by: 41) {
        var bytes = Array(good.utf8)
        bytes[index] = bytes[index] == 65 ? 66 : 65
        #expect(issuer.fault(String(decoding: bytes, as: UTF8.self)) != nil, "byte \(index)")
      }
    }
  }
}

private func url(_ bytes: [UInt8]) -> String {
  Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
    "=", with: "")
}
private func bytes(_ hex: String) -> [UInt8] {
  let digits = Array(hex)
  return stride(from: 0, to: digits.count, by: 2).compactMap {
    UInt8(String(digits[$0..<($0 + 2)]), radix: 16)
  }
}
