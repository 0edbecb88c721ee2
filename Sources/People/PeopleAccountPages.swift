import Language
import Storage
import Web

extension People {
  static func endPage(_ found: (member: Member, office: Office), _ books: Books, _ call: Call) -> Page {
    let t = call.t
    let mayEnd = mayEnd(found.member.account, call.viewer)
    let (member, office) = found
    return Page(
      t("people.account.end"),
      crumbs: [
        Page.Crumb("offices", t("people.offices.title")), Page.Crumb("offices/\(office.id)", office.name),
      ]
    ) {
      h1(t("people.account.end"))
      p(t("people.account.end.lead"), .class("lead"))
      SummaryList([
        SummaryList.Row(t("people.person"), bdi(member.name)),
        SummaryList.Row(t("people.role"), role(member.account.role, call)),
        SummaryList.Row(t("people.office"), officeLink(office, call)),
        SummaryList.Row(t("people.office.owner"), books.owner(office.state, office.organisation, call)),
      ])
      if !mayEnd {
        Notice(nil, .notable) { p(t("people.account.end.not-yours")) }
      } else if member.account.endedAt != nil {
        Notice(nil, .plain) { p(t("people.account.ended-already")) }
      } else {
        FormFrame("accounts/\(member.account.id)/end", call) { Button(t("people.account.end"), .grave) }
      }
    }
  }

  /// "Is this still you?" One account at a time.
  /// - Parameter to: where the reader was going when asked.
  static func confirmPage(_ problem: Problem?, to: String?, _ call: Call) async throws -> Page {
    let person = person(ofActor: call.viewer.name)
    let due = try await call.read { db -> [(account: Account, office: Office)] in
      guard let person else { return [] }
      return try accountsDue(ofPerson: person, in: db).compactMap { account in
        try office(account.office, in: db).map { (account, $0) }
      }
    }
    let t = call.t
    return Page(t("people.confirm.title"), hasFaults: problem != nil) {
      if let problem { ErrorSummary(problem.faults, t) }
      h1(t("people.confirm.title"))
      if let first = due.first {
        p(t("people.confirm.lead"), .class("lead"))
        SummaryList([
          SummaryList.Row(t("people.office"), bdi(first.office.name, lang: first.office.language)),
          SummaryList.Row(t("people.role"), role(first.account.role, call)),
          SummaryList.Row(t("people.account.confirmed"), time(first.account.confirmedAt, t, .long)),
        ])
        FormFrame("accounts/confirm", call) {
          input(.type("hidden"), .name("account"), .value(String(first.account.id)))
          Radios(
            FieldFrame("answer", t("people.confirm.question"), problem: problem, t),
            StillYou.allCases.map {
              Choice(
                $0.rawValue, t("people.confirm." + $0.rawValue),
                hint: t("people.confirm.\($0.rawValue).means"))
            }, value: problem == nil ? nil : call.form["answer"])
          hiddenAddress(to)
          Button(t("people.confirm.do"))
        }
        p(t("people.confirm.until", ["count": .number(Int(daysToAnswer))]), .class("quiet"))
        p { a(href: LocalAddress.checked(to) ?? call.link(""), t("people.confirm.later")) }
      } else {
        p(t("people.confirm.none"), .class("lead"))
        p { a(href: call.link(""), t("people.confirm.home")) }
      }
    }
  }
}
