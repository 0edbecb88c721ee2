import Storage
package import Web

extension Activities {
  package static let recordNames = [
    RecordNames(numbered: "activity") { ids, _, db in
      var names: [Int64: RecordNames.Name] = [:]
      try db.each("SELECT id, identifier FROM activities_activity WHERE id IN \(list: ids)") {
        let id: Int64 = try $0[at: 0]
        names[id] = RecordNames.Name(try $0[at: 1], path: "activities/\(id)")
      }
      return names
    },
    RecordNames(numbered: "import") { ids, _, db in
      var names: [Int64: RecordNames.Name] = [:]
      try db.each("SELECT id, file_name FROM activities_import WHERE id IN \(list: ids)") {
        let id: Int64 = try $0[at: 0]
        names[id] = RecordNames.Name(try $0[at: 1], path: "imports/\(id)")
      }
      return names
    },
  ]
}
