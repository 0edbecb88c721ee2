package import Web

extension Translations {
  /// The list `translations` of a record in the data formats.
  package static func column<Record>(
    _ key: String, _ source: @escaping @Sendable (Record) -> Source,
    _ texts: @escaping @Sendable (Record) -> [Text]
  ) -> Column<Record> {
    Column("translations", .records, key, onPage: false) { record in
      let texts = texts(record)
      if texts.isEmpty { return .records([]) }
      let source = source(record)
      return .records(texts.map { members($0, source) })
    }
  }
  private static func members(_ text: Text, _ source: Source) -> [CellValue.Member] {
    [
      .init("field", .text(text.field)), .init("language", .text(text.language)),
      .init("status", .text(text.status.rawValue)), .init("text", .text(text.body)),
      .init("made_by", .text(text.madeFor.rawValue)), .init("made_at", .date(text.madeAt)),
      .init("reviewed_by", .text(text.reviewedFor?.rawValue)), .init("reviewed_at", .date(text.reviewedAt)),
      .init("original_changed", .flag(isBehind(text, source))),
    ]
  }
}
