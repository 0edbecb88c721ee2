import Language
import Storage
import Web

extension People {
  static func tokenRoutes(_ settings: Settings) -> [Route] {
    let access = Access.may(makingTokens, .anywhere)
    return [
      Route.get("account/tokens", access: access, faces: [.page]) { call in
        call.page(try await tokensPage(nil, settings, call))
      }.needingProof,
      Route.post("account/tokens", access: access, bodyLimit: 16_384, faces: [.page]) {
        try await addToken($0, settings)
      }.needingProof,
      .post("account/tokens/:id/revoke", access: access, bodyLimit: 16_384, faces: [.page]) { call in
        let present = try await presence(call)
        let id = try call.id()
        try await call.write { try revokeToken(id, account: present.account.id, in: $0) }
        return call.redirect(to: "account/tokens")
      },
    ]
  }

  /// Permissions that a token of this viewer can have. One token does not make another.
  private static func offered(_ call: Call, _ settings: Settings, _ role: Role) -> [String] {
    settings.roles.permissions(of: role).keys.filter { $0 != makingTokens }.map(\.rawValue).sorted()
  }

  private static func addToken(_ call: Call, _ settings: Settings) async throws -> Reply {
    let present = try await presence(call)
    return try await call.change {
      var form = call.form.reader
      let name = form.required("name", max: 100)
      let days = form.integer("days", in: 1...365)
      if days == nil && !form.has(faultIn: "days") { form.refuse("days", "web.field.missing") }
      let reading: Reading? = form.choice("reading")
      if reading == nil && !form.has(faultIn: "reading") { form.refuse("reading", "web.field.missing") }
      let scopes = form.codes("scopes", of: Set(offered(call, settings, present.account.role)))
      try form.finish()
      guard let days, let reading else { throw Problem.notFound }
      try await proveAgain(present, settings, call)
      let made = try await call.write { db in
        try makeToken(
          name, permissions: scopes, reading: reading, days: days, account: present.account.id,
          isProved: present.session.isProved, in: db)
      }
      return call.page(tokenPage(made.token, call))
    } again: { problem in
      try await tokensPage(problem, settings, call)
    }
  }

  private static func tokenPage(_ token: String, _ call: Call) -> Page {
    let t = call.t
    return Page(t("sign-in.token.made"), crumbs: [Page.Crumb("account/tokens", t("sign-in.tokens.title"))]) {
      h1(t("sign-in.token.made"))
      Notice(nil, .notable, live: true) { p(t("sign-in.token.once")) }
      p { symbol(token) }
      p {
        t("sign-in.token.use")
        " "
        symbol("Authorization: Bearer wasl_…")
      }
      p { a(href: call.link("account/tokens"), t("sign-in.tokens.title")) }
    }
  }

  private static func tokensPage(_ problem: Problem?, _ settings: Settings, _ call: Call) async throws -> Page
  {
    let t = call.t
    let present = try await presence(call)
    let tokens = try await call.read { try People.tokens(of: present.account.id, in: $0) }
    let now = call.services.clock.now()
    let offered = People.offered(call, settings, present.account.role)
    return Page(
      t("sign-in.tokens.title"), crumbs: [Page.Crumb("account", t("sign-in.account.title"))],
      hasFaults: problem != nil
    ) {
      if let problem { ErrorSummary(problem.faults, t) }
      h1(t("sign-in.tokens.title"))
      p(t("sign-in.tokens.lead"), .class("lead"))
      if tokens.isEmpty {
        EmptyState(t("sign-in.tokens.none"), t("sign-in.tokens.none.more"))
      } else {
        Table(tokens, caption: t("sign-in.tokens.title"), columns: columns(now), call)
      }
      h2(t("sign-in.token.new"))
      FormFrame("account/tokens", call) {
        TextField(
          FieldFrame(
            "name", t("sign-in.token.name"), hint: t("sign-in.token.name.hint"), problem: problem, t),
          value: call.form["name"])
        TextField(
          FieldFrame(
            "days", t("sign-in.token.days"), hint: t("sign-in.token.days.hint"), problem: problem, t),
          value: call.form["days"] ?? "90", size: .year, numeric: true)
        Radios(
          FieldFrame("reading", t("sign-in.token.reading"), problem: problem, t),
          Reading.allCases.map {
            Choice($0.rawValue, t("sign-in.token.reading." + $0.rawValue))
          }, value: call.form["reading"] ?? Reading.public.rawValue)
        Checkboxes(
          FieldFrame(
            "scopes", t("sign-in.token.scopes"), hint: t("sign-in.token.scopes.hint"), problem: problem, t),
          offered.map { Choice($0, t("people.permission." + $0)) }, values: Set(call.form.all("scopes")))
        againField(present, problem, t)
        p { Button(t("sign-in.token.go")) }
      }
    }
  }

  private static func columns(_ now: String) -> [Column<APIToken>] {
    [
      Column("name", .text, "sign-in.token.name") { .text($0.name) },
      Column("hint", .code, "sign-in.token.hint", show: { token, _ in symbol(token.hint + "…") }) {
        .text($0.hint)
      },
      Column(
        "scopes", .list, "sign-in.token.scopes",
        show: { token, call in
          let words =
            [call.t("sign-in.token.reading." + token.reading.rawValue)]
            + token.permissions.map { call.t("people.permission." + $0.rawValue) }
          return HTML(call.t.list(words))
        }
      ) { .texts($0.permissions.map(\.rawValue)) },
      Column("expires_at", .time, "sign-in.token.expires") { .date($0.expiresAt) },
      Column("used_on", .date, "sign-in.token.used") { .date($0.usedOn) },
      Column(
        "state", .text, "sign-in.token.state",
        show: { token, call in
          if token.revokedAt != nil { return Tag(call.t("sign-in.token.revoked"), .quiet).html }
          if !token.isLive(at: now) { return Tag(call.t("sign-in.token.expired"), .quiet).html }
          return FormFrame("account/tokens/\(token.id)/revoke", call) {
            Button(call.t("sign-in.token.revoke"), .other)
          }.html
        }
      ) { .text($0.revokedAt == nil ? "live" : "revoked") },
    ]
  }
}
