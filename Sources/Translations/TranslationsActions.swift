import Storage
import Web

extension Translations {
  /// Puts a translation in the place of the one before; false when it is the same words of the same original.
  static func write(
    _ body: String, of original: Original, in language: String, _ source: Source, _ side: Side,
    replacing old: Text?, in db: Writer
  ) throws -> Bool {
    let hash = hash(original)
    if let old, old.body == body, old.originalHash == hash { return false }
    try db.run(
      """
      INSERT INTO translations_text (kind, record, field, language, body, status, made_by, made_for, made_at,
        original_version, original_hash)
      VALUES (\(source.kind), \(source.record), \(original.field), \(language), \(body), \(Status.unreviewed),
        \(db.actor.name), \(side), \(db.now), \(source.version), \(hash))
      ON CONFLICT (kind, record, field, language) DO UPDATE SET body = excluded.body, status = excluded.status,
        made_by = excluded.made_by, made_for = excluded.made_for, made_at = excluded.made_at,
        original_version = excluded.original_version, original_hash = excluded.original_hash,
        reviewed_by = NULL, reviewed_for = NULL, reviewed_at = NULL, version = translations_text.version + 1
      """)
    db.record(
      written(original, in: language, source, before: old, after: body, key: try db.registerKey()))
    return true
  }

  static func review(_ text: Text, as status: Status, _ source: Source, _ side: Side, in db: Writer) throws {
    try db.run(
      """
      UPDATE translations_text SET status = \(status), reviewed_by = \(db.actor.name), reviewed_for = \(side),
        reviewed_at = \(db.now), version = version + 1
      WHERE kind = \(source.kind) AND record = \(source.record) AND field = \(text.field)
        AND language = \(text.language)
      """)
    db.record(reviewed(text, as: status, source))
  }
}
