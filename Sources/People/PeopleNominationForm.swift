import Language
import Storage
import Web

extension People {
  /// First the office, then the person: the office says which roles there are.
  static func nominationFormPage(_ id: ID?, _ problem: Problem?, _ call: Call) async throws -> Page {
    let viewer = call.viewer
    let books = try await Books(call)
    let found = try await call.read { db -> (Office, [Member])? in
      guard let id, let office = try office(id, for: viewer, recording, in: db) else { return nil }
      let today = db.today
      return (
        office, try members(of: id, for: viewer, in: db).filter { $0.account.isValid(on: today) }
      )
    }
    guard let (office, members) = found else {
      if id != nil && problem == nil { throw Problem.notFound }
      let offices = try await call.read { try choices(for: viewer, recording, in: $0) }
      return officeChoicePage(offices.filter { !nominable(by: viewer, $0).isEmpty }, problem, books, call)
    }
    return nominationFormPage(office, members, problem, books, call)
  }

  private static func officeChoicePage(
    _ offices: [Office], _ problem: Problem?, _ books: Books, _ call: Call
  ) -> Page {
    let t = call.t
    return Page(
      t("people.nomination.new"), crumbs: [Page.Crumb("nominations", t("people.nominations.title"))],
      hasFaults: problem != nil
    ) {
      if let problem { ErrorSummary(problem.faults, t) }
      h1(t("people.nomination.new"))
      p(t("people.nomination.choose"), .class("lead"))
      if offices.isEmpty {
        EmptyState(t("people.nomination.no-office"), t("people.nomination.no-office.more"))
      } else {
        form(.method("get"), .action(call.link("nominations/new"))) {
          SelectField(
            FieldFrame("office", t("people.office"), problem: problem, t),
            offices.map {
              Choice(String($0.id), books.ownerName($0, call).isolated + " – " + $0.name.isolated)
            })
          Button(t("people.continue"))
        }
      }
    }
  }

  private static func nominationFormPage(
    _ office: Office, _ members: [Member], _ problem: Problem?, _ books: Books, _ call: Call
  ) -> Page {
    let t = call.t
    let roles = nominable(by: call.viewer, office)
    let sent: Form? = call.form
    func frame(_ name: String, _ label: String, hint: String? = nil, optional: Bool = false) -> FieldFrame {
      FieldFrame(name, label, hint: hint, optional: optional, problem: problem, t)
    }
    return Page(
      t("people.nomination.new"),
      crumbs: [
        Page.Crumb("nominations", t("people.nominations.title")),
        Page.Crumb("offices/\(office.id)", office.name),
      ], hasFaults: problem != nil
    ) {
      if let problem { ErrorSummary(problem.faults, t) }
      h1(t("people.nomination.new"))
      p(.class("lead")) {
        t.html("people.nomination.for", ["office": .isolated(office.name)])
      }
      if roles.isEmpty {
        EmptyState(t("people.nomination.no-office"), t("people.nomination.no-office.more"))
      } else {
        FormFrame("nominations", hasFiles: true, call) {
          input(.type("hidden"), .name("office"), .value(String(office.id)))
          Radios(
            frame("role", t("people.role")),
            roles.map {
              Choice($0.rawValue, t("people.role." + $0.rawValue), hint: t("people.role.\($0.rawValue).does"))
            },
            value: sent?["role"] ?? (roles.count == 1 ? roles.first?.rawValue : nil))
          TextField(
            frame("person_name", t("people.person"), hint: t("people.person.hint")),
            value: sent?["person_name"])
          TextField(frame("function", t("people.function"), optional: true), value: sent?["function"])
          TextField(
            frame("email", t("people.email"), hint: t("people.email.hint")), value: sent?["email"],
            kind: .email)
          SelectField(
            frame("language", t("people.person.language")), books.languageChoices,
            value: sent?["language"] ?? call.language.code)
          TextField(
            frame("reference", t("people.nomination.reference"), hint: t("people.nomination.reference.hint")),
            value: sent?["reference"], size: .half)
          DateField(frame("noted_on", t("people.nomination.noted-on")), sent: sent?.fields, t)
          DateField(
            frame(
              "valid_from", t("people.nomination.from"), hint: t("people.nomination.from.hint"),
              optional: true),
            sent: sent?.fields, t)
          DateField(
            frame(
              "valid_until", t("people.nomination.until"), hint: t("people.nomination.until.hint"),
              optional: true), sent: sent?.fields, t)
          FileField(
            frame(
              "scan", t("people.nomination.scan"), hint: t("people.nomination.scan.hint"), optional: true),
            accept: ".pdf,.png,.jpg,.jpeg,application/pdf,image/png,image/jpeg")
          if !members.isEmpty {
            SelectField(
              frame(
                "replaces", t("people.nomination.replaces"), hint: t("people.nomination.replaces.hint"),
                optional: true),
              members.map {
                Choice(
                  String($0.account.id),
                  $0.name.isolated + " – " + t("people.role." + $0.account.role.rawValue))
              },
              value: sent?["replaces"], empty: "–")
          }
          Button(t("people.nomination.send"))
        }
      }
    }
  }
}
