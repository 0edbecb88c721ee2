import Language
import Testing

@testable import Search

@Suite struct SearchMarksTests {
  static func shown(_ excerpt: Search.Excerpt?) -> String? {
    excerpt.map { $0.pieces.map { $0.isMatch ? "[\($0.text)]" : $0.text }.joined() }
  }

  @Test func wholeTexts() {
    func marked(_ text: String, _ question: String) -> String? {
      Self.shown(Search.whole(Search.Line(text: text, language: "en"), SearchQuestion(question)))
    }
    #expect(
      marked("Trafficking in persons, and traffic.", "traffic person")
        == "[Trafficking] in [persons], and [traffic].")
    #expect(marked("打击人口贩运活动", "人口贩运") == "打击[人口贩运]活动")
    #expect(marked("Laws", "other") == "Laws")
    #expect(marked("", "other") == "")
    #expect(marked("Ask <b> & law", "law") == "Ask <b> & [law]")
  }

  @Test func bestPart() {
    let long = String(repeating: "word ", count: 60) + "quux " + String(repeating: "more ", count: 100)
    let lines = ["nothing", "quux alone", long + "blorb", "x quux, blorb"].map {
      Search.Line(text: $0, language: "en")
    }
    #expect(Self.shown(Search.best(lines, SearchQuestion("none"))) == nil)
    #expect(
      Self.shown(Search.best(lines, SearchQuestion("quux ")))
        == "quux alone".replacing("quux", with: "[quux]"))
    let both = Self.shown(Search.best([lines[2]], SearchQuestion("quux ")))
    #expect(
      both?.hasPrefix("… word") == true && both?.hasSuffix(" …") == true && both?.contains("[quux]") == true)
    #expect((both?.utf8.count ?? 0) < 350)
  }
}
