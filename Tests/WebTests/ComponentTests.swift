import Foundation
import Testing

@testable import Language
@testable import Web

@Suite struct ComponentTests {
  let fixture: Fixture
  let call: Call
  init() throws {
    fixture = try Fixture()
    let arrival = Arrival(
      id: "r", viewer: .guest, session: "s", visitor: nil,
      visit: Visit(agent: "", network: "", cookies: nil), hasBearer: false, language: .english, face: .page,
      format: .html, path: "things",
      query: Query(
        fields: Fields([("q", "x<y"), ("stage", "a"), ("sort", "title"), ("keep", "1"), ("after", "c")])),
      authority: "localhost", target: "/en/things")
    call = fixture.mount.site.call(arrival, pattern: "things")
  }
  private let problem = Problem.invalid([
    .fault(field: "title", "web.field.missing"), Fault(.line(3, column: 9), "web.field.date"),
    Fault(.cell(row: 2, column: "État"), "web.field.number"),
  ])

  @Test func table() {
    let things = [Fixture.Thing(id: 1, title: "<b>")]
    let html = Table(
      things, caption: "All", columns: Fixture.columns, sort: .init("title"), headed: "title", call
    ).html.string
    for part in [
      "<caption>All</caption>", "scope=\"col\"",
      "<th scope=\"row\" data-label=\"Message\"><div><bdi>&lt;b&gt;</bdi></div></th>",
      "aria-sort=\"ascending\"", "sort=-title", "keep=1", "data-label=\"Code\"", "tabindex=\"0\"",
    ] { #expect(html.contains(part), "\(part)") }
    #expect(!html.contains("after=c"))
    #expect(Table<Int>.Sort("-title", among: ["title"]) == .init("title", descending: true))
    #expect(Table<Int>.Sort("other", among: ["title"]) == nil)
  }

  @Test func matrixSaysMoreThanColour() {
    let cells: [Matrix.Cell] = Matrix.Level.allCases.map {
      Matrix.Cell(
        "\($0.rawValue)", words: "words \($0.rawValue)", level: $0, address: $0 == .nothing ? nil : "/en/x")
    }
    let html = Matrix(
      caption: "C", corner: "K", columns: cells.map { HTML($0.text) }, rows: [.init(HTML("r"), cells)],
      legend: [(.nothing, "none")]
    ).html.string
    for level in Matrix.Level.allCases {
      #expect(html.contains(level.style) && html.contains("words \(level.rawValue)"))
    }
    #expect(html.contains("<th scope=\"row\">r</th>") && html.contains("<span class=\"still\">"))
    // What is seen begins what is read out; a dash alone is not read.
    #expect(html.contains("aria-label=\"3 – words 3\""))
    #expect(Matrix.Cell("–", words: "none", level: .empty, address: "/en/x").name == "none")
    #expect(
      [0, 0.2, 0.5, 0.9, 1].map { Matrix.Level(share: $0) } == [.nothing, .slight, .some, .strong, .full])
  }

  @Test func facets() {
    let html = Facets(
      [
        .init("q", "Search", .search), .init("state", "State", .one, [.init("KEN", "Kenya", count: 1200)]),
        .init("stage", "Stage", .many, [.init("a", "A", count: 2), .init("b", "B")]),
      ], call
    ).html.string
    for part in [
      "method=\"get\"", "value=\"x&lt;y\"", "<label for=\"facet-q\">", "name=\"keep\" value=\"1\"", "(1,200)",
      "value=\"a\" checked", "<legend>Stage</legend>", "href=\"/en/things\"",
    ] { #expect(html.contains(part), "\(part)") }
    #expect(!html.contains("name=\"after\""))
  }

  @Test func errorSummaryAndFieldsSayTheSame() {
    let frame = TextField(FieldFrame("title", "Title & more", problem: problem, call.t)).html
    let summary = (ErrorSummary(problem.faults, call.t).html + frame).named.string
    // "Enter a value" says of what, in the words of the label; and is a sentence where there is no such field.
    #expect(summary.contains("<a href=\"#field-title\"><bdi>Title &amp; more</bdi>: Enter a value</a>"))
    let alone = ErrorSummary(problem.faults, call.t).html.named.string
    #expect(alone.contains("<a href=\"#field-title\">Enter a value</a>"))
    #expect(summary.contains("role=\"alert\"") && summary.contains("There is a problem"))
    #expect(summary.contains("Line 3, column 9:") && summary.contains("<bdi>État</bdi>"))
    let field = TextField(FieldFrame("title", "Title", hint: "H", problem: problem, call.t), value: "\"<")
      .html.string
    for part in [
      "<label for=\"field-title\">", "id=\"field-title\"", "aria-invalid=\"true\"",
      "aria-describedby=\"field-title-hint field-title-fault\"", "Enter a value", "value=\"&quot;&lt;\"",
      "dir=\"auto\"",
    ] { #expect(field.contains(part), "\(part)") }
    #expect(ErrorSummary([], call.t).html.isEmpty)
  }

  @Test func everyControlHasItsLabel() throws {
    let t = call.t
    let parts: [any Component] = [
      TextField(FieldFrame("a", "A", t)),
      TextArea(FieldFrame("b", "B", optional: true, t), value: "</textarea>"),
      SelectField(FieldFrame("c", "C", t), [.init("x", "X")], value: "x", empty: "-"),
      Radios(FieldFrame("d", "D", t), [.init("x", "X", hint: "h"), .init("y", "Y")], value: "y"),
      Checkboxes(FieldFrame("e.f", "E", t), [.init("x", "X")], values: ["x"]),
      DateField(FieldFrame("g", "G", problem: problem, t), value: "2026-01-15", t),
      FileField(FieldFrame("h", "H", t)),
    ]
    for part in parts {
      let html = part.html.string
      let labels = Set(html.matches(of: /<label for="([^"]+)"/).map { String($0.1) })
      let controls = html.matches(of: /<(?:input|select|textarea)[^>]* id="([^"]+)"/).map { String($0.1) }
      #expect(!controls.isEmpty && Set(controls) == labels, "\(html)")
    }
    #expect(parts[1].html.string.contains("&lt;/textarea&gt;"))
    #expect(parts[5].html.string.contains("name=\"g-month\" value=\"01\""))
  }

  @Test func theSmallOnes() throws {
    let t = call.t
    for tone in Tag.Tone.allCases { #expect(Tag("x", tone).html.string.contains("tag-\(tone.rawValue)")) }
    for tone in Notice.Tone.allCases {
      #expect(Notice("t", tone) { p("b") }.html.string.contains("notice-\(tone.rawValue)"))
    }
    #expect(Notice(live: true) { p("b") }.html.string.contains("role=\"status\""))
    #expect(
      Details("More", open: true) { p("b") }.html.string.hasPrefix("<details open><summary>More</summary>"))
    let list = SummaryList([.init("State", bdi("Kenya"), action: ("/en/x", "Change"))]).html.string
    #expect(list.contains("<dt>State</dt>") && list.contains("Change<span class=\"unseen\"> State</span>"))
    #expect(EmptyState("t", "x", action: ("/en", "go")).html.string.contains("href=\"/en\""))
    let trace = Trace(
      [.init("Need", HTML("n"), address: "/en/n"), .init("Result", HTML("r"), address: nil, current: true)], t
    ).html.string
    #expect(trace.contains("aria-current=\"step\"") && trace.contains("<ol>"))
    let crumbs = Breadcrumb([.init("needs", "Needs")], current: "One", call).html.string
    #expect(crumbs.contains("href=\"/en/needs\"") && crumbs.contains("aria-current=\"page\""))
    #expect(
      Button("Go", href: "/en", .other).html.string == "<a href=\"/en\" class=\"button button-other\">Go</a>")
    #expect(Button("Go", .grave, name: "n", value: "v").html.string.contains("type=\"submit\""))
    let form = FormFrame("things", hasFiles: true, version: 3, call) { p("b") }.html.string
    #expect(
      form.contains("multipart/form-data") && form.contains("name=\"version\" value=\"3\"")
        && form.contains("_csrf"))
    let pager = Pager(shown: 2, total: 7, next: Cursor(.int(1)), call).html.string
    #expect(
      pager.contains("2 shown of 7 records") && pager.contains("rel=\"next\"")
        && pager.contains("/en/things.csv?q="))
  }

  @Test func columnsShowEveryKind() {
    let t = call.t
    let values: [(CellValue, String, String)] = [
      (.none, "null", "aria-label"), (.text("<"), "\"\\u003c\"", "&lt;"), (.number(1234), "1234", "1,234"),
      (.decimal("1.50"), "\"1.50\"", "1.5"), (.date("2026-01-15"), "\"2026-01-15\"", "15 January 2026"),
      (.flag(true), "true", "Yes"), (.texts(["a", "b"]), "[\"a\",\"b\"]", "<bdi>a</bdi>, <bdi>b</bdi>"),
      (.money(minor: 123_450, currency: "USD"), "{\"amount\":\"1234.50\",\"currency\":\"USD\"}", "1,234.50"),
    ]
    for (value, json, html) in values {
      #expect(value.json.string == json)
      #expect(value.html(t).string.contains(html))
    }
  }

  @Test func csv() {
    struct Row: Sendable { let value: CellValue }
    let columns: [Column<Row>] = [
      Column("t", .text, "k") { $0.value },
      Column("m", .money, "k") { _ in .money(minor: -150, currency: "EUR") },
    ]
    let texts = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "a\"b", "a,b", "a\nb", " x", "é"]
    let expected = [
      "'=1+1", "'+1", "'-1", "'@x", "'\tx", "\"'\rx\"", "\"a\"\"b\"", "\"a,b\"", "\"a\nb\"", "\" x\"", "é",
    ]
    var bytes: [UInt8] = []
    CSVText.line(columns.flatMap(\.names), to: &bytes)
    for text in texts {
      let row = Row(value: .text(text))
      CSVText.line(columns.flatMap { $0.exported(row, as: .csv, call) }.map(\.text), to: &bytes)
    }
    let written = String(decoding: bytes, as: UTF8.self)
    let wanted = "t,m,m_currency\r\n" + expected.map { $0 + ",-1.50,EUR\r\n" }.joined()
    #expect(written == wanted)
  }

  @Test func styleSheetKeepsItsRules() throws {
    let css = try String(contentsOfFile: Fixture.data + "/assets/wasl.css", encoding: .utf8)
    #expect(css.utf8.count < 20_480)
    #expect(css.firstMatch(of: /\b(left|right)\b/) == nil)
    #expect(
      css.firstMatch(of: /\b(margin|padding|border)-(top|bottom)\b|[^-]\b(width|height)\s*:/.ignoresCase())
        == nil)
    for feature in ["forced-colors", "prefers-color-scheme: dark", "@media print", ":focus-visible"] {
      #expect(css.contains(feature))
    }
    #expect(!css.contains("url(") && !css.contains("@import"))
  }

  /// AA: 4.5 for text, 3 for marks, in both schemes, from the tokens themselves.
  @Test func contrast() throws {
    let css = try String(contentsOfFile: Fixture.data + "/assets/wasl.css", encoding: .utf8)
    let blocks = css.matches(of: /:root \{([^}]*)\}/).map { String($0.1) }
    let light = tokens(blocks[0])
    let dark = light.merging(tokens(blocks[1])) { $1 }
    let pairs = [
      ("ink", "paper"), ("ink", "sheet"), ("ink", "tint"), ("quiet", "paper"), ("quiet", "sheet"),
      ("quiet", "tint"),
      ("link", "paper"), ("link", "tint"), ("link", "sheet"), ("seen", "paper"), ("seen", "tint"),
      ("deep-ink", "deep"),
      ("good", "good-bg"), ("note", "note-bg"), ("grave", "grave-bg"), ("grave", "paper"), ("ink", "l0"),
      ("ink", "l1"),
      ("ink", "l2"), ("on-dark", "l4"), ("on-dark", "l3"),
    ]
    for scheme in [light, dark] {
      for (one, other) in pairs {
        let ratio = contrast(try #require(scheme[one]), try #require(scheme[other]))
        // Cells of the third level carry bold figures; they still have to reach the ratio of large text.
        let least = other == "l3" ? 3.0 : 4.5
        #expect(ratio >= least, "\(one) on \(other): \(ratio)")
      }
    }
  }
  private func tokens(_ block: String) -> [String: [Double]] {
    var found: [String: [Double]] = [:]
    for match in block.matches(of: /--([a-z0-9-]+): ?#([0-9a-f]{6}|[0-9a-f]{3});/) {
      let digits = match.2.count == 3 ? match.2.map { "\($0)\($0)" }.joined() : String(match.2)
      let value = UInt32(digits, radix: 16) ?? 0
      found[String(match.1)] = [16, 8, 0].map { Double(value >> UInt32($0) & 255) / 255 }
    }
    return found
  }
  private func contrast(_ one: [Double], _ other: [Double]) -> Double {
    func light(_ rgb: [Double]) -> Double {
      let linear = rgb.map { $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
      return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
    let (a, b) = (light(one), light(other))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }
}
