extension PaperWriter {
  /// Decisions whose recommendations the Working Group took into account: of decision 3/4.
  private static let recommended: [PaperArea: String] = [.cooperation: "3/2", .protocols: "3/3"]

  /// Section A: obligations, what States stated, what providers report.
  mutating func background(_ chapter: PaperChapter) -> [PaperOutline.Paragraph] {
    var result = [paragraph(phrase("background.area." + chapter.area.rawValue))]
    if !chapter.articles.isEmpty { result.append(obligations(chapter)) }
    if !chapter.participation.isEmpty {
      result.append(
        paragraph(
          phrase("background.participation", ["date": asOf]),
          items: chapter.participation.map { part in
            phrase(
              "background.participation-of",
              [
                "instrument": [names.instrument(part.instrument)], "stating": number(part.stating),
                "parties": counted("parties-of", part.parties),
              ])
          }))
    }
    result += needs(chapter)
    result += activities(chapter)
    if let decision = PaperWriter.recommended[chapter.area] {
      result.append(
        paragraph(
          phrase("background.recommendation." + chapter.area.rawValue, ["decision": [.symbol(decision)]])))
    }
    return result
  }

  private mutating func obligations(_ chapter: PaperChapter) -> PaperOutline.Paragraph {
    let sentence = phrase("background.articles", ["articles": articles(chapter.articles)])
    guard !chapter.obligations.isEmpty else { return paragraph(sentence) }
    let note = footnote(phrase("footnote.obligations"))
    return paragraph(
      sentence + [space] + phrase("background.obligations", ["note": [note]]),
      items: chapter.obligations.map { share in
        phrase(
          "background.share",
          ["name": [.text(names.obligations[share.code] ?? share.code)], "figure": number(share.figure)])
      })
  }

  private mutating func needs(_ chapter: PaperChapter) -> [PaperOutline.Paragraph] {
    guard chapter.needs.count > 0 else {
      return [paragraph(phrase("background.no-needs", ["date": asOf, "needs": number(chapter.needs)]))]
    }
    let coverage = chapter.coverage
    let year: [PaperNode] = [.text(t.year(data.year))]
    let parts: [(String, PaperFigure)] = [
      ("uncovered", coverage.uncovered), ("partly", coverage.partly), ("covered", coverage.covered),
      ("unknown", coverage.unknown),
    ]
    let statement = phrase(
      "background.needs",
      [
        "states": counted("states", chapter.states), "needs": counted("needs-object", chapter.needs),
        "date": asOf,
      ])
    var result = [
      paragraph(
        statement + [space] + phrase("background.coverage", ["year": year]),
        items: parts.map { phrase("background.coverage." + $0.0, ["figure": number($0.1)]) })
    ]
    let distribution = [("forms", chapter.forms, names.forms), ("groups", chapter.groups, names.groups)]
    for (key, shares, known) in distribution where !shares.isEmpty {
      result.append(
        paragraph(phrase("background." + key, ["shares": list(shares.map { share($0, known) })])))
    }
    return result
  }

  private func share(_ share: PaperChapter.Share, _ known: [String: String]) -> [PaperNode] {
    phrase(
      "background.share-in-list",
      ["name": [.name(known[share.code] ?? share.code, language: nil)], "figure": number(share.figure)])
  }

  private mutating func activities(_ chapter: PaperChapter) -> [PaperOutline.Paragraph] {
    guard chapter.activities.count > 0 else {
      return [
        paragraph(
          phrase("background.no-activities", ["date": asOf, "activities": number(chapter.activities)]))
      ]
    }
    var items = chapter.providers.map { provider($0) }
    if chapter.furtherProviders > 0 {
      let further = PaperFigure(chapter.furtherProviders, chapter.activities.path)
      items.append(phrase("background.further-providers", ["providers": counted("providers", further)]))
    }
    let activities = counted("activities", chapter.activities)
    return [
      paragraph(phrase("background.activities", ["activities": activities, "date": asOf]), items: items)
    ]
  }

  /// States listed by name up to this number, beyond it counted.
  private static let namedStates = 6

  private func provider(_ provider: PaperChapter.Provider) -> [PaperNode] {
    var parts = [counted("activities", provider.activities)]
    if provider.states.count > PaperWriter.namedStates {
      let figure = PaperFigure(provider.states.count, provider.activities.path)
      parts.append(phrase("provider.states", ["states": counted("states-in", figure)]))
    } else if !provider.states.isEmpty {
      parts.append(phrase("provider.states", ["states": states(provider.states)]))
    }
    if let years = provider.years {
      let ends: [String: [PaperNode]] = [
        "from": [.text(t.year(years.lowerBound))], "to": [.text(t.year(years.upperBound))],
      ]
      parts.append(years.count == 1 ? [.text(t.year(years.lowerBound))] : phrase("provider.years", ends))
    }
    if !provider.money.isEmpty { parts.append(phrase("provider.money", ["money": amounts(provider.money)])) }
    return phrase(
      "provider.line",
      ["provider": [.name(provider.name.text, language: provider.name.language)], "details": clauses(parts)])
  }
}
