import Activities
import Language
import Needs
import Treaty
package import Web

/// From a clause to what was done under it, and from a record back to the clauses that it serves.
extension Mandates {
  package static let links: [ChainLink] = [
    ChainLink("provision", .clause) { id, call in
      try await steps(try await Treaty.book(of: call.services.database()).clausesOfProvision[id] ?? [], call)
    },
    ChainLink("area", .clause) { id, call in
      try await steps(try await Treaty.book(of: call.services.database()).area(id)?.clauses ?? [], call)
    },
  ]
  /// More would make a list of the chain.
  private static let mostSteps = 3

  private static func steps(_ ids: [String], _ call: Call) async throws -> [Trace.Step] {
    if ids.isEmpty { return [] }
    let all = try await call.read { try clauses(of: decision, in: $0) }
    return all.filter { ids.contains($0.id) }.prefix(mostSteps).map { clause in
      Trace.Step(
        call.t("overview.trace.clause"), symbol(clause.id) + HTML(" ") + Treaty.name(clause.name, call.t),
        address: call.link("decisions/3-4/" + clause.id))
    }
  }

  /// Provisions and areas that the clause names, with the needs and activities in them.
  static func trace(_ clause: Clause, _ book: Treaty.Book, _ call: Call) async throws -> HTML {
    let t = call.t
    let viewer = call.viewer
    let provisions = book.provisions.filter { book.clausesOfProvision[$0.id]?.contains(clause.id) == true }
    let areas = Array(book.coveredAreas.filter { $0.clauses.contains(clause.id) }.prefix(mostSteps))
    let counts = try await call.read { db in
      try areas.map { area in
        var needs = Needs.Filter()
        needs.area = area.id
        var activities = Activities.Filter()
        activities.area = area.id
        return (
          needs: try Needs.count(needs, for: viewer, in: db),
          activities: try Activities.count(activities, in: db)
        )
      }
    }
    var steps = [
      Trace.Step(t("overview.trace.clause"), symbol(clause.id), address: nil, current: true)
    ]
    steps += provisions.prefix(mostSteps).map { provision in
      Trace.Step(
        t("needs.trace.provision"), Treaty.citation(provision, book, t),
        address: call.link("provisions/" + Address.encode(provision.id)))
    }
    steps += areas.map { area in
      Trace.Step(
        t("overview.trace.area"), Treaty.name(area.name, t), address: call.link("areas/" + area.id))
    }
    for (area, count) in zip(areas, counts) where count.needs > 0 {
      steps.append(
        Trace.Step(
          t("needs.trace.need"),
          HTML(t("overview.trace.needs", ["count": .number(count.needs)])) + HTML(" · ")
            + Treaty.name(area.name, t), address: call.link("needs", [("area", area.id)])))
    }
    for (area, count) in zip(areas, counts) where count.activities > 0 {
      steps.append(
        Trace.Step(
          t("overview.trace.activity"),
          HTML(t("overview.trace.activities", ["count": .number(count.activities)])) + HTML(" · ")
            + Treaty.name(area.name, t), address: call.link("activities", [("area", area.id)])))
    }
    // A clause that stands alone needs no chain.
    return steps.count > 1 ? Trace(steps, t).html : .empty
  }
}
