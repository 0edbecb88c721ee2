import Activities
import Language
import Needs
import Treaty
package import Web

/// From a need to the activities that may meet it, and back.
extension Coverage {
  package static let links: [ChainLink] = [
    ChainLink("need", .activity) { id, call in try await activitySteps(id, call) },
    ChainLink("activity", .need) { id, call in try await needSteps(id, call) },
  ]
  /// More would make a list of the chain.
  private static let mostSteps = 3

  /// One step for each provision of the need (or area, where it names none) in which something runs in its State.
  private static func activitySteps(_ id: String, _ call: Call) async throws -> [Trace.Step] {
    guard let need = Int64(id) else { return [] }
    let viewer = call.viewer
    let book = try await Treaty.book(of: call.services.database())
    let found = try await call.read { db -> [(isProvision: Bool, id: String, state: String, count: Int)] in
      guard let record = try Needs.find(need, for: viewer, in: db) else { return [] }
      let provisions = try Needs.provisions(of: need, in: db)
      let keys = provisions.isEmpty ? try Needs.areas(of: need, in: db) : provisions
      return try keys.prefix(mostSteps).map { key in
        var filter = Activities.Filter()
        filter.state = record.state
        if provisions.isEmpty { filter.area = key } else { filter.provision = key }
        return (!provisions.isEmpty, key, record.state, try Activities.count(filter, in: db))
      }
    }
    let t = call.t
    return found.filter { $0.count > 0 }.map { entry in
      let name: HTML =
        entry.isProvision
        ? book.provision(entry.id).map { Treaty.citation($0, book, t) } ?? HTML(entry.id)
        : book.area(entry.id).map { Treaty.name($0.name, t) } ?? HTML(entry.id)
      return Trace.Step(
        t("overview.trace.activity"),
        HTML(t("overview.trace.activities", ["count": .number(entry.count)])) + HTML(" · ") + name,
        address: call.link(
          "activities", [("state", entry.state), (entry.isProvision ? "provision" : "area", entry.id)]))
    }
  }

  private static func needSteps(_ id: String, _ call: Call) async throws -> [Trace.Step] {
    guard let activity = Int64(id) else { return [] }
    let viewer = call.viewer
    let found = try await call.read {
      try needs(answeredBy: activity, for: viewer, limit: mostSteps, in: $0)
    }
    try await Needs.noteViews(found, call)
    return found.map { need in
      Trace.Step(
        call.t("needs.trace.need"), bdi(need.title, lang: need.language),
        address: call.link("needs/\(need.id)"))
    }
  }
}
