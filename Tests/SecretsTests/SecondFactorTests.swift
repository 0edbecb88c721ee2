import Foundation
import Secrets
import Testing

@Suite("SecretsTests second factors") struct SecondFactorTests {
  /// RFC 6238 appendix B, SHA-1; the last six of its eight digits.
  @Test(
    arguments: [
      (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
      (2_000_000_000, "279037"), (20_000_000_000, "353130"),
    ] as [(Int64, String)])
  func vectorsOfTheStandard(_ seconds: Int64, _ code: String) {
    #expect(TOTP.code(Array("12345678901234567890".utf8), at: seconds) == code)
  }

  /// hmac of Python's library, and pyotp where it is installed.
  @Test func otherImplementationsAgree() throws {
    let secret = TOTP.newSecret()
    #expect(secret.count == 20 && TOTP.newSecret() != secret)
    let times: [Int64] = (0..<40).map { 1_750_000_000 + $0 * 9_999_991 }
    let ours = times.map { TOTP.code(secret, at: $0) }.joined(separator: " ")
    let plain = try Tool.python(
      """
      import base64, hashlib, hmac, struct, sys
      key = base64.b32decode(sys.argv[1])
      def code(t):
          d = hmac.new(key, struct.pack(">Q", t // 30), hashlib.sha1).digest()
          o = d[19] & 15
          return "%06d" % ((struct.unpack(">I", d[o:o+4])[0] & 0x7fffffff) % 1000000)
      print(" ".join(code(int(t)) for t in sys.argv[2].split()))
      """, TOTP.base32(secret), times.map { String($0) }.joined(separator: " "))
    #expect(plain == ours)
    guard Tool.has(module: "pyotp") else {
      // Where everything must be shown (scripts/test), a check that is left out is a failure.
      #expect(
        !Tool.mustHaveAll, "pyotp is missing: scripts/mail-temporary python installs it")
      return
    }
    let pyotp = try Tool.python(
      "import pyotp, sys; t = pyotp.parse_uri(sys.argv[1]); print(t.issuer + '|' + t.name + '|' + "
        + "' '.join(t.at(int(s)) for s in sys.argv[2].split()))",
      TOTP.address(secret, account: "amina@mfa.example", issuer: "Wasl وصل"),
      times.map { String($0) }.joined(separator: " "))
    #expect(pyotp == "Wasl وصل|amina@mfa.example|\(ours)")
  }

  @Test func theAddressHoldsAnyName() {
    let address = TOTP.address(Array("12345678901234567890".utf8), account: "a b/ü@x", issuer: "A&B?")
    #expect(
      address == "otpauth://totp/A%26B%3F:a%20b%2F%C3%BC%40x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        + "&issuer=A%26B%3F&algorithm=SHA1&digits=6&period=30")
  }

  @Test func clocksMayDifferByOneStep() {
    let secret = TOTP.newSecret()
    let now: Int64 = 1_781_515_815
    for offset in -3...3 {
      let code = TOTP.code(secret, at: now + Int64(offset) * 30)
      // A stranger's code may fit by chance, once in a million.
      let near = (-1...1).map { TOTP.code(secret, at: now + Int64($0) * 30) }
      let accepted = TOTP.accept(code, secret: secret, at: now, after: nil)
      if abs(offset) <= 1 {
        #expect(accepted == now / 30 + Int64(offset))
      } else if !near.contains(code) {
        #expect(accepted == nil, "offset \(offset)")
      }
    }
  }

  @Test func aCodeIsTakenOnce() throws {
    let secret = Array("12345678901234567890".utf8)
    let now: Int64 = 1_111_111_111
    let code = TOTP.code(secret, at: now)
    let step = try #require(TOTP.accept(code, secret: secret, at: now, after: nil))
    #expect(TOTP.accept(code, secret: secret, at: now, after: step) == nil)
    #expect(TOTP.accept(code, secret: secret, at: now + 29, after: step) == nil)
    let before = TOTP.code(secret, at: now - 30)
    #expect(
      TOTP.accept(before, secret: secret, at: now, after: step) == nil, "an older one is no longer good")
    let next = TOTP.code(secret, at: now + 30)
    #expect(TOTP.accept(next, secret: secret, at: now + 30, after: step) == step + 1)
  }

  @Test func codesAreReadAsPeopleWriteThem() {
    let secret = Array("12345678901234567890".utf8)
    #expect(TOTP.accept("050 471", secret: secret, at: 1_111_111_111, after: nil) != nil)
    #expect(TOTP.accept("٠٥٠٤٧١", secret: secret, at: 1_111_111_111, after: nil) != nil)
    #expect(TOTP.accept("０５０４７１", secret: secret, at: 1_111_111_111, after: nil) != nil)
    for wrong in ["", "05047", "0504711", "050472", "05047x", "½50471", "-50471", "五○四七一"] {
      #expect(TOTP.accept(wrong, secret: secret, at: 1_111_111_111, after: nil) == nil, "\(wrong)")
    }
  }

  @Test func recoveryCodesForgiveHowTheyAreWritten() {
    let codes = Recovery.newCodes()
    #expect(codes.count == 10 && Set(codes).count == 10)
    for code in codes {
      #expect(code.wholeMatch(of: /[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}/) != nil)
    }
    let hash = Recovery.hash("A0B1-C2D3-E4F5")
    #expect(hash.count == 64)
    for same in ["a0b1c2d3e4f5", " aObI c2d3 e4f5 ", "AOBL-C2D3–E4F5", "Ａ０Ｂ１-C2D3-E4F5"] {
      #expect(Recovery.hash(same) == hash, "\(same)")
    }
    #expect(Recovery.hash("A0B1-C2D3-E4F6") != hash)
    #expect(Recovery.hash("") != hash)
  }

  /// The hash is argon2id of the plain letters with the fixed salt.
  @Test(.enabled(if: Tool.has(module: "argon2") || Tool.mustHaveAll)) func recoveryHashesAreArgon2() throws {
    let theirs = try Tool.python(
      """
      import argon2.low_level as a, hashlib
      salt = hashlib.sha256(b"wasl recovery code").digest()[:16]
      print(a.hash_secret_raw(b"A0B1C2D3E4F5", salt, 2, 19456, 1, 32, a.Type.ID).hex())
      """)
    #expect(Recovery.hash("a0b1-c2d3-e4f5") == theirs)
  }

  @Test func tokensAreLongAndDifferent() throws {
    let tokens = (0..<200).map { _ in Token.new("wasl") }
    #expect(Set(tokens).count == 200)
    for token in tokens { #expect(token.wholeMatch(of: /wasl_[0-9A-Za-z]{43}/) != nil) }
    // All 62 letters occur: 8,600 draws miss one less than once in 10^50.
    #expect(Set(tokens.joined().dropFirst(0)).subtracting("_").count == 62)
    #expect(Token.hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test func comparisonLooksAtEveryByte() {
    #expect(Secret.equal("abc", "abc") && Secret.equal("", ""))
    #expect(!Secret.equal("abc", "abd") && !Secret.equal("abc", "ab") && !Secret.equal("", "a"))
  }
}
