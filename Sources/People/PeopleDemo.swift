import Secrets
package import Storage

/// Invented people of a demonstration, one for each role, and links by which whoever runs the program comes in as one
/// of them. Neither is made where anyone real has an account.
extension People {
  private static let cast: [(key: String, name: String, role: Role, kind: OfficeKind, place: Int)] = [
    ("focal-point-1", "Amina Wanjiru (invented)", .focalPoint, .focalPoint, 0),
    ("focal-point-2", "Tomás Quispe (invented)", .focalPoint, .focalPoint, 1),
    ("mission", "Grace Otieno (invented)", .mission, .mission, 0),
    ("delegate", "Peter Kamau (invented)", .delegate, .mission, 0),
    ("officer-1", "Olga Petrova (invented)", .officer, .secretariat, 0),
    ("officer-2", "Li Wei (invented)", .officer, .secretariat, 0),
    ("administrator-1", "Ada Novak (invented)", .administrator, .secretariat, 0),
    ("administrator-2", "Marc Dubois (invented)", .administrator, .secretariat, 0),
    ("auditor", "Sara Haddad (invented)", .auditor, .secretariat, 0),
    ("provider", "Nils Berg (invented)", .provider, .providerHQ, 0),
    ("provider-field", "Ruth Achieng (invented)", .providerField, .providerField, 0),
    ("donor", "Elena Rossi (invented)", .donor, .providerHQ, 0),
  ]
  private static let domain = "@demonstration.example"

  /// Adds the people to the invented offices, once.
  /// - Parameter states: those whose focal points and mission are played, best known first.
  package static func demoPeople(states: [String], in db: Writer) throws {
    guard try isOnlyDemo(in: db) else { return }
    for member in cast {
      let office: ID? = try db.value(
        member.kind.isOfState
          ? """
          SELECT id FROM people_office WHERE invented = 1 AND kind = \(member.kind)
            AND state = \(states.count > member.place ? states[member.place] : "") ORDER BY id LIMIT 1
          """
          : "SELECT id FROM people_office WHERE invented = 1 AND kind = \(member.kind) ORDER BY id LIMIT 1")
      guard let office, try person(email: member.key + domain, in: db) == nil else { continue }
      let person = try savePerson(name: member.name, email: member.key + domain, language: "en", in: db)
      try openAccount(person: person.id, office: office, role: member.role, in: db)
    }
  }

  /// Whether every account belongs to an invented office.
  package static func isOnlyDemo(in db: Reader) throws -> Bool {
    try db.value(
      """
      SELECT 1 FROM people_account a JOIN people_office o ON o.id = a.office WHERE o.invented = 0 LIMIT 1
      """, as: Int.self) == nil
  }

  /// How to come in as one of the invented people.
  package struct DemoPass: Sendable {
    package let name: String
    package let role: Role
    package let office: String
    /// Works once, for fifteen minutes.
    package let link: String
    /// For roles that need a second factor: its code at this moment.
    package let code: String?
  }

  /// New links to sign in, one for each invented person; nil where anyone real has an account.
  ///
  /// The second factor of those who need one is set up here, so that nobody needs a telephone to look around.
  package static func demoPasses(_ settings: Settings, in db: Writer) throws -> [DemoPass]? {
    guard try isOnlyDemo(in: db) else { return nil }
    let accounts: [Account] = try db.rows(
      """
      SELECT a.* FROM people_account a JOIN people_office o ON o.id = a.office
      WHERE o.invented = 1 AND \(valid(on: db.today)) ORDER BY a.id
      """)
    return try accounts.compactMap { account in
      guard let person = try person(account.person, in: db), person.email.hasSuffix(domain),
        let office = try office(account.office, in: db)
      else { return nil }
      let token = newToken()
      try makeLink(.signIn, person: person.id, token: token, in: db)
      return DemoPass(
        name: person.name, role: account.role, office: office.name,
        link: settings.address("sign-in/link", key: token, language: person.language),
        code: account.role.viewerRole.needsProof ? try code(of: person.id, settings, in: db) : nil)
    }
  }

  private static func code(of person: ID, _ settings: Settings, in db: Writer) throws -> String? {
    let proving = try proving(person, in: db)
    let now = Clock.seconds(db.now) ?? 0
    if let sealed = proving?.totp, proving?.confirmedAt != nil {
      return settings.box.open(sealed, for: "totp:\(person)").map { TOTP.code($0, at: now) }
    }
    let secret = TOTP.newSecret()
    try db.run(
      """
      UPDATE people_person SET totp = \(settings.box.seal(secret, for: "totp:\(person)")),
        totp_confirmed_at = \(db.now), version = version + 1
      WHERE id = \(person)
      """)
    db.record(Event("people.second-factor-set", subject: "person", record: String(person)))
    return TOTP.code(secret, at: now)
  }
}
