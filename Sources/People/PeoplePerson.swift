package import Storage

extension People {
  /// Someone with an address; what proves that it is they is never read here.
  package struct Person: DecodableRow, Sendable, Equatable {
    package let id: ID
    package let name: String
    /// Language of the interface and of letters.
    package let language: String
    package let email: String
    package let createdAt: String
    package let version: Int64

    package init(row: Row) throws {
      id = try row["id"]
      name = try row["name"]
      language = try row["language"]
      email = try row["email"]
      createdAt = try row["created_at"]
      version = try row["version"]
    }
  }

  package static func person(_ id: ID, in db: Reader) throws -> Person? {
    try db.row("SELECT * FROM people_person WHERE id = \(id)")
  }
  /// By address, however it is written.
  package static func person(email: String, in db: Reader) throws -> Person? {
    try db.row("SELECT * FROM people_person WHERE email_key = \(EmailAddress.key(email))")
  }

  /// The person of this address, made if there is none; the name of one who is known already stays.
  package static func savePerson(
    name: String, email: String, language: String, in db: Writer
  ) throws -> Person {
    if let known = try person(email: email, in: db) { return known }
    let id: ID = try db.insert(
      """
      INSERT INTO people_person (name, language, email, email_key, created_at)
      VALUES (\(name), \(language), \(email), \(EmailAddress.key(email)), \(db.now)) RETURNING id
      """)
    // Neither name nor address: the trail is for ever.
    db.record(
      Event("people.person-added", subject: "person", record: String(id), after: ["language": language]))
    guard let person = try person(id, in: db) else { throw StorageError.closed("person") }
    return person
  }
}

/// The part of RFC 5321 addresses that every mail server takes: ASCII, no quoted local part.
package enum EmailAddress {
  package static func isValid(_ text: String) -> Bool {
    let halves = text.split(separator: "@", omittingEmptySubsequences: false)
    guard halves.count == 2, text.utf8.count <= 254, (1...64).contains(halves[0].utf8.count) else {
      return false
    }
    let atoms = halves[0].split(separator: ".", omittingEmptySubsequences: false)
    guard atoms.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isAtom) }) else { return false }
    let labels = halves[1].split(separator: ".", omittingEmptySubsequences: false)
    return labels.count >= 2
      && labels.allSatisfy { label in
        (1...63).contains(label.utf8.count)
          && label.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
          && label.first != "-" && label.last != "-"
      }
  }
  /// Folded for finding.
  package static func key(_ text: String) -> String { text.lowercased() }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
  }
  private static func isAtom(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
  }
}
