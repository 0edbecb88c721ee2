import Secrets
import Storage
import Web

extension People {
  static func secondFactorRoutes(_ settings: Settings) -> [Route] {
    [
      .get("second-factor", access: .identified, faces: [.page]) { call in
        let present = try await presence(call)
        let to = call.returnAddress(call.query.fields)
        guard present.proving.hasSecondFactor else {
          return call.redirect(to: "account/second-factor", [("to", to)])
        }
        return call.page(codePage(nil, to: to, call))
      },
      .post("second-factor", access: .identified, bodyLimit: 16_384, faces: [.page]) {
        try await show($0, settings)
      },
      .get("account/second-factor", access: .identified, faces: [.page]) { call in
        let present = try await presence(call)
        try mayChange(present)
        return call.page(setupPage(nil, TOTP.newSecret(), present, settings, call))
      },
      .post("account/second-factor", access: .identified, bodyLimit: 16_384, faces: [.page]) {
        try await setUp($0, settings)
      },
      .get("account/second-factor/remove", access: .signedIn, faces: [.page]) { call in
        _ = try await presence(call)
        return call.page(removePage(nil, call))
      },
      .post("account/second-factor/remove", access: .signedIn, bodyLimit: 16_384, faces: [.page]) {
        try await remove($0, settings)
      },
      .get("account/recovery", access: .signedIn, faces: [.page]) { call in
        let present = try await presence(call)
        guard present.session.isProved, present.proving.hasSecondFactor else { throw Problem.proofNeeded }
        return call.page(renewRecoveryPage(nil, present, call))
      },
      .post("account/recovery", access: .signedIn, bodyLimit: 16_384, faces: [.page]) { call in
        let present = try await presence(call)
        guard present.session.isProved, present.proving.hasSecondFactor else { throw Problem.proofNeeded }
        return try await call.change {
          try await proveAgain(present, settings, call)
          let codes = try await renewRecovery(of: present.person.id, call)
          return call.page(recoveryPage(codes, to: nil, call))
        } again: { problem in
          renewRecoveryPage(problem, present, call)
        }
      },
      .post(
        "account/recovery/file", access: .signedIn, bodyLimit: 16_384, faces: [.page],
        takes: [.text("code")]
      ) { call in
        // Given back as they were shown: the site keeps only their hashes.
        let codes = call.form.all("code").prefix(10).filter { $0.utf8.count == 14 && !$0.contains("\n") }
        let text = ([settings.siteName + " – " + call.t("sign-in.recovery.title"), ""] + codes).joined(
          separator: "\r\n")
        return call.download(
          Array((text + "\r\n").utf8), name: "recovery-codes.txt", type: "text/plain; charset=utf-8")
      },
    ]
  }

  /// A second factor that stands is changed only by someone who has shown it.
  private static func mayChange(_ present: Presence) throws {
    if present.proving.hasSecondFactor && !present.session.isProved { throw Problem.proofNeeded }
  }
  private static func attempts(_ present: Presence, _ call: Call) -> [String] {
    ["account:proof:\(present.person.id)", "network:" + call.visit.network]
  }
  private static func checked(
    _ call: Call, _ present: Presence, _ settings: Settings
  ) async throws -> String {
    let code = call.form["code"] ?? ""
    if code.isEmpty { throw Problem.invalid([.fault(field: "code", "sign-in.code.missing")]) }
    let database = try call.services.database()
    let attempts = People.attempts(present, call)
    try await Throttle.begin(attempts, in: database)
    guard let method = try await prove(code, present.proving, settings, call) else {
      throw Problem.invalid([.fault(field: "code", "sign-in.code.wrong")])
    }
    try await Throttle.passed(attempts, in: database)
    return method
  }

  private static func show(_ call: Call, _ settings: Settings) async throws -> Reply {
    let present = try await presence(call)
    let to = call.returnAddress(call.form.fields)
    guard present.proving.hasSecondFactor else {
      return call.redirect(to: "account/second-factor", [("to", to)])
    }
    return try await call.change {
      let method = try await checked(call, present, settings)
      let cookie = try await Sessions.rotate(present.session, adding: method, isProved: true, call: call)
      guard let cookie else { throw Problem.signIn }
      let isFirst = !present.session.isProved
      return (isFirst ? afterProof(present.accounts, to: to, call) : call.redirect(back: to)).with(
        cookie: cookie)
    } again: { problem in
      codePage(problem, to: to, call)
    }
  }

  private static func setUp(_ call: Call, _ settings: Settings) async throws -> Reply {
    let present = try await presence(call)
    try mayChange(present)
    let person = present.person.id
    let now = call.services.clock.now()
    // Older than an hour, or another person's: begun anew.
    guard let secret = setupSecret(call.form["secret"] ?? "", person: person, now: now, settings) else {
      return call.redirect(to: "account/second-factor")
    }
    let to = call.returnAddress(call.form.fields)
    do {
      let code = digits(call.form["code"] ?? "")
      if code.isEmpty { throw Problem.invalid([.fault(field: "code", "sign-in.code.missing")]) }
      guard let seconds = Clock.seconds(now),
        let step = TOTP.accept(code, secret: secret, at: seconds, after: nil)
      else { throw Problem.invalid([.fault(field: "code", "sign-in.code.first-wrong")]) }
      // One that stands is replaced only by someone who shows it, or the passphrase, once more.
      if present.proving.hasSecondFactor { try await proveAgain(present, settings, call) }
      let codes = try await keepSecondFactor(secret, step: step, of: person, settings, call)
      let cookie = try await renewAlone(present, adding: "totp", isProved: true, call)
      return call.page(recoveryPage(codes, to: to, call)).with(cookie: cookie)
    } catch let problem as Problem where !problem.faults.isEmpty {
      return call.page(setupPage(problem, secret, present, settings, call), status: problem.status)
    }
  }

  private static func remove(_ call: Call, _ settings: Settings) async throws -> Reply {
    let present = try await presence(call)
    return try await call.change {
      _ = try await checked(call, present, settings)
      try await removeSecondFactor(of: present.person.id, call)
      let cookie = try await renewAlone(present, isProved: false, call)
      return call.redirect(to: "account", [("done", "removed")]).with(cookie: cookie)
    } again: { problem in
      removePage(problem, call)
    }
  }
}
