import Language
import Storage
import Web

extension People {
  static func sessionRoutes(_ settings: Settings) -> [Route] {
    [
      .get("account", access: .signedIn, faces: [.page]) { call in
        call.page(accountPage(try await desk(call), call))
      },
      .post("account/sessions/:id/end", access: .signedIn, bodyLimit: 16_384, faces: [.page]) { call in
        let present = try await presence(call)
        let id = try call.id()
        if id == present.session.id {
          return call.redirect(to: "sign-in").with(cookie: try await Sessions.end(call))
        }
        let isDone = try await Sessions.end(
          id: id, accounts: everyAccount(present, call), in: call.services.database())
        guard isDone else { throw Problem.notFound }
        return call.redirect(to: "account", [("done", "session")])
      },
      .post("account/sessions/end", access: .signedIn, bodyLimit: 16_384, faces: [.page]) { call in
        let present = try await presence(call)
        try await Sessions.endAll(
          accounts: everyAccount(present, call), except: present.session.id, in: call.services.database())
        return call.redirect(to: "account", [("done", "sessions")])
      },
      .get("account/choose", access: .signedIn, faces: [.page]) { call in
        let present = try await presence(call)
        let to = call.returnAddress(call.query.fields)
        return call.page(
          choosePage(nil, present, try await offices(of: present.accounts, call), to: to, call))
      },
      .post("account/choose", access: .signedIn, bodyLimit: 16_384, faces: [.page]) { try await choose($0) },
      .post("account/language", access: .signedIn, bodyLimit: 16_384, faces: [.page]) { call in
        let present = try await presence(call)
        var form = call.form.reader
        let code = form.code("language", of: Set(call.services.catalogue.languages.map(\.code)))
        try form.finish()
        guard let code else { throw Problem.notFound }
        if code != present.person.language {
          try await call.write { db in
            try db.run(
              "UPDATE people_person SET language = \(code), version = version + 1 WHERE id = \(present.person.id)"
            )
            db.record(
              Event(
                "people.language-chosen", subject: "person", record: String(present.person.id),
                before: ["language": present.person.language], after: ["language": code]))
          }
        }
        return call.redirect(away: "/" + code + "/account")
      },
      .get("account/identities/remove", access: .signedIn, faces: [.page]) { call in
        call.page(identityPage(nil, try await presence(call), call))
      },
      .post("account/identities/remove", access: .signedIn, bodyLimit: 16_384, faces: [.page]) { call in
        let present = try await presence(call)
        do {
          try await proveAgain(present, settings, call)
        } catch let problem as Problem where !problem.faults.isEmpty {
          return call.page(identityPage(problem, present, call), status: problem.status)
        }
        let (issuer, subject) = (call.form["issuer"] ?? "", call.form["subject"] ?? "")
        try await call.write { db in
          let count = try db.run(
            """
            DELETE FROM people_identity WHERE issuer = \(issuer) AND subject = \(subject)
              AND person = \(present.person.id)
            """)
          guard count == 1 else { throw Problem.notFound }
          db.record(
            Event(
              "people.identity-removed", subject: "person", record: String(present.person.id),
              before: ["issuer": issuer]))
        }
        return call.redirect(to: "account", [("done", "identity")])
      },
    ]
  }

  /// All accounts the person ever had: a session of an ended one can still be put away.
  private static func everyAccount(_ present: Presence, _ call: Call) async throws -> [ID] {
    let person = present.person.id
    return try await call.read { try $0.values("SELECT id FROM people_account WHERE person = \(person)") }
  }

  private static func choose(_ call: Call) async throws -> Reply {
    let present = try await presence(call)
    let to = call.returnAddress(call.form.fields)
    return try await call.change {
      var form = call.form.reader
      let chosen = form.code("account", of: Set(present.accounts.map { String($0.id) }))
      if chosen == nil && form.faults.isEmpty { form.refuse("account", "sign-in.choose.missing") }
      try form.finish()
      guard let chosen, let id = Int64(chosen) else { throw Problem.notFound }
      let cookie = try await Sessions.rotate(
        present.session, account: id, isProved: present.session.isProved, call: call)
      guard let cookie else { throw Problem.signIn }
      return call.redirect(back: to).with(cookie: cookie)
    } again: { problem in
      choosePage(problem, present, try await offices(of: present.accounts, call), to: to, call)
    }
  }

  static func offices(of accounts: [Account], _ call: Call) async throws -> [ID: Office] {
    let ids = accounts.map(\.office)
    let found: [Office] = try await call.read { db in
      try db.rows("SELECT * FROM people_office WHERE id IN \(list: ids)")
    }
    return Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  struct Identity: DecodableRow, Sendable {
    let issuer: String
    let subject: String
    let linkedAt: String
    init(row: Row) throws {
      issuer = try row["issuer"]
      subject = try row["subject"]
      linkedAt = try row["linked_at"]
    }
  }
  /// What the page of one's own account shows.
  struct Desk: Sendable {
    let present: Presence
    let sessions: [Session]
    let recovery: Int
    let identities: [Identity]
    let tokens: Int
  }
  private static func desk(_ call: Call) async throws -> Desk {
    let present = try await presence(call)
    let all = try await everyAccount(present, call)
    return try await call.read { db in
      Desk(
        present: present, sessions: try Sessions.list(accounts: all, in: db),
        recovery: try recoveryLeft(of: present.person.id, in: db),
        identities: try db.rows(
          "SELECT * FROM people_identity WHERE person = \(present.person.id) ORDER BY linked_at, issuer, subject"
        ),
        tokens: try tokens(of: present.account.id, in: db).filter { $0.isLive(at: db.now) }.count)
    }
  }
}
