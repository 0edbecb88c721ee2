package import Storage
package import Treaty

extension Directory {
  package struct Files: Sendable {
    let groups, states: [DataRow]
    package var stateIDs: Set<String> { Set(states.map { $0["iso3"] }) }
    package static let names = ["directory/regional_groups.csv", "directory/parties.csv"]
    /// Columns of the source → instrument.
    static let instruments = ["untoc": "UNTOC", "tip": "TIP", "som": "SOM", "fap": "FAP"]

    package init(_ data: DataDirectory, instruments: Set<String>, _ faults: inout [DataFault]) {
      groups = data.rows(Self.names[0], needing: ["id", "order", "names_status"], &faults)
      states = data.rows(
        Self.names[1], needing: ["iso3", "group", "un_member", "status_as_of", "unverified"], &faults)
      DataCheck.unique(groups, ["id"], &faults)
      DataCheck.unique(states, ["iso3"], &faults)
      DataCheck.names(groups, &faults)
      DataCheck.names(states, &faults)
      DataCheck.refers(states, "group", to: Set(groups.map { $0["id"] }), &faults)
      for (prefix, instrument) in Self.instruments.sorted(by: { $0.key < $1.key }) {
        DataCheck.oneOf(states, "\(prefix)_party", PartyStatus.allCases.map(\.rawValue), &faults)
        if !instruments.contains(instrument) {
          faults.append(
            DataFault(
              file: Self.names[1], line: 1, column: prefix, rule: "reference-unknown", found: instrument))
        }
        for row in states {
          for column in ["\(prefix)_signed", "\(prefix)_deposit_date"] {
            let date = row[column]
            if !date.isEmpty && !Self.isDate(date) { faults.append(DataFault(row, column, "date")) }
          }
        }
      }
    }
    private static func isDate(_ text: String) -> Bool {
      let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      guard text.utf8.count == 10, parts.count == 3, let month = parts[1], let day = parts[2], parts[0] != nil
      else {
        return false
      }
      return (1...12).contains(month) && (1...31).contains(day)
    }

    package func load(in db: Writer) throws {
      for row in groups {
        try db.run(
          """
          INSERT INTO directory_group (id, position, name_en, name_ar, name_zh, name_fr, name_ru, name_es, names_status)
          VALUES (\(row["id"]), \(Int(row["order"]) ?? 0), \(row["name_en"]), \(row["name_ar"]), \(row["name_zh"]),
            \(row["name_fr"]), \(row["name_ru"]), \(row["name_es"]), \(row["names_status"]))
          ON CONFLICT (id) DO UPDATE SET position = excluded.position, name_en = excluded.name_en,
            name_ar = excluded.name_ar, name_zh = excluded.name_zh, name_fr = excluded.name_fr,
            name_ru = excluded.name_ru, name_es = excluded.name_es, names_status = excluded.names_status
          """)
      }
      for row in states {
        try db.run(
          """
          INSERT INTO directory_state (id, iso2, m49, name_en, name_ar, name_zh, name_fr, name_ru, name_es,
            names_status, regional_group, un_member, ldc, lldc, sids, status_as_of, unverified)
          VALUES (\(row["iso3"]), \(row.optional("iso2")), \(row.optional("m49")), \(row["name_en"]), \(row["name_ar"]),
            \(row["name_zh"]), \(row["name_fr"]), \(row["name_ru"]), \(row["name_es"]), \(row["name_source"]),
            \(row["group"]), \(row.flag("un_member")), \(row.flag("ldc")), \(row.flag("lldc")), \(row.flag("sids")),
            \(row["status_as_of"]), \(row["unverified"]))
          ON CONFLICT (id) DO UPDATE SET iso2 = excluded.iso2, m49 = excluded.m49, name_en = excluded.name_en,
            name_ar = excluded.name_ar, name_zh = excluded.name_zh, name_fr = excluded.name_fr,
            name_ru = excluded.name_ru, name_es = excluded.name_es, names_status = excluded.names_status,
            regional_group = excluded.regional_group, un_member = excluded.un_member, ldc = excluded.ldc,
            lldc = excluded.lldc, sids = excluded.sids, status_as_of = excluded.status_as_of,
            unverified = excluded.unverified
          """)
        for (prefix, instrument) in Self.instruments.sorted(by: { $0.key < $1.key }) {
          try db.run(
            """
            INSERT INTO directory_party (state, instrument, status, signed, deposited, action, as_of)
            VALUES (\(row["iso3"]), \(instrument), \(row["\(prefix)_party"]), \(row.optional("\(prefix)_signed")),
              \(row.optional("\(prefix)_deposit_date")), \(row.optional("\(prefix)_action")),
              \(Self.asOf(row["status_as_of"], prefix)))
            ON CONFLICT (state, instrument) DO UPDATE SET status = excluded.status, signed = excluded.signed,
              deposited = excluded.deposited, action = excluded.action, as_of = excluded.as_of
            """)
        }
      }
    }
    /// `untoc,tip:2014-01-27;som,fap:2014-07-10` → the day for one instrument.
    static func asOf(_ text: String, _ prefix: String) -> String? {
      for part in text.split(separator: ";") {
        let sides = part.split(separator: ":", maxSplits: 1)
        if sides.count == 2, sides[0].split(separator: ",").contains(Substring(prefix)) {
          return String(sides[1])
        }
      }
      return nil
    }
  }
}
