import Mail
import Secrets
package import Storage

extension People {
  /// A link sent by letter: to begin, to sign in once, to mend a lost passphrase. Only its hash is kept.
  package struct Link: DecodableRow, Sendable, Equatable {
    package enum Purpose: String, Sendable, CaseIterable, SQLBindable, SQLReadable {
      case invitation
      case signIn = "sign_in"
      case passphrase

      /// Seconds for which it works.
      var lifetime: Int64 {
        switch self {
        case .invitation: 14 * 86_400
        case .signIn: 900
        case .passphrase: 3600
        }
      }
      /// Path of the page on which it is used.
      var path: String {
        switch self {
        case .invitation: "invitation"
        case .signIn: "sign-in/link"
        case .passphrase: "sign-in/passphrase"
        }
      }
    }
    /// Why a link no longer works.
    package enum Lapse: String, Sendable, CaseIterable { case used, expired, renewed, revoked, ended }

    package let id: ID
    package let purpose: Purpose
    package let person: ID
    package let nomination: ID?
    package let letter: String?
    package let madeAt: String
    package let expiresAt: String
    package let openedAt: String?
    package let usedAt: String?
    let lapsed: String?

    package init(row: Row) throws {
      id = try row["id"]
      purpose = try row["purpose"]
      person = try row["person"]
      nomination = try row["nomination"]
      letter = try row["letter"]
      madeAt = try row["made_at"]
      expiresAt = try row["expires_at"]
      openedAt = try row["opened_at"]
      usedAt = try row["used_at"]
      lapsed = try row["lapsed"]
    }

    package func lapse(at now: String) -> Lapse? {
      if let lapsed { return Lapse(rawValue: lapsed) ?? .revoked }
      if usedAt != nil { return .used }
      return expiresAt <= now ? .expired : nil
    }
  }

  /// The link of a token, working or lapsed.
  static func link(_ token: String, in db: Reader) throws -> Link? {
    guard token.utf8.count < 100 else { return nil }
    return try db.row("SELECT * FROM people_link WHERE hash = \(Token.hash(token))")
  }
  /// As `link`, and why it does not work: also when its person has no account left.
  static func standing(_ token: String, in db: Reader) throws -> (link: Link, lapse: Link.Lapse?)? {
    guard let link = try link(token, in: db) else { return nil }
    let lapse = link.lapse(at: db.now)
    if let lapse, lapse != .revoked { return (link, lapse) }
    return (link, try hasProspect(link.person, in: db) ? lapse : .ended)
  }

  /// Makes a link and takes away those of the same purpose that were not used. Its token comes into being with the
  /// letter, in the job that this event starts; until then nothing opens it.
  /// - Parameter token: of a link that is shown instead of sent.
  @discardableResult
  static func makeLink(
    _ purpose: Link.Purpose, person: ID, nomination: ID? = nil, token: String? = nil, in db: Writer
  ) throws -> ID {
    let hash = token.map(Token.hash) ?? "none:" + Digest.hex(Digest.random(16))
    let id: ID = try db.insert(
      """
      INSERT INTO people_link (hash, purpose, person, nomination, made_at, expires_at)
      VALUES (\(hash), \(purpose), \(person), \(nomination), \(db.now), \(later(db.now, purpose.lifetime)))
      RETURNING id
      """)
    // A letter with the old link that has not left yet never leaves.
    let waiting: [String] = try db.values(
      """
      SELECT letter FROM people_link WHERE person = \(person) AND purpose = \(purpose) AND id <> \(id)
        AND used_at IS NULL AND lapsed IS NULL AND letter IS NOT NULL ORDER BY id
      """)
    for letter in waiting { try Mail.withdraw(letter, in: db) }
    try db.run(
      """
      UPDATE people_link SET lapsed = 'renewed', renewed_by = \(id)
      WHERE person = \(person) AND purpose = \(purpose) AND id <> \(id) AND used_at IS NULL AND lapsed IS NULL
      """)
    db.record(
      Event(
        token == nil ? linkMade : "people.link-shown", subject: "link", record: String(id),
        after: ["person": String(person), "purpose": purpose.rawValue]))
    return id
  }
  static let linkMade = "people.link-made"

  /// Uses a link up: once, also when two ask at the same time.
  static func use(_ link: Link, in db: Writer) throws -> Bool {
    let changed = try db.run(
      """
      UPDATE people_link SET used_at = \(db.now) WHERE id = \(link.id) AND used_at IS NULL AND lapsed IS NULL
        AND expires_at > \(db.now)
      """)
    guard changed == 1 else { return false }
    db.record(
      Event(
        "people.link-used", subject: "person", record: String(link.person),
        after: ["link": String(link.id), "purpose": link.purpose.rawValue]))
    return true
  }
  /// Whether a letter of this purpose went to a person a short while ago and was not used: another is not written.
  static func isFresh(_ purpose: Link.Purpose, person: ID, in db: Reader) throws -> Bool {
    try db.value(
      """
      SELECT 1 FROM people_link WHERE person = \(person) AND purpose = \(purpose) AND used_at IS NULL
        AND lapsed IS NULL AND made_at > \(later(db.now, -900)) LIMIT 1
      """, as: Int.self) != nil
  }
  static func noteOpened(_ link: Link, in db: Writer) throws {
    guard link.openedAt == nil else { return }
    try db.run("UPDATE people_link SET opened_at = \(db.now) WHERE id = \(link.id) AND opened_at IS NULL")
    db.record(
      Event(
        "people.link-opened", subject: "person", record: String(link.person), after: ["link": String(link.id)]
      ))
  }

  /// Takes back what was sent to a person: an account ended, a nomination withdrawn.
  package static func revokeLinks(person: ID, in db: Writer) throws {
    let waiting: [String] = try db.values(
      """
      SELECT letter FROM people_link WHERE person = \(person) AND used_at IS NULL AND lapsed IS NULL
        AND letter IS NOT NULL ORDER BY id
      """)
    for letter in waiting { try Mail.withdraw(letter, in: db) }
    let count = try db.run(
      "UPDATE people_link SET lapsed = 'revoked' WHERE person = \(person) AND used_at IS NULL AND lapsed IS NULL"
    )
    guard count > 0 else { return }
    db.record(
      Event(
        "people.links-revoked", subject: "person", record: String(person), after: ["count": String(count)]))
  }

  static func later(_ now: String, _ seconds: Int64) -> String {
    Clock.text(seconds: (Clock.seconds(now) ?? 0) + seconds)
  }
}

extension People {
  /// What became of an invitation.
  package struct LinkDelivery: DecodableRow, Sendable, Equatable {
    package let link: ID
    package let madeAt: String
    package let expiresAt: String
    package let openedAt: String?
    package let usedAt: String?
    /// Of `Link.Lapse`, without `expired`, which the day tells.
    package let lapsed: String?
    /// `waiting`, `sent`, `delivered`, `refused`, `bounced`; nil when the letter is gone.
    package let letter: String?
    package let reply: String?
    package let sentAt: String?

    package init(row: Row) throws {
      link = try row["id"]
      madeAt = try row["made_at"]
      expiresAt = try row["expires_at"]
      openedAt = try row["opened_at"]
      usedAt = try row["used_at"]
      lapsed = try row["lapsed"]
      letter = try row["state"]
      reply = try row["reply"]
      sentAt = try row["sent_at"]
    }
  }

  /// Invitations of a nomination, newest first.
  package static func deliveries(nomination: ID, in db: Reader) throws -> [LinkDelivery] {
    try db.rows(
      """
      SELECT k.id, k.made_at, k.expires_at, k.opened_at, k.used_at, k.lapsed, m.state, m.reply, m.sent_at
      FROM people_link k LEFT JOIN mail_letter m ON m.key = k.letter
      WHERE k.nomination = \(nomination) ORDER BY k.id DESC
      """)
  }
}
