/// A CSV file with a header line, by column name.
package struct CSVTable: Sendable {
  package struct Row: Sendable {
    package let line: Int
    let cells: [String: String]
    /// Empty when the cell is, or when the column is not there. A name in small letters finds any spelling of it.
    package subscript(_ column: String) -> String { cells[column] ?? folded[column] ?? "" }
    private var folded: [String: String] {
      Dictionary(cells.map { ($0.key.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first })
    }
  }
  /// `rule`: a kind of `CSV.Fault`, or `cells` for a row with another number of cells than the header.
  package struct Fault: Sendable, Equatable {
    package let line: Int
    package let rule: String
    package let found: String
  }
  /// Names of the columns as the file has them, without space around.
  package private(set) var header: [String] = []
  package private(set) var rows: [Row] = []
  package private(set) var faults: [Fault] = []

  package init(_ bytes: [UInt8]) {
    let parsed = CSV.read(bytes)
    faults = parsed.faults.map { Fault(line: $0.line, rule: $0.kind.rawValue, found: $0.kind.rawValue) }
    guard let first = parsed.records.first else { return }
    header = first.cells.map { cell in
      String(cell.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
    for record in parsed.records.dropFirst() {
      // Spreadsheets leave lines of commas alone behind.
      if record.cells.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) { continue }
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
