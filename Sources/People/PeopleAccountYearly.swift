import Language
import Mail
import Storage

/// "Is this still you?": once a year a letter, thirty days later a reminder, and after sixty days without an answer
/// the account ends, so that nobody acts for a State or an organization who has left it.
extension People {
  package static let daysToRemind: Int64 = 30
  package static let daysToAnswer: Int64 = 60

  static func yearlyJob(_ settings: Settings) -> Job {
    .daily("people.still-you") { call in
      try await call.finish(by: .system) { try askYearly(settings, in: $0) }
    }
  }

  /// Writes what is due today: letters, reminders, ends.
  static func askYearly(_ settings: Settings, in db: Writer) throws {
    for account in try accountsDue(in: db) {
      guard let asked = account.askedAt else {
        try ask(account, .first, settings, in: db)
        continue
      }
      if asked <= later(db.now, -daysToAnswer * 86_400) {
        try endUnanswered(account, in: db)
      } else if account.remindedAt == nil, asked <= later(db.now, -daysToRemind * 86_400) {
        try ask(account, .reminder, settings, in: db)
      }
    }
  }

  private enum Question: String { case first, reminder }

  private static func ask(_ account: Account, _ question: Question, _ settings: Settings, in db: Writer)
    throws
  {
    guard let person = try person(account.person, in: db), let office = try office(account.office, in: db)
    else {
      return
    }
    let now = db.now
    let asked = account.askedAt ?? now
    let t = settings.translator(person.language)
    let last = String(later(asked, daysToAnswer * 86_400).prefix(10))
    let key = "people.letter.still-you" + (question == .reminder ? ".again" : "")
    try Mail.queue(
      Letter(
        key: "people.still-you.\(account.id).\(asked.prefix(10)).\(question.rawValue)", to: person.email,
        language: t.language.code, subject: t(key + ".subject", ["site": .text(settings.siteName)]),
        body: t(
          key,
          [
            "name": .isolated(person.name), "office": .isolated(office.name),
            "role": .text(t("people.role." + account.role.rawValue)), "site": .text(settings.siteName),
            "date": .date(last), "address": .text("\(settings.address)/\(t.language.code)/accounts/confirm"),
          ]), secret: nil), in: db)
    switch question {
    case .first:
      try db.run("UPDATE people_account SET asked_at = \(now), reminded_at = NULL WHERE id = \(account.id)")
    case .reminder:
      try db.run("UPDATE people_account SET reminded_at = \(now) WHERE id = \(account.id)")
    }
    db.record(
      Event(
        question == .first ? "people.account-asked" : "people.account-reminded", subject: "account",
        record: String(account.id), after: ["answer_until": last]))
  }

  /// The last administrator stays: someone must remain who can let others in.
  private static func endUnanswered(_ account: Account, in db: Writer) throws {
    if account.role == .administrator, try !hasOtherAdministrator(account, in: db) { return }
    try end(account, why: "unanswered", in: db)
  }
  private static func hasOtherAdministrator(_ account: Account, in db: Reader) throws -> Bool {
    try db.value(
      """
      SELECT 1 FROM people_account a JOIN people_office o ON o.id = a.office
      WHERE a.role = 'administrator' AND a.id <> \(account.id) AND a.valid_until IS NULL
        AND \(valid(on: db.today)) LIMIT 1
      """, as: Int.self) != nil
  }

  /// Accounts that ended because nobody answered, newest first: the Secretariat asks their offices who follows.
  static func unanswered(in db: Reader) throws -> [Member] {
    try db.rows(
      """
      SELECT a.*, p.name AS person_name, p.email AS person_email
      FROM people_account a JOIN people_person p ON p.id = a.person
      WHERE a.ended_why = 'unanswered' ORDER BY a.ended_at DESC, a.id DESC LIMIT 50
      """)
  }
}
