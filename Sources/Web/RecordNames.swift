package import Storage

/// How the records of one kind are called where others speak of them: the trail, receipts, views.
package struct RecordNames: Sendable {
  package struct Name: Sendable, Equatable {
    /// What people know the record by: its reference, a person's name.
    package let label: String
    /// Language of the label, where it is words.
    package let language: String?
    /// Path of its page, without language; nil where there is none for this viewer.
    package let path: String?
    package init(_ label: String, language: String? = nil, path: String? = nil) {
      self.label = label
      self.language = language
      self.path = path
    }
  }
  /// Kind of record, as events and receipts name it: `need`.
  package let kind: String
  /// - Returns: names by record, of those alone that the viewer may see.
  package let find: @Sendable (Set<String>, Viewer, Reader) throws -> [String: Name]

  package init(
    _ kind: String, _ find: @escaping @Sendable (Set<String>, Viewer, Reader) throws -> [String: Name]
  ) {
    self.kind = kind
    self.find = find
  }
  /// The same for records with numbers.
  package init(
    numbered kind: String, _ find: @escaping @Sendable ([Int64], Viewer, Reader) throws -> [Int64: Name]
  ) {
    self.kind = kind
    self.find = { records, viewer, db in
      let ids = records.compactMap { Int64($0) }.sorted()
      if ids.isEmpty { return [:] }
      return Dictionary(
        try find(ids, viewer, db).map { (String($0.key), $0.value) }, uniquingKeysWith: { first, _ in first })
    }
  }
}
