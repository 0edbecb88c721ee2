package import Storage
package import Web

/// Texts that people typed, in further languages beside the original, each with its status (design: rule 9).
///
/// A translation has no visibility of its own: whoever may read the record may read it, since it is asked for only
/// with a record that was found for the viewer.
package enum Translations {
  package static let migrations = [
    Migration("20261127-1-translations", PackageResources._0261127_1_translations_sql)
  ]

  package enum Status: String, Sendable, CaseIterable, SQLBindable, SQLReadable {
    case unreviewed, reviewed, official
  }
  /// In whose name a translation was written or reviewed.
  package enum Side: String, Sendable, CaseIterable, SQLBindable, SQLReadable {
    case state, secretariat
  }

  /// One text of a record, as its author typed it.
  package struct Original: Sendable {
    /// As the record's data name it: `missing`.
    package let field: String
    /// Message key of its heading.
    package let key: String
    package let body: String
    /// Largest number of characters that the field takes.
    package let most: Int
    package init(_ field: String, _ key: String, _ body: String, most: Int) {
      self.field = field
      self.key = key
      self.body = body
      self.most = most
    }
  }

  /// A record whose texts can be translated, found for a viewer.
  package struct Source: Sendable {
    /// Kind of record, as events name it: `need`.
    package let kind: String
    package let record: String
    /// The State whose record it is; nil: nobody's but the register's.
    package let state: String?
    package let visibility: Visibility
    /// Code of the language of all its texts.
    package let language: String
    package let version: Int64
    package let title: String
    /// Its texts; those without words are left out.
    package let originals: [Original]
    package init(
      _ kind: String, _ record: String, state: String?, visibility: Visibility, language: String,
      version: Int64, title: String, _ originals: [Original]
    ) {
      self.kind = kind
      self.record = record
      self.state = state
      self.visibility = visibility
      self.language = language
      self.version = version
      self.title = title
      self.originals = originals.filter { !$0.body.isEmpty }
    }
  }

  /// A kind of record with translations: one line of its subject in the site's list.
  package struct Kind: Sendable {
    /// Path of its records, without language: `needs`.
    let path: String
    /// Names of the texts, as `Original` has them.
    let fields: [String]
    /// Nil where there is no such record for the viewer.
    let find: @Sendable (Int64, Viewer, Reader) throws -> Source?
    package init(
      path: String, fields: [String], _ find: @escaping @Sendable (Int64, Viewer, Reader) throws -> Source?
    ) {
      self.path = path
      self.fields = fields
      self.find = find
    }
  }

  package struct Text: DecodableRow, Sendable, Equatable {
    package let record: String
    package let field: String
    package let language: String
    package let body: String
    package let status: Status
    package let madeBy: String
    package let madeFor: Side
    package let madeAt: String
    package let originalVersion: Int64
    package let originalHash: String
    package let reviewedFor: Side?
    package let reviewedAt: String?
    package let version: Int64

    package init(row: Row) throws {
      record = try row["record"]
      field = try row["field"]
      language = try row["language"]
      body = try row["body"]
      status = try row["status"]
      madeBy = try row["made_by"]
      madeFor = try row["made_for"]
      madeAt = try row["made_at"]
      originalVersion = try row["original_version"]
      originalHash = try row["original_hash"]
      reviewedFor = try row["reviewed_for"]
      reviewedAt = try row["reviewed_at"]
      version = try row["version"]
    }
  }

  /// To write a translation: a State of its own texts, the Secretariat of any that it sees.
  package static let writing: Permission = "translations.write"
  /// To say that another person's translation is right.
  package static let reviewing: Permission = "translations.review"

  static func written(
    _ text: Original, in language: String, _ source: Source, before: Text?, after body: String, key: String
  ) -> Event {
    func told(_ body: String, _ status: Status) -> [String: String] {
      [
        "field": text.field, "language": language, "status": status.rawValue,
        "text": mark(text.field, body, key),
      ]
    }
    return Event(
      "translations.written", subject: source.kind, record: source.record,
      before: before.map { told($0.body, $0.status) } ?? [:], after: told(body, .unreviewed),
      state: source.state)
  }
  static func reviewed(_ text: Text, as status: Status, _ source: Source) -> Event {
    Event(
      "translations.reviewed", subject: source.kind, record: source.record,
      before: ["status": text.status.rawValue],
      after: ["field": text.field, "language": text.language, "status": status.rawValue],
      state: source.state)
  }
  /// The trail holds no State's words, only how long they were and a mark by which the same text is known again.
  private static func mark(_ field: String, _ text: String, _ key: String) -> String {
    let hash = Digest.hex(Digest.sha256(Array("\(key)|translation|\(field)|\(text)".utf8)))
    return "text:\(text.unicodeScalars.count):\(hash.prefix(8))"
  }
}
