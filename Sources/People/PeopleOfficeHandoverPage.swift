import Language
import Storage
import Web

extension People {
  static func handoverPage(_ office: Office, _ problem: Problem?, _ call: Call) async throws -> Page {
    let viewer = call.viewer
    let standing = try await call.read { try handoverStanding(office, for: viewer, in: $0) }
    let t = call.t
    let sent: Form? = call.form
    let leaving = standing.members.filter { standing.own.contains($0.account.id) }
    func label(_ member: Member) -> String {
      member.name.isolated + " – " + t("people.role." + member.account.role.rawValue)
    }
    let next =
      standing.members.map { Choice("account:\($0.account.id)", label($0)) }
      + standing.nominations.map {
        Choice("nomination:\($0.id)", t("people.handover.nominated", ["name": .isolated($0.personName)]))
      }
    return Page(
      t("people.handover.title"),
      crumbs: [
        Page.Crumb("offices", t("people.offices.title")), Page.Crumb("offices/\(office.id)", office.name),
      ],
      hasFaults: problem != nil
    ) {
      if let problem { ErrorSummary(problem.faults, t) }
      h1(t("people.handover.title"))
      p(t("people.handover.lead"), .class("lead"))
      if leaving.isEmpty || next.count < 2 {
        EmptyState(
          t("people.handover.none"), t("people.handover.none.more"),
          action: nominable(by: viewer, office).isEmpty
            ? nil
            : (call.link("nominations/new", [("office", String(office.id))]), t("people.nomination.new")))
      } else {
        passing(leaving, standing, call)
        FormFrame("offices/\(office.id)/handover", call) {
          SelectField(
            FieldFrame("account", t("people.handover.account"), problem: problem, t),
            leaving.map { Choice(String($0.account.id), label($0)) }, value: sent?["account"])
          SelectField(
            FieldFrame("successor", t("people.handover.successor"), problem: problem, t), next,
            value: sent?["successor"], empty: "–")
          DateField(
            FieldFrame(
              "until", t("people.handover.until"), hint: t("people.handover.until.hint"), problem: problem, t),
            sent: sent?.fields, t)
          Button(t("people.handover.do"))
        }
      }
    }
  }
  /// What goes to the successor, and what ends.
  private static func passing(_ leaving: [Member], _ standing: HandoverStanding, _ call: Call) -> HTML {
    let t = call.t
    return group {
      h2(t("people.handover.passes"))
      ul {
        li(t("people.handover.passes.records"))
        leaving.map { member in
          let arguments: [String: Argument] = [
            "name": .isolated(member.name), "sections": .number(standing.sections[member.account.id] ?? 0),
            "tokens": .number(standing.tokens[member.account.id] ?? 0),
          ]
          return li(t.html("people.handover.passes.own", arguments))
        }
      }
    }
  }
}
