import Web

extension PaperHTML {
  func nodes(_ nodes: [PaperNode]) -> HTML { HTML.joined(nodes.map(node)) }

  private func node(_ node: PaperNode) -> HTML {
    switch node {
    case .text(let text): HTML(directed(text))
    case .name(let text, nil): bdi(text)
    case .name(let text, let language?): quoted(text, language)
    case .symbol(let text): symbol(text)
    case .figure(let text, let path): a(href: address(path), text, .class("paper-figure"))
    case .record(let text, let path): a(href: address(path)) { symbol(text) }
    case .footnote(let number, let text): footnote(number, text)
    }
  }

  /// Somebody's own words. On paper their direction is said outright: WeasyPrint does not find it by itself.
  func quoted(_ text: String, _ language: String?) -> HTML {
    guard medium == .print, let language else { return bdi(text, lang: language) }
    let direction = t.catalogue.language(language)?.direction ?? .leftToRight
    return span(text, .class("paper-own"), .lang(language), .dir(direction.rawValue))
  }

  /// Address of a list or record in the paper's language.
  func address(_ path: String) -> String { base + "/" + outline.language.code + "/" + path }

  private func footnote(_ number: Int, _ text: [PaperNode]) -> HTML {
    switch medium {
    case .print: printed(t.number(number), nodes(text))
    case .screen:
      sup(
        a(href: "#note-\(number)", t.number(number), .id("call-\(number)"), .role("doc-noteref")),
        .class("paper-call"))
    }
  }

  /// A note of the masthead, called by asterisks.
  func masthead(note mark: String, _ text: HTML) -> HTML {
    switch medium {
    case .print: printed(mark, text)
    case .screen:
      sup(a(href: "#note-\(mark.count)-masthead", mark, .role("doc-noteref")), .class("paper-call"))
    }
  }

  // The mark in the text is written here and not counted by the style, so that both marks are ours.
  private func printed(_ mark: String, _ text: HTML) -> HTML {
    sup(mark, .class("paper-call")) + span(text, .class("paper-footnote"), .data("mark", mark))
  }

  /// WeasyPrint orders each piece of a line by itself: brackets and points between two links would not know that
  /// they stand in Arabic. Marks of direction around such a piece tell it; nobody sees them.
  func directed(_ text: String) -> String {
    guard medium == .print, outline.language.direction == .rightToLeft else { return text }
    let mark = "\u{200F}"
    let isOpen = text.first.map { !$0.isLetter } ?? false
    let isClosed = text.last.map { !$0.isLetter } ?? false
    return (isOpen ? mark : "") + text + (isClosed ? mark : "")
  }

  /// All notes, for the screen.
  var notes: HTML {
    let paragraphs = outline.chapters.flatMap(\.all)
    let texts = paragraphs.flatMap { [$0.text] + $0.items }.flatMap { PaperHTML.footnotes($0) }
    return section(.class("paper-notes"), .role("doc-endnotes"), .aria("label", t("proposals-paper.notes"))) {
      h2(t("proposals-paper.notes"))
      p(.id("note-1-masthead")) {
        "* "
        symbol(outline.masthead.agenda)
      }
      if let late = outline.masthead.late {
        p(.id("note-2-masthead")) {
          "** "
          quoted(late.text, late.language)
        }
      }
      HTML.joined(
        texts.map { number, text in
          p(.id("note-\(number)")) {
            a(href: "#call-\(number)", t.number(number), .role("doc-backlink"))
            " "
            nodes(text)
          }
        })
    }
  }
  static func footnotes(_ nodes: [PaperNode]) -> [(Int, [PaperNode])] {
    nodes.flatMap { node -> [(Int, [PaperNode])] in
      if case .footnote(let number, let text) = node { return [(number, text)] }
      return []
    }
  }
}
