package import Translations

extension Needs {
  /// The texts of a need can be translated.
  package static let translated = Translations.Kind(
    path: "needs", fields: ["title", "missing", "beneficiaries", "quotation"]
  ) { id, viewer, db in
    try find(id, for: viewer, in: db).map(source)
  }

  static func source(_ need: Record) -> Translations.Source {
    Translations.Source(
      "need", String(need.id), state: need.state, visibility: need.visibility, language: need.language,
      version: need.version, title: need.title,
      [
        .init("title", "needs.new.text-title", need.title, most: 400),
        .init("missing", "needs.need.missing", need.missing, most: 10_000),
        .init("beneficiaries", "needs.need.beneficiaries", need.beneficiaries, most: 4_000),
        .init("quotation", "needs.need.quotation", need.quotation, most: 10_000),
      ])
  }
}
