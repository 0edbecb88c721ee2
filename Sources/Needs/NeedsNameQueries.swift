import Storage
package import Web

extension Needs {
  /// Needs by their reference, for those who may see them.
  package static let recordNames = [
    RecordNames(numbered: "need") { ids, viewer, db in
      var names: [Int64: RecordNames.Name] = [:]
      try db.each(
        "SELECT n.id, n.reference FROM needs_need n WHERE n.id IN \(list: ids) AND \(visible(to: viewer))"
      ) {
        let id: ID = try $0[at: 0]
        names[id] = RecordNames.Name(try $0[at: 1], path: "needs/\(id)")
      }
      return names
    }
  ]
}
