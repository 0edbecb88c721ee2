package import Language

/// The look of a paper, on the screen and on A4.
package enum PaperStyle {
  /// Of a whole document.
  /// - Parameters:
  ///   - symbol: the running head.
  ///   - running: a line at the foot of each page, or nothing.
  ///   - direction: of the text. WeasyPrint has no logical sides (`inline-start`), so they are named here.
  package static func text(symbol: String, running: String, direction: Language.Direction) -> String {
    """
    @page {
      size: A4; margin: 30mm 25mm 27mm 25mm;
      @footnote { border-top: .4pt solid #000; padding-top: 2mm; margin-top: 4mm; }
      @bottom-left { content: ""; } @bottom-right { content: ""; }
      @bottom-center { content: \(string(running)); font: 8pt "Noto Sans", "Noto Sans Arabic", sans-serif; color: #8a1c1c; }
    }
    @page :left {
      @top-left { content: \(string(symbol)); direction: ltr; font: bold 9pt "Noto Serif", serif; }
      @bottom-left { content: counter(page); font: bold 9pt "Noto Serif", serif; }
    }
    @page :right {
      @top-right { content: \(string(symbol)); direction: ltr; font: bold 9pt "Noto Serif", serif; }
      @bottom-right { content: counter(page); font: bold 9pt "Noto Serif", serif; }
    }
    @page :first { margin-top: 18mm; @top-left { content: ""; } @top-right { content: ""; } }
    \(rules(start: direction == .leftToRight ? "left" : "right"))
    """
  }

  /// For a page of the site: browsers know logical sides, and Arabic mirrors by itself.
  package static var rules: String { rules(start: "inline-start") }

  /// A CSS string: nothing in it can end it, or the style element.
  static func string(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\", "<", ">", "&": result += "\\" + String(scalar.value, radix: 16) + " "
      default: result += scalar.value < 32 || scalar.value == 127 ? " " : String(scalar)
      }
    }
    return result + "\""
  }

  private static func rules(start: String) -> String {
    """
    .paper { font-family: "Noto Serif", "Noto Naskh Arabic", "Noto Serif CJK SC", "Noto Sans CJK SC", serif;
      line-height: 1.5; max-width: 42rem; margin-left: auto; margin-right: auto; }
    .paper:lang(ar) { font-family: "Noto Naskh Arabic", "Noto Serif", serif; line-height: 1.7; }
    .paper:lang(zh) { font-family: "Noto Serif CJK SC", "Noto Sans CJK SC", "Noto Serif", serif; }
    .paper a { color: inherit; text-decoration: underline; text-decoration-thickness: .5px; text-underline-offset: 2px; }
    .paper h1 { font-size: 1.45em; line-height: 1.3; margin-top: 1.2em; margin-bottom: .4em; }
    .paper h2 { font-size: 1.2em; line-height: 1.3; margin-top: 1.6em; margin-bottom: .6em; break-after: avoid; }
    .paper h3 { font-size: 1em; margin-top: 1.2em; margin-bottom: .5em; break-after: avoid; }
    .paper p { margin-top: 0; margin-bottom: .7em; }
    .paper-mark { display: inline-block; min-width: 2em; }
    .paper-invented { border: 1.5pt solid #8a1c1c; color: #8a1c1c; padding: .4em .8em; font-weight: bold; }
    .paper-row { display: table; width: 100%; border-bottom: .6pt solid #000; padding-top: .4em; padding-bottom: .4em; }
    .paper-organ { font-size: 1.1em; }
    .paper-start, .paper-end { display: table-cell; vertical-align: top; }
    .paper-end { text-align: start; width: 36%; padding-\(start): 1em; }
    .paper-end p { margin-top: 0; margin-bottom: 0; }
    .paper-organ .paper-end { text-align: end; font-weight: bold; }
    .paper-body { font-weight: bold; font-size: 1.2em; line-height: 1.35; }
    .paper-sub-body { font-weight: bold; margin-top: .8em !important; }
    .paper-kind { font-weight: bold; }
    .paper-contents table { width: 100%; border-collapse: collapse; }
    .paper-contents caption { text-align: start; font-weight: bold; padding-top: .5em; padding-bottom: .5em; }
    .paper-contents th { text-align: start; font-weight: normal; font-style: italic; font-size: .85em; }
    .paper-contents:lang(ar) th { font-style: normal; }
    .paper-contents td { padding-top: .15em; padding-bottom: .15em; vertical-align: top; }
    .paper-contents a { text-decoration: none; }
    .paper-contents td + td, .paper-contents th + th { text-align: end; padding-\(start): 1em; white-space: nowrap; }
    .paper-paragraph { text-align: start; orphans: 2; widows: 2; }
    .paper-number { display: inline-block; min-width: 2.2em; }
    .paper-items { list-style: none; margin: 0 0 .7em; padding-\(start): 2.2em; }
    .paper-items li { margin-top: .25em; margin-bottom: .25em; padding-\(start): 2em; position: relative; }
    .paper-letter { position: absolute; \(start): 0; top: 0; }
    .paper .symbol { white-space: nowrap; unicode-bidi: isolate; }
    .paper-own { unicode-bidi: isolate; }
    .paper-call { line-height: 0; font-size: .75em; vertical-align: super; }
    .paper-notes { border-top: 1px solid; margin-top: 2em; font-size: .88em; }
    .paper-wide { overflow-x: auto; }
    .paper-annex table { border-collapse: collapse; width: 100%; font-size: .85em; line-height: 1.35; }
    .paper-annex caption { text-align: start; font-weight: bold; padding-top: .5em; padding-bottom: .5em; }
    .paper-annex th, .paper-annex td { border-top: .5px solid #777; border-bottom: .5px solid #777; padding: .4em .35em; text-align: end; vertical-align: bottom; }
    .paper-annex th[scope=row], .paper-annex th:first-child { text-align: start; font-weight: normal; }
    .paper-note { font-size: .85em; }
    @media screen {
      body { margin: 0; padding: 1rem; }
    }
    @media print {
      body { margin: 0; }
      .paper { font-size: 10pt; max-width: none; }
      .paper-row, .paper-items li, .paper-annex tr { break-inside: avoid; }
      .paper-annex { break-before: page; }
      .paper a { text-decoration-color: #777; }
      .paper-page::after { content: target-counter(attr(href), page); }
      .paper-footnote { float: footnote; font-size: 8pt; line-height: 1.4; font-weight: normal; text-indent: 0; }
      .paper *::footnote-call { content: ""; }
      .paper-footnote::footnote-marker { content: attr(data-mark) "\\a0\\a0\(start == "right" ? "\\200f" : "")"; font-size: 1em; }
    }
    """
  }
}
