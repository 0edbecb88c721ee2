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

/// The panels of a site, in the order in which a page shows them.
package struct Panels: Sendable {
  private let panels: [Panel]
  package init(_ panels: [Panel]) { self.panels = panels }

  package func html(_ kind: String, _ id: String, _ call: Call) async throws -> HTML {
    var parts: [HTML] = []
    for panel in panels where panel.kind == kind {
      if let part = try await panel.render(id, call) { parts.append(part) }
    }
    return HTML.joined(parts)
  }
}
