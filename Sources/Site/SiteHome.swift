import Coverage
import Language
import Web

extension Site {
  static let home: [Route] = [.get("", access: .everyone, cached: true, faces: [.page], homePage)]

  private static func homePage(_ call: Call) async throws -> Reply {
    let year = Int(call.services.clock.now().prefix(4)) ?? 2026
    let viewer = call.viewer
    let cells = try await call.read { try Coverage.byGroup(year: year, for: viewer, in: $0) }
    let all =
      cells[Coverage.world]?[Coverage.anyArea] ?? Coverage.Cell(place: Coverage.world, area: Coverage.anyArea)
    let t = call.t
    let work = try await work(call)
    let doors: [(path: String, key: String)] = [
      ("coverage", "coverage"), ("needs", "needs"), ("activities", "activities"), ("states", "states"),
      ("decisions/3-4", "decision"),
    ]
    return call.page(
      Page(t("site.home.title"), width: .wide, summary: t("site.home.lead")) {
        h1(t("site.home.title"))
        p(t("site.home.lead"), .class("lead"))
        work
        h2(t("site.home.stands", ["year": .year(year)]))
        Coverage.figures(all, link: [("year", String(year))], call)
        h2(t("site.home.go"))
        ul(.class("doors")) {
          doors.map { door in
            li {
              a(href: call.link(door.path), t("site.home." + door.key))
              p(t("site.home.\(door.key).more"))
            }
          }
          li {
            a(href: call.link("needs.csv"), t("site.home.data"))
            p(t("site.home.data.more"))
          }
        }
        h2(t("site.home.chain"))
        p(t("site.home.chain.text"))
        chain(call)
      })
  }

  /// provision → answer → need → proposal → Working Group → activity → result → lesson; what is there is a link.
  private static func chain(_ call: Call) -> HTML {
    let steps: [(word: String, path: String?)] = [
      ("provision", "provisions"), ("answer", nil), ("need", "needs"), ("proposal", nil), ("group", nil),
      ("activity", "activities"), ("result", nil), ("lesson", nil),
    ]
    let t = call.t
    return ol(.class("trace-line")) {
      steps.map { step in
        li {
          if let path = step.path {
            a(href: call.link(path), t("site.chain." + step.word))
          } else {
            t("site.chain." + step.word)
            " "
            span("(" + t("site.chain.later") + ")", .class("quiet"))
          }
        }
      }
    }
  }
}
