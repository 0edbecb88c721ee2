import Directory
package import Language
import Treaty
package import Web

extension Coverage {
  static func worldPage(
    _ cells: [String: [String: Cell]], _ whole: Whole, _ choice: YearChoice, _ books: Books, _ call: Call
  ) -> Page {
    let t = call.t
    // The empty column of those in no regional group says nothing.
    let groups = books.directory.groups.filter { $0.id != "none" || cells["none"] != nil }
    let all = cells[world]?[anyArea] ?? Cell(place: world, area: anyArea)
    return Page(t("coverage.title"), width: .wide, summary: t("coverage.lead")) {
      h1(t("coverage.title"))
      p(t("coverage.lead"), .class("lead"))
      yearForm(choice, call)
      figures(all, link: [("year", String(choice.year))], call)
      ChartFrame(
        t("coverage.matrix.caption", ["year": .year(choice.year)]), table: .empty, source: source(call), t
      ) {
        Matrix(
          caption: t("coverage.matrix.caption", ["year": .year(choice.year)]),
          corner: t("coverage.matrix.corner"),
          columns: groups.map { group in
            a(
              href: call.link("coverage/" + group.id, [("year", String(choice.year))]),
              Treaty.name(group.name, t))
          } + [HTML(t("coverage.all-groups"))],
          rows: areaRows(books, call) { area in
            groups.map { matrixCell(cells[$0.id]?[area], [("group", $0.id)], area, choice.year, call) }
              + [matrixCell(cells[world]?[area], [], area, choice.year, call)]
          },
          legend: legend(t))
      }
      multiples(whole.years, books, call)
      tiles(whole.states, choice.year, books, call)
      moneyTable(
        books.treaty.coveredAreas.map { ($0.id, Treaty.name($0.name, t)) } + [
          (anyArea, HTML(t("coverage.all-areas")))
        ],
        cells[world] ?? [:], choice.year, books, call)
      TakeAway(call)
      rules(t)
    }
  }

  static func groupPage(
    _ group: Treaty.Entry, _ states: [Directory.State], _ cells: [String: [String: Cell]],
    _ choice: YearChoice,
    _ books: Books, _ call: Call
  ) -> Page {
    let t = call.t
    let name = group.name.text(t.language)
    // States without any need or activity stand in one sentence, not in empty lines; nothing ranks them.
    let present = states.filter { cells[$0.id] != nil }
    let absent = states.filter { cells[$0.id] == nil }
    return Page(
      t("coverage.group.title", ["group": .isolated(name)]),
      crumbs: [Page.Crumb("coverage", t("coverage.title"))],
      width: .wide
    ) {
      h1 { t.html("coverage.group.title", ["group": .isolated(name)]) }
      yearForm(choice, call)
      if present.isEmpty {
        EmptyState(t("coverage.group.none"), t("coverage.group.none.more"))
      } else {
        ChartFrame(
          t("coverage.matrix.caption", ["year": .year(choice.year)]), table: .empty, source: source(call), t
        ) {
          Matrix(
            caption: t("coverage.matrix.caption", ["year": .year(choice.year)]),
            corner: t("coverage.matrix.state"),
            columns: books.treaty.coveredAreas.map { Treaty.name($0.name, t) } + [
              HTML(t("coverage.all-areas"))
            ],
            rows: present.map { state in
              Matrix.Row(
                Directory.link(state, call),
                (books.treaty.coveredAreas.map(\.id) + [anyArea]).map { area in
                  matrixCell(cells[state.id]?[area], [("state", state.id)], area, choice.year, call)
                })
            },
            legend: legend(t))
        }
        TakeAway(call)
      }
      if !absent.isEmpty {
        Details(t("coverage.group.absent", ["count": .number(absent.count)])) {
          p { HTML.joined(absent.map { Directory.link($0, call) }, by: " · ") }
        }
      }
      rules(t)
    }
  }

  private static func areaRows(_ books: Books, _ call: Call, _ cells: (String) -> [Matrix.Cell]) -> [Matrix
    .Row]
  {
    books.treaty.coveredAreas.filter { $0.kind == "substantive" }.map {
      Matrix.Row(Treaty.name($0.name, call.t), cells($0.id))
    }
      + [Matrix.Row(HTML(call.t("coverage.all-areas")), cells(anyArea))]
  }

  /// Shown: needs with at least some coverage of needs stated, then the activities.
  private static func matrixCell(
    _ cell: Cell?, _ place: [(String, String?)], _ area: String, _ year: Int, _ call: Call
  ) -> Matrix.Cell {
    let t = call.t
    let needs = cell?.needs ?? NeedCount()
    let activities = cell?.activities ?? 0
    let query: [(String, String?)] = place + [("area", area == anyArea ? nil : area), ("year", String(year))]
    if needs.stated == 0 {
      let words = t("coverage.cell.no-needs", ["count": .number(activities)])
      let address =
        activities > 0 ? call.link("activities", place + [("area", area), ("year", String(year))]) : nil
      return Matrix.Cell("–", words: words, level: .empty, address: address)
    }
    let met = needs.covered + needs.partly
    let words = t(
      "coverage.cell.words",
      [
        "count": .number(needs.stated), "covered": .number(needs.covered), "partly": .number(needs.partly),
        "uncovered": .number(needs.uncovered), "unknown": .number(needs.unknown),
        "activities": .number(activities),
      ])
    let text = t("coverage.cell.text", ["met": .number(met), "stated": .number(needs.stated)])
    if needs.unknown == needs.stated {
      return Matrix.Cell(text, words: words, level: .unknown, address: call.link("needs", query))
    }
    return Matrix.Cell(
      text, words: words, level: Matrix.Level(share: Double(met) / Double(needs.stated)),
      address: call.link("needs", query))
  }
  /// The levels of a matrix in words.
  package static func legend(_ t: Translator) -> [(level: Matrix.Level, words: String)] {
    [
      (.nothing, t("coverage.legend.nothing")), (.slight, t("coverage.legend.slight")),
      (.some, t("coverage.legend.some")), (.strong, t("coverage.legend.strong")),
      (.full, t("coverage.legend.full")),
      (.unknown, t("coverage.legend.unknown")), (.empty, t("coverage.legend.empty")),
    ]
  }

  static func yearForm(_ choice: YearChoice, _ call: Call) -> HTML {
    let t = call.t
    return form(.class("facets"), .method("get"), .action(call.link(call.path))) {
      div(.class("field")) {
        label(t("coverage.year"), .for("year"))
        select(.id("year"), .name("year")) {
          choice.years.reversed().map { year in
            option(t.year(year), .value(String(year)), .when(year == choice.year, .selected))
          }
        }
      }
      div(.class("actions")) { button(t("coverage.year.show"), .class("button"), .type("submit")) }
    }
  }

  /// How the figures are made, in words.
  static func rules(_ t: Translator) -> HTML {
    Details(t("coverage.rules.title")) {
      ul {
        ["covered", "partly", "uncovered", "unknown"].map { word in
          li {
            Web.strong(t("coverage.status." + word))
            ": "
            t("coverage.rules." + word)
          }
        }
      }
      p(t("coverage.rules.years"))
      p(t("coverage.rules.money"))
      p(t("coverage.rules.totals"))
    }.html
  }
}
