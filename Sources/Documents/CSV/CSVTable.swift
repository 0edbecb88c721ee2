/// A CSV file with a header line, by column name.
package struct CSVTable: Sendable {
  package struct Row: Sendable {
    package let line: Int
    let cells: [String: String]
    /// Empty when the cell is, or when the column is not there.
    package subscript(_ column: String) -> String { cells[column] ?? "" }
  }
  /// `rule`: a kind of `CSV.Fault`, or `cells` for a row with another number of cells than the header.
  package struct Fault: Sendable, Equatable {
    package let line: Int
    package let rule: String
    package let found: String
  }
  package private(set) var header: [String] = []
  package private(set) var rows: [Row] = []
  package private(set) var faults: [Fault] = []

  package init(_ bytes: [UInt8]) {
    let parsed = CSV.read(bytes)
    faults = parsed.faults.map { Fault(line: $0.line, rule: $0.kind.rawValue, found: $0.kind.rawValue) }
    guard let first = parsed.records.first else { return }
    header = first.cells
    for record in parsed.records.dropFirst() {
      guard record.cells.count == header.count else {
        faults.append(Fault(line: record.line, rule: "cells", found: String(record.cells.count)))
        continue
      }
      rows.append(
        Row(
          line: record.line,
          cells: Dictionary(zip(header, record.cells), uniquingKeysWith: { first, _ in first })))
    }
  }
}
