import Language
import Proposals
import Testing
import Web

@Suite struct PaperFigureTests {
  /// Every number that the data gives stands in the text as a link to its records: with counts that occur nowhere
  /// else, each is looked for in each language.
  @Test(arguments: PaperTexts.codes) func everyFigureOpensItsRecords(code: String) throws {
    let t = try PaperTexts.t(code)
    var data = PaperSample.data()
    var next = 1000
    var expected: [String: Int] = [:]
    func figure(_ name: String) -> PaperFigure {
      next += 37
      expected["list/" + name] = next
      return PaperFigure(next, "list/" + name)
    }
    data.parties = ["UNTOC", "TIP"].map { PaperData.Parties($0, figure("parties-" + $0)) }
    data.stating = figure("stating")
    data.needs = figure("needs")
    data.awaiting = figure("awaiting")
    for index in data.chapters.indices {
      let area = data.chapters[index].area.rawValue + "-"
      data.chapters[index].obligations = ["mandatory", "optional"].map {
        PaperChapter.Share($0, figure(area + $0))
      }
      data.chapters[index].participation = [
        PaperChapter.Participation(
          "TIP", stating: figure(area + "stating"), parties: figure(area + "parties"))
      ]
      data.chapters[index].needs = figure(area + "needs")
      data.chapters[index].states = figure(area + "states")
      data.chapters[index].coverage = PaperChapter.Standing(
        uncovered: figure(area + "uncovered"), partly: figure(area + "partly"),
        covered: figure(area + "covered"),
        unknown: figure(area + "unknown"))
      data.chapters[index].forms = [PaperChapter.Share("drafting", figure(area + "form"))]
      data.chapters[index].groups = [PaperChapter.Share("african", figure(area + "group"))]
      data.chapters[index].activities = figure(area + "activities")
    }
    let outline = PaperOutline(data, PaperSample.names(code), t)
    let figures = outline.chapters.flatMap(\.all).flatMap(\.figures)
    for (path, count) in expected {
      let found = figures.contains { $0.path == path && $0.text.contains(t.number(count)) }
      #expect(found, "\(path): \(count)")
    }
    // And no such number stands anywhere without a link.
    for paragraph in outline.chapters.flatMap(\.all) {
      for case .text(let text) in paragraph.nodes {
        for count in expected.values { #expect(!text.contains(t.number(count))) }
      }
    }
    let document = PaperHTML(outline, t, base: "https://wasl.example.org", medium: .screen).document
    for path in expected.keys {
      #expect(document.contains("href=\"https://wasl.example.org/\(code)/\(path)\""))
    }
  }

  @Test(arguments: PaperTexts.codes) func theAnnexIsAllLinks(code: String) throws {
    let annex = try PaperTexts.outline(code).annex
    #expect(annex.rows.count == 5)
    for row in annex.rows {
      #expect(row.cells.count == annex.header.count - 1)
      for cell in row.cells {
        guard case .figure(_, let path) = cell else {
          Issue.record("not a link: \(cell)")
          continue
        }
        #expect(!path.isEmpty)
      }
    }
  }

  @Test(arguments: [
    (0, "0 دولة"), (1, "دولة واحدة"), (2, "دولتان"), (3, "3 دول"), (10, "10 دول"), (11, "11 دولة"),
    (99, "99 دولة"),
    (100, "100 دولة"), (103, "103 دول"),
  ]) func arabicCountsAsArabicDoes(count: Int, words: String) throws {
    var data = PaperSample.data()
    data.chapters[0].states = PaperFigure(count, "states?x=1")
    let paragraphs = try PaperTexts.outline("ar", data).chapters[1].all
    #expect(paragraphs.flatMap(\.figures).contains { $0.text == words && $0.path == "states?x=1" })
  }
}
