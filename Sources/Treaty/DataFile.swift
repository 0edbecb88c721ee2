import Documents
import Foundation

/// One line of a data file, by column name.
package struct DataRow: Sendable {
  package let file: String
  package let line: Int
  let row: CSVTable.Row

  /// Empty when the cell is.
  package subscript(_ column: String) -> String { row[column] }
  package func optional(_ column: String) -> String? { self[column].isEmpty ? nil : self[column] }
  /// Codes separated by semicolons.
  package func list(_ column: String) -> [String] { self[column].split(separator: ";").map(String.init) }
  package func flag(_ column: String) -> Bool { self[column] == "yes" }
}

/// Something wrong in a data file: the message `treaty.data.<rule>` with `arguments`.
package struct DataFault: Sendable, Equatable, Error {
  package let file: String
  package let line: Int
  package let column: String
  package let rule: String
  package let found: String

  package init(_ row: DataRow, _ column: String, _ rule: String) {
    self.init(file: row.file, line: row.line, column: column, rule: rule, found: row[column])
  }
  package init(file: String, line: Int, column: String, rule: String, found: String) {
    self.file = file
    self.line = line
    self.column = column
    self.rule = rule
    self.found = found
  }
}

package struct DataFaults: Error, Sendable {
  package let faults: [DataFault]
  package init(faults: [DataFault]) { self.faults = faults }
}

/// The data directory: CSV files with a header line.
package struct DataDirectory: Sendable {
  package let path: String
  package init(_ path: String) { self.path = path }

  /// All lines of a file. Missing file, missing column, bad CSV and a wrong number of cells are faults.
  package func rows(_ file: String, needing columns: [String], _ faults: inout [DataFault]) -> [DataRow] {
    guard let bytes = FileManager.default.contents(atPath: "\(path)/\(file)") else {
      faults.append(DataFault(file: file, line: 0, column: "", rule: "file-missing", found: file))
      return []
    }
    let table = CSVTable(Array(bytes))
    for fault in table.faults {
      faults.append(
        DataFault(
          file: file, line: fault.line, column: "", rule: fault.rule == "cells" ? "cells" : "csv",
          found: fault.found))
    }
    for column in columns where !table.header.contains(column) {
      faults.append(DataFault(file: file, line: 1, column: column, rule: "column-missing", found: ""))
    }
    return table.rows.map { DataRow(file: file, line: $0.line, row: $0) }
  }
}

/// Checks that every data file needs.
package enum DataCheck {
  package static func unique(_ rows: [DataRow], _ columns: [String], _ faults: inout [DataFault]) {
    var seen: Set<String> = []
    for row in rows where !seen.insert(columns.map { row[$0] }.joined(separator: "\u{1}")).inserted {
      faults.append(DataFault(row, columns.last ?? "", "id-twice"))
    }
  }
  package static func present(_ rows: [DataRow], _ columns: [String], _ faults: inout [DataFault]) {
    for row in rows {
      for column in columns where row[column].isEmpty { faults.append(DataFault(row, column, "cell-empty")) }
    }
  }
  package static func refers(
    _ rows: [DataRow], _ column: String, to known: Set<String>, _ faults: inout [DataFault]
  ) {
    for row in rows {
      for value in row.list(column) where !known.contains(value) {
        faults.append(
          DataFault(file: row.file, line: row.line, column: column, rule: "reference-unknown", found: value))
      }
    }
  }
  package static func oneOf(
    _ rows: [DataRow], _ column: String, _ values: [String], _ faults: inout [DataFault]
  ) {
    for row in rows where !values.contains(row[column]) {
      faults.append(DataFault(row, column, "value-unknown"))
    }
  }
  package static func names(_ rows: [DataRow], prefix: String = "name", _ faults: inout [DataFault]) {
    present(rows, Multilingual.codes.map { "\(prefix)_\($0)" }, &faults)
  }
  /// Chains of `parent` must end.
  package static func acyclic(_ rows: [DataRow], _ faults: inout [DataFault]) {
    let parents = Dictionary(rows.map { ($0["id"], $0["parent"]) }, uniquingKeysWith: { first, _ in first })
    for row in rows {
      var seen: Set<String> = [row["id"]]
      var next = row["parent"]
      while !next.isEmpty {
        guard seen.insert(next).inserted else {
          faults.append(DataFault(row, "parent", "cycle"))
          break
        }
        next = parents[next] ?? ""
      }
    }
  }
}
