import Language

/// Writes paragraphs: keeps the numbers of paragraphs and footnotes, puts figures and names into texts.
struct PaperWriter {
  let data: PaperData
  let names: PaperNames
  let t: Translator
  private var paragraphs = 0
  private var footnotes = 0

  init(_ data: PaperData, _ names: PaperNames, _ t: Translator) {
    self.data = data
    self.names = names
    self.t = t
  }

  // MARK: Paragraphs

  mutating func paragraph(_ text: [PaperNode]) -> PaperOutline.Paragraph {
    paragraphs += 1
    return PaperOutline.Paragraph(number: paragraphs, text: text, items: [])
  }

  /// A paragraph with lettered parts. A single part is written into the sentence, since an (a) needs a (b).
  mutating func paragraph(_ text: [PaperNode], items: [[PaperNode]]) -> PaperOutline.Paragraph {
    let separator: PaperNode = .text(t("proposals-paper.list.separator"))
    let stop: PaperNode = .text(t("proposals-paper.list.stop"))
    if items.count < 2 {
      return paragraph(text + [space] + items.flatMap { $0 } + [stop])
    }
    paragraphs += 1
    let closed = items.enumerated().map { index, item in item + [index == items.count - 1 ? stop : separator]
    }
    return PaperOutline.Paragraph(number: paragraphs, text: text, items: closed)
  }

  mutating func footnote(_ text: [PaperNode]) -> PaperNode {
    footnotes += 1
    return .footnote(footnotes, text)
  }

  // MARK: Phrases

  // Stands for an argument whose place a piece of text with a link or mark takes.
  private static let token: Character = "\u{E000}"

  /// The text of a key with pieces put in; `count` chooses the plural form.
  func phrase(_ key: String, count: Int? = nil, _ pieces: [String: [PaperNode]] = [:]) -> [PaperNode] {
    var arguments: [String: Argument] = [:]
    for name in pieces.keys { arguments[name] = .isolated("\(PaperWriter.token)\(name)") }
    if let count { arguments["count"] = .number(count) }
    return t.pieces("proposals-paper." + key, arguments).flatMap { piece -> [PaperNode] in
      switch piece {
      case .text(let text): return [.text(text)]
      case .isolated(let text):
        return text.first == PaperWriter.token
          ? pieces[String(text.dropFirst())] ?? [] : [.name(text, language: nil)]
      }
    }
  }

  /// Pieces joined as the language joins a list.
  func list(_ items: [[PaperNode]]) -> [PaperNode] {
    let tokens = items.indices.map { "\(PaperWriter.token)\($0)\(PaperWriter.token)" }
    let parts = t.list(tokens).split(separator: PaperWriter.token, omittingEmptySubsequences: false)
    return parts.enumerated().flatMap { index, part -> [PaperNode] in
      // Texts and numbers of items alternate, a text first.
      if index % 2 == 0 { return part.isEmpty ? [] : [.text(String(part))] }
      return Int(part).map { items[$0] } ?? []
    }
  }

  /// Clauses after one another.
  func clauses(_ parts: [[PaperNode]]) -> [PaperNode] {
    let separator: PaperNode = .text(t("proposals-paper.list.clause"))
    return Array(parts.joined(separator: [separator]))
  }

  /// The number alone, linked.
  func number(_ figure: PaperFigure) -> [PaperNode] { [.figure(t.number(figure.count), path: figure.path)] }

  /// The number with its noun, linked: "3 States", "دولتان". Plural forms are those of `key`.
  func counted(_ key: String, _ figure: PaperFigure) -> [PaperNode] {
    [.figure(t("proposals-paper.count." + key, ["count": .number(figure.count)]), path: figure.path)]
  }

  func amounts(_ money: [PaperAmount]) -> [PaperNode] {
    list(money.map { [.figure(t.money(minor: $0.minor, currency: $0.currency), path: $0.path)] })
  }

  func states(_ codes: [String]) -> [PaperNode] { list(names.sorted(codes, t).map { [names.state($0)] }) }

  /// "articles 18 and 24 of the Organized Crime Convention".
  func articles(_ articles: [PaperChapter.Articles]) -> [PaperNode] {
    list(
      articles.map { part in
        phrase(
          "articles", count: part.numbers.count,
          [
            "articles": list(part.numbers.map { [.symbol($0)] }),
            "instrument": [names.instrument(part.instrument)],
          ])
      })
  }

  /// Between sentences.
  var space: PaperNode { .text(t("proposals-paper.list.space")) }
  var asOf: [PaperNode] { [.text(t.date(data.asOf))] }
}
