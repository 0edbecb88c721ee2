package import Storage
import Web

extension People {
  /// What an expert wrote by a section's link; each saving is a version of its own.
  package struct Contribution: DecodableRow, Sendable, Equatable {
    package enum Stage: String, Sendable, CaseIterable, SQLBindable, SQLReadable {
      case written, accepted, refused
      /// A newer version came before this one was decided.
      case replaced
    }
    package let id: ID
    package let section: ID
    package let version: Int
    /// Language of the text.
    package let language: String
    package let text: String
    package let writtenAt: String
    package let stage: Stage
    /// Why it was refused; the expert reads it.
    package let reason: String
    package let settledAt: String?
    /// Name of the expert, as the one who opened the section gave it.
    package let expert: String
    /// `need:123`
    package let record: String
    package let state: String

    package init(row: Row) throws {
      id = try row["id"]
      section = try row["section"]
      version = try row["version"]
      language = try row["language"]
      text = try row["text"]
      writtenAt = try row["written_at"]
      stage = try row["stage"]
      reason = try row["reason"]
      settledAt = try row["settled_at"]
      expert = try row["expert"]
      record = try row["record"]
      state = try row["state"]
    }
  }
  /// Signs of a contribution at most.
  static let longestContribution = 20_000

  private static let contributions: SQL = """
    SELECT c.*, s.expert, s.section AS record, s.state FROM people_contribution c
      JOIN people_section s ON s.id = c.section
    """
  /// Of one section, newest first.
  static func contributions(ofSection section: ID, in db: Reader) throws -> [Contribution] {
    try db.rows("\(contributions) WHERE c.section = \(section) ORDER BY c.version DESC LIMIT 50")
  }
  /// Of a record of a State, newest first; for the State's own eyes.
  static func contributions(ofRecord record: String, state: String, in db: Reader) throws -> [Contribution] {
    try db.rows(
      "\(contributions) WHERE s.section = \(record) AND s.state = \(state) ORDER BY c.id DESC LIMIT 50")
  }
  /// Contributions of a State that nobody has decided on, oldest first.
  static func undecided(ofState state: String, in db: Reader) throws -> [Contribution] {
    try db.rows(
      "\(contributions) WHERE s.state = \(state) AND c.stage = 'written' ORDER BY c.id LIMIT 50")
  }

  /// Keeps what an expert wrote as a new version.
  /// - Throws: 404 once the section is closed.
  static func contribute(_ text: String, language: String, section id: ID, in db: Writer) throws {
    let found: Section? = try db.row("SELECT * FROM people_section WHERE id = \(id)")
    guard let section = found, section.isLive(at: db.now), try account(section.account, in: db) != nil else {
      throw Problem.notFound
    }
    let latest =
      try db.value(
        "SELECT max(version) FROM people_contribution WHERE section = \(id)", as: Int.self) ?? 0
    try db.run(
      "UPDATE people_contribution SET stage = 'replaced' WHERE section = \(id) AND stage = 'written'")
    let contribution: ID = try db.insert(
      """
      INSERT INTO people_contribution (section, version, language, text, written_at, stage)
      VALUES (\(id), \(latest + 1), \(language), \(text), \(db.now), 'written') RETURNING id
      """)
    // The words stay with the State: the trail says that there are some.
    db.record(
      Event(
        "people.contributed", subject: "section", record: String(id),
        after: ["contribution": String(contribution), "version": String(latest + 1), "language": language],
        state: section.state))
  }

  /// Takes a contribution, or gives it back with a reason.
  /// - Returns: the section's record, `need:123`.
  static func settle(
    contribution id: ID, _ stage: Contribution.Stage, reason: String = "", state: String, in db: Writer
  ) throws -> String {
    let found: Contribution? = try db.row("\(contributions) WHERE c.id = \(id) AND s.state = \(state)")
    guard let contribution = found else { throw Problem.notFound }
    guard contribution.stage == .written else { throw Problem(409, "people.contribution.settled") }
    try db.run(
      """
      UPDATE people_contribution SET stage = \(stage), reason = \(reason), settled_by = \(db.actor.name),
        settled_at = \(db.now)
      WHERE id = \(id)
      """)
    db.record(
      Event(
        "people.contribution-\(stage.rawValue)", subject: "section", record: String(contribution.section),
        before: ["stage": contribution.stage.rawValue],
        after: ["contribution": String(id), "stage": stage.rawValue], state: state))
    return contribution.record
  }
}
