package import Storage
package import Treaty

/// The decision in addressable clauses.
package enum Mandates {
  package static let migrations = [Migration("20261124-6-mandates", PackageResources._0261124_6_mandates_sql)]
  package static let decision = "3/4"

  package struct Clause: DecodableRow, Sendable {
    package let decision: String
    /// `D-c`, `R-7b`.
    package let id: String
    package let parent: String?
    package let actor: String
    package let kind: String
    /// Our own wording of the clause, not the official text.
    package let statement: String
    package let name: Multilingual
    package let evidence: String
    package let deadline: String

    package init(row: Row) throws {
      decision = try row["decision"]
      id = try row["id"]
      parent = try row["parent"]
      actor = try row["actor"]
      kind = try row["kind"]
      statement = try row["statement"]
      name = try Multilingual(row: row, status: row["names_status"])
      evidence = try row["evidence"]
      deadline = try row["deadline"]
    }
  }

  package static func clauses(of decision: String, in db: Reader) throws -> [Clause] {
    try db.rows("SELECT * FROM mandates_clause WHERE decision = \(decision) ORDER BY position")
  }
  package static func clause(_ id: String, of decision: String, in db: Reader) throws -> Clause? {
    try db.row("SELECT * FROM mandates_clause WHERE decision = \(decision) AND id = \(id)")
  }

  package struct Files: Sendable {
    let clauses: [DataRow]
    package var clauseIDs: Set<String> { Set(clauses.map { $0["id"] }) }
    package static let names = ["decision/decision-3-4.csv"]

    package init(_ data: DataDirectory, _ faults: inout [DataFault]) {
      clauses = data.rows(
        Self.names[0],
        needing: ["id", "parent", "order", "actor", "kind", "text_en", "evidence", "deadline"], &faults)
      DataCheck.unique(clauses, ["id"], &faults)
      DataCheck.present(clauses, ["id", "text_en", "evidence"], &faults)
      DataCheck.present(clauses, Multilingual.codes.map { "text_\($0)_short" }, &faults)
      DataCheck.oneOf(
        clauses, "actor", ["Secretariat", "States", "WG", "Conference", "Organizations"], &faults)
      DataCheck.oneOf(clauses, "kind", ["endorsement", "request", "recommendation", "finding"], &faults)
      DataCheck.refers(clauses, "parent", to: Set(clauses.map { $0["id"] }), &faults)
      DataCheck.acyclic(clauses, &faults)
    }
    package func load(in db: Writer) throws {
      for row in clauses {
        try db.run(
          """
          INSERT INTO mandates_clause (decision, id, parent, position, actor, kind, statement, name_en, name_ar,
            name_zh, name_fr, name_ru, name_es, evidence, deadline, names_status)
          VALUES (\(Mandates.decision), \(row["id"]), \(row.optional("parent")), \(Int(row["order"]) ?? 0),
            \(row["actor"]), \(row["kind"]), \(row["text_en"]), \(row["text_en_short"]), \(row["text_ar_short"]),
            \(row["text_zh_short"]), \(row["text_fr_short"]), \(row["text_ru_short"]), \(row["text_es_short"]),
            \(row["evidence"]), \(row["deadline"]), \(row["translation_status"]))
          ON CONFLICT (decision, id) DO UPDATE SET parent = excluded.parent, position = excluded.position,
            actor = excluded.actor, kind = excluded.kind, statement = excluded.statement, name_en = excluded.name_en,
            name_ar = excluded.name_ar, name_zh = excluded.name_zh, name_fr = excluded.name_fr,
            name_ru = excluded.name_ru, name_es = excluded.name_es, evidence = excluded.evidence,
            deadline = excluded.deadline, names_status = excluded.names_status
          """)
      }
    }
  }
}
