/// What a subject says on one page; `Layout` puts head, header and footer around it.
package struct Page: Sendable {
  package struct Crumb: Sendable {
    package let path: String
    package let name: String
    /// - Parameter path: without language, `needs`; "" is the home page.
    package init(_ path: String, _ name: String) {
      self.path = path
      self.name = name
    }
  }
  package enum Width: Sendable {
    /// Lines of a length that can be read.
    case reading
    /// Tables and matrices.
    case wide
  }

  package let title: String
  package let crumbs: [Crumb]
  package let width: Width
  /// One sentence for search engines and previews.
  package let summary: String?
  /// Whether the page shows faults; its title then says so first.
  package let hasFaults: Bool
  /// Asks the browser to load the page again after so many seconds (progress of a job without script).
  package let refresh: Int?
  /// Whether the page brings the site's script, which adds comfort to what works without it.
  package let usesScript: Bool
  package let body: HTML

  package init(
    _ title: String, crumbs: [Crumb] = [], width: Width = .reading, summary: String? = nil,
    hasFaults: Bool = false,
    refresh: Int? = nil, usesScript: Bool = false, @HTMLBuilder body: () throws -> HTML
  ) rethrows {
    self.title = title
    self.crumbs = crumbs
    self.width = width
    self.summary = summary
    self.hasFaults = hasFaults
    self.refresh = refresh
    self.usesScript = usesScript
    self.body = try body()
  }
}
