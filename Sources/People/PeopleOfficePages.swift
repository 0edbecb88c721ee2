import Directory
import Language
import Web

extension People {
  /// - Parameter unanswered: accounts that ended without an answer to the yearly question, for the Secretariat.
  static func officesPage(
    _ rows: [OfficeLine], _ total: Int, _ next: Cursor?, unanswered: [Member], _ books: Books, _ call: Call
  ) -> Page {
    let t = call.t
    let states = books.directory.sorted(books.directory.states, t).map {
      Facets.Choice($0.id, $0.name, t)
    }
    return Page(t("people.offices.title"), width: .wide) {
      h1(t("people.offices.title"))
      p(t("people.offices.lead"), .class("lead"))
      p {
        a(href: call.link("nominations"), t("people.nominations.title"))
        if call.viewer.may(managing) {
          HTML(" · ")
          a(href: call.link("offices/new"), t("people.office.new"))
        }
      }
      Facets(
        [
          Facets.Facet(
            "kind", t("people.office.kind"), .one,
            OfficeKind.allCases.map { Facets.Choice($0.rawValue, t("people.kind." + $0.rawValue)) }),
          // One's own State alone needs no choice.
          Facets.Facet("state", t("people.office.owner"), .one, call.viewer.may(reading) ? states : []),
          Facets.Facet(
            "closed", t("people.office.closed"), .one, [Facets.Choice("yes", t("people.offices.closed"))]),
        ].filter { !$0.choices.isEmpty }, call)
      if rows.isEmpty {
        EmptyState(t("people.offices.none"), t("people.offices.none.more"))
      } else {
        Table(rows, caption: t("people.offices.title"), columns: officeLineColumns(books, call), call)
        Pager(shown: rows.count, total: total, next: next, call)
      }
      if !unanswered.isEmpty {
        Details(t("people.unanswered.title", ["count": .number(unanswered.count)])) {
          p(t("people.unanswered.lead"))
          Table(
            unanswered, caption: t("people.unanswered.caption"), columns: unansweredColumns, call)
        }
      }
    }
  }

  private static let unansweredColumns: [Column<Member>] = [
    Column("name", .text, "people.person") { .text($0.name) },
    Column("role", .code, "people.role", show: { member, call in role(member.account.role, call) }) {
      .text($0.account.role.rawValue)
    },
    Column(
      "office", .integer, "people.office",
      show: { member, call in
        a(href: call.link("offices/\(member.account.office)"), call.t("people.office.open"))
      }
    ) { .number($0.account.office) },
    Column("ended_at", .time, "people.account.ended") { .date($0.account.endedAt) },
  ]

  /// One office with everything that its page tells.
  struct OfficeView: Sendable {
    let office: Office
    let members: [Member]
    let nominations: [NominationLine]
    let invitations: [Invitation]
    let today: String
  }
  static func officePage(_ view: OfficeView, _ extra: HTML, _ books: Books, _ call: Call) -> Page {
    let t = call.t
    let office = view.office
    let present = view.members.filter { $0.account.isValid(on: view.today) }
    let others = view.members.filter { !$0.account.isValid(on: view.today) }
    return Page(
      office.name.isolated, crumbs: [Page.Crumb("offices", t("people.offices.title"))], width: .wide
    ) {
      DoneNotice(call)
      h1(.lang(office.language), .dir("auto")) { office.name }
      if office.isInvented || office.isClosed {
        p {
          if office.isInvented { Tag(t("people.invented"), .notable) }
          if office.isClosed { Tag(t("people.office.closed"), .quiet) }
        }
      }
      SummaryList([
        SummaryList.Row(t("people.office.kind"), HTML(t("people.kind." + office.kind.rawValue))),
        SummaryList.Row(t("people.office.owner"), books.owner(office.state, office.organisation, call)),
        SummaryList.Row(t("people.email"), office.email.map { bdi($0) } ?? HTML("–")),
      ])
      if !office.isClosed { actions(office, present, call) }
      h2(t("people.office.now"))
      if present.isEmpty {
        EmptyState(t("people.office.nobody"), t("people.office.nobody.more"))
      } else {
        Table(present, caption: t("people.office.now"), columns: presentColumns(call), call)
      }
      if !others.isEmpty {
        Details(t("people.office.before")) {
          Table(others, caption: t("people.office.before"), columns: formerColumns, call)
        }
      }
      h2(t("people.nominations.title"))
      if view.nominations.isEmpty {
        p(t("people.nominations.none"), .class("quiet"))
      } else {
        Table(
          view.nominations, caption: t("people.nominations.title"),
          columns: nominationColumns(books).filter { $0.name != "office_name" }, call)
      }
      if !view.invitations.isEmpty {
        h2(t("people.delivery.title"))
        Table(view.invitations, caption: t("people.delivery.title"), columns: invitationColumns, call)
      }
      extra
    }
  }
  private static func actions(_ office: Office, _ present: [Member], _ call: Call) -> HTML {
    let t = call.t
    return p(.class("actions")) {
      if !nominable(by: call.viewer, office).isEmpty {
        Button(
          t("people.nomination.new"), href: call.link("nominations/new", [("office", String(office.id))]))
        HTML(" ")
      }
      if reaches(office, call.viewer, handingOver) && !present.isEmpty {
        Button(t("people.handover.title"), href: call.link("offices/\(office.id)/handover"), .other)
        HTML(" ")
      }
      if reaches(office, call.viewer, managing) {
        Button(t("people.office.edit"), href: call.link("offices/\(office.id)/edit"), .other)
      }
    }
  }
  private static func presentColumns(_ call: Call) -> [Column<Member>] {
    guard call.viewer.may(ending, .ofOwn) else { return memberColumns }
    let viewer = call.viewer
    return memberColumns + [
      Column(
        "end", .text, "people.account.action",
        show: { member, call in
          var actions: [HTML] = []
          func action(_ path: String, _ key: String) {
            actions.append(
              a(href: call.link("accounts/\(member.account.id)/" + path)) {
                call.t(key)
                span(.class("unseen")) {
                  " "
                  bdi(member.name)
                }
              })
          }
          if mayEnd(member.account, viewer) { action("end", "people.account.end") }
          if viewer.may(resetting), viewer.name != actorName(member.account.person),
            viewer.role == .administrator || !guarded.contains(member.account.role)
          {
            action("reset", "people.reset.link")
          }
          return actions.isEmpty ? HTML("–") : HTML.joined(actions, by: " · ")
        }
      ) { _ in .none }
    ]
  }
  private static let invitationColumns: [Column<Invitation>] = [
    Column(
      "person", .text, "people.person",
      show: { line, call in
        guard let nomination = line.nomination else { return bdi(line.person) }
        return a(href: call.link("nominations/\(nomination)"), bdi(line.person))
      }
    ) { .text($0.person) },
    Column(
      "state", .code, "people.delivery.state", show: { line, call in deliveryTag(line.delivery, call) }
    ) { .text($0.delivery.word) },
    Column("made_at", .time, "people.delivery.made") { .date($0.delivery.madeAt) },
    Column("expires_at", .time, "people.delivery.expires") { .date($0.delivery.expiresAt) },
    // What the mail server said, in its own words.
    Column("reply", .text, "people.delivery.reply") { .text($0.delivery.reply) },
  ]

  /// For a new office and, with `office`, for one that is changed.
  static func officeFormPage(_ office: Office?, _ problem: Problem?, _ books: Books, _ call: Call) -> Page {
    let t = call.t
    let title = t(office == nil ? "people.office.new" : "people.office.edit")
    let sent: Form? = call.form
    var crumbs = [Page.Crumb("offices", t("people.offices.title"))]
    if let office { crumbs.append(Page.Crumb("offices/\(office.id)", office.name)) }
    return Page(title, crumbs: crumbs, hasFaults: problem != nil) {
      if let problem { ErrorSummary(problem.faults, t) }
      h1(title)
      p(t("people.office.form.lead"), .class("lead"))
      FormFrame(office.map { "offices/\($0.id)" } ?? "offices", version: office?.version, call) {
        if office == nil { kindFields(problem, sent, books, call) }
        TextField(
          FieldFrame(
            "name", t("people.office.name"), hint: t("people.office.name.hint"), problem: problem, t),
          value: sent?["name"] ?? office?.name)
        SelectField(
          FieldFrame("language", t("people.office.language"), problem: problem, t), books.languageChoices,
          value: sent?["language"] ?? office?.language ?? call.language.code)
        TextField(
          FieldFrame("email", t("people.office.email"), optional: true, problem: problem, t),
          value: sent?["email"] ?? office?.email, kind: .email)
        Button(t("people.save"))
      }
      if let office { closing(office, call) }
    }
  }
  private static func kindFields(_ problem: Problem?, _ sent: Form?, _ books: Books, _ call: Call) -> HTML {
    let t = call.t
    return group {
      Radios(
        FieldFrame("kind", t("people.office.kind"), problem: problem, t),
        OfficeKind.allCases.map { Choice($0.rawValue, t("people.kind." + $0.rawValue)) }, value: sent?["kind"]
      )
      SelectField(
        FieldFrame(
          "state", t("people.office.state"), hint: t("people.office.state.hint"), problem: problem, t),
        books.directory.sorted(books.directory.states, t).map { Choice($0.id, $0.name, t) },
        value: sent?["state"], empty: "–")
      TextField(
        FieldFrame(
          "organisation", t("people.office.organisation"), hint: t("people.office.organisation.hint"),
          problem: problem, t), value: sent?["organisation"])
    }
  }
  private static func closing(_ office: Office, _ call: Call) -> HTML {
    let t = call.t
    return group {
      h2(t("people.office.close"))
      p(t("people.office.close.lead"))
      FormFrame("offices/\(office.id)/close", call) { Button(t("people.office.close"), .grave) }
    }
  }
}
