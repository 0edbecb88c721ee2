import Language
import Mail
import Secrets
package import Storage

extension People {
  /// Sends a person the letter with which work here begins; one sent before and not used no longer works.
  /// - Returns: the link's number.
  @discardableResult
  package static func invite(_ person: Person, nomination: ID?, by actor: Actor, in db: Writer) throws -> ID {
    try makeLink(.invitation, person: person.id, nomination: nomination, in: db)
  }

  /// Work after a change was kept: letters with links.
  package static func jobs(_ settings: Settings) -> [Job] {
    [
      yearlyJob(settings),
      .on(linkMade, "people.letter") { call in
        guard let id = Int64(call.record) else { return }
        try await call.finish(by: .system) { try write(id, settings, in: $0) }
      },
    ] + resetJobs(settings)
  }

  /// Makes the link's token and the letter that holds it, in one transaction; the database keeps the hash.
  private static func write(_ id: ID, _ settings: Settings, in db: Writer) throws {
    let found: Link? = try db.row("SELECT * FROM people_link WHERE id = \(id)")
    guard let link = found, link.letter == nil, link.lapse(at: db.now) == nil,
      let person = try person(link.person, in: db)
    else { return }
    let token = Token.new("wasl")
    let key = "people.link.\(id)"
    try db.run("UPDATE people_link SET hash = \(Token.hash(token)), letter = \(key) WHERE id = \(id)")
    let t = settings.translator(person.language)
    let name = "sign-in.letter.\(link.purpose.rawValue)"
    var arguments: [String: Argument] = [
      "name": .isolated(person.name), "site": .text(settings.siteName), "link": .text("{link}"),
    ]
    if link.purpose == .invitation {
      let standing = try standing(ofInvited: person.id, nomination: link.nomination, in: db)
      arguments["office"] = .isolated(standing?.office ?? settings.siteName)
      arguments["role"] = .text(standing.map { t("people.role." + $0.role) } ?? "–")
    }
    try Mail.queue(
      Letter(
        key: key, to: person.email, language: t.language.code,
        subject: t(name + ".subject", ["site": .text(settings.siteName)]), body: t(name, arguments),
        secret: settings.address(link.purpose.path, key: token, language: t.language.code)),
      in: db)
    db.record(
      Event(
        "people.letter-written", subject: "link", record: String(id),
        after: ["person": String(person.id), "purpose": link.purpose.rawValue]))
  }

  struct InvitedStanding: DecodableRow, Sendable {
    let office: String
    let officeLanguage: String
    let role: String
    let reference: String?
    let notedOn: String?
    init(row: Row) throws {
      office = try row["name"]
      officeLanguage = try row["language"]
      role = try row["role"]
      reference = try row["reference"]
      notedOn = try row["noted_on"]
    }
  }
  /// To which office and as what someone is invited: by the nomination, else by the newest account.
  static func standing(ofInvited person: ID, nomination: ID?, in db: Reader) throws -> InvitedStanding? {
    if let nomination {
      return try db.row(
        """
        SELECT o.name, o.language, n.role, n.reference, n.noted_on
        FROM people_nomination n JOIN people_office o ON o.id = n.office WHERE n.id = \(nomination)
        """)
    }
    return try db.row(
      """
      SELECT o.name, o.language, a.role, n.reference, n.noted_on
      FROM people_account a JOIN people_office o ON o.id = a.office LEFT JOIN people_nomination n ON n.id = a.nomination
      WHERE a.person = \(person) ORDER BY a.id DESC LIMIT 1
      """)
  }
}
