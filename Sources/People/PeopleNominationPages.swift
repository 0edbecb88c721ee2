import Directory
import Language
import Storage
import Web

extension People {
  static func nominationsPage(
    _ rows: [NominationLine], _ total: Int, _ next: Cursor?, _ books: Books, _ call: Call
  ) -> Page {
    let t = call.t
    return Page(
      t("people.nominations.title"), crumbs: [Page.Crumb("offices", t("people.offices.title"))], width: .wide
    ) {
      h1(t("people.nominations.title"))
      p(t("people.nominations.lead"), .class("lead"))
      if call.viewer.may(recording, .ofOwn) {
        p { Button(t("people.nomination.new"), href: call.link("nominations/new")) }
      }
      Facets(
        [
          Facets.Facet(
            "stage", t("people.stage"), .one,
            Stage.allCases.map { Facets.Choice($0.rawValue, t("people.stage." + $0.rawValue)) })
        ], call)
      if rows.isEmpty {
        EmptyState(t("people.nominations.none"), t("people.nominations.none.more"))
      } else {
        Table(rows, caption: t("people.nominations.title"), columns: nominationColumns(books), call)
        Pager(shown: rows.count, total: total, next: next, call)
      }
    }
  }

  /// What the page of a nomination tells beside the record.
  private struct NominationView: Sendable {
    let recorder: String?
    let checker: String?
    let replaced: Member?
    /// Offices of a person who is known already, for the one who checks.
    let known: [Office]
    let nominated: ID?
    let isByAdministrator: Bool
    let deliveries: [LinkDelivery]
  }
  static func nominationPage(
    _ line: NominationLine, _ problem: Problem?, _ books: Books, _ call: Call
  ) async throws -> Page {
    let viewer = call.viewer
    let nomination = line.nomination
    let mayCheck = viewer.may(checking)
    let view = try await call.read { db in
      NominationView(
        recorder: try name(ofActor: nomination.recordedBy, for: viewer, in: db),
        checker: try nomination.checkedBy.flatMap { try name(ofActor: $0, for: viewer, in: db) },
        replaced: try nomination.replaces.flatMap { try member($0, in: db) },
        known: mayCheck ? try offices(ofEmail: nomination.email, in: db) : [],
        nominated: mayCheck ? try person(email: nomination.email, in: db)?.id : nil,
        isByAdministrator: try isAdministrator(nomination.recordedBy, in: db),
        deliveries: try deliveries(nomination: nomination.id, in: db))
    }
    return nominationPage(line, view, problem, books, call)
  }

  private static func nominationPage(
    _ line: NominationLine, _ view: NominationView, _ problem: Problem?, _ books: Books, _ call: Call
  ) -> Page {
    let t = call.t
    let nomination = line.nomination
    return Page(
      t("people.nomination.of", ["name": .isolated(nomination.personName)]),
      crumbs: [
        Page.Crumb("nominations", t("people.nominations.title")),
        Page.Crumb("offices/\(nomination.office)", line.officeName),
      ], hasFaults: problem != nil
    ) {
      if problem == nil { DoneNotice(call) }
      if let problem { ErrorSummary(problem.faults, t) }
      h1 { t.html("people.nomination.of", ["name": .isolated(nomination.personName)]) }
      p { stage(nomination.stage, call) }
      SummaryList(rows(line, view, books, call))
      if nomination.stage == .received { decisions(line, view, problem, call) }
      if !view.deliveries.isEmpty { invitations(nomination, view.deliveries, call) }
    }
  }
  private static func rows(
    _ line: NominationLine, _ view: NominationView, _ books: Books, _ call: Call
  ) -> [SummaryList.Row] {
    let t = call.t
    let nomination = line.nomination
    func who(_ name: String?, _ at: String) -> HTML {
      (name.map { bdi($0) } ?? HTML(t("people.other-office"))) + HTML(" · ") + time(at, t)
    }
    var rows = [
      SummaryList.Row(
        t("people.office"),
        a(href: call.link("offices/\(nomination.office)"), bdi(line.officeName, lang: line.officeLanguage))),
      SummaryList.Row(t("people.office.owner"), books.owner(line.state, line.organisation, call)),
      SummaryList.Row(t("people.role"), role(nomination.role, call)),
      SummaryList.Row(
        t("people.function"), nomination.function.isEmpty ? HTML("–") : bdi(nomination.function)),
      SummaryList.Row(t("people.email"), bdi(nomination.email)),
      SummaryList.Row(
        t("people.person.language"),
        bdi(
          books.languages.first { $0.code == nomination.language }?.name ?? nomination.language,
          lang: nomination.language)),
      SummaryList.Row(t("people.nomination.reference"), symbol(nomination.reference)),
      SummaryList.Row(t("people.nomination.noted-on"), time(nomination.notedOn, t)),
      SummaryList.Row(
        t("people.nomination.scan"),
        nomination.scan == nil
          ? HTML(t("people.nomination.scan.none"))
          : a(href: call.link("nominations/\(nomination.id)/scan"), t("people.nomination.scan.get"))),
      SummaryList.Row(t("people.nomination.recorded"), who(view.recorder, nomination.recordedAt)),
    ]
    if let from = nomination.from {
      rows.append(SummaryList.Row(t("people.nomination.from"), time(from, t)))
    }
    if let until = nomination.until {
      rows.append(SummaryList.Row(t("people.nomination.until"), time(until, t)))
    }
    if let replaced = view.replaced {
      rows.append(SummaryList.Row(t("people.nomination.replaces"), bdi(replaced.name)))
    }
    if let at = nomination.checkedAt {
      rows.append(SummaryList.Row(t("people.nomination.checked"), who(view.checker, at)))
    }
    if !nomination.reason.isEmpty {
      rows.append(SummaryList.Row(t("people.nomination.reason"), paragraphs(nomination.reason)))
    }
    return rows
  }

  private static func decisions(
    _ line: NominationLine, _ view: NominationView, _ problem: Problem?, _ call: Call
  ) -> HTML {
    let t = call.t
    let nomination = line.nomination
    let path = "nominations/\(nomination.id)"
    let hindrance = hindrance(
      toChecking: nomination, by: call.actor.name, nominated: view.nominated,
      isByAdministrator: view.isByAdministrator)
    let maySide =
      call.viewer.may(recording, .anywhere)
      || (line.state != nil
        ? call.viewer.may(recording, .ofOwnState) : call.viewer.may(recording, .ofOwnOrganisation))
    return group {
      if call.viewer.may(checking) {
        h2(t("people.nomination.check"))
        if let hindrance {
          p(t(hindrance.code))
        } else {
          if !view.known.isEmpty {
            Notice(t("people.nomination.known"), .notable) {
              ul(view.known.map { office in li(officeLink(office, call)) })
            }
          }
          p(t("people.nomination.check.lead"))
          FormFrame(path + "/accept", call) { Button(t("people.nomination.accept")) }
          FormFrame(path + "/refuse", call) {
            TextArea(
              FieldFrame(
                "reason", t("people.nomination.reason"), hint: t("people.nomination.reason.hint"),
                problem: problem, t),
              value: call.form["reason"], rows: 3)
            Button(t("people.nomination.refuse"), .grave)
          }
        }
      }
      if maySide {
        h2(t("people.nomination.withdraw"))
        p(t("people.nomination.withdraw.lead"))
        FormFrame(path + "/withdraw", call) { Button(t("people.nomination.withdraw"), .other) }
      }
    }
  }
}
