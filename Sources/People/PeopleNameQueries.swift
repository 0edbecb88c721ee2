package import Storage
package import Web

extension People {
  /// Offices, nominations, accounts, persons, links, sections and keys by what people know them by; for those who may
  /// read the office that they belong to.
  package static let recordNames: [RecordNames] = [
    RecordNames(numbered: "office") { ids, viewer, db in
      try names("o.id", "o.name", "o.id", from: "people_office o", ids, viewer, db)
    },
    RecordNames(numbered: "nomination") { ids, viewer, db in
      var names: [Int64: RecordNames.Name] = [:]
      try db.each(
        """
        SELECT n.id, n.person_name FROM people_nomination n JOIN people_office o ON o.id = n.office
        WHERE n.id IN \(list: ids) AND \(visible(to: viewer))
        """
      ) {
        let id: ID = try $0[at: 0]
        names[id] = RecordNames.Name(try $0[at: 1], path: "nominations/\(id)")
      }
      return names
    },
    RecordNames(numbered: "account") { ids, viewer, db in
      try names(
        "a.id", "p.name", "o.id",
        from: """
          people_account a JOIN people_person p ON p.id = a.person JOIN people_office o ON o.id = a.office
          """, ids, viewer, db)
    },
    RecordNames(numbered: "person") { ids, viewer, db in
      try names("p.id", "p.name", "o.id", from: persons, ids, viewer, db)
    },
    RecordNames(numbered: "link") { ids, viewer, db in
      try names(
        "k.id", "p.name", "o.id", from: "\(persons) JOIN people_link k ON k.person = p.id", ids, viewer, db)
    },
    RecordNames(numbered: "token") { ids, viewer, db in
      try names(
        "t.id", "t.name", "o.id",
        from: """
          people_token t JOIN people_account a ON a.id = t.account JOIN people_office o ON o.id = a.office
          """, ids, viewer, db)
    },
    RecordNames(numbered: "section") { ids, viewer, db in
      try names(
        "s.id", "s.expert", "o.id",
        from: """
          people_section s JOIN people_account a ON a.id = s.account JOIN people_office o ON o.id = a.office
          """, ids, viewer, db)
    },
  ]
  private static let persons: SQL = """
    people_person p JOIN people_account a ON a.person = p.id JOIN people_office o ON o.id = a.office
    """

  private static func names(
    _ id: SQL, _ label: SQL, _ office: SQL, from tables: SQL, _ ids: [Int64], _ viewer: Viewer, _ db: Reader
  ) throws -> [Int64: RecordNames.Name] {
    var names: [Int64: RecordNames.Name] = [:]
    try db.each(
      "SELECT \(id), \(label), \(office) FROM \(tables) WHERE \(id) IN \(list: ids) AND \(visible(to: viewer))"
    ) {
      let office: ID = try $0[at: 2]
      names[try $0[at: 0]] = RecordNames.Name(try $0[at: 1], path: "offices/\(office)")
    }
    return names
  }

  /// Who stands behind `person:17`: the name for those who may read an office of that person, and what anyone may
  /// know to whom the act is shown: in which role and for whom.
  package struct ActorWords: Sendable {
    package let name: String?
    package let role: Role
    package let state: String?
    package let organisation: String?
  }
  package static func actors(_ names: Set<String>, for viewer: Viewer, in db: Reader) throws -> [String:
    ActorWords]
  {
    let ids = names.compactMap(person(ofActor:)).sorted()
    if ids.isEmpty { return [:] }
    var readable: Set<ID> = []
    try db.each(
      "SELECT DISTINCT p.id FROM \(persons) WHERE p.id IN \(list: ids) AND \(visible(to: viewer))"
    ) { readable.insert(try $0[at: 0]) }
    var words: [String: ActorWords] = [:]
    // The newest account last, so that it stands.
    try db.each(
      "SELECT p.id, p.name, a.role, o.state, o.organisation FROM \(persons) WHERE p.id IN \(list: ids) ORDER BY a.id"
    ) {
      let id: ID = try $0[at: 0]
      words[actorName(id)] = ActorWords(
        name: readable.contains(id) ? try $0[at: 1] : nil, role: try $0[at: 2], state: try $0[at: 3],
        organisation: try $0[at: 4])
    }
    return words
  }

  /// The account in which someone holds a role in an office today; the newest of several.
  package static func account(of role: Role, in office: ID, _ db: Reader) throws -> ID? {
    try db.value(
      """
      SELECT a.id FROM people_account a JOIN people_office o ON o.id = a.office
      WHERE a.office = \(office) AND a.role = \(role) AND \(valid(on: db.today)) ORDER BY a.id DESC LIMIT 1
      """)
  }
}
