import Directory
import Documents
package import Storage
import Treaty
import Web

extension Needs {
  /// Columns of the file for `wasl needs import`, in the order in which they are documented.
  package static let importColumns = [
    "reference", "state", "provisions", "areas", "form", "language", "title", "missing", "beneficiaries",
    "urgency",
    "source", "quotation", "authority", "stated_on", "visibility", "stage",
  ]

  /// A fault of an import: the message `needs.import.<rule>`, at row and column.
  package struct ImportFault: Sendable, Equatable {
    package let line: Int
    package let column: String
    package let rule: String
    package let found: String
  }
  /// `received = accepted + unchanged + rejected`, always.
  package struct ImportOutcome: Sendable, Equatable {
    package var received = 0
    package var accepted = 0
    package var unchanged = 0
    package var rejected = 0
    package var faults: [ImportFault] = []
    /// The file as a whole was refused: nothing was taken in.
    package var isRefused = false
  }

  /// Takes in a CSV file with the columns of `importColumns`, in any order. Rows with faults are left out, each
  /// with all its faults; a file that is no such table is refused as a whole.
  package static func importCSV(
    _ bytes: [UInt8], isInvented: Bool = false, by actor: Actor, database: Database
  ) async throws -> ImportOutcome {
    let book = try await Treaty.book(of: database)
    let states = try await Directory.book(of: database)
    var outcome = ImportOutcome()
    let drafts = parse(bytes, isInvented: isInvented, book, states, &outcome)
    if outcome.isRefused { return outcome }
    let parsed = outcome
    return try await database.write(by: actor) { db in
      var outcome = parsed
      for draft in drafts {
        switch try save(draft, in: db) {
        case .added, .changed: outcome.accepted += 1
        case .unchanged: outcome.unchanged += 1
        }
      }
      return outcome
    }
  }

  static func parse(
    _ bytes: [UInt8], isInvented: Bool, _ book: Treaty.Book, _ states: Directory.Book,
    _ outcome: inout ImportOutcome
  ) -> [Draft] {
    let table = CSVTable(bytes)
    // A row of another length is left out alone; any other fault means that the table cannot be trusted.
    for fault in table.faults where fault.rule != "cells" {
      outcome.faults.append(ImportFault(line: fault.line, column: "", rule: "csv", found: fault.found))
    }
    for column in importColumns where !table.header.contains(column) {
      outcome.faults.append(ImportFault(line: 1, column: column, rule: "column-missing", found: ""))
    }
    for column in table.header where !importColumns.contains(column) {
      outcome.faults.append(ImportFault(line: 1, column: column, rule: "column-unknown", found: column))
    }
    if !outcome.faults.isEmpty || (table.rows.isEmpty && table.faults.isEmpty) {
      if table.rows.isEmpty && outcome.faults.isEmpty {
        outcome.faults.append(ImportFault(line: 1, column: "", rule: "no-rows", found: ""))
      }
      outcome.isRefused = true
      return []
    }
    for fault in table.faults where fault.rule == "cells" {
      outcome.received += 1
      outcome.rejected += 1
      outcome.faults.append(ImportFault(line: fault.line, column: "", rule: "cells", found: fault.found))
    }
    var drafts: [Draft] = []
    var seen: Set<String> = []
    for row in table.rows {
      outcome.received += 1
      var check = NeedRowCheck(row: row, book: book, states: states)
      var draft = check.draft()
      draft.isInvented = isInvented
      if !draft.reference.isEmpty && !seen.insert(draft.reference).inserted {
        check.fault("reference", "reference-twice", draft.reference)
      }
      if check.faults.isEmpty {
        drafts.append(draft)
      } else {
        outcome.rejected += 1
        outcome.faults += check.faults
      }
    }
    return drafts
  }
}

/// Reads one row; gathers every fault of it.
struct NeedRowCheck {
  let row: CSVTable.Row
  let book: Treaty.Book
  let states: Directory.Book
  var faults: [Needs.ImportFault] = []

  init(row: CSVTable.Row, book: Treaty.Book, states: Directory.Book) {
    self.row = row
    self.book = book
    self.states = states
  }
  mutating func fault(_ column: String, _ rule: String, _ found: String) {
    faults.append(Needs.ImportFault(line: row.line, column: column, rule: rule, found: found))
  }
  private mutating func required(_ column: String) -> String {
    let value = row[column].trimmed
    if value.isEmpty { fault(column, "cell-empty", "") }
    return value
  }
  private mutating func word<T: RawRepresentable>(_ column: String, _ fallback: T) -> T
  where T.RawValue == String {
    let value = required(column)
    if let found = T(rawValue: value) { return found }
    if !value.isEmpty { fault(column, "word-unknown", value) }
    return fallback
  }
  mutating func draft() -> Needs.Draft {
    var draft = Needs.Draft()
    draft.reference = required("reference")
    draft.state = required("state")
    if !draft.state.isEmpty && states.state(draft.state) == nil {
      fault("state", "state-unknown", draft.state)
    }
    draft.language = required("language")
    if !draft.language.isEmpty && !Multilingual.codes.contains(draft.language) {
      fault("language", "language-unknown", draft.language)
    }
    draft.title = required("title")
    draft.missing = required("missing")
    draft.beneficiaries = row["beneficiaries"].trimmed
    draft.urgency = word("urgency", .medium)
    draft.stage = word("stage", .stated)
    draft.visibility = word("visibility", Visibility.state)
    draft.source = word("source", .request)
    // Rule of the domain: no need without a statement by the State.
    draft.quotation = required("quotation")
    draft.authority = required("authority")
    draft.statedOn = required("stated_on")
    if !draft.statedOn.isEmpty && !draft.statedOn.isDay { fault("stated_on", "date-invalid", draft.statedOn) }
    let form = row["form"].trimmed
    if !form.isEmpty {
      draft.form = form
      if book.form(form) == nil { fault("form", "form-unknown", form) }
    }
    let book = book
    draft.provisions = codes("provisions", "provision-unknown") { book.provision($0) != nil }
    let areas = Set(book.coveredAreas.map(\.id))
    draft.areas = codes("areas", "area-unknown") { areas.contains($0) }
    if draft.areas.isEmpty {
      draft.areas = Array(Set(draft.provisions.flatMap { book.areasOfProvision[$0] ?? [] })).filter {
        $0 != "NONE"
      }.sorted()
    }
    if draft.areas.isEmpty && faults.isEmpty { fault("areas", "area-missing", "") }
    return draft
  }
  private mutating func codes(_ column: String, _ rule: String, _ isKnown: (String) -> Bool) -> [String] {
    let found = row[column].split(separator: ";").map { String($0).trimmed }.filter { !$0.isEmpty }
    for code in found where !isKnown(code) { fault(column, rule, code) }
    return Array(Set(found)).sorted()
  }
}
