import Language
import Proposals
import Testing

@Suite struct PaperWordsTests {
  /// The words of the whole are those of its parts: taking a title away takes its words away.
  @Test func headingsNotesAndAnnexCount() throws {
    let t = try PaperTexts.t("en")
    var data = PaperSample.data(needs: 1)
    func words() -> Int { PaperOutline(data, PaperSample.names("en"), t).wordCount(t) }
    let before = words()
    let need = data.chapters[0].awaiting[0]
    data.chapters[0].awaiting[0] = PaperChapter.Need(
      reference: need.reference, path: need.path, state: need.state,
      title: PaperText(need.title.text + " five more words in here", language: "en"), form: need.form,
      urgency: need.urgency, articles: need.articles)
    #expect(words() == before + 5)
    // One State less in the footnote that lists them.
    data.states.removeLast()
    #expect(words() == before + 4)
  }

  @Test func aLongPaperIsWarnedOf() throws {
    let t = try PaperTexts.t("en")
    func findings(_ needs: Int) -> [PaperFinding] {
      PaperOutline(PaperSample.data(needs: needs), PaperSample.names("en"), t).findings(t)
    }
    #expect(findings(5).isEmpty)
    let outline = PaperOutline(PaperSample.data(needs: 120), PaperSample.names("en"), t)
    #expect(outline.wordCount(t) > PaperOutline.wordLimit)
    #expect(findings(120) == [.tooLong(words: outline.wordCount(t))])
  }

  @Test(arguments: PaperTexts.codes) func everyLanguageCounts(code: String) throws {
    let t = try PaperTexts.t(code)
    let words = try PaperTexts.outline(code).wordCount(t)
    #expect(words > 1_000 && words < 8_500)
  }
}
