import Language
import Proposals
import Testing
import Web

@Suite struct PaperHTMLTests {
  /// Marks of the first two parts of a list, of chapters II and of section A, as each language writes them.
  static let marks: [(code: String, letters: [String], chapter: String, section: String, paragraph: String)] =
    [
      ("en", ["(a)", "(b)"], "II.", "A.", "1."), ("ar", ["(أ)", "(ب)"], "ثانيا-", "ألف-", "1-"),
      ("fr", ["a)", "b)"], "II.", "A.", "1."), ("es", ["a)", "b)"], "II.", "A.", "1."),
      ("ru", ["а)", "б)"], "II.", "A.", "1."), ("zh", ["(a)", "(b)"], "二、", "A.", "1."),
    ]

  @Test(arguments: marks.map(\.code)) func marksAreThoseOfTheLanguage(code: String) throws {
    let text = try PaperTexts.html(code, .screen).document
    for row in PaperHTMLTests.marks where row.code == code {
      for letter in row.letters { #expect(text.contains("<span class=\"paper-letter\">\(letter)</span>")) }
      #expect(text.contains("<span class=\"paper-mark\">\(row.chapter)</span>"))
      #expect(text.contains("<span class=\"paper-mark\">\(row.section)</span>"))
      #expect(
        text.contains(
          "<p id=\"p1\" class=\"paper-paragraph\"><span class=\"paper-number\">\(row.paragraph)</span>"))
    }
  }

  @Test(arguments: PaperTexts.codes) func languageAndDirectionAreSaid(code: String) throws {
    for medium in [PaperHTML.Medium.screen, .print] {
      let text = try PaperTexts.html(code, medium).document
      #expect(
        text.hasPrefix("<!doctype html>\n<html lang=\"\(code)\" dir=\"\(code == "ar" ? "rtl" : "ltr")\">"))
      #expect(text.contains("<bdi dir=\"ltr\" class=\"symbol\" translate=\"no\">CTOC/COP/WG.2/2026/2</bdi>"))
      #expect(text.contains("<title>CTOC/COP/WG.2/2026/2 "))
      #expect(text.count(of: "<h1") == 1)
    }
  }

  @Test func titlesKeepTheirLanguage() throws {
    let screen = try PaperTexts.html("ar", .screen).document
    #expect(screen.contains("<bdi lang=\"zh\" dir=\"auto\">建立跨国有组织犯罪案件数据库</bdi>"))
    let paper = try PaperTexts.html("en", .print).document
    #expect(paper.contains("lang=\"ar\" dir=\"rtl\">تدريب القضاة على تسليم المطلوبين</span>"))
  }

  @Test(arguments: PaperTexts.codes) func idsAreUniqueAndLinksWithinArrive(code: String) throws {
    for medium in [PaperHTML.Medium.screen, .print] {
      let text = try PaperTexts.html(code, medium).document
      let ids = text.values(after: " id=\"")
      #expect(Set(ids).count == ids.count)
      for target in text.values(after: "href=\"#") { #expect(ids.contains(target), "#\(target)") }
    }
  }

  /// Whatever people write, it stays text.
  @Test(arguments: [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</style><script>", "&amp; &lt;",
    "\u{202E}txt.exe",
    "a\u{0}b", "{count}", "\u{E000}states", "]]>--><svg onload=alert(1)>", "Ünï/‏عربي",
  ]) func hostileTextsStayText(text: String) throws {
    var data = PaperSample.data()
    data.masthead.symbol = text
    data.masthead.agenda = text
    data.masthead.place = ["en": text, "ar": text]
    data.masthead.late = PaperText(text, language: text)
    data.chapters[0].providers[0] = PaperChapter.Provider(
      PaperText(text, language: text), activities: PaperFigure(1, text), states: [text], years: nil,
      money: [PaperAmount(minor: 1, currency: text, text)])
    data.chapters[0].awaiting[0] = PaperChapter.Need(
      reference: text, path: text, state: text, title: PaperText(text, language: text), form: text,
      urgency: "high",
      articles: [PaperChapter.Articles(text, [text])])
    for code in ["en", "ar"] {
      for medium in [PaperHTML.Medium.screen, .print] {
        let document = try PaperTexts.html(code, medium, data).document
        for tag in ["<script", "<img", "<svg"] { #expect(!document.contains(tag)) }
        #expect(document.count(of: "</style>") == 1)
        #expect(!document.contains("\u{0}"))
        #expect(document.count(of: "<html") == 1)
      }
    }
  }

  @Test(arguments: [
    ("2026-10-03", "2026-10-05", "en", "3–5 October 2026"),
    ("2026-10-03", "2026-10-03", "en", "3 October 2026"),
    ("2026-09-30", "2026-10-02", "en", "30 September 2026 – 2 October 2026"),
    ("2026-10-08", "2026-10-10", "zh", "2026年10月8–10日"),
    ("2026-10-03", "2026-10-05", "es", "3–5 de octubre de 2026"),
  ]) func meetingDays(from: String, to: String, code: String, words: String) throws {
    var data = PaperSample.data()
    data.masthead.from = from
    data.masthead.to = to
    #expect(try PaperTexts.html(code, .screen, data).document.contains(words))
  }

  @Test func theSameDataGivesTheSameText() throws {
    for code in PaperTexts.codes {
      #expect(try PaperTexts.html(code, .print).document == PaperTexts.html(code, .print).document)
    }
  }
}

extension String {
  func count(of part: String) -> Int { ranges(of: part).count }
  /// What stands between each occurrence of `start` and the next quotation mark.
  func values(after start: String) -> [String] {
    ranges(of: start).map { range in String(self[range.upperBound...].prefix { $0 != "\"" }) }
  }
}
