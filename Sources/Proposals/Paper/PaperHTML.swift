package import Language
package import Web

/// The paper as HTML: the article alone for a page of the site, or a whole document for a file or for paper.
package struct PaperHTML: Sendable {
  package enum Medium: Sendable {
    /// Notes stand at the end and link both ways.
    case screen
    /// Notes stand at the foot of their page.
    case print
  }
  let outline: PaperOutline
  let t: Translator
  /// Address before `/en/…`; empty for links within the site.
  let base: String
  let medium: Medium

  package init(_ outline: PaperOutline, _ t: Translator, base: String = "", medium: Medium) {
    self.outline = outline
    self.t = t
    self.base = base
    self.medium = medium
  }

  /// A complete document with its style inside. Its text depends on nothing but the arguments.
  package var document: String {
    let language = outline.language
    let head = group {
      meta(.attribute("charset", "utf-8"))
      titleElement(outline.masthead.symbol + " " + outline.title)
      meta(.name("viewport"), .content("width=device-width, initial-scale=1"))
      meta(.name("dcterms.created"), .content(outline.masthead.date))
      meta(.name("author"), .content(t("proposals-paper.author")))
    }
    let style = PaperStyle.text(
      symbol: outline.masthead.symbol, running: outline.isInvented ? invented : "",
      direction: language.direction)
    // The style is the one part that is not escaped: PaperStyle writes it, with its two texts as CSS strings.
    return """
      <!doctype html>
      <html lang="\(language.code)" dir="\(language.direction.rawValue)">
      <head>\(head.string)<style>\(style)</style></head>
      \(bodyElement(mainElement(article)).string)
      </html>

      """
  }

  var invented: String { t("proposals-paper.invented") }

  /// Without a style: class names are those of `PaperStyle`.
  package var article: HTML {
    Web.article(.class("paper"), .lang(outline.language.code)) {
      if outline.isInvented { p(invented, .class("paper-invented")) }
      masthead
      h1(outline.title)
      p(.class("paper-kind")) {
        t("proposals-paper.kind." + outline.masthead.kind.rawValue)
        if let late = outline.masthead.late { masthead(note: "**", quoted(late.text, late.language)) }
      }
      contents
      HTML.joined(outline.chapters.enumerated().map { index, chapter in self.chapter(chapter, index + 1) })
      annex
      if medium == .screen { notes }
    }
  }

  private var contents: HTML {
    nav(.class("paper-contents"), .aria("label", t("proposals-paper.contents"))) {
      table {
        caption(t("proposals-paper.contents"))
        thead {
          tr {
            th(t("proposals-paper.contents.chapter"), .scope("col"))
            th(t("proposals-paper.contents.paragraphs"), .scope("col"))
            if medium == .print { th(t("proposals-paper.contents.page"), .scope("col")) }
          }
        }
        tbody {
          HTML.joined(
            outline.chapters.enumerated().map { index, chapter in
              let numbers = chapter.all.map(\.number)
              let range = "\(numbers.first ?? 0)–\(numbers.last ?? 0)"
              return contentsRow("#chapter-\(index + 1)", chapter.mark + " " + chapter.title, range)
            })
          contentsRow("#annex", outline.annex.title + " – " + outline.annex.caption, "")
        }
      }
    }
  }
  private func contentsRow(_ address: String, _ text: String, _ range: String) -> HTML {
    tr {
      td { a(href: address, text) }
      td(range)
      if medium == .print { td { a(href: address, .class("paper-page"), .aria("label", text)) { "" } } }
    }
  }

  private func chapter(_ chapter: PaperOutline.Chapter, _ number: Int) -> HTML {
    section(.id("chapter-\(number)")) {
      h2(heading(chapter.mark, chapter.title))
      HTML.joined(chapter.paragraphs.map(paragraph))
      HTML.joined(
        chapter.sections.map { part in
          group {
            h3(heading(part.mark, part.title))
            HTML.joined(part.paragraphs.map(paragraph))
          }
        })
    }
  }
  private func heading(_ mark: String, _ title: String) -> HTML {
    group {
      span(directed(mark), .class("paper-mark"))
      " " + title
    }
  }

  private func paragraph(_ paragraph: PaperOutline.Paragraph) -> HTML {
    let marks = Marks(t)
    return group {
      p(.id("p\(paragraph.number)"), .class("paper-paragraph")) {
        span(directed(marks.paragraph(paragraph.number)), .class("paper-number"))
        " "
        nodes(paragraph.text)
      }
      if !paragraph.items.isEmpty {
        ul(.class("paper-items"), .role("list")) {
          HTML.joined(
            paragraph.items.enumerated().map { index, item in
              li {
                span(directed(marks.letter(index)), .class("paper-letter"))
                " "
                nodes(item)
              }
            })
        }
      }
    }
  }
}
