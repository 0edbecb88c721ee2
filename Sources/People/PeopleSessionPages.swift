import Language
import Web

extension People {
  static func accountPage(_ desk: Desk, _ call: Call) -> Page {
    let t = call.t
    let present = desk.present
    let done = call.query["done"].flatMap { word in
      ["passphrase", "removed", "session", "sessions", "identity"].first { $0 == word }
    }
    return Page(t("sign-in.account.title")) {
      h1(t("sign-in.account.title"))
      if let done { Notice(nil, .good, live: true) { p(t("sign-in.account.done." + done)) } }
      SummaryList(rows(desk, call))
      if present.proving.hasSecondFactor { secondFactor(desk, call) }
      h2(t("sign-in.account.sessions"))
      p(t("sign-in.account.sessions.lead"))
      Table(desk.sessions, caption: t("sign-in.account.sessions"), columns: columns(present, call), call)
      if desk.sessions.count > 1 {
        FormFrame("account/sessions/end", call) { p { Button(t("sign-in.account.end-others"), .other) } }
      }
      if !desk.identities.isEmpty { identities(desk, call) }
      h2(t("sign-in.account.language"))
      FormFrame("account/language", call) {
        SelectField(
          FieldFrame("language", t("sign-in.account.language.label"), t),
          call.services.catalogue.languages.map { Choice($0.code, $0.name, lang: $0.code) },
          value: present.person.language)
        p { Button(t("sign-in.account.language.go"), .other) }
      }
      FormFrame("sign-out", call) { p { Button(t("sign-in.out"), .other) } }
    }
  }

  private static func rows(_ desk: Desk, _ call: Call) -> [SummaryList.Row] {
    let t = call.t
    let present = desk.present
    let second = present.proving.hasSecondFactor
    var rows = [
      SummaryList.Row(t("sign-in.account.name"), bdi(present.person.name)),
      SummaryList.Row(t("sign-in.email"), symbol(present.person.email)),
      SummaryList.Row(
        t("sign-in.account.role"),
        HTML(t("people.role." + present.account.role.rawValue)) + HTML(" · ")
          + bdi(present.office.name, lang: present.office.language),
        action: present.accounts.count > 1 ? (call.link("account/choose"), t("sign-in.account.change")) : nil),
      SummaryList.Row(
        t("sign-in.passphrase"),
        HTML(
          t(
            present.proving.passphrase == nil
              ? "sign-in.account.passphrase.none" : "sign-in.account.passphrase.set")),
        action: (call.link("account/passphrase"), t("sign-in.account.change"))),
      SummaryList.Row(
        t("sign-in.account.second"), HTML(t(second ? "sign-in.account.set" : "sign-in.account.none")),
        action: (
          call.link("account/second-factor"), t(second ? "sign-in.account.change" : "sign-in.account.set-up")
        )),
    ]
    if second {
      rows.append(SummaryList.Row(t("sign-in.account.recovery"), number(desk.recovery, t)))
    }
    if call.viewer.may(makingTokens) {
      rows.append(
        SummaryList.Row(
          t("sign-in.tokens.title"), number(desk.tokens, t),
          action: (call.link("account/tokens"), t("sign-in.account.change"))))
    }
    return rows
  }

  private static func secondFactor(_ desk: Desk, _ call: Call) -> HTML {
    let t = call.t
    return group {
      p { a(href: call.link("account/recovery"), t("sign-in.account.recovery.new")) }
      p { a(href: call.link("account/second-factor/remove"), t("sign-in.remove.title")) }
    }
  }

  private static func columns(_ present: Presence, _ call: Call) -> [Column<Session>] {
    let t = call.t
    return [
      Column("agent", .text, "sign-in.session.agent") { session in
        .text(session.agent.isEmpty ? t("sign-in.session.unknown") : session.agent)
      },
      Column("network", .code, "sign-in.session.network") { .text($0.network) },
      Column("opened_at", .time, "sign-in.session.opened") { .date($0.openedAt) },
      Column("seen_at", .time, "sign-in.session.seen") { .date($0.seenAt) },
      Column(
        "state", .text, "sign-in.session.state",
        show: { session, call in
          if session.id == present.session.id { return Tag(t("sign-in.session.this"), .good).html }
          return FormFrame("account/sessions/\(session.id)/end", call) {
            Button(t("sign-in.session.end"), .other)
          }.html
        }
      ) { .text($0.id == present.session.id ? t("sign-in.session.this") : "") },
    ]
  }

  private static func identities(_ desk: Desk, _ call: Call) -> HTML {
    let t = call.t
    return group {
      h2(t("sign-in.account.identities"))
      ul(
        desk.identities.map { identity in
          li {
            symbol(identity.issuer)
            HTML(" · ")
            time(identity.linkedAt, t)
            HTML(" ")
            a(
              href: call.link(
                "account/identities/remove", [("issuer", identity.issuer), ("subject", identity.subject)]),
              t("sign-in.account.identity.remove"))
          }
        })
    }
  }

  static func identityPage(_ problem: Problem?, _ present: Presence, _ call: Call) -> Page {
    let t = call.t
    let issuer = call.form["issuer"] ?? call.query["issuer"] ?? ""
    return Page(
      t("sign-in.account.identity.remove.title"), crumbs: [Page.Crumb("account", t("sign-in.account.title"))],
      hasFaults: problem != nil
    ) {
      if let problem { ErrorSummary(problem.faults, t) }
      h1(t("sign-in.account.identity.remove.title"))
      p { symbol(issuer) }
      FormFrame("account/identities/remove", call) {
        input(.type("hidden"), .name("issuer"), .value(issuer))
        input(
          .type("hidden"), .name("subject"), .value(call.form["subject"] ?? call.query["subject"] ?? ""))
        againField(present, problem, t)
        p { Button(t("sign-in.account.identity.remove"), .grave) }
      }
    }
  }

  static func choosePage(
    _ problem: Problem?, _ present: Presence, _ offices: [ID: Office], to: String?, _ call: Call
  ) -> Page {
    let t = call.t
    return Page(t("sign-in.choose.title"), hasFaults: problem != nil) {
      if let problem { ErrorSummary(problem.faults, t) }
      h1(t("sign-in.choose.title"))
      FormFrame("account/choose", call) {
        hiddenAddress(to)
        Radios(
          FieldFrame("account", t("sign-in.choose.label"), problem: problem, t),
          present.accounts.map { account in
            Choice(
              String(account.id), t("people.role." + account.role.rawValue),
              hint: offices[account.office]?.name)
          }, value: String(present.account.id))
        p { Button(t("sign-in.choose.go")) }
      }
    }
  }
}
