package import Storage

extension Treaty {
  /// The treaty files of the data directory, read and checked.
  package struct Files: Sendable {
    let instruments, obligations, provisions, lists, areas, map, forms: [DataRow]
    package var provisionIDs: Set<String> { Set(provisions.map { $0["id"] }) }
    package var areaIDs: Set<String> {
      Set(areas.filter { $0["list"] == Treaty.workingList }.map { $0["id"] })
    }
    package var instrumentIDs: Set<String> { Set(instruments.map { $0["id"] }) }
    package var formIDs: Set<String> { Set(forms.map { $0["id"] }) }
    /// Clauses that provisions and areas cite, with the line that cites them.
    package var citedClauses: [(row: DataRow, column: String)] {
      provisions.map { ($0, "decision_clause") } + areas.map { ($0, "clause") }
    }
    package static let names = [
      "instruments.csv", "obligation_kinds.csv", "provisions.csv", "priority_area_lists.csv",
      "priority_areas.csv",
      "priority_area_map.csv", "forms_of_assistance.csv",
    ].map { "treaty/\($0)" }

    package init(_ data: DataDirectory, _ faults: inout [DataFault]) {
      let named = ["id", "order", "names_status"]
      instruments = data.rows(Self.names[0], needing: named + ["adopted", "facts_status"], &faults)
      obligations = data.rows(Self.names[1], needing: named, &faults)
      provisions = data.rows(
        Self.names[2], needing: ["id", "parent", "instrument", "article", "obligation", "priority_areas"],
        &faults)
      lists = data.rows(Self.names[3], needing: named + ["decided_by", "valid_from"], &faults)
      areas = data.rows(Self.names[4], needing: ["list"] + named + ["kind", "clause"], &faults)
      map = data.rows(
        Self.names[5], needing: ["from_list", "from_area", "to_list", "to_area", "kind"], &faults)
      forms = data.rows(Self.names[6], needing: named, &faults)
      check(&faults)
    }

    private func check(_ faults: inout [DataFault]) {
      for rows in [instruments, obligations, lists, forms, provisions] {
        DataCheck.unique(rows, ["id"], &faults)
      }
      DataCheck.unique(areas, ["list", "id"], &faults)
      for rows in [instruments, obligations, lists, areas, forms] { DataCheck.names(rows, &faults) }
      DataCheck.names(instruments, prefix: "short", &faults)
      DataCheck.present(provisions, ["id", "instrument", "article", "title_en"], &faults)
      DataCheck.refers(provisions, "parent", to: provisionIDs, &faults)
      DataCheck.refers(provisions, "instrument", to: instrumentIDs, &faults)
      DataCheck.refers(provisions, "obligation", to: Set(obligations.map { $0["id"] }), &faults)
      DataCheck.refers(provisions, "priority_areas", to: areaIDs, &faults)
      DataCheck.oneOf(provisions, "title_kind", ["official_article_title", "own_summary"], &faults)
      DataCheck.oneOf(provisions, "substantive", ["yes", "no"], &faults)
      DataCheck.acyclic(provisions, &faults)
      let listed = Set(areas.map { "\($0["list"])/\($0["id"])" })
      for row in map {
        for side in ["from", "to"] where !listed.contains("\(row["\(side)_list"])/\(row["\(side)_area"])") {
          faults.append(DataFault(row, "\(side)_area", "reference-unknown"))
        }
      }
      DataCheck.refers(areas, "list", to: Set(lists.map { $0["id"] }), &faults)
    }

    /// Writes everything. An id that the database has and the files no longer have is refused by the caller's check.
    package func load(in db: Writer) throws {
      try loadNamed(in: db)
      var position = 0
      for row in provisions {
        position += 1
        try db.run(
          """
          INSERT INTO treaty_provision (id, position, parent, instrument, article, paragraph, name_en, name_ar, name_zh,
            name_fr, name_ru, name_es, names_status, title_kind, obligation, substantive)
          VALUES (\(row["id"]), \(position), \(row.optional("parent")), \(row["instrument"]), \(row["article"]),
            \(row.optional("paragraph")), \(row["title_en"]), \(row.optional("title_ar")), \(row.optional("title_zh")),
            \(row.optional("title_fr")), \(row.optional("title_ru")), \(row.optional("title_es")),
            \(row["translation_status"]), \(row["title_kind"]), \(row["obligation"]), \(row.flag("substantive")))
          ON CONFLICT (id) DO UPDATE SET position = excluded.position, parent = excluded.parent,
            name_en = excluded.name_en, name_ar = excluded.name_ar, name_zh = excluded.name_zh,
            name_fr = excluded.name_fr, name_ru = excluded.name_ru, name_es = excluded.name_es,
            names_status = excluded.names_status, title_kind = excluded.title_kind,
            obligation = excluded.obligation, substantive = excluded.substantive
          """)
      }
      try db.run("DELETE FROM treaty_provision_area")
      try db.run("DELETE FROM treaty_provision_clause")
      for row in provisions {
        for area in row.list("priority_areas") {
          try db.run("INSERT INTO treaty_provision_area VALUES (\(row["id"]), \(area))")
        }
        for clause in row.list("decision_clause") {
          try db.run("INSERT INTO treaty_provision_clause VALUES (\(row["id"]), \(clause))")
        }
      }
    }
  }
}
