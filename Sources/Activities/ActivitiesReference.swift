package import Directory
package import Storage
package import Treaty

extension Activities {
  /// What imports look things up in: codes, currencies, States, and what speaks for which area.
  package struct Reference: Sendable {
    package let codes: CodeSets
    package let currencyDigits: [String: Int]
    package let relevance: Relevance
    let statesByAlpha2: [String: String]

    /// ISO3 of a recipient country; nil for territories that are no State of the directory.
    package func state(_ alpha2: String) -> String? { statesByAlpha2[alpha2] }
  }

  /// Our own code tables: file → name of the list in the standard. Lists without a file are not checked.
  static let codeFiles: [(file: String, list: String)] = [
    ("iati/2.03/activity_status.csv", "ActivityStatus"),
    ("iati/2.03/activity_date_type.csv", "ActivityDateType"),
    ("iati/2.03/organisation_role.csv", "OrganisationRole"),
    ("iati/2.03/organisation_type.csv", "OrganisationType"),
    ("iati/2.03/transaction_type.csv", "TransactionType"), ("iati/2.03/budget_type.csv", "BudgetType"),
    ("iati/2.03/budget_status.csv", "BudgetStatus"), ("iati/2.03/sector_vocabulary.csv", "SectorVocabulary"),
    ("iati/2.03/tag_vocabulary.csv", "TagVocabulary"),
    ("iati/2.03/region_vocabulary.csv", "RegionVocabulary"),
    ("iso/4217/currency.csv", "Currency"), ("iso/3166/country.csv", "Country"),
    ("oecd-dac/2026/sector.csv", "Sector"), ("oecd-dac/2026/sector_category.csv", "SectorCategory"),
    ("oecd-dac/2026/region.csv", "Region"),
  ]

  /// The data files of this subject, read and checked.
  package struct Files: Sendable {
    let codes: [String: [DataRow]]
    let sectors, terms: [DataRow]
    package static let names =
      Activities.codeFiles.map { "codelists/\($0.file)" } + ["relevance/sectors.csv", "relevance/terms.csv"]
    private static let strengths = ["strong": 2, "weak": 1]

    package init(_ data: DataDirectory, _ faults: inout [DataFault]) {
      var codes: [String: [DataRow]] = [:]
      for (file, list) in Activities.codeFiles {
        let rows = data.rows("codelists/\(file)", needing: ["code", "name_en", "status"], &faults)
        DataCheck.unique(rows, ["code"], &faults)
        DataCheck.oneOf(rows, "status", ["active", "withdrawn"], &faults)
        codes[list] = rows
      }
      self.codes = codes
      sectors = data.rows(
        "relevance/sectors.csv",
        needing: ["element", "vocabulary", "code", "area", "provisions", "strength", "reason_en"],
        &faults)
      terms = data.rows(
        "relevance/terms.csv", needing: ["area", "provisions", "language", "term", "strength"], &faults)
    }
    package func check(provisions: Set<String>, areas: Set<String>, _ faults: inout [DataFault]) {
      for rows in [sectors, terms] {
        DataCheck.refers(rows, "provisions", to: provisions, &faults)
        DataCheck.refers(rows, "area", to: areas, &faults)
        DataCheck.oneOf(rows, "strength", Self.strengths.keys.sorted(), &faults)
      }
      DataCheck.oneOf(terms, "language", Multilingual.codes, &faults)
      DataCheck.present(terms, ["term"], &faults)
      DataCheck.present(sectors, ["reason_en"], &faults)
    }

    /// - Parameter book: for tags that name a provision by its id.
    package func reference(_ book: Treaty.Book, _ states: Directory.Book, own: OwnCodes) -> Reference {
      var lists: [String: Set<String>] = [:]
      var withdrawn: [String: Set<String>] = [:]
      for (list, rows) in codes {
        lists[list] = Set(rows.map { $0["code"] })
        withdrawn[list] = Set(rows.filter { $0["status"] == "withdrawn" }.map { $0["code"] })
      }
      // An operator's copy of the standard completes our tables; it takes nothing away.
      for (list, found) in own.lists { lists[list, default: []].formUnion(found) }
      for (list, found) in own.withdrawn { withdrawn[list, default: []].formUnion(found) }
      var digits: [String: Int] = [:]
      for row in codes["Currency"] ?? [] { digits[row["code"]] = Int(row["minor_digits"]) ?? 2 }
      var areasOf: [String: [String]] = [:]
      for provision in book.provisions {
        areasOf[provision.id] = (book.areasOfProvision[provision.id] ?? []).filter { $0 != "NONE" }
      }
      let relevance = Relevance(
        terms: terms.map { row in
          RelevanceTerm(
            area: row["area"], provisions: row.list("provisions"), language: row["language"],
            term: row["term"],
            strength: Self.strengths[row["strength"]] ?? 1)
        },
        sectors: sectors.map { row in
          SectorMapping(
            element: row["element"], vocabulary: row["vocabulary"], code: row["code"], area: row["area"],
            provisions: row.list("provisions"),
            strength: Self.strengths[row["strength"]] ?? 1, reason: row["reason_en"])
        },
        provisions: areasOf)
      var alpha2: [String: String] = [:]
      for state in states.states { if let code = state.iso2 { alpha2[code] = state.id } }
      return Reference(
        codes: CodeSets(lists: lists, withdrawn: withdrawn, open: ["Country", "Language"]),
        currencyDigits: digits, relevance: relevance,
        statesByAlpha2: alpha2)
    }
  }

  /// Codes of an operator's own copy of the standard (`wasl standard load`).
  package struct OwnCodes: Sendable {
    var lists: [String: Set<String>] = [:]
    var withdrawn: [String: Set<String>] = [:]
  }
  package static func ownCodes(in db: Reader) throws -> OwnCodes {
    var own = OwnCodes()
    try db.each("SELECT list, code, withdrawn FROM activities_code") {
      let list: String = try $0[at: 0]
      let code: String = try $0[at: 1]
      own.lists[list, default: []].insert(code)
      if try $0[at: 2] { own.withdrawn[list, default: []].insert(code) }
    }
    return own
  }

  /// Reads the data files and the tables that imports need.
  package static func reference(data: DataDirectory, database: Database) async throws -> Reference {
    var faults: [DataFault] = []
    let files = Files(data, &faults)
    guard faults.isEmpty else { throw DataFaults(faults: faults) }
    let book = try await Treaty.book(of: database)
    let states = try await Directory.book(of: database)
    let own = try await database.read { try ownCodes(in: $0) }
    return files.reference(book, states, own: own)
  }
}
