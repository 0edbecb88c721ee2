import Testing

@testable import Language
@testable import Web

@Suite struct HTMLTests {
  static let hostile = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='x", "</textarea><script>",
    "<!-- -->", "]]>", "&lt;b&gt;", "&#x3C;script&#x3E;", "\u{0}<b>", "\u{1B}[31m", "`${x}`", "{{x}}",
    "<svg/onload=x>",
    "\u{2028}</script>", "\u{202E}evil", "é<é>", "javascript:alert(1)", "\u{FEFF}<b>",
  ]

  @Test(arguments: hostile)
  func textAndAttributes(_ text: String) {
    for html in [
      p(text), p { text }, p(HTML(text)), bdi(text), div(.class(text)) { text },
      input(.value(text), .name(text)),
      a(href: text, text), textarea(text), option(text, .value(text)),
      div(.data("label", text), .aria("label", text)) { "" },
      symbol(text), paragraphs(text + "\n\n" + text + "\n" + text),
    ] {
      let written = html.string
      for part in ["<script", "<img", "<svg", "<b>", "onerror=alert", "\u{0}", "\u{1B}", "<é>", "<!--"]
      where written.contains(part) && text.contains(part) {
        // Only inside a quoted attribute may such letters stand, and then without "<".
        #expect(!part.hasPrefix("<") && part != "\u{0}" && part != "\u{1B}", "\(written)")
      }
      #expect(
        outside(written).allSatisfy { !$0.contains("onmouseover=") && !$0.contains("onerror=") }, "\(written)"
      )
    }
  }

  /// Names of the attributes in a mark-up: what stands in tags outside of quotation marks.
  private func outside(_ html: String) -> [String] {
    html.matches(of: /<[a-z][^"<>]*(?:"[^"]*"[^"<>]*)*>/).map { match in
      String(match.0).replacing(/"[^"]*"/, with: "")
    }
  }

  @Test(arguments: [
    ("javascript:alert(1)", "#"), ("JaVaScRiPt:x", "#"), ("java\tscript:x", "#"), (" javascript:x", "#"),
    ("data:text/html,x", "#"), ("vbscript:x", "#"), ("\u{1}javascript:x", "#"),
    ("https://x.org/?a=1&b=2", "https://x.org/?a=1&amp;b=2"),
    ("/en/needs?x=javascript:y", "/en/needs?x=javascript:y"), ("#top", "#top"),
    ("mailto:a@b.int", "mailto:a@b.int"),
    ("needs/a:b", "needs/a:b"), ("", ""), ("\"x", "&quot;x"), ("ftp:x", "#"), ("x:y", "#"),
  ])
  func addresses(_ given: String, _ written: String) {
    #expect(a(href: given, "x").string == "<a href=\"\(written)\">x</a>")
    #expect(form(HTML(""), .action(given)).string == "<form action=\"\(written)\"></form>")
  }

  @Test func attributesThatAreNotPlainAreLeftOut() {
    for html in [
      div(.attribute("onclick", "x")) { "" }, div(.attribute("ONLOAD", "x")) { "" },
      div(.attribute("style", "x")) { "" },
      div(.attribute("href", "javascript:x")) { "" }, div(.attribute("srcdoc", "x")) { "" },
    ] { #expect(html.string == "<div></div>") }
    #expect(input(.checked, .when(false, .disabled), .none).string == "<input checked>")
  }

  @Test func builder() {
    let some: String? = "s"
    let none: HTML? = nil
    let html = div {
      "a"
      if let some { b2(some) }
      none
      for index in 0..<2 { span("\(index)") }
      [p("x"), p("y")]
      if some == nil { "never" } else { "else" }
    }
    #expect(html.string == "<div>a<b>s</b><span>0</span><span>1</span><p>x</p><p>y</p>else</div>")
  }
  private func b2(_ text: String) -> HTML { bold(text) }

  @Test func translationsIsolate() throws {
    let t = try Catalogue.load(from: Fixture.data).translator(.english)
    #expect(t.html("web.request", ["id": .isolated("<x>")]).string == "Request <bdi>&lt;x&gt;</bdi>")
    #expect(time("2026-01-15", t).string == "<time datetime=\"2026-01-15\">15 January 2026</time>")
    #expect(symbol("CTOC/COP/2006/14").string.contains("dir=\"ltr\""))
    #expect(stateName("KEN", ["KEN": "Kenya"]).string == "<bdi>Kenya</bdi>")
    #expect(bdi("x", lang: "fr").string == "<bdi lang=\"fr\" dir=\"auto\">x</bdi>")
  }

  @Test func addressesAreEncoded() {
    for text in HTMLTests.hostile + ["a/b", "é", "100%", "a+b c"] where !text.contains("\u{0}") {
      let encoded = Address.encode(text)
      #expect(encoded.utf8.allSatisfy { Address.isUnreserved($0) || $0 == UInt8(ascii: "%") })
      #expect(Address.decode(encoded) == text)
    }
    for broken in ["%", "%1", "%zz", "%ff", "%00", "a%"] { #expect(Address.decode(broken) == nil) }
    #expect(Disposition.attachment("a\"b\r\nX: y.csv").contains("\r") == false)
    #expect(Disposition.attachment("مصر.csv").contains("filename*=UTF-8''%D9"))
  }
}
