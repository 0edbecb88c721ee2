import Language

/// A table of figures, shaded by size: areas × regional groups.
///
/// A cell is told apart by its number, its word and a pattern, never by colour alone; each opens the records behind it.
package struct Matrix: Component {
  /// How a cell stands; the word is a message key.
  package enum Level: Int, Sendable, CaseIterable {
    case nothing, slight, some, strong, full
    case unknown
    /// There is nothing of which a share could be taken; not the same as not known.
    case empty

    var style: String {
      switch self {
      case .unknown: "level-unknown"
      case .empty: "level-empty"
      default: "level-\(rawValue)"
      }
    }
    /// Of a share 0…1.
    package init(share: Double) {
      switch share {
      case ..<0.000_001: self = .nothing
      case ..<0.34: self = .slight
      case ..<0.67: self = .some
      case ..<0.999_999: self = .strong
      default: self = .full
      }
    }
  }
  package struct Cell: Sendable {
    package let text: String
    /// What the number says, read out with it: "3 of 5 needs covered".
    package let words: String
    package let level: Level
    /// Address of the records, nil where there are none.
    package let address: String?
    package init(_ text: String, words: String, level: Level, address: String?) {
      self.text = text
      self.words = words
      self.level = level
      self.address = address
    }
    /// The name read out, which begins with what is seen, so that whoever speaks to the browser can say it (WCAG 2.5.3).
    var name: String { text.contains { $0.isLetter || $0.isNumber } ? "\(text) – \(words)" : words }
  }
  package struct Row: Sendable {
    package let name: HTML
    package let cells: [Cell]
    package init(_ name: HTML, _ cells: [Cell]) {
      self.name = name
      self.cells = cells
    }
  }

  let caption: String
  let corner: String
  let columns: [HTML]
  let rows: [Row]
  /// Level and its words, in the order shown under the table.
  let legend: [(level: Level, words: String)]

  package init(
    caption: String, corner: String, columns: [HTML], rows: [Row], legend: [(level: Level, words: String)]
  ) {
    self.caption = caption
    self.corner = corner
    self.columns = columns
    self.rows = rows
    self.legend = legend
  }

  package var html: HTML {
    group {
      div(.class("table-frame"), .role("region"), .aria("label", caption), .tabindex(0)) {
        table(.class("matrix")) {
          Web.caption(caption)
          thead {
            tr {
              th(corner, .scope("col"))
              columns.map { th($0, .scope("col")) }
            }
          }
          tbody(rows.map(line))
        }
      }
      if !legend.isEmpty {
        ul(
          legend.map { entry in
            li {
              span("", .class("swatch \(entry.level.style)"), .aria("hidden", "true"))
              entry.words
            }
          }, .class("legend"))
      }
    }
  }

  private func line(_ row: Row) -> HTML {
    tr {
      th(row.name, .scope("row"))
      row.cells.map { cell in
        td(.class(cell.level.style)) {
          if let address = cell.address {
            a(href: address, .aria("label", cell.name)) { span(cell.text) }
          } else {
            span(cell.text, .class("still"))
            span(cell.words, .class("unseen"))
          }
        }
      }
    }
  }
}
