import Language
import Mail
import Storage
import Web

extension People {
  static var resetRoutes: [Route] {
    let access = Access.may(resetting, .anywhere)
    return [
      .get("resets", access: access, faces: [.page]) { call in
        let lines = try await call.read { try resets(in: $0) }
        return call.page(resetsPage(lines, call))
      },
      .get("accounts/:id/reset", access: access, faces: [.page]) { call in
        call.page(resetPage(try await resettable(call), nil, call))
      },
      .post(
        "accounts/:id/reset", access: access, bodyLimit: 16_384,
        takes: [.text("reason", max: 2000, required: true)]
      ) { try await askReset($0) }.needingProof,
      .post("resets/:id/confirm", access: access, bodyLimit: 16_384) { call in
        let id = try call.id()
        let viewer = call.viewer
        let accounts = try await call.write { try confirmReset(id, by: viewer, in: $0) }
        try await Sessions.endAll(accounts: accounts, in: call.services.database())
        return call.redirect(to: "resets")
      }.needingProof,
      .post("resets/:id/refuse", access: access, bodyLimit: 16_384) { call in
        let id = try call.id()
        let viewer = call.viewer
        try await call.write { try refuseReset(id, by: viewer, in: $0) }
        return call.redirect(to: "resets")
      }.needingProof,
    ]
  }

  private static func resettable(_ call: Call) async throws -> Member {
    let id = try call.id()
    guard let member = try await call.read({ try account(id, in: $0) == nil ? nil : try member(id, in: $0) })
    else {
      throw Problem.notFound
    }
    return member
  }
  private static func askReset(_ call: Call) async throws -> Reply {
    let id = try call.id()
    let viewer = call.viewer
    return try await call.change {
      var form = call.form.reader
      let reason = form.required("reason", max: 2000, "people.reset.reason-missing")
      try form.finish()
      try await call.write { try People.askReset(id, reason: reason, by: viewer, in: $0) }
      return call.redirect(to: "resets")
    } again: { problem in
      resetPage(try await resettable(call), problem, call)
    }
  }

  private static func resetPage(_ member: Member, _ problem: Problem?, _ call: Call) -> Page {
    let t = call.t
    return Page(
      t("people.reset.ask"), crumbs: [Page.Crumb("resets", t("people.resets.title"))],
      hasFaults: problem != nil
    ) {
      if let problem { ErrorSummary(problem.faults, t) }
      h1(t("people.reset.ask"))
      p(t("people.reset.lead"), .class("lead"))
      SummaryList([
        SummaryList.Row(t("people.person"), bdi(member.name)),
        SummaryList.Row(t("people.role"), role(member.account.role, call)),
        SummaryList.Row(t("people.email"), bdi(member.email)),
      ])
      FormFrame("accounts/\(member.account.id)/reset", call) {
        TextArea(
          FieldFrame(
            "reason", t("people.reset.reason"), hint: t("people.reset.reason.hint"), problem: problem, t),
          value: problem == nil ? nil : call.form["reason"], rows: 3)
        Button(t("people.reset.ask"))
      }
    }
  }

  private static func resetsPage(_ lines: [ResetLine], _ call: Call) -> Page {
    let t = call.t
    return Page(
      t("people.resets.title"), crumbs: [Page.Crumb("offices", t("people.offices.title"))], width: .wide
    ) {
      h1(t("people.resets.title"))
      p(t("people.resets.lead"), .class("lead"))
      if lines.isEmpty {
        EmptyState(
          t("people.resets.none"), t("people.resets.none.more"),
          action: (call.link("offices"), t("people.offices.title")))
      } else {
        Table(lines, caption: t("people.resets.title"), columns: resetColumns, call)
      }
    }
  }
  private static let resetColumns: [Column<ResetLine>] = [
    Column("name", .text, "people.person") { .text($0.member.name) },
    Column(
      "office", .text, "people.office", show: { line, _ in bdi(line.office, lang: line.officeLanguage) }
    ) { .text($0.office) },
    Column("reason", .text, "people.reset.reason", show: { line, _ in paragraphs(line.reset.reason) }) {
      .text($0.reset.reason)
    },
    Column("asked_at", .time, "people.reset.asked") { .date($0.reset.askedAt) },
    Column(
      "stage", .code, "people.stage",
      show: { line, call in
        let t = call.t
        guard line.reset.stage == .asked else {
          return Tag(t("people.reset." + line.reset.stage.rawValue), .quiet).html
        }
        // Of the guarded roles the transaction asks again.
        let hindrance = hindrance(
          toResetting: line.member.account.person, by: call.viewer, askedBy: line.reset.askedBy,
          isGuarded: guarded.contains(line.member.account.role))
        if let hindrance { return HTML(t(hindrance.code)) }
        return group {
          FormFrame("resets/\(line.reset.id)/confirm", call) { Button(t("people.reset.confirm"), .grave) }
          FormFrame("resets/\(line.reset.id)/refuse", call) { Button(t("people.nomination.refuse"), .other) }
        }
      }
    ) { .text($0.reset.stage.rawValue) },
  ]

  /// Letters to the person: when somebody asks, so that it can be stopped, and when it is done.
  static func resetJobs(_ settings: Settings) -> [Job] {
    [(resetAsked, "asked"), (resetDone, "done")].map { event, word in
      .on(event, "people.reset-letter." + word) { call in
        guard let id = Int64(call.record) else { return }
        try await call.finish(by: .system) { db in
          guard let person = try person(id, in: db) else { return }
          let t = settings.translator(person.language)
          let key = "people.letter.reset-" + word
          try Mail.queue(
            Letter(
              key: "people.reset.\(word).\(id).\(db.now)", to: person.email, language: t.language.code,
              subject: t(key + ".subject", ["site": .text(settings.siteName)]),
              body: t(
                key,
                [
                  "name": .isolated(person.name), "site": .text(settings.siteName),
                  "address": .text("\(settings.address)/\(t.language.code)/sign-in"),
                ]), secret: nil), in: db)
        }
      }
    }
  }
}
