import Language
import Storage
import Web

extension People {
  /// Pages behind links in letters. Opening one changes nothing that matters: programs that look through mail open
  /// links too, so only the button on the page uses the link up.
  static func linkRoutes(_ settings: Settings) -> [Route] {
    [
      .get("invitation", access: .everyone, faces: [.page], takes: [.text("key")]) { call in
        try await open(.invitation, settings, call) { invitationPage(nil, $0, settings, call) }
      },
      .post("invitation", access: .everyone, bodyLimit: 16_384, faces: [.page], takes: [.text("key")]) {
        try await accept($0, settings)
      },
      .post("invitation/renew", access: .everyone, bodyLimit: 16_384, faces: [.page], takes: [.text("key")]) {
        try await renew($0, settings)
      },
      .get("sign-in/link", access: .everyone, faces: [.page], takes: [.text("key")]) { call in
        try await open(.signIn, settings, call) { _ in linkPage(call) }
      },
      .post("sign-in/link", access: .everyone, bodyLimit: 16_384, faces: [.page], takes: [.text("key")]) {
        call in
        try await using(.signIn, call) { found, _ in
          guard try await call.write(by: found.link.person, { try use(found.link, in: $0) }) else {
            return call.page(lapsedPage(found.link, .used, call), status: 410)
          }
          return try await admit(found.link.person, proof: "link", isProved: false, to: nil, call)
        }
      },
      .get("sign-in/passphrase", access: .everyone, faces: [.page], takes: [.text("key")]) { call in
        try await open(.passphrase, settings, call) { _ in mendPage(nil, call) }
      },
      .post("sign-in/passphrase", access: .everyone, bodyLimit: 16_384, faces: [.page], takes: [.text("key")])
      {
        try await mend($0, settings)
      },
    ]
  }

  struct Opened: Sendable {
    let link: Link
    let person: Person
    let hasPassphrase: Bool
    let standing: InvitedStanding?
  }

  private static func opened(_ key: String, _ purpose: Link.Purpose, in db: Reader) throws -> (
    Opened, Link.Lapse?
  )? {
    guard let found = try standing(key, in: db), found.link.purpose == purpose,
      let person = try person(found.link.person, in: db)
    else { return nil }
    let opened = Opened(
      link: found.link, person: person, hasPassphrase: try proving(person.id, in: db)?.passphrase != nil,
      standing: purpose == .invitation
        ? try standing(ofInvited: person.id, nomination: found.link.nomination, in: db) : nil)
    return (opened, found.lapse)
  }

  private static func open(
    _ purpose: Link.Purpose, _ settings: Settings, _ call: Call, page: (Opened) -> Page
  ) async throws -> Reply {
    let key = call.query["key"] ?? ""
    guard let (opened, lapse) = try await call.read({ try opened(key, purpose, in: $0) }) else {
      return call.page(unknownPage(call), status: 404)
    }
    if let lapse { return call.page(lapsedPage(opened.link, lapse, key: key, call), status: 410) }
    if opened.link.openedAt == nil {
      try await call.write(by: opened.link.person) { try noteOpened(opened.link, in: $0) }
    }
    return call.page(page(opened))
  }

  /// The working link whose key a form sent, or the page that says why it does not work.
  private static func using(
    _ purpose: Link.Purpose, _ call: Call, _ body: (Opened, String) async throws -> Reply
  ) async throws -> Reply {
    let key = call.form["key"] ?? ""
    guard let (opened, lapse) = try await call.read({ try opened(key, purpose, in: $0) }) else {
      return call.page(unknownPage(call), status: 404)
    }
    if let lapse { return call.page(lapsedPage(opened.link, lapse, key: key, call), status: 410) }
    return try await body(opened, key)
  }

  private static func accept(_ call: Call, _ settings: Settings) async throws -> Reply {
    try await using(.invitation, call) { opened, key in
      if opened.hasPassphrase {
        // Known here already: the invitation is noted as taken, and they sign in as always.
        try await call.write(by: opened.link.person) { _ = try use(opened.link, in: $0) }
        return call.redirect(to: "sign-in")
      }
      return try await call.change {
        let words = try newPassphrase(call, settings, name: opened.person.name, email: opened.person.email)
        guard let hash = await hashed(words) else { throw Problem.unavailable }
        let isDone = try await call.write(by: opened.link.person) { db in
          guard try use(opened.link, in: db) else { return false }
          try keep(hash, of: opened.link.person, event: "people.passphrase-set", in: db)
          return true
        }
        guard isDone else { return call.page(lapsedPage(opened.link, .used, key: key, call), status: 410) }
        return try await admit(opened.link.person, proof: "passphrase", isProved: false, to: nil, call)
      } again: { problem in
        invitationPage(problem, opened, settings, call)
      }
    }
  }

  private static func mend(_ call: Call, _ settings: Settings) async throws -> Reply {
    try await using(.passphrase, call) { opened, key in
      try await call.change {
        let words = try newPassphrase(call, settings, name: opened.person.name, email: opened.person.email)
        guard let hash = await hashed(words) else { throw Problem.unavailable }
        let person = opened.link.person
        let isDone = try await call.write(by: person) { db in
          guard try use(opened.link, in: db) else { return false }
          try keep(hash, of: person, event: "people.passphrase-mended", in: db)
          return true
        }
        guard isDone else { return call.page(lapsedPage(opened.link, .used, key: key, call), status: 410) }
        try await endSessions(of: person, call)
        return try await admit(person, proof: "link", isProved: false, to: nil, call)
      } again: { problem in
        mendPage(problem, call)
      }
    }
  }

  /// A new invitation to the address of the old one, asked for by whoever holds the old one.
  private static func renew(_ call: Call, _ settings: Settings) async throws -> Reply {
    let key = call.form["key"] ?? ""
    guard let (opened, lapse) = try await call.read({ try opened(key, .invitation, in: $0) }) else {
      return call.page(unknownPage(call), status: 404)
    }
    guard lapse == nil || lapse == .expired || lapse == .renewed else {
      return call.page(lapsedPage(opened.link, lapse ?? .revoked, key: key, call), status: 410)
    }
    let database = try call.services.database()
    try await Throttle.begin(["link:renew:\(opened.link.person)"], in: database)
    let isSent = try await call.write(by: opened.link.person) { db in
      guard try hasProspect(opened.person.id, in: db) else { return false }
      try makeLink(.invitation, person: opened.person.id, nomination: opened.link.nomination, in: db)
      return true
    }
    guard isSent else { return call.page(lapsedPage(opened.link, .ended, key: key, call), status: 410) }
    return call.page(renewedPage(call))
  }
}

extension Call {
  /// A change by someone who is not signed in yet but has shown who they are.
  func write<T: Sendable>(
    by person: People.ID, _ body: @escaping @Sendable (Writer) throws -> T
  ) async throws -> T {
    try await services.database().write(by: People.actor(person, self), body)
  }
}
