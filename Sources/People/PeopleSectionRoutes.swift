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
        call.page(try await sectionsPage(nil, settings, call))
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
        return call.page(enterPage(section, try await record(of: section, settings, call), key, call))
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
      .get("section/open", access: .signedIn, faces: [.page], takes: [.text("saved")]) { call in
        let isSaved = call.query["saved"] != nil
        return call.page(try await workPage(nil, isSaved: isSaved, settings, call))
      },
      .post(
        "section/contribution", access: .signedIn, bodyLimit: 262_144, faces: [.page],
        takes: [languageField, .text("text", max: longestContribution, required: true)]
      ) {
        try await contribute($0, settings)
      },
      .post("sections/contributions/:id/accept", access: access, bodyLimit: 16_384, faces: [.page]) { call in
        try await settle(call, .accepted, settings)
      },
      .post(
        "sections/contributions/:id/refuse", access: access, bodyLimit: 16_384, faces: [.page],
        takes: [.text("reason", max: 2000, required: true)]
      ) { call in
        try await settle(call, .refused, settings)
      },
    ]
  }

  /// The section that an expert without an account is in.
  private static func section(of call: Call) throws -> ID {
    guard call.viewer.section != nil, call.viewer.name.hasPrefix("section:"),
      let id = Int64(call.viewer.name.dropFirst("section:".count))
    else { throw Problem.forbidden }
    return id
  }
  private static func record(of section: Section, _ settings: Settings, _ call: Call) async throws -> (
    kind: SectionKind, record: SectionRecord
  )? {
    try await call.read { try settings.record(ofSection: section.section, state: section.state, in: $0) }
  }
  private static func workPage(
    _ problem: Problem?, isSaved: Bool, _ settings: Settings, _ call: Call
  ) async throws -> Page {
    let id = try section(of: call)
    let (section, versions) = try await call.read { db in
      (
        try db.row("SELECT * FROM people_section WHERE id = \(id)", as: Section.self),
        try contributions(ofSection: id, in: db)
      )
    }
    guard let section else { throw Problem.notFound }
    let found = try await record(of: section, settings, call)
    if let found {
      // The State can ask who has seen what it entrusted.
      try await call.noteViews([
        ViewLog.View(state: section.state, subject: found.kind.word, record: found.record.id)
      ])
    }
    return workPage(section, found, versions, problem, isSaved: isSaved, call)
  }
  private static func contribute(_ call: Call, _ settings: Settings) async throws -> Reply {
    try await call.change {
      var form = call.form.reader
      let language = form.code("language", of: Set(call.services.catalogue.languages.map(\.code)))
      if language == nil && !form.has(faultIn: "language") { form.refuse("language", "web.field.missing") }
      let text = form.required("text", max: longestContribution, "people.contribution.text.missing")
      try form.finish()
      guard let language else { throw Problem.notFound }
      let id = try section(of: call)
      try await call.write { try People.contribute(text, language: language, section: id, in: $0) }
      return call.redirect(to: "section/open", [("saved", "yes")])
    } again: { problem in
      try await workPage(problem, isSaved: false, settings, call)
    }
  }
  private static func settle(
    _ call: Call, _ stage: Contribution.Stage, _ settings: Settings
  ) async throws -> Reply {
    let id = try call.id()
    guard let state = call.viewer.state else { throw Problem.forbidden }
    return try await call.change {
      var reason = ""
      if stage == .refused {
        var form = call.form.reader
        reason = form.required("reason", max: 2000, "people.contribution.reason.missing")
        try form.finish()
      }
      let given = reason
      let section = try await call.write {
        try People.settle(contribution: id, stage, reason: given, state: state, in: $0)
      }
      let found = try await call.read { try settings.record(ofSection: section, state: state, in: $0) }
      return call.redirect(to: found.map { $0.kind.path($0.record.id) } ?? "sections")
    } again: { problem in
      refusePage(id, problem, call)
    }
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
      let section = form.required("section", max: 101, "sign-in.section.choose")
      if !section.isEmpty {
        // One of another State and one that does not exist are refused alike.
        let isOwn = try await call.read {
          try settings.record(ofSection: section, state: state, in: $0) != nil
        }
        if !isOwn { form.refuse("section", "sign-in.section.unknown") }
      }
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
      try await sectionsPage(problem, settings, call)
    }
  }

  private static func sectionsPage(_ problem: Problem?, _ settings: Settings, _ call: Call) async throws
    -> Page
  {
    let t = call.t
    let state = call.viewer.state ?? ""
    let (sections, choices, waiting) = try await call.read { db in
      let all = try People.sections(state: state, in: db)
      let lines = try all.map { section in
        SectionLine(
          section: section, record: try settings.record(ofSection: section.section, state: state, in: db))
      }
      return (lines, try settings.sections(ofState: state, in: db), try undecided(ofState: state, in: db))
    }
    let now = call.services.clock.now()
    return Page(t("sign-in.sections.title"), width: .wide, hasFaults: problem != nil) {
      if let problem { ErrorSummary(problem.faults, t) }
      h1(t("sign-in.sections.title"))
      p(t("sign-in.sections.lead"), .class("lead"))
      if !waiting.isEmpty {
        Notice(t("people.contributions.waiting", ["count": .number(waiting.count)]), .notable) {
          ul(waiting.map { contribution in li { link(contribution, sections, call) } })
        }
      }
      if sections.isEmpty {
        EmptyState(t("sign-in.sections.none"), t("sign-in.sections.none.more"))
      } else {
        Table(sections, caption: t("sign-in.sections.title"), columns: columns(now), headed: "expert", call)
      }
      h2(t("sign-in.section.new"))
      if choices.isEmpty {
        EmptyState(t("sign-in.section.no-record"), t("sign-in.section.no-record.more"))
      } else {
        FormFrame("sections", call) {
          SelectField(
            FieldFrame("section", t("sign-in.section.what"), problem: problem, t),
            choices.map { kind, record in
              Choice(
                "\(kind.word):\(record.id)",
                t(kind.key) + " \u{2066}" + record.reference + "\u{2069} – \u{2068}" + record.title
                  + "\u{2069}")
            }, value: call.form["section"] ?? call.query["section"], empty: "–")
          TextField(
            FieldFrame("expert", t("sign-in.section.expert"), problem: problem, t),
            value: call.form["expert"])
          TextField(
            FieldFrame("days", t("sign-in.section.days"), problem: problem, t),
            value: call.form["days"] ?? "30", size: .year, numeric: true)
          p { Button(t("sign-in.section.go")) }
        }
      }
    }
  }
  private static func link(_ contribution: Contribution, _ lines: [SectionLine], _ call: Call) -> HTML {
    let found = lines.first { $0.section.id == contribution.section }?.record
    let text = group {
      bdi(contribution.expert)
      " – "
      found.map { bdi($0.record.title, lang: $0.record.language) } ?? symbol(contribution.record)
    }
    guard let found else { return text }
    return a(
      href: call.link(found.kind.path(found.record.id)) + "#contribution-\(contribution.id)", text)
  }

  /// A section and the record it is made of; nil when that is gone.
  private struct SectionLine: Sendable {
    let section: Section
    let record: (kind: SectionKind, record: SectionRecord)?
  }
  private static func columns(_ now: String) -> [Column<SectionLine>] {
    [
      Column("expert", .text, "sign-in.section.expert") { .text($0.section.expert) },
      Column(
        "section", .text, "sign-in.section.what",
        show: { line, call in title(line.record, line.section, call) }
      ) { .text($0.section.section) },
      Column("expires_at", .time, "sign-in.section.expires") { .date($0.section.expiresAt) },
      Column("opened_at", .time, "sign-in.section.entered") { .date($0.section.openedAt) },
      Column(
        "state", .text, "sign-in.token.state",
        show: { line, call in
          let section = line.section
          if section.revokedAt != nil { return Tag(call.t("sign-in.token.revoked"), .quiet).html }
          if !section.isLive(at: now) { return Tag(call.t("sign-in.token.expired"), .quiet).html }
          return FormFrame("sections/\(section.id)/revoke", call) {
            Button(call.t("sign-in.token.revoke"), .other)
          }.html
        }
      ) { .text($0.section.revokedAt == nil ? "live" : "revoked") },
    ]
  }
  private static func title(
    _ found: (kind: SectionKind, record: SectionRecord)?, _ section: Section, _ call: Call
  ) -> HTML {
    guard let found else { return symbol(section.section) }
    return a(href: call.link(found.kind.path(found.record.id))) {
      bdi(found.record.title, lang: found.record.language)
      " "
      symbol(found.record.reference)
    }
  }

  private static func madePage(_ address: String, _ expert: String, _ call: Call) -> Page {
    let t = call.t
    return Page(t("sign-in.section.made"), crumbs: [Page.Crumb("sections", t("sign-in.sections.title"))]) {
      h1(t("sign-in.section.made"))
      Notice(nil, .notable, live: true) { p(t.html("sign-in.section.once", ["name": .isolated(expert)])) }
      p { symbol(address) }
    }
  }
  private static func enterPage(
    _ section: Section, _ found: (kind: SectionKind, record: SectionRecord)?, _ key: String, _ call: Call
  ) -> Page {
    let t = call.t
    return Page(t("sign-in.section.enter")) {
      h1(t("sign-in.section.enter"))
      p(t.html("sign-in.section.enter.lead", ["name": .isolated(section.expert)]), .class("lead"))
      SummaryList([
        SummaryList.Row(
          t("sign-in.section.what"),
          found.map { found in
            group {
              bdi(found.record.title, lang: found.record.language)
              " "
              symbol(found.record.reference)
            }
          } ?? symbol(section.section)),
        SummaryList.Row(t("sign-in.section.expires"), time(section.expiresAt, t)),
      ])
      FormFrame("section", call) {
        hiddenKey(key)
        p { Button(t("sign-in.section.enter.go")) }
      }
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
