import Storage
import Synchronization
import Testing

@testable import Web

@Suite struct SessionTests {
  /// RFC 4231, cases 1, 2 and 6.
  @Test func hmac() {
    let cases: [(key: [UInt8], text: String, hex: String)] = [
      (
        [UInt8](repeating: 0x0B, count: 20), "Hi There",
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
      ),
      (
        Array("Jefe".utf8), "what do ya want for nothing?",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
      ),
      (
        [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
      ),
    ]
    for row in cases { #expect(Digest.hex(Seal.hmac(Array(row.text.utf8), key: row.key)) == row.hex) }
    #expect(Seal.equal("a", "a") && !Seal.equal("a", "b") && !Seal.equal("a", "aa") && Seal.equal("", ""))
    #expect(
      Base64URL.decode(Base64URL.encode([0, 255, 16])) == [0, 255, 16] && Base64URL.decode("A") == nil
        && Base64URL.decode("AB=") == nil)
  }

  @Test func grants() {
    let wide = Viewer(role: .officer, sees: [], grants: .these([.publishThing: [.anywhere]]))
    let narrow = Viewer(
      role: .focalPoint, state: "KEN", sees: [], grants: .these([.publishThing: [.ofOwnState]]))
    for scope in Scope.allCases { #expect(wide.may(.publishThing, scope)) }
    #expect(
      narrow.may(.publishThing, .ofOwnState) && !narrow.may(.publishThing, .anywhere)
        && !narrow.may("other", .ofOwnState))
    #expect(!Viewer.guest.may(.publishThing, .anywhere) && Viewer.all.may("anything", .anywhere))
    let classes = [
      Viewer.guest, .all, wide, narrow,
      Viewer(role: .focalPoint, state: "PER", sees: [], grants: narrow.grants),
    ]
    #expect(Set(classes.map(\.classKey)).count == classes.count)
  }

  /// Over TLS a cookie is bound to this host by its name and never leaves in the clear.
  @Test func overTLS() {
    let secure = Cookie.session(true).set("x", maxAge: 60)
    #expect(secure.hasPrefix("__Host-wasl_session=x; Path=/; ") && secure.hasSuffix("; Secure"))
    let plain = Cookie.session(false).set("x")
    #expect(plain.hasPrefix("wasl_session=x; Path=/; ") && !plain.contains("Secure"))
    for cookie in [secure, plain] { #expect(cookie.contains("; HttpOnly; SameSite=Lax")) }
  }

  @Test func aCookieSentTwiceIsNotSent() {
    let cookie = Cookie.session(true)
    #expect(cookie.value(in: "a=b; __Host-wasl_session=x") == "x")
    #expect(cookie.value(in: "__Host-wasl_session=x; __Host-wasl_session=y") == nil)
    #expect(cookie.value(in: "wasl_session=x") == nil && cookie.value(in: "__Host-wasl_session=") == nil)
  }
}
