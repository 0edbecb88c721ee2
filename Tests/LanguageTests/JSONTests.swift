import Testing

@testable import Language

@Suite struct JSONTests {
  @Test(arguments: [
    "", "{", "[1,]", "{\"a\":1,}", "01", "1.", "-", "+1", "nul", "\"\\x\"", "\"\\ud800\"",
    "\"\\ud800\\u0041\"", "1 2",
    "{\"a\":1,\"a\":2}", "\"a\nb\"", "'a'", "[\"a\" \"b\"]", "{a:1}", "\"\\u12\"", "1e", "\u{FEFF}",
  ])
  func refused(_ text: String) {
    #expect(throws: JSONFault.self) { try JSON.parse(text) }
  }

  @Test func depthAndEncoding() {
    #expect(throws: JSONFault.self) { try JSON.parse(String(repeating: "[", count: 100_000)) }
    #expect(throws: JSONFault.self) { try JSON.parse([0x22, 0xFF, 0x22]) }
  }

  @Test(arguments: [
    "null", "true", "[1,-2.50,1e9]", #"{"b":"x","a":[{},[]]}"#, #""😀é\n\\\"""#, "[]", "{}",
  ])
  func roundTrip(_ text: String) throws {
    let value = try JSON.parse(text)
    #expect(try JSON.parse(value.bytes) == value)
    #expect(value.string == text)
  }

  @Test func escapes() throws {
    #expect(try JSON.parse(#""\ud83d\ude00\u00e9\/""#).text == "😀é/")
    #expect(JSON.string("</script>&\u{2028}").string == #""\u003c/script\u003e\u0026\u2028""#)
  }

  @Test func places() {
    do {
      _ = try JSON.parse("{\n  \"a\": ?\n}")
      Issue.record("accepted")
    } catch {
      #expect(error.line == 2 && error.column == 8)
    }
  }
}
