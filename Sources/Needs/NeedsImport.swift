import Directory
import Documents
package import Language
package import Storage
import Treaty
import Web

extension Needs {
  /// The day on which the Convention was opened for signature: no State stated a need under it before.
  static let firstDay = "2000-12-12"

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
    package init(line: Int, column: String, rule: String, found: String) {
      self.line = line
      self.column = column
      self.rule = rule
      self.found = found
    }
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
    package init() {}
  }

  /// Takes in a CSV file with the columns of `importColumns`, in any order, in small or capital letters. Rows with faults are left out, each
  /// with all its faults; a file that is no such table is refused as a whole.
  /// - Parameter today: `YYYY-MM-DD`; no statement is later.
  package static func importCSV(
    _ bytes: [UInt8], isInvented: Bool = false, today: String, by actor: Actor, database: Database
  ) async throws -> ImportOutcome {
    let book = try await Treaty.book(of: database)
    let states = try await Directory.book(of: database)
    var outcome = ImportOutcome()
    let drafts = parse(bytes, isInvented: isInvented, today: today, book, states, &outcome)
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
    _ bytes: [UInt8], isInvented: Bool, today: String, _ book: Treaty.Book, _ states: Directory.Book,
    _ outcome: inout ImportOutcome
  ) -> [Draft] {
    let table = CSVTable(bytes)
    outcome.faults = tableFaults(bytes, table)
    if !outcome.faults.isEmpty {
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
      var check = NeedRowCheck(row: row, today: today, book: book, states: states)
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

extension Needs {
  /// What is wrong and how to mend it, in the reader's language.
  package static func text(_ fault: ImportFault, _ t: Translator) -> String {
    let found: Argument = fault.rule == "csv" ? .word("needs.csv." + fault.found) : .isolated(fault.found)
    return t(
      "needs.import." + fault.rule,
      ["found": found, "column": .isolated(fault.column), "words": .list(words(of: fault.column))])
  }
  /// Words that a column can have; empty where it takes any text.
  static func words(of column: String) -> [String] {
    switch column {
    case "urgency": Urgency.allCases.map(\.rawValue)
    case "stage": Stage.allCases.map(\.rawValue)
    case "visibility": Visibility.allCases.map(\.rawValue)
    case "source": Source.allCases.map(\.rawValue)
    default: []
    }
  }

  /// Why a file is no such table; a row of another length is left out alone and is not among them.
  private static func tableFaults(_ bytes: [UInt8], _ table: CSVTable) -> [ImportFault] {
    var faults: [ImportFault] = []
    func fault(_ rule: String, line: Int = 1, column: String = "", _ found: String = "") {
      faults.append(ImportFault(line: line, column: column, rule: rule, found: found))
    }
    for entry in table.faults where entry.rule != "cells" { fault("csv", line: entry.line, entry.found) }
    if !faults.isEmpty { return faults }
    if table.header.isEmpty {
      fault("file-empty")
      return faults
    }
    let head = table.header.joined(separator: " ").lowercased()
    if head.hasPrefix("<") || head.contains("<html") || head.contains("<!doctype") {
      fault("web-page")
      return faults
    }
    let known = table.header.filter { importColumns.contains($0.lowercased()) }
    if known.isEmpty,
      let separator = [";", "\t", "|"].first(where: {
        head.contains("state" + $0) || head.contains($0 + "state")
      })
    {
      fault("separator", separator == "\t" ? "TAB" : separator)
      return faults
    }
    let header = table.header.map { $0.lowercased() }
    for column in importColumns where !header.contains(column) { fault("column-missing", column: column) }
    for column in table.header where !importColumns.contains(column.lowercased()) {
      fault("column-unknown", column: column, column)
    }
    for column in Set(header.filter { name in header.filter { $0 == name }.count > 1 }).sorted() {
      fault("column-twice", column: column, column)
    }
    if faults.isEmpty && table.rows.isEmpty && table.faults.isEmpty { fault("no-rows") }
    return faults
  }
}

/// Reads one row; gathers every fault of it.
struct NeedRowCheck {
  let row: CSVTable.Row
  let today: String
  let book: Treaty.Book
  let states: Directory.Book
  var faults: [Needs.ImportFault] = []

  init(row: CSVTable.Row, today: String, book: Treaty.Book, states: Directory.Book) {
    self.row = row
    self.today = today
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
    if !draft.statedOn.isEmpty {
      if !draft.statedOn.isDay {
        fault("stated_on", "date-invalid", draft.statedOn)
      } else if draft.statedOn > today || draft.statedOn < Needs.firstDay {
        fault("stated_on", "date-range", draft.statedOn)
      }
    }
    for column in Needs.importColumns where row[column].unicodeScalars.contains(where: TextHygiene.isUnwanted)
    {
      fault(column, "characters", "")
    }
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
