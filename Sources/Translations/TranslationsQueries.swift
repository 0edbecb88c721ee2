package import Storage

extension Translations {
  /// All translations of some records, by record; within one in the order of field and language.
  package static func texts(of kind: String, _ records: [String], in db: Reader) throws -> [String: [Text]] {
    if records.isEmpty { return [:] }
    let found: [Text] = try db.rows(
      """
      SELECT * FROM translations_text WHERE kind = \(kind) AND record IN \(list: records)
      ORDER BY record, field, language
      """)
    return Dictionary(grouping: found, by: \.record)
  }
  static func find(_ field: String, _ language: String, of source: Source, in db: Reader) throws -> Text? {
    try db.row(
      """
      SELECT * FROM translations_text WHERE kind = \(source.kind) AND record = \(source.record)
        AND field = \(field) AND language = \(language)
      """)
  }
}
