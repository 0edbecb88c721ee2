import Secrets
import Storage
import Web

extension People {
  /// Checks a code of the application, or a recovery code, and uses it up.
  /// - Returns: the method, `totp` or `recovery`; nil when it is wrong, replayed or used.
  static func prove(_ code: String, _ proving: Proving, _ settings: Settings, _ call: Call) async throws
    -> String?
  {
    let person = proving.id
    guard let sealed = proving.totp, proving.confirmedAt != nil,
      let secret = settings.box.open(sealed, for: "totp:\(person)")
    else { return nil }
    let figures = digits(code)
    if figures.utf8.count == 6, figures.utf8.allSatisfy({ (48...57).contains($0) }) {
      let isRight = try await call.write(by: person) { db in
        // Read again inside the transaction: of two who send one code at the same time, one comes in.
        let last = try People.proving(person, in: db)?.step
        guard let now = Clock.seconds(db.now),
          let step = TOTP.accept(figures, secret: secret, at: now, after: last)
        else { return false }
        try db.run("UPDATE people_person SET totp_step = \(step) WHERE id = \(person)")
        db.record(Event("people.second-factor-shown", subject: "person", record: String(person)))
        return true
      }
      return isRight ? "totp" : nil
    }
    guard (12...40).contains(code.utf8.count) else { return nil }
    let hash = await SlowWork.hash { Recovery.hash(code) }
    let isRight = try await call.write(by: person) { db in
      let used = try db.run(
        "UPDATE people_recovery SET used_at = \(db.now) WHERE person = \(person) AND hash = \(hash) AND used_at IS NULL"
      )
      guard used == 1 else { return false }
      db.record(Event("people.recovery-used", subject: "person", record: String(person)))
      return true
    }
    return isRight ? "recovery" : nil
  }

  /// Keeps a confirmed secret with new recovery codes. - Returns: the codes, which are shown once.
  static func keepSecondFactor(
    _ secret: [UInt8], step: Int64, of person: ID, _ settings: Settings, _ call: Call
  ) async throws -> [String] {
    let sealed = settings.box.seal(secret, for: "totp:\(person)")
    let (codes, hashes) = await newRecovery()
    try await call.write(by: person) { db in
      try db.run(
        """
        UPDATE people_person SET totp = \(sealed), totp_confirmed_at = \(db.now), totp_step = \(step),
          version = version + 1 WHERE id = \(person)
        """)
      try keepRecovery(hashes, of: person, in: db)
      db.record(Event("people.second-factor-set", subject: "person", record: String(person)))
    }
    return codes
  }
  static func renewRecovery(of person: ID, _ call: Call) async throws -> [String] {
    let (codes, hashes) = await newRecovery()
    try await call.write(by: person) { db in
      try keepRecovery(hashes, of: person, in: db)
      db.record(Event("people.recovery-renewed", subject: "person", record: String(person)))
    }
    return codes
  }
  private static func newRecovery() async -> (codes: [String], hashes: [String]) {
    let codes = Recovery.newCodes()
    return (codes, await SlowWork.hash { codes.map(Recovery.hash) })
  }
  private static func keepRecovery(_ hashes: [String], of person: ID, in db: Writer) throws {
    try db.run("DELETE FROM people_recovery WHERE person = \(person)")
    for hash in hashes {
      try db.run("INSERT INTO people_recovery (person, hash) VALUES (\(person), \(hash))")
    }
  }

  static func removeSecondFactor(of person: ID, _ call: Call) async throws {
    try await call.write(by: person) { db in
      try dropSecondFactor(of: person, in: db)
      db.record(Event("people.second-factor-removed", subject: "person", record: String(person)))
    }
  }
  /// With all that stands on it: recovery codes, and the proof of keys made under it.
  static func dropSecondFactor(of person: ID, in db: Writer) throws {
    try db.run(
      """
      UPDATE people_person SET totp = NULL, totp_confirmed_at = NULL, totp_step = NULL, version = version + 1
      WHERE id = \(person)
      """)
    try db.run("DELETE FROM people_recovery WHERE person = \(person)")
    try unproveTokens(ofPerson: person, in: db)
  }
  static func recoveryLeft(of person: ID, in db: Reader) throws -> Int {
    try db.value("SELECT count(*) FROM people_recovery WHERE person = \(person) AND used_at IS NULL") ?? 0
  }

  /// Digits of any script as 0–9, without spaces: a code is typed on many keyboards.
  static func digits(_ text: String) -> String {
    String(
      text.compactMap { character -> Character? in
        if character.isWhitespace { return nil }
        guard let value = character.wholeNumberValue, (0...9).contains(value) else { return character }
        return Character(String(value))
      })
  }

  /// The secret travels in the form, sealed for this person, until its first code was right.
  static func sealedSetup(_ secret: [UInt8], person: ID, now: String, _ settings: Settings) -> String {
    Base64URL.encode(
      settings.box.seal(Array("\(Clock.seconds(now) ?? 0)|".utf8) + secret, for: "setup:\(person)"))
  }
  static func setupSecret(_ text: String, person: ID, now: String, _ settings: Settings) -> [UInt8]? {
    guard text.utf8.count < 400, let bytes = Base64URL.decode(text),
      let plain = settings.box.open(bytes, for: "setup:\(person)"),
      let bar = plain.firstIndex(of: UInt8(ascii: "|")),
      let made = Int64(String(decoding: plain[..<bar], as: UTF8.self)), let present = Clock.seconds(now),
      (0...3600).contains(present - made)
    else { return nil }
    return Array(plain[(bar + 1)...])
  }
}
