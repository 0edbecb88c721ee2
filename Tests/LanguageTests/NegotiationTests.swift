import Testing

@testable import Language

@Suite struct NegotiationTests {
  @Test(
    arguments: [
      (nil, "en"), ("", "en"), ("fr", "fr"), ("fr-CA,en;q=0.9", "fr"), ("en;q=0.5, fr;q=0.8", "fr"),
      ("de, ru;q=0.2", "ru"), ("zh-Hans-CN", "zh"), ("ZH-hant", "zh"), ("*", "en"), ("en;q=0, *", "ar"),
      ("de;q=1.0, *;q=0.1", "en"), ("fr;q=0", "en"), ("fr;q=0, es", "es"), ("fr;q=2, es;q=0.1", "es"),
      ("fr;q=abc", "en"), (";;;,,,", "en"), ("ar;q=0.001", "ar"), ("es;q=0.999,fr;q=1.000", "fr"),
      ("x-private, ar", "ar"), ("en-GB;q=0.3, ar;q=0.3", "en"), ("en;q=0", "ar"), ("français", "en"),
    ] as [(String?, String)])
  func header(_ header: String?, _ code: String) {
    #expect(Language.negotiate(acceptLanguage: header).code == code)
  }

  @Test func theAddressComesFirst() {
    #expect(Language.negotiate(path: "ar", acceptLanguage: "fr").code == "ar")
    #expect(Language.negotiate(path: "xx", acceptLanguage: "fr").code == "fr")
  }

  @Test func onlyWhatIsOffered() {
    #expect(
      Language.negotiate(acceptLanguage: "fr, ru;q=0.1", among: [.russian], fallback: .russian).code == "ru")
    #expect(Language.negotiate(acceptLanguage: String(repeating: "a,", count: 100_000)).code == "en")
  }
}

@Suite struct NegotiationOrderTests {
  /// Path, then account, then what the browser says, then the fallback.
  @Test(
    arguments: [
      ("ar", "ru", "fr", "ar"), (nil, "ru", "fr", "ru"), ("xx", "ru", "fr", "ru"), (nil, "xx", "fr", "fr"),
      (nil, nil, "fr", "fr"), (nil, nil, nil, "en"), (nil, "ru", nil, "ru"),
    ] as [(String?, String?, String?, String)])
  func order(_ path: String?, _ account: String?, _ header: String?, _ code: String) {
    #expect(Language.negotiate(path: path, account: account, acceptLanguage: header).code == code)
  }
}
