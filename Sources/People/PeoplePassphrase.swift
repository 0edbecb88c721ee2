import Language
import Secrets
import Storage
import Web

extension People {
  static func passphraseRoutes(_ settings: Settings) -> [Route] {
    [
      .get("account/passphrase", access: .signedIn, faces: [.page]) { call in
        call.page(passphrasePage(nil, try await presence(call), call))
      },
      .post("account/passphrase", access: .signedIn, bodyLimit: 16_384, faces: [.page]) {
        try await changePassphrase($0, settings)
      },
    ]
  }

  static func hashed(_ words: String) async -> String? { await SlowWork.hash { Passphrase.hash(words) } }

  static func keep(_ hash: String, of person: ID, event: String, in db: Writer) throws {
    try db.run(
      "UPDATE people_person SET passphrase = \(hash), passphrase_at = \(db.now), version = version + 1 WHERE id = \(person)"
    )
    db.record(Event(event, subject: "person", record: String(person)))
  }
  static func keepPassphrase(_ words: String, of person: ID, event: String, _ call: Call) async throws {
    guard let hash = await hashed(words) else { return }
    try await call.write(by: person) { try keep(hash, of: person, event: event, in: $0) }
  }

  /// The new passphrase of a form, when it keeps the rules.
  static func newPassphrase(_ call: Call, _ settings: Settings, name: String, email: String) throws -> String
  {
    var form = call.form.reader
    let words = call.form["passphrase"] ?? ""
    if words.isEmpty {
      form.refuse("passphrase", "sign-in.passphrase.missing")
    } else {
      for fault in settings.passphrases.faults(words, about: [name, email, settings.siteName]) {
        let arguments: [String: Argument] =
          switch fault {
          case .short: ["count": .number(PassphraseRules.shortest)]
          case .long: ["count": .number(PassphraseRules.longest)]
          case .known, .personal: [:]
          }
        form.refuse("passphrase", "sign-in.passphrase.fault." + fault.rawValue, arguments)
      }
      if form.faults.isEmpty && words != call.form["again"] {
        form.refuse("again", "sign-in.passphrase.differs")
      }
    }
    try form.finish()
    return words
  }

  private static func changePassphrase(_ call: Call, _ settings: Settings) async throws -> Reply {
    let present = try await presence(call)
    let person = present.person
    return try await call.change {
      // Whoever finds an open browser does not know the present one.
      if let stored = present.proving.passphrase {
        let old = call.form["present"] ?? ""
        let attempts = ["account:passphrase:\(person.id)"]
        let database = try call.services.database()
        try await Throttle.begin(attempts, in: database)
        guard await SlowWork.hash({ old.utf8.count <= 1024 && Passphrase.verify(old, stored) }) else {
          throw Problem.invalid([.fault(field: "present", "sign-in.passphrase.present.wrong")])
        }
        try await Throttle.passed(attempts, in: database)
      } else if !present.session.isProved && !present.session.proof.hasPrefix("link") {
        throw Problem.forbidden
      }
      let words = try newPassphrase(call, settings, name: person.name, email: person.email)
      try await keepPassphrase(words, of: person.id, event: "people.passphrase-changed", call)
      let cookie = try await renewAlone(present, isProved: present.session.isProved, call)
      return call.redirect(to: "account", [("done", "passphrase")]).with(cookie: cookie)
    } again: { problem in
      passphrasePage(problem, present, call)
    }
  }

  /// After a change of what proves a person: this session under a new token, all others ended.
  static func renewAlone(_ present: Presence, adding method: String? = nil, isProved: Bool, _ call: Call)
    async throws
    -> String
  {
    try await Sessions.endAll(
      accounts: present.accountIDs, except: present.session.id, in: call.services.database())
    let cookie = try await Sessions.rotate(present.session, adding: method, isProved: isProved, call: call)
    guard let cookie else { throw Problem.signIn }
    return cookie
  }
  static func endSessions(of person: ID, _ call: Call) async throws {
    let accounts: [ID] = try await call.read { db in
      try db.values("SELECT id FROM people_account WHERE person = \(person)")
    }
    try await Sessions.endAll(accounts: accounts, in: call.services.database())
  }

  private static func passphrasePage(_ problem: Problem?, _ present: Presence, _ call: Call) -> Page {
    let t = call.t
    return Page(
      t("sign-in.passphrase.change"), crumbs: [Page.Crumb("account", t("sign-in.account.title"))],
      hasFaults: problem != nil
    ) {
      if let problem { ErrorSummary(problem.faults, t) }
      h1(t("sign-in.passphrase.change"))
      p(t("sign-in.passphrase.change.lead"))
      FormFrame("account/passphrase", call) {
        if present.proving.passphrase != nil {
          TextField(
            FieldFrame("present", t("sign-in.passphrase.present"), problem: problem, t), kind: .password,
            autocomplete: "current-password")
        }
        newPassphraseFields(problem, t)
        p { Button(t("sign-in.passphrase.change.go")) }
      }
    }
  }
}
