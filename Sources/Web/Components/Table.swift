import Language

/// A table of records: caption, sticky head, links to sort by, cards where the window is narrow.
package struct Table<Record>: Component {
  package struct Sort: Sendable, Equatable {
    package let name: String
    package let isDescending: Bool
    package init(_ name: String, descending: Bool = false) {
      self.name = name
      isDescending = descending
    }
    /// `-title` is descending; nil unless the name is one of those given.
    package init?(_ text: String?, among names: Set<String>) {
      guard let text else { return nil }
      let descending = text.hasPrefix("-")
      let name = descending ? String(text.dropFirst()) : text
      guard names.contains(name) else { return nil }
      self.init(name, descending: descending)
    }
  }

  let caption: String
  let columns: [Column<Record>]
  let sort: Sort?
  /// The column that names the row, which becomes its heading.
  let headed: String?
  let rows: HTML
  let call: Call

  /// - Parameter headed: name of the column that identifies a row; the first by default.
  package init(
    _ records: [Record], caption: String, columns: [Column<Record>], sort: Sort? = nil, headed: String? = nil,
    _ call: Call
  ) {
    self.caption = caption
    self.columns = columns.filter(\.onPage)
    self.sort = sort
    self.headed = headed ?? columns.first(where: \.onPage)?.name
    self.call = call
    let labels = self.columns.map { call.t($0.key) }
    let identifying = self.headed
    let shown = self.columns
    rows = HTML.joined(
      records.map { record in
        tr(
          shown.enumerated().map { index, column in
            Table.cell(record, column, label: labels[index], isHeading: column.name == identifying, call)
          })
      })
  }

  package var html: HTML {
    div(.class("table-frame"), .role("region"), .aria("label", caption), .tabindex(0)) {
      table(.class("records")) {
        Web.caption(caption)
        thead { tr(columns.map(head)) }
        tbody(rows)
      }
    }
  }

  private func head(_ column: Column<Record>) -> HTML {
    let t = call.t
    let kind: Attribute = column.type.isNumeric ? .class("figure-cell") : .none
    var name = HTML(t(column.key))
    if let unit = column.unit { name = name + HTML(" ") + span("(\(unit))", .class("unit")) }
    guard let key = column.sort else { return th(name, .scope("col"), kind) }
    let isCurrent = sort?.name == key
    let descends = isCurrent && sort?.isDescending == false
    let address = call.link(changing: [("sort", descends ? "-" + key : key)])
    let direction = sort?.isDescending == true ? "descending" : "ascending"
    return th(.scope("col"), kind, .when(isCurrent, .aria("sort", direction))) {
      a(href: address, .class(isCurrent ? "sort \(direction)" : "sort")) {
        name
        span(t(descends ? "web.sort.down" : "web.sort.up"), .class("unseen"))
      }
    }
  }

  private static func plain(_ value: CellValue, _ type: ColumnType, _ call: Call) -> HTML {
    if type == .code, case .text(let code) = value { return symbol(code) }
    return value.html(call.t)
  }
  private static func cell(
    _ record: Record, _ column: Column<Record>, label: String, isHeading: Bool, _ call: Call
  ) -> HTML {
    // One box, so that a card puts it beside its label as a whole, in the page's direction.
    let content = div(column.show.map { $0(record, call) } ?? plain(column.value(record), column.type, call))
    let kind: Attribute = column.type.isNumeric ? .class("figure-cell") : .none
    if isHeading { return th(content, .scope("row"), .data("label", label), kind) }
    return td(content, .data("label", label), kind)
  }
}
