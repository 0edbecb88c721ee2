package import Language
package import Storage
package import Treaty

extension Directory {
  /// All States and groups: small, needed by nearly every page.
  package struct Book: Sendable {
    package let states: [State]
    package let groups: [Treaty.Entry]
    private let index: [String: Int]
    private let byAlpha2: [String: String]

    init(in db: Reader) throws {
      states = try db.rows("SELECT * FROM directory_state ORDER BY id")
      groups = try db.rows("SELECT * FROM directory_group ORDER BY position")
      index = Dictionary(
        states.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
      byAlpha2 = Dictionary(
        states.compactMap { state in state.iso2.map { ($0, state.id) } },
        uniquingKeysWith: { first, _ in first })
    }
    package func state(_ id: String) -> State? { index[id].map { states[$0] } }
    package func state(alpha2: String) -> String? { byAlpha2[alpha2] }
    package func group(_ id: String) -> Treaty.Entry? { groups.first { $0.id == id } }
    package func states(of group: String) -> [State] { states.filter { $0.group == group } }
    /// In the order of the reader's language.
    package func sorted(_ states: [State], _ t: Translator) -> [State] {
      t.sorted(states) { $0.name.text(t.language) }
    }
  }

  package static func book(in db: Reader) throws -> Book { try Book(in: db) }
  package static func book(of database: Database) async throws -> Book {
    try await database.remembered("directory.book") { try Book(in: $0) }
  }
  package static func status(of state: String, in db: Reader) throws -> [Party] {
    try db.rows("SELECT * FROM directory_party WHERE state = \(state) ORDER BY instrument")
  }
  /// Parties to an instrument on a day. A deposit without a date counts when the source's status says party;
  /// a deposit after `day` does not.
  package static func parties(to instrument: String, on day: String, in db: Reader) throws -> [Party] {
    try db.rows(
      """
      SELECT * FROM directory_party
      WHERE instrument = \(instrument) AND status IN ('yes','yes_unverified')
        AND (deposited IS NULL OR deposited <= \(day))
      ORDER BY state
      """)
  }
}
