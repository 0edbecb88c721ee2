import Language
import Storage
import Web

extension People {
  /// Days for which a section can be opened.
  static let longestSection = 60

  static func sectionRoutes(_ settings: Settings) -> [Route] {
    let access = Access.may(openingSections, .ofOwnState)
    return [
      .get("sections", access: access, faces: [.page], takes: [.text("section")]) { call in
        call.page(try await sectionsPage(nil, call))
      },
      .post(
        "sections", access: access, bodyLimit: 16_384, faces: [.page],
        takes: [
          .text("section", max: 101, required: true), .text("section", inQuery: true),
          .text("expert", max: 200, required: true), .integer("days", in: 1...60),
        ]
      ) {
        try await addSection($0, settings)
      },
      .post("sections/:id/revoke", access: access, bodyLimit: 16_384, faces: [.page]) { call in
        let id = try call.id()
        guard let state = call.viewer.state else { throw Problem.forbidden }
        try await call.write { try revokeSection(id, state: state, in: $0) }
        return call.redirect(to: "sections")
      },
      .get("section", access: .everyone, faces: [.page], takes: [.text("key")]) { call in
        let key = call.query["key"] ?? ""
        guard let section = try await live(key, call) else { return call.page(closedPage(call), status: 410) }
        return call.page(enterPage(section, key, call))
      },
      .post("section", access: .everyone, bodyLimit: 16_384, faces: [.page], takes: [.text("key")]) { call in
        guard let section = try await live(call.form["key"] ?? "", call) else {
          return call.page(closedPage(call), status: 410)
        }
        try await call.services.database().write(
          by: Actor("section:\(section.id)", onBehalf: section.state, request: call.requestID)
        ) { try noteOpened(section, in: $0) }
        // A negative account is a section: no person's session is ever taken for it.
        let cookie = try await Sessions.open(
          account: -section.id, proof: "section", isProved: false, call: call)
        return call.redirect(to: "section/open").with(cookie: cookie)
      },
      .get("section/open", access: .signedIn, faces: [.page]) { call in
        guard let section = call.viewer.section else { throw Problem.forbidden }
        return call.page(openPage(section, call))
      },
    ]
  }

  private static func live(_ key: String, _ call: Call) async throws -> Section? {
    try await call.read { db in
      guard let section = try People.section(key, in: db), section.isLive(at: db.now),
        try account(section.account, in: db) != nil
      else { return nil }
      return section
    }
  }

  private static func addSection(_ call: Call, _ settings: Settings) async throws -> Reply {
    guard let state = call.viewer.state, let account = call.viewer.account else { throw Problem.forbidden }
    return try await call.change {
      var form = call.form.reader
      let section = form.required("section", max: 101)
      if !section.isEmpty && !isSection(section) { form.refuse("section", "sign-in.section.form") }
      let expert = form.required("expert", max: 200)
      let days = form.integer("days", in: 1...longestSection)
      if days == nil && !form.has(faultIn: "days") { form.refuse("days", "web.field.missing") }
      try form.finish()
      guard let days else { throw Problem.notFound }
      let made = try await call.write { db in
        try openSection(section, expert: expert, days: days, state: state, account: account, in: db)
      }
      let address = settings.address("section", key: made.token, language: call.language.code)
      return call.page(madePage(address, expert, call))
    } again: { problem in
      try await sectionsPage(problem, call)
    }
  }

  private static func sectionsPage(_ problem: Problem?, _ call: Call) async throws -> Page {
    let t = call.t
    let state = call.viewer.state ?? ""
    let sections = try await call.read { try People.sections(state: state, in: $0) }
    let now = call.services.clock.now()
    return Page(t("sign-in.sections.title"), hasFaults: problem != nil) {
      if let problem { ErrorSummary(problem.faults, t) }
      h1(t("sign-in.sections.title"))
      p(t("sign-in.sections.lead"), .class("lead"))
      if sections.isEmpty {
        EmptyState(t("sign-in.sections.none"), t("sign-in.sections.none.more"))
      } else {
        Table(sections, caption: t("sign-in.sections.title"), columns: columns(now), call)
      }
      h2(t("sign-in.section.new"))
      FormFrame("sections", call) {
        TextField(
          FieldFrame(
            "section", t("sign-in.section.what"), hint: t("sign-in.section.what.hint"), problem: problem, t),
          value: call.form["section"] ?? call.query["section"], size: .half)
        TextField(
          FieldFrame("expert", t("sign-in.section.expert"), problem: problem, t), value: call.form["expert"])
        TextField(
          FieldFrame("days", t("sign-in.section.days"), problem: problem, t),
          value: call.form["days"] ?? "30",
          size: .year, numeric: true)
        p { Button(t("sign-in.section.go")) }
      }
    }
  }

  private static func columns(_ now: String) -> [Column<Section>] {
    [
      Column("expert", .text, "sign-in.section.expert") { .text($0.expert) },
      Column("section", .code, "sign-in.section.what", show: { section, _ in symbol(section.section) }) {
        .text($0.section)
      },
      Column("expires_at", .time, "sign-in.section.expires") { .date($0.expiresAt) },
      Column("opened_at", .time, "sign-in.section.entered") { .date($0.openedAt) },
      Column(
        "state", .text, "sign-in.token.state",
        show: { section, call in
          if section.revokedAt != nil { return Tag(call.t("sign-in.token.revoked"), .quiet).html }
          if !section.isLive(at: now) { return Tag(call.t("sign-in.token.expired"), .quiet).html }
          return FormFrame("sections/\(section.id)/revoke", call) {
            Button(call.t("sign-in.token.revoke"), .other)
          }.html
        }
      ) { .text($0.revokedAt == nil ? "live" : "revoked") },
    ]
  }

  private static func madePage(_ address: String, _ expert: String, _ call: Call) -> Page {
    let t = call.t
    return Page(t("sign-in.section.made"), crumbs: [Page.Crumb("sections", t("sign-in.sections.title"))]) {
      h1(t("sign-in.section.made"))
      Notice(nil, .notable, live: true) { p(t.html("sign-in.section.once", ["name": .isolated(expert)])) }
      p { symbol(address) }
    }
  }
  private static func enterPage(_ section: Section, _ key: String, _ call: Call) -> Page {
    let t = call.t
    return Page(t("sign-in.section.enter")) {
      h1(t("sign-in.section.enter"))
      p(t.html("sign-in.section.enter.lead", ["name": .isolated(section.expert)]), .class("lead"))
      SummaryList([
        SummaryList.Row(t("sign-in.section.what"), symbol(section.section)),
        SummaryList.Row(t("sign-in.section.expires"), time(section.expiresAt, t)),
      ])
      FormFrame("section", call) {
        hiddenKey(key)
        p { Button(t("sign-in.section.enter.go")) }
      }
    }
  }
  private static func openPage(_ section: String, _ call: Call) -> Page {
    let t = call.t
    return Page(t("sign-in.section.here")) {
      h1(t("sign-in.section.here"))
      p(symbol(section), .class("lead"))
      p(t("sign-in.section.here.more"))
      FormFrame("sign-out", call) { p { Button(t("sign-in.out"), .other) } }
    }
  }
  private static func closedPage(_ call: Call) -> Page {
    let t = call.t
    return Page(t("sign-in.lapsed.title")) {
      h1(t("sign-in.lapsed.title"))
      p(t("sign-in.section.closed"), .class("lead"))
    }
  }
}
