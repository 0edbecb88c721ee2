import Language
import Secrets
import Storage
import Web

extension People {
  /// What proves that someone is who they say, read for that purpose alone.
  struct Proving: DecodableRow, Sendable {
    let id: ID
    let name: String
    let language: String
    let email: String
    let passphrase: String?
    let totp: [UInt8]?
    let confirmedAt: String?
    let step: Int64?

    init(row: Row) throws {
      id = try row["id"]
      name = try row["name"]
      language = try row["language"]
      email = try row["email"]
      passphrase = try row["passphrase"]
      totp = try row["totp"]
      confirmedAt = try row["totp_confirmed_at"]
      step = try row["totp_step"]
    }
    var hasSecondFactor: Bool { totp != nil && confirmedAt != nil }
    /// Words that a passphrase must not be made of.
    func words(_ settings: Settings) -> [String] { [name, email, settings.siteName] }
  }
  static func proving(_ person: ID, in db: Reader) throws -> Proving? {
    try db.row("SELECT * FROM people_person WHERE id = \(person)")
  }
  static func proving(email: String, in db: Reader) throws -> Proving? {
    try db.row("SELECT * FROM people_person WHERE email_key = \(EmailAddress.key(email))")
  }
  static func actor(_ person: ID, _ call: Call, behalf: String? = nil) -> Actor {
    Actor(actorName(person), onBehalf: behalf, request: call.requestID, language: call.language.code)
  }

  /// What an attempt to sign in is counted under. An account is counted in each network by itself, so that nobody
  /// elsewhere can keep its owner out; what is tried on it from everywhere together only makes answers slower.
  struct Attempts: Sendable {
    let refusing: [String]
    let slowing: String
    init(email: String, network: String) {
      let account = "account:" + String(Token.hash(EmailAddress.key(email)).prefix(32))
      refusing = [account + "@" + network, "network:" + network]
      slowing = account
    }
  }

  /// Opens the session of someone who showed a first factor, and sends on to what comes next: second factor,
  /// its setting-up, choice of account, or where they wanted to go.
  static func admit(
    _ person: ID, proof: String, isProved: Bool, to address: String?, _ call: Call
  ) async throws -> Reply {
    let found = try await call.read { db in
      let accounts = try accounts(ofPerson: person, in: db)
      return (
        accounts: accounts, last: try Sessions.last(of: accounts.map(\.id), in: db),
        proving: try proving(person, in: db), firstDay: try firstDay(ofPerson: person, in: db)
      )
    }
    guard let proving = found.proving, let first = found.accounts.first else {
      if let day = found.firstDay { throw Problem(403, "sign-in.not-yet", ["date": .date(day)]) }
      throw Problem(403, "sign-in.no-account")
    }
    let account = found.accounts.first { $0.id == found.last } ?? first
    let isStrict = found.accounts.contains { $0.role.viewerRole.needsProof }
    let cookie = try await Sessions.open(
      account: account.id, proof: proof, isProved: isProved,
      whole: isStrict ? Sessions.wholeStrict : Sessions.whole,
      call: call)
    try await call.services.database().write(by: actor(person, call)) { db in
      db.record(Event("people.signed-in", subject: "person", record: String(person), after: ["proof": proof]))
    }
    let next = next(proving, found.accounts, account, isProved: isProved, to: address, call)
    return next.with(cookie: cookie)
  }

  private static func next(
    _ proving: Proving, _ accounts: [Account], _ account: Account, isProved: Bool, to address: String?,
    _ call: Call
  ) -> Reply {
    if !isProved && proving.hasSecondFactor { return call.redirect(to: "second-factor", [("to", address)]) }
    if !isProved && account.role.viewerRole.needsProof {
      return call.redirect(to: "account/second-factor", [("to", address)])
    }
    return afterProof(accounts, to: address, call)
  }
  /// Once in a session, before anything else: "is this still you?", where a year has gone by. It can be put off.
  static func afterProof(_ accounts: [Account], to address: String?, _ call: Call) -> Reply {
    let now = call.services.clock.now()
    let isDue = accounts.contains { $0.isDue(at: now) }
    guard accounts.count > 1 else {
      return isDue
        ? call.redirect(to: "accounts/confirm", [("to", address)]) : call.redirect(back: address)
    }
    let choose = call.link("account/choose", [("to", address)])
    return call.redirect(away: isDue ? call.link("accounts/confirm", [("to", choose)]) : choose)
  }

  /// The signed-in person's session and what it stands on. Tokens and section links have none.
  struct Presence: Sendable {
    let session: Session
    let account: Account
    let office: Office
    let person: Person
    let proving: Proving
    let accounts: [Account]
    var accountIDs: [ID] { accounts.map(\.id) }
  }
  static func presence(_ call: Call) async throws -> Presence {
    guard let token = call.sessionToken else { throw Problem.forbidden }
    let found: Presence? = try await call.read { db in
      guard let session = try Sessions.find(token, in: db), session.account > 0,
        let (account, office, person) = try account(session.account, in: db),
        let proving = try proving(person.id, in: db)
      else { return nil }
      return Presence(
        session: session, account: account, office: office, person: person, proving: proving,
        accounts: try accounts(ofPerson: person.id, in: db))
    }
    guard let found else { throw Problem.forbidden }
    return found
  }
}
