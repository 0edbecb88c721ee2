import Storage

extension Treaty.Files {
  func loadNamed(in db: Writer) throws {
    for row in instruments {
      try db.run(
        """
        INSERT INTO treaty_instrument (id, position, supplements, short_en, short_ar, short_zh, short_fr, short_ru,
          short_es, name_en, name_ar, name_zh, name_fr, name_ru, name_es, adopted, in_force, citation, names_status,
          facts_status)
        VALUES (\(row["id"]), \(Int(row["order"]) ?? 0), \(row.optional("supplements")), \(row["short_en"]),
          \(row["short_ar"]), \(row["short_zh"]), \(row["short_fr"]), \(row["short_ru"]), \(row["short_es"]),
          \(row["name_en"]), \(row["name_ar"]), \(row["name_zh"]), \(row["name_fr"]), \(row["name_ru"]),
          \(row["name_es"]), \(row.optional("adopted")), \(row.optional("in_force")), \(row.optional("citation")),
          \(row["names_status"]), \(row["facts_status"]))
        ON CONFLICT (id) DO UPDATE SET position = excluded.position, short_en = excluded.short_en,
          short_ar = excluded.short_ar, short_zh = excluded.short_zh, short_fr = excluded.short_fr,
          short_ru = excluded.short_ru, short_es = excluded.short_es, name_en = excluded.name_en,
          name_ar = excluded.name_ar, name_zh = excluded.name_zh, name_fr = excluded.name_fr,
          name_ru = excluded.name_ru, name_es = excluded.name_es, adopted = excluded.adopted,
          in_force = excluded.in_force, citation = excluded.citation, names_status = excluded.names_status,
          facts_status = excluded.facts_status
        """)
    }
    for row in obligations {
      try db.run(
        """
        INSERT INTO treaty_obligation (id, position, name_en, name_ar, name_zh, name_fr, name_ru, name_es, names_status)
        VALUES (\(row["id"]), \(Int(row["order"]) ?? 0), \(row["name_en"]), \(row["name_ar"]), \(row["name_zh"]),
          \(row["name_fr"]), \(row["name_ru"]), \(row["name_es"]), \(row["names_status"]))
        ON CONFLICT (id) DO UPDATE SET position = excluded.position, name_en = excluded.name_en,
          name_ar = excluded.name_ar, name_zh = excluded.name_zh, name_fr = excluded.name_fr,
          name_ru = excluded.name_ru, name_es = excluded.name_es, names_status = excluded.names_status
        """)
    }
    for row in forms {
      try db.run(
        """
        INSERT INTO treaty_form (id, position, name_en, name_ar, name_zh, name_fr, name_ru, name_es, names_status)
        VALUES (\(row["id"]), \(Int(row["order"]) ?? 0), \(row["name_en"]), \(row["name_ar"]), \(row["name_zh"]),
          \(row["name_fr"]), \(row["name_ru"]), \(row["name_es"]), \(row["names_status"]))
        ON CONFLICT (id) DO UPDATE SET position = excluded.position, name_en = excluded.name_en,
          name_ar = excluded.name_ar, name_zh = excluded.name_zh, name_fr = excluded.name_fr,
          name_ru = excluded.name_ru, name_es = excluded.name_es, names_status = excluded.names_status
        """)
    }
    for row in lists {
      try db.run(
        """
        INSERT INTO treaty_area_list (id, position, name_en, name_ar, name_zh, name_fr, name_ru, name_es, decided_by,
          valid_from, valid_until, names_status)
        VALUES (\(row["id"]), \(Int(row["order"]) ?? 0), \(row["name_en"]), \(row["name_ar"]), \(row["name_zh"]),
          \(row["name_fr"]), \(row["name_ru"]), \(row["name_es"]), \(row["decided_by"]), \(row["valid_from"]),
          \(row.optional("valid_until")), \(row["names_status"]))
        ON CONFLICT (id) DO UPDATE SET position = excluded.position, name_en = excluded.name_en,
          name_ar = excluded.name_ar, name_zh = excluded.name_zh, name_fr = excluded.name_fr,
          name_ru = excluded.name_ru, name_es = excluded.name_es, decided_by = excluded.decided_by,
          valid_from = excluded.valid_from, valid_until = excluded.valid_until, names_status = excluded.names_status
        """)
    }
    for row in areas {
      try db.run(
        """
        INSERT INTO treaty_area (list, id, position, name_en, name_ar, name_zh, name_fr, name_ru, name_es, kind,
          clauses, chapter, names_status)
        VALUES (\(row["list"]), \(row["id"]), \(Int(row["order"]) ?? 0), \(row["name_en"]), \(row["name_ar"]),
          \(row["name_zh"]), \(row["name_fr"]), \(row["name_ru"]), \(row["name_es"]), \(row["kind"]),
          \(row["clause"]), \(row.optional("chapter")), \(row["names_status"]))
        ON CONFLICT (list, id) DO UPDATE SET position = excluded.position, name_en = excluded.name_en,
          name_ar = excluded.name_ar, name_zh = excluded.name_zh, name_fr = excluded.name_fr,
          name_ru = excluded.name_ru, name_es = excluded.name_es, kind = excluded.kind, clauses = excluded.clauses,
          chapter = excluded.chapter, names_status = excluded.names_status
        """)
    }
    try db.run("DELETE FROM treaty_area_map")
    for row in map {
      try db.run(
        """
        INSERT INTO treaty_area_map (from_list, from_area, to_list, to_area, kind, reason)
        VALUES (\(row["from_list"]), \(row["from_area"]), \(row["to_list"]), \(row["to_area"]), \(row["kind"]),
          \(row["reason_en"]))
        """)
    }
  }
}
