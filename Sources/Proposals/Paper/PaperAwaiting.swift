extension PaperWriter {
  /// Section B: until proposals are written, the needs that await one, by State in the order of the original.
  mutating func awaiting(_ chapter: PaperChapter) -> [PaperOutline.Paragraph] {
    let path = chapter.needs.path
    guard !chapter.awaiting.isEmpty else {
      let none = PaperFigure(0, path)
      return [paragraph(phrase("awaiting.none", ["date": asOf, "needs": number(none)]))]
    }
    let count = PaperFigure(chapter.awaiting.count, path)
    var result = [paragraph(phrase("awaiting.lead", ["needs": counted("needs", count), "date": asOf]))]
    let byState = Dictionary(grouping: chapter.awaiting, by: \.state)
    for state in names.ordered(Array(byState.keys), original: data.masthead.original, t) {
      let needs = (byState[state] ?? []).sorted { $0.reference < $1.reference }
      let name = [names.state(state)]
      // "Stated", not "lacks": the sentence reports the State's own words.
      result.append(
        paragraph(
          phrase("awaiting.state", count: needs.count, ["state": name]), items: needs.map { need($0) }))
    }
    return result
  }

  private func need(_ need: PaperChapter.Need) -> [PaperNode] {
    var details: [[PaperNode]] = [
      phrase("awaiting.reference", ["reference": [.record(need.reference, path: need.path)]])
    ]
    if let form = need.form { details.append([.name(names.forms[form] ?? form, language: nil)]) }
    details.append(phrase("awaiting.urgency." + need.urgency))
    if !need.articles.isEmpty { details.append(articles(need.articles)) }
    return phrase(
      "awaiting.need",
      ["title": [.name(need.title.text, language: need.title.language)], "details": clauses(details)])
  }
}
