extension PaperWriter {
  /// Chapter I: the mandate, what the figures rest on, the plan.
  mutating func introduction() -> [PaperOutline.Paragraph] {
    let convention = footnote(
      phrase("footnote.treaty", ["series": [.symbol("2225")], "registration": [.symbol("39574")]]))
    let first = paragraph(
      phrase("introduction.article-30", ["note": [convention], "decision": [.symbol("2/6")]]))
    let second = paragraph(phrase("introduction.request", ["decision": [.symbol("3/4")]]))
    let third = paragraph(phrase("introduction.basis"))
    return [first, second, third, parties(), statements(), paragraph(phrase("introduction.plan"))]
  }

  private mutating func parties() -> PaperOutline.Paragraph {
    paragraph(
      phrase("introduction.parties", ["date": asOf]),
      items: data.parties.map { part in
        phrase(
          "introduction.parties-to",
          ["instrument": [names.instrument(part.instrument)], "parties": counted("parties", part.parties)])
      })
  }

  private mutating func statements() -> PaperOutline.Paragraph {
    guard data.needs.count > 0 else {
      return paragraph(phrase("introduction.no-statements", ["date": asOf, "needs": number(data.needs)]))
    }
    let note = footnote(phrase("footnote.states", ["states": states(data.states)]))
    return paragraph(
      phrase(
        "introduction.statements",
        [
          "date": asOf, "states": counted("states", data.stating),
          "needs": counted("needs-object", data.needs), "note": [note],
        ]))
  }
}
