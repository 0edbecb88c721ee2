import Coverage
import Directory
import Language
import Treaty
import Web

/// The living page of the design system: each component with its options and states, and when to use it.
///
/// It is made from the components themselves and from names that the register knows, so it cannot fall behind them.
extension Site {
  static let design: [Route] = [
    .get(
      "design", access: .everyone, cached: true, faces: [.page],
      takes: [
        .code("sort", of: ["name", "-name", "code", "-code"], example: "name"),
        .code("group", from: "states", example: "african"), .text("q", max: 100),
      ], designPage)
  ]

  struct DesignBooks: Sendable {
    let treaty: Treaty.Book
    let directory: Directory.Book
    var areas: [Treaty.Area] { Array(treaty.coveredAreas.prefix(5)) }
    /// A few States, by name.
    func states(_ count: Int, _ t: Translator) -> [Directory.State] {
      Array(directory.sorted(directory.states, t).prefix(count))
    }
  }

  private static func designPage(_ call: Call) async throws -> Reply {
    let database = try call.services.database()
    let books = DesignBooks(
      treaty: try await Treaty.book(of: database), directory: try await Directory.book(of: database))
    var query = call.query.reader
    let sort = query.code("sort", of: ["name", "-name", "code", "-code"])
    let group = query.code("group", of: Set(books.directory.groups.map(\.id)))
    let words = query.text("q", max: 100) ?? ""
    try query.finish()
    let t = call.t
    let parts = designParts(books, sort, group, call)
    // Type first, on which all else stands.
    let entries =
      parts.prefix(1) + designForms(books, words, call) + parts.dropFirst() + designCharts(books, call)
    return call.page(
      Page(t("design.title"), width: .wide, summary: t("design.lead")) {
        h1(t("design.title"))
        p(t("design.lead"), .class("lead"))
        nav(.aria("label", t("design.contents"))) {
          ul(
            entries.map { entry in li(a(href: "#" + entry.key, t("design." + entry.key))) }, .class("legend"))
        }
        entries.map { entry in
          section(.id(entry.key)) {
            h2(t("design." + entry.key))
            p(t("design.\(entry.key).use"), .class("quiet"))
            entry.examples
          }
        }
      })
  }

  /// One component: `design.<key>` is its name, `design.<key>.use` when to use it.
  struct DesignEntry: Sendable {
    let key: String
    let examples: HTML
    init(_ key: String, @HTMLBuilder examples: () -> HTML) {
      self.key = key
      self.examples = examples()
    }
  }
}
