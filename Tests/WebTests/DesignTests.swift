import Foundation
import Testing

@testable import Language
@testable import Web

/// Mark-up of the components, in both directions of writing.
@Suite struct DesignTests {
  let fixture: Fixture
  let call: Call
  let arabic: Call
  init() throws {
    fixture = try Fixture()
    func call(_ site: SiteState, _ language: Language) -> Call {
      let arrival = Arrival(
        id: "r", viewer: .guest, session: nil, visitor: nil,
        visit: Visit(agent: "", network: "", cookies: nil), hasBearer: false, language: language, face: .page,
        format: .html, path: "things", query: Query(fields: Fields([("q", "a&b")])), authority: "localhost",
        target: "/en/things")
      return site.call(arrival, pattern: "things")
    }
    self.call = call(fixture.mount.site, .english)
    arabic = call(fixture.mount.site, try #require(fixture.mount.site.services.catalogue.language("ar")))
  }

  private func expect(_ html: HTML, _ parts: String..., not absent: String...) {
    for part in parts { #expect(html.string.contains(part), "\(part) in \(html.string)") }
    for part in absent { #expect(!html.string.contains(part), "\(part) in \(html.string)") }
  }

  @Test func waysThroughThePage() {
    expect(SkipLink("Skip").html, "<a href=\"#main\" class=\"skip\">Skip</a>")
    let languages = fixture.mount.site.offered
    expect(
      LanguageSwitch(languages, call).html, "<nav class=\"languages\"", "lang=\"ar\"", "dir=\"rtl\"",
      "hreflang=\"fr\"", "<span lang=\"en\" aria-current=\"true\">English</span>", "/ar/things?q=a%26b")
    expect(
      SearchField("Words", at: "/en/search", value: "<x", button: "Find").html, "role=\"search\"",
      "<label for=\"search-q\">Words</label>", "id=\"search-q\"", "value=\"&lt;x\"", "dir=\"auto\"",
      "method=\"get\"")
    expect(
      Tabs(
        [.init(HTML("One"), at: "/en/one", current: true), .init(HTML("Two"), at: "/en/two")], label: "Parts"
      ).html, "<nav class=\"tabs\" aria-label=\"Parts\">",
      "<a href=\"/en/one\" aria-current=\"page\">One</a>",
      "<a href=\"/en/two\">Two</a>", not: "role=\"tab\"")
  }

  @Test func tasksAndAnswers() {
    let tasks = TaskList([
      .init(HTML("One"), hint: "h", state: Tag("Done", .good), at: "/en/one"),
      .init(HTML("Two"), state: Tag("Waits", .quiet), at: nil),
    ]).html
    expect(
      tasks, "<a href=\"/en/one\" aria-describedby=\"task-0\">One</a>", "<span id=\"task-0\">",
      "<span>Two</span>",
      "class=\"hint\"")
    let check = CheckAnswers([.init("Part", [.init("Key", HTML("v"), action: ("/en/x", "Change"))])]) {
      Button("Send")
    }.html
    expect(
      check, "<h3>Part</h3>", "<dt>Key</dt>", "Change<span class=\"unseen\"> Key</span>", "type=\"submit\"")
  }

  @Test func timelineSaysWhatHasNoDay() {
    let html = Timeline(
      [
        .init("2000-12-13", HTML("Signed")), .init("2004-06-16", HTML("Party"), HTML("x"), .now),
        .init(nil, HTML("Other"), .empty, .open),
      ], call.t
    ).html
    expect(
      html, "<ol class=\"timeline\">", "<time datetime=\"2000-12-13\">13 December 2000</time>",
      "<li class=\"now\">",
      "<li class=\"open\"><div>")
  }

  @Test func progressWithAndWithoutAnEnd() {
    let known = JobProgress("Reading", done: 3, total: 4, more: "m", call.t).html
    expect(
      known, "role=\"status\"", "<progress max=\"4\" value=\"3\" aria-label=\"Reading\">75%</progress>",
      "3 of 4")
    expect(
      JobProgress("Waiting", done: 0, total: nil, call.t).html,
      "<progress aria-label=\"Waiting\"></progress>", not: "value=")
    let file = FileField(FieldFrame("f", "F", call.t), progress: call.t).html
    expect(file, "data-upload=\"\" hidden", "data-sending=", "data-sent=", "type=\"file\"")
    expect(FileField(FieldFrame("f", "F", call.t)).html, "type=\"file\"", not: "data-upload")
  }

  @Test func figuresOpenTheirRecords() {
    let html = Figures([.init("57", "Covered", .full, at: "/en/needs"), .init("3", "Other", at: "/en/x")])
      .html
    expect(html, "<a href=\"/en/needs\"><b>57</b> <svg", "<span>Covered</span>", "<b>3</b> <span>Other")
  }

  @Test func barsBeginWhereWritingBegins() {
    let rows = [
      Bars.Row(HTML("A"), [(.full, 1), (.hatched, 2), (.empty, 0), (.dotted, 1)], figure: HTML("4")),
      Bars.Row(HTML("B"), [(.full, 2)], figure: HTML("2")),
    ]
    let english = Bars(rows, call.language).html
    expect(
      english, "<rect x=\"0%\" width=\"25%\" height=\"100%\" class=\"mark-full\">",
      "<rect x=\"25%\" width=\"50%\" height=\"100%\" fill=\"url(#mark-hatched)\">",
      "fill=\"url(#mark-dotted)\"", "aria-hidden=\"true\"", not: "mark-empty", "style=")
    expect(
      Bars(rows, arabic.language).html, "<rect x=\"75%\" width=\"25%\" height=\"100%\" class=\"mark-full\">",
      "<rect x=\"50%\" width=\"50%\" height=\"100%\" class=\"mark-full\">")
    // Nothing to compare with: no bar, and no division by nought.
    expect(Bars([Bars.Row(HTML("A"), [(.full, 0)], figure: HTML("0"))], call.language).html, not: "<rect")
    // A part beyond the scale ends at the edge.
    expect(Bars([rows[0]], most: 2, call.language).html, not: "150%")
  }

  @Test func linesBreakWhereNothingIsKnown() {
    let ticks = ["2021", "2022", "2023", "2024"]
    let line = SeriesChart.Line(.first, [1, nil, 2, 4])
    func chart(_ language: Language) -> HTML {
      SeriesChart(ticks, [line], most: 4, mostText: "4", summary: "S", language).html
    }
    let english = chart(call.language).string
    #expect(english.components(separatedBy: "class=\"line-first\"").count - 1 == 1 + 3)
    #expect(english.contains("role=\"img\"") && english.contains("aria-label=\"S\""))
    let points: (String) -> [String] = { text in
      text.matches(of: /<circle cx="([0-9.]+)%"/).map { String($0.1) }
    }
    #expect(points(english).first == "4" && points(chart(arabic.language).string).first == "96")
    // The point of the greatest value is at the upper edge, no point is below the floor.
    #expect(english.contains("cy=\"10%\"") && !english.contains("cy=\"88.01%\""))
    let empty = SeriesChart([], [], most: 0, mostText: "0", summary: "S", call.language).html
    expect(empty, "<svg", not: "nan")
    let many = (1...30).map { String(2000 + $0) }
    let wide = SeriesChart(many, [], most: 1, mostText: "", summary: "S", call.language).html.string
    #expect(wide.components(separatedBy: "<text").count - 1 <= 8)
    for style in SeriesChart.Style.allCases { expect(style.sample, "line-" + style.rawValue, "aria-hidden") }
  }

  @Test func everyChartHasItsTableAndSource() {
    let table = ChartTable("T", head: ["Year", "Needs"], rows: [(HTML("2026"), [HTML("3")])]).html
    let html = ChartFrame(
      "Title", legend: [.init(Mark.hatched, "partly"), .init(.second, "spent")], table: table,
      source: .init("Source: register.", asOf: "2026-01-15"), note: "N", call.t
    ) { HTML("chart") }.html
    expect(
      html, "<figcaption>Title</figcaption>", "<details>", "Source: register. As of 15 January 2026.",
      "<th scope=\"row\" data-label=\"Year\">2026</th>", "data-label=\"Needs\">3</td>", "partly",
      "<p class=\"quiet small\">N</p>",
      "scope=\"col\" class=\"figure-cell\"")
    let own = ChartFrame("Title", table: .empty, source: .init("S.", asOf: nil), call.t) { HTML("m") }.html
    expect(own, "S.", not: "<details>")
    #expect(Mark.allCases.count == Set(Mark.allCases.map { $0.sample.string }).count)
    expect(
      SmallMultiples([(HTML("One"), HTML("chart"))]).html,
      "<ul class=\"multiples\"><li><strong>One</strong>chart")
  }

  @Test func tilesSayTheirNumber() {
    let html = RegionTiles([
      .init(
        HTML("Group"), [.init("Kenya", "3 of 4", words: "met", level: .strong, at: "/en/states/KEN")],
        rest: p("rest"))
    ]).html
    expect(
      html, "<h3>Group</h3>", "<li class=\"level-3\">", "<bdi>Kenya</bdi> <strong>3 of 4</strong>",
      "<span class=\"unseen\"> met</span>", "<p>rest</p>")
  }

  @Test func stepsOfAChainStandInItsOrder() async throws {
    let panels = Panels(
      [],
      links: [
        ChainLink("provision", .activity) { id, _ in [.init("Activity", HTML(id), address: "/en/a")] },
        ChainLink("provision", .clause) { _, _ in [.init("Clause", HTML("c"), address: "/en/c")] },
        ChainLink("provision", .need) { _, _ in [] },
        ChainLink("need", .clause) { _, _ in [.init("Other", HTML("o"), address: "/en/o")] },
      ])
    let own = (place: Trace.Place.provision, step: Trace.Step("P", HTML("p"), address: nil, current: true))
    let html = try await panels.trace("provision", "x", [own], call).string
    let order = ["/en/c", "aria-current=\"step\"", "/en/a"].compactMap { html.range(of: $0)?.lowerBound }
    #expect(order.count == 3 && order == order.sorted() && !html.contains("/en/o"))
    expect(
      Trace([.init("Later", HTML("l"), address: nil)], label: "L", large: true, call.t).html,
      "class=\"trace chain\"", "aria-label=\"L\"", "<li class=\"later\">")
  }

  @Test func paperSaysWhereAndWhen() async throws {
    var layout = Layout(version: "1")
    layout.address = "https://wasl.example"
    let page = layout.document(
      Page("Title") { h1("Title") }, call, addresses: .init(style: "/s", icon: "/i", script: "/j"))
    expect(
      page, "class=\"printed\"", "https://wasl.example/en/things?q=a%26b", "<bdi>Title</bdi>",
      "id=\"mark-hatched\"",
      not: "<script")
    let scripted = layout.document(
      Page("Title", usesScript: true) { h1("Title") }, call,
      addresses: .init(style: "/s", icon: "/i", script: "/assets/wasl.0.js"))
    expect(scripted, "<script src=\"/assets/wasl.0.js\" defer></script>")
  }

  /// Neither side is named but by the line of writing; nothing is fetched from elsewhere; all of it stays small.
  @Test func filesOfTheLook() throws {
    let folder = Fixture.data + "/assets/"
    let css = try String(contentsOfFile: folder + "wasl.css", encoding: .utf8)
    let physical =
      /\b(left|right|top|bottom)\s*:|-(left|right|top|bottom)\b|[\s;{](min-|max-)?(width|height)\s*:/
    for match in css.replacing(/@media[^{]*/, with: "").matches(of: physical) {
      Issue.record("physical: \(match.0)")
    }
    for word in [
      "text-align: left", "text-align: right", "float:", "@import", "url(", "@font-face", "!important",
    ] {
      #expect(!css.contains(word), "\(word)")
    }
    let script = try String(contentsOfFile: folder + "wasl.js", encoding: .utf8)
    for word in ["eval", "innerHTML", "http:", "https:", "document.write", "localStorage"] {
      #expect(!script.contains(word), "\(word)")
    }
    #expect(css.utf8.count < 20_000 && script.utf8.count < 15_000)
    print("summary: style sheet \(css.utf8.count) bytes, script \(script.utf8.count) bytes")
  }
}
