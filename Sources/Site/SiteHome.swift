import Activities
import Coverage
import Language
import Mandates
import Needs
import Treaty
import Web

/// In one screen: what the process is, where it stands, and what the reader can do.
extension Site {
  static let home: [Route] = [.get("", access: .everyone, cached: true, faces: [.page], homePage)]

  /// What stands at each link of the chain, as far as the viewer may see it.
  private struct Standing: Sendable {
    let clauses: Int
    let needs: Int
    let activities: Int
    let cells: [String: Coverage.Cell]
  }

  private static func homePage(_ call: Call) async throws -> Reply {
    let year = Int(call.services.clock.now().prefix(4)) ?? 2026
    let viewer = call.viewer
    let book = try await Treaty.book(of: call.services.database())
    let standing = try await call.read { db in
      Standing(
        clauses: try Mandates.clauses(of: Mandates.decision, in: db).count,
        needs: try Needs.count(Needs.Filter(), for: viewer, in: db),
        activities: try Activities.count(Activities.Filter(), in: db),
        cells: try Coverage.byGroup(year: year, for: viewer, in: db)[Coverage.world] ?? [:])
    }
    let all =
      standing.cells[Coverage.anyArea] ?? Coverage.Cell(place: Coverage.world, area: Coverage.anyArea)
    let bars = try await Coverage.areaBars(standing.cells, year: year, at: [], call)
    let t = call.t
    let work = try await work(call)
    return call.page(
      Page(t("site.home.title"), width: .wide, summary: t("site.home.lead")) {
        h1(t("site.home.title"))
        p(t("site.home.lead"), .class("lead"))
        chain(standing, provisions: book.provisions.count, call)
        div(.class("columns")) {
          section {
            h2(t("site.home.stands", ["year": .year(year)]))
            Coverage.figures(all, link: [("year", String(year))], call)
            bars
          }
          section {
            work
            doors(call)
          }
        }
      })
  }

  private static func doors(_ call: Call) -> HTML {
    let t = call.t
    var doors: [(path: String, text: String, more: String)] = [
      ("coverage", "coverage"), ("needs", "needs"), ("activities", "activities"), ("states", "states"),
      ("decisions/3-4", "decision"), ("needs.csv", "data"),
    ].map { ($0.0, t("site.home." + $0.1), t("site.home.\($0.1).more")) }
    if call.viewer.isGuest {
      doors.append(("sign-in", t("site.nav.sign-in"), t("overview.home.sign-in.more")))
    }
    return group {
      h2(t("site.home.go"))
      ul(.class("plain")) {
        doors.map { door in
          li {
            a(href: call.link(door.path), door.text)
            p(door.more, .class("quiet small"))
          }
        }
      }
    }
  }

  /// The chain of the decision with what stands at each link; what is there is a link.
  private static func chain(_ standing: Standing, provisions: Int, _ call: Call) -> HTML {
    let t = call.t
    let steps: [(word: String, count: Int?, path: String)] = [
      ("clause", standing.clauses, "decisions/3-4"), ("provision", provisions, "provisions"),
      ("answer", nil, ""), ("need", standing.needs, "needs"), ("proposal", nil, ""), ("group", nil, ""),
      ("activity", standing.activities, "activities"), ("result", nil, ""),
    ]
    return Trace(
      steps.map { step in
        let kind = step.word == "clause" ? t("overview.trace.clause") : t("site.chain." + step.word)
        guard let count = step.count else {
          return Trace.Step(kind, HTML(t("site.chain.later")), address: nil)
        }
        return Trace.Step(kind, HTML(t.number(count)), address: call.link(step.path))
      }, label: t("overview.home.chain"), large: true, t
    ).html
  }
}
