import Language
package import Web

extension Activities {
  package static let panels: [Panel] = [
    Panel("provision") { id, call in
      var filter = Filter()
      filter.provision = id
      return try await panel(filter, [("provision", id)], call)
    },
    Panel("state") { id, call in
      var filter = Filter()
      filter.state = id
      filter.area = "*"
      var every = Filter()
      every.state = id
      let asked = every
      let all = try await call.read { try count(asked, in: $0) }
      return try await panel(
        filter, [("state", id), ("area", "*")], title: "activities.panel.title.areas",
        also: (all, [("state", id)]), call)
    },
  ]
  private static let shown = 10

  /// "20 activities" on the pages of provisions, areas and States.
  package static let links: [ChainLink] = ["provision", "area", "state"].map { kind in
    ChainLink(kind, .activity) { id, call in
      var filter = Filter()
      var query: [(String, String?)] = [(kind, id)]
      switch kind {
      case "provision": filter.provision = id
      case "area": filter.area = id
      default:
        filter.state = id
        filter.area = "*"
        query.append(("area", "*"))
      }
      let asked = filter
      let found = try await call.read { try count(asked, in: $0) }
      if found == 0 { return [] }
      return [
        Trace.Step(
          call.t("overview.trace.activity"),
          HTML(call.t("overview.trace.activities", ["count": .number(found)])),
          address: call.link("activities", query))
      ]
    }
  }

  /// - Parameter also: all activities there, of which those shown are a part.
  private static func panel(
    _ filter: Filter, _ query: [(String, String?)], title: String = "activities.panel.title",
    also: (count: Int, query: [(String, String?)])? = nil, _ call: Call
  ) async throws -> HTML? {
    let found = try await call.read { db -> ([Summary], Int) in
      (try list(filter, after: nil, limit: shown, in: db), try count(filter, in: db))
    }
    let (items, total) = found
    let t = call.t
    return group {
      h2(t(title))
      if items.isEmpty {
        p(t(also == nil ? "activities.panel.none" : "activities.panel.none.areas"), .class("quiet"))
      } else {
        Table(
          items, caption: t(title),
          columns: columns(call).filter { ["title", "provider", "start_on", "end_on"].contains($0.name) },
          call)
        p { a(href: call.link("activities", query), t("activities.panel.all", ["count": .number(total)])) }
      }
      if let also, also.count > total {
        p {
          a(
            href: call.link("activities", also.query),
            t("activities.panel.every", ["count": .number(also.count)]))
        }
      }
    }
  }
}
