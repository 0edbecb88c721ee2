import Directory
import Language
import Treaty
package import Web

extension Needs {
  package static let panels: [Panel] = [
    Panel("provision") { id, call in
      var filter = Filter()
      filter.provision = id
      return try await panel(filter, [("provision", id)], call)
    },
    Panel("state") { id, call in
      var filter = Filter()
      filter.state = id
      return try await panel(filter, [("state", id)], call)
    },
  ]
  private static let shown = 10

  /// "4 needs" on the pages of provisions, areas and States, as many as the viewer may see.
  package static let links: [ChainLink] = ["provision", "area", "state"].map { kind in
    ChainLink(kind, .need) { id, call in
      var filter = Filter()
      switch kind {
      case "provision": filter.provision = id
      case "area": filter.area = id
      default: filter.state = id
      }
      let (viewer, asked) = (call.viewer, filter)
      let found = try await call.read { try count(asked, for: viewer, in: $0) }
      if found == 0 { return [] }
      return [
        Trace.Step(
          call.t("needs.trace.need"), HTML(call.t("overview.trace.needs", ["count": .number(found)])),
          address: call.link("needs", [(kind, id)]))
      ]
    }
  }

  private static func panel(_ filter: Filter, _ query: [(String, String?)], _ call: Call) async throws
    -> HTML?
  {
    let viewer = call.viewer
    let books = try await Books(call)
    let (needs, total) = try await call.read { db in
      (
        try list(filter, for: viewer, after: nil, limit: shown, in: db),
        try count(filter, for: viewer, in: db)
      )
    }
    try await noteViews(needs, call)
    let t = call.t
    return group {
      h2(t("needs.panel.title"))
      if needs.isEmpty {
        p(t("needs.panel.none"), .class("quiet"))
      } else {
        Table(
          needs, caption: t("needs.panel.title"),
          columns: columns(books, call).filter { ["title", "state", "urgency", "stage"].contains($0.name) },
          call)
        p { a(href: call.link("needs", query), t("needs.panel.all", ["count": .number(total)])) }
      }
    }
  }
}
