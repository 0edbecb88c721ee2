extension PaperWriter {
  /// Chapter VII: what has to be paid for, and the points for the Working Group.
  mutating func resources() -> [PaperOutline.Paragraph] {
    var result = [paragraph(phrase("resources.finding"))]
    if data.money.isEmpty {
      result.append(paragraph(phrase("resources.no-budgets", ["date": asOf])))
    } else {
      result.append(
        paragraph(
          phrase("resources.budgets", ["date": asOf]),
          items: data.money.map { [.figure(t.money(minor: $0.minor, currency: $0.currency), path: $0.path)] })
      )
    }
    result.append(
      data.awaiting.count == 0
        ? paragraph(phrase("resources.none-awaiting", ["date": asOf, "needs": number(data.awaiting)]))
        : paragraph(phrase("resources.awaiting", ["needs": counted("needs", data.awaiting), "date": asOf])))
    let points = ["needs", "unknown", "partnership"]
    result.append(
      paragraph(phrase("resources.points"), items: points.map { phrase("resources.point." + $0) }))
    return result
  }

  /// The summary table: a row for each area, the figures of its chapter.
  func annex(_ chapters: [PaperOutline.Chapter]) -> PaperOutline.Annex {
    let columns = ["needs", "states", "uncovered", "partly", "covered", "unknown", "activities", "awaiting"]
    let rows = zip(data.chapters, chapters.dropFirst()).map {
      chapter, outline -> (heading: String, cells: [PaperNode]) in
      let coverage = chapter.coverage
      let figures = [
        chapter.needs, chapter.states, coverage.uncovered, coverage.partly, coverage.covered,
        coverage.unknown,
        chapter.activities, PaperFigure(chapter.awaiting.count, chapter.needs.path),
      ]
      return (outline.mark + " " + outline.title, figures.flatMap { number($0) })
    }
    return PaperOutline.Annex(
      title: t("proposals-paper.annex.title"),
      caption: t("proposals-paper.annex.caption", ["date": .date(data.asOf), "year": .year(data.year)]),
      header: [t("proposals-paper.annex.area")] + columns.map { t("proposals-paper.annex." + $0) },
      rows: rows, note: t("proposals-paper.annex.note"))
  }
}
