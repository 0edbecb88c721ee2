package import Language

/// The paper in one language: numbered chapters, sections and paragraphs, ready to be written in any format.
package struct PaperOutline: Sendable {
  package struct Paragraph: Sendable {
    /// One series through the whole text.
    package let number: Int
    package let text: [PaperNode]
    /// Lettered parts; never a single one.
    package let items: [[PaperNode]]
  }
  package struct Section: Sendable {
    package let mark: String
    package let title: String
    package let paragraphs: [Paragraph]
  }
  /// Chapters I and VII have paragraphs of their own, II to VI a section A and a section B.
  package struct Chapter: Sendable {
    package let mark: String
    package let title: String
    package let paragraphs: [Paragraph]
    package let sections: [Section]
    package var all: [Paragraph] { paragraphs + sections.flatMap(\.paragraphs) }
  }
  /// The summary table of the annex; the first cell of each row is its heading.
  package struct Annex: Sendable {
    package let title: String
    package let caption: String
    package let header: [String]
    package let rows: [(heading: String, cells: [PaperNode])]
    package let note: String
  }

  package let language: Language
  package let masthead: PaperMasthead
  package let title: String
  package let isInvented: Bool
  package let chapters: [Chapter]
  package let annex: Annex

  package init(_ data: PaperData, _ names: PaperNames, _ t: Translator) {
    var writer = PaperWriter(data, names, t)
    let marks = Marks(t)
    var chapters: [Chapter] = []
    func title(_ code: String) -> String { t("proposals-paper.chapter." + code) }

    chapters.append(
      Chapter(
        mark: marks.chapter(0), title: title("introduction"), paragraphs: writer.introduction(), sections: [])
    )
    for chapter in data.chapters {
      let background = Section(
        mark: marks.section(0), title: t("proposals-paper.section.background"),
        paragraphs: writer.background(chapter))
      let proposals = Section(
        mark: marks.section(1), title: t("proposals-paper.section.proposals"),
        paragraphs: writer.awaiting(chapter))
      chapters.append(
        Chapter(
          mark: marks.chapter(chapters.count), title: title(chapter.area.rawValue), paragraphs: [],
          sections: [background, proposals]))
    }
    chapters.append(
      Chapter(
        mark: marks.chapter(chapters.count), title: title("resources"), paragraphs: writer.resources(),
        sections: []))

    language = t.language
    masthead = data.masthead
    self.title = t("proposals-paper.title")
    isInvented = data.isInvented
    self.chapters = chapters
    annex = writer.annex(chapters)
  }
}
