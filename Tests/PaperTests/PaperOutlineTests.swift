import Language
import Proposals
import Testing

@Suite struct PaperOutlineTests {
  @Test(arguments: PaperTexts.codes) func sevenChaptersInOrder(code: String) throws {
    let t = try PaperTexts.t(code)
    let outline = try PaperTexts.outline(code)
    let titles = ["introduction"] + PaperArea.allCases.map(\.rawValue) + ["resources"]
    #expect(outline.chapters.map(\.title) == titles.map { t("proposals-paper.chapter." + $0) })
    for (index, chapter) in outline.chapters.enumerated() {
      let isArea = (1...5).contains(index)
      #expect(chapter.sections.count == (isArea ? 2 : 0))
      #expect(chapter.paragraphs.isEmpty == isArea)
      // No heading stands alone: each is followed by a paragraph, and a section A by a section B.
      #expect(!chapter.all.isEmpty)
      for section in chapter.sections { #expect(!section.paragraphs.isEmpty) }
      if isArea {
        let keys = ["background", "proposals"]
        #expect(chapter.sections.map(\.title) == keys.map { t("proposals-paper.section." + $0) })
      }
    }
    #expect(Set(outline.chapters.map(\.mark)).count == 7)
  }

  @Test(arguments: PaperTexts.codes, [0, 1, 5, 40]) func numbersAreEqualInAllLanguages(
    code: String, needs: Int
  ) throws {
    let data = PaperSample.data(needs: needs)
    let own = try PaperTexts.outline(code, data)
    let english = try PaperTexts.outline("en", data)
    func shape(_ outline: PaperOutline) -> [[Int]] {
      outline.chapters.map { chapter in chapter.all.flatMap { [$0.number, $0.items.count] } }
    }
    #expect(shape(own) == shape(english))
    let numbers = own.chapters.flatMap(\.all).map(\.number)
    #expect(numbers == Array(1...numbers.count))
  }

  @Test(arguments: PaperTexts.codes) func listsHaveAtLeastTwoParts(code: String) throws {
    for needs in [0, 1, 2, 3, 60] {
      for paragraph in try PaperTexts.outline(code, PaperSample.data(needs: needs)).chapters.flatMap(\.all) {
        #expect(paragraph.items.count != 1, "paragraph \(paragraph.number) with \(needs) needs")
      }
    }
  }

  @Test(arguments: PaperTexts.codes) func everyTextIsThere(code: String) throws {
    let t = try PaperTexts.t(code)
    for needs in [0, 1, 7] {
      var data = PaperSample.data(needs: needs)
      if needs == 0 {
        data.money = []
        for index in data.chapters.indices {
          data.chapters[index].activities = PaperFigure(0, "activities")
          data.chapters[index].providers = []
        }
      }
      for kind in PaperMasthead.Kind.allCases {
        for distribution in PaperMasthead.Distribution.allCases {
          data.masthead.kind = kind
          data.masthead.distribution = distribution
          data.masthead.original = code
          let outline = PaperOutline(data, PaperSample.names(code), t)
          let text = PaperHTML(outline, t, medium: .screen).article.string
          let isWhole = !text.contains("⟦") && !text.contains("{")
          #expect(isWhole, "a text is missing, or an argument was not filled")
        }
      }
    }
    for key in ["missing", "failed", "slow"] {
      #expect(t.has("proposals-paper.weasyprint-" + key))
    }
  }

  /// Paragraphs on States stand in one order everywhere; lists of names in that of the language.
  @Test func statesStandInOrder() throws {
    let english = ["Albania", "Fiji", "Jordan", "Kenya", "Mali", "Nepal", "Peru", "Togo"]
    let inEnglishOrder = ["ألبانيا", "فيجي", "الأردن", "كينيا", "مالي", "نيبال", "بيرو", "توغو"]
    let arabic = ["الأردن", "ألبانيا", "بيرو", "توغو", "فيجي", "كينيا", "مالي", "نيبال"]
    for (code, paragraphs, list) in [("en", english, english), ("ar", inEnglishOrder, arabic)] {
      let outline = try PaperTexts.outline(code, PaperSample.data(needs: 16))
      let section = outline.chapters[1].sections[1]
      let found = section.paragraphs.dropFirst().map { part in
        paragraphs.first { part.plain.contains($0) } ?? ""
      }
      #expect(found == paragraphs)
      let note = outline.chapters[0].all.flatMap(\.nodes).compactMap { node -> [PaperNode]? in
        if case .footnote(2, let nodes) = node { return nodes }
        return nil
      }
      let names = note.flatMap { $0 }.compactMap { node -> String? in
        if case .name(let name, nil) = node { return name }
        return nil
      }
      #expect(names == list)
    }
  }

  @Test func statesAreNeverSaidToLackAnything() throws {
    // The paper reports statements. These words would be judgements of its own.
    let words = ["lacks", "lack ", "fails", "failed to", "deficient", "does not have", "has no ", "weak"]
    for paragraph in try PaperTexts.outline("en").chapters.flatMap(\.all) {
      for word in words { #expect(!paragraph.plain.lowercased().contains(word), "\(paragraph.plain)") }
    }
  }

  @Test func missingFieldsOfTheMastheadStopTheIssue() throws {
    let t = try PaperTexts.t("en")
    var data = PaperSample.data()
    #expect(PaperOutline(data, PaperSample.names("en"), t).findings(t).isEmpty)
    data.masthead.symbol = ""
    data.masthead.date = ""
    data.masthead.item = 0
    let found = PaperOutline(data, PaperSample.names("en"), t).findings(t)
    #expect(found == [.missing("symbol"), .missing("date"), .missing("item")])
  }
}
