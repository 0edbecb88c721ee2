package import Storage

extension People {
  /// A kind of record of which a State can give a section to an expert. Subjects above this one bring theirs, since
  /// the records are their own.
  package struct SectionKind: Sendable {
    /// First part of a section's name: `need` of `need:123`.
    package let word: String
    /// Message key of the kind's name.
    package let key: String
    let records: @Sendable (_ state: String, _ db: Reader) throws -> [SectionRecord]
    let find: @Sendable (_ id: String, _ state: String, _ db: Reader) throws -> SectionRecord?
    let path: @Sendable (_ id: String) -> String

    /// - Parameters:
    ///   - records: those of a State that can be given, as its forms list them.
    ///   - find: one of them with its text; nil when it is another State's or none.
    ///   - path: of its page, without language: `needs/123`.
    package init(
      _ word: String, _ key: String,
      records: @escaping @Sendable (_ state: String, _ db: Reader) throws -> [SectionRecord],
      find: @escaping @Sendable (_ id: String, _ state: String, _ db: Reader) throws -> SectionRecord?,
      path: @escaping @Sendable (_ id: String) -> String
    ) {
      self.word = word
      self.key = key
      self.records = records
      self.find = find
      self.path = path
    }
  }

  /// A record of which a section is made.
  package struct SectionRecord: Sendable, Equatable {
    package let id: String
    package let reference: String
    package let title: String
    /// Language of title and texts.
    package let language: String
    /// Message key of a heading, and the State's words under it.
    package let texts: [Text]
    package struct Text: Sendable, Equatable {
      package let key: String
      package let text: String
      package init(key: String, text: String) {
        self.key = key
        self.text = text
      }
    }
    package init(id: String, reference: String, title: String, language: String, texts: [Text] = []) {
      self.id = id
      self.reference = reference
      self.title = title
      self.language = language
      self.texts = texts
    }
  }
}

extension People.Settings {
  /// The record of a section, `need:123`, when it is one of the State's.
  func record(ofSection section: String, state: String, in db: Reader) throws -> (
    kind: People.SectionKind, record: People.SectionRecord
  )? {
    guard People.isSection(section), let colon = section.firstIndex(of: ":"),
      let kind = sections.first(where: { $0.word == section[..<colon] })
    else { return nil }
    return try kind.find(String(section[section.index(after: colon)...]), state, db).map { (kind, $0) }
  }
  /// All that the State can give.
  func sections(ofState state: String, in db: Reader) throws -> [(
    kind: People.SectionKind, record: People.SectionRecord
  )] {
    try sections.flatMap { kind in try kind.records(state, db).map { (kind, $0) } }
  }
}
