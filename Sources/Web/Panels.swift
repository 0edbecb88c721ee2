/// A part of a record's page that a subject above fills: "needs of this provision" on the page of a provision.
package struct Panel: Sendable {
  /// Kind of record: `provision`, `state`, `need`, `activity`.
  package let kind: String
  let render: @Sendable (String, Call) async throws -> HTML?

  /// - Parameter render: record's id → part of the page; nil where there is nothing for this viewer.
  package init(_ kind: String, _ render: @escaping @Sendable (String, Call) async throws -> HTML?) {
    self.kind = kind
    self.render = render
  }
}

/// The panels of a site, in the order in which a page shows them, and the links of its chain.
package struct Panels: Sendable {
  private let panels: [Panel]
  private let links: [ChainLink]
  package init(_ panels: [Panel], links: [ChainLink] = []) {
    self.panels = panels
    self.links = links
  }

  /// The chain before and after a record.
  /// - Parameter own: steps that the record's subject knows itself, the record among them.
  package func trace(
    _ kind: String, _ id: String, _ own: [(place: Trace.Place, step: Trace.Step)], _ call: Call
  ) async throws -> HTML {
    var steps = own
    for link in links where link.kind == kind {
      steps += try await link.steps(id, call).map { (place: link.place, step: $0) }
    }
    // Steps of one place keep their order: the sort is stable.
    return Trace(steps.sorted { $0.place < $1.place }.map(\.step), call.t).html
  }

  package func html(_ kind: String, _ id: String, _ call: Call) async throws -> HTML {
    var parts: [HTML] = []
    for panel in panels where panel.kind == kind {
      if let part = try await panel.render(id, call) { parts.append(part) }
    }
    return HTML.joined(parts)
  }
}
