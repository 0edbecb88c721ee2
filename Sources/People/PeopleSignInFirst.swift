import Language
import Secrets
import Storage
import Web

extension People {
  static let beginning: Permission = "system.begin"

  static func firstRoutes(_ settings: Settings) -> [Route] {
    [
      // No role is given this permission: the operator alone has it.
      .get("first-administrator", access: .may(beginning, .anywhere), faces: [.page]) { call in
        if try await call.read({ try hasAdministrator(in: $0) }) { throw Problem(409, "sign-in.first.done") }
        return call.page(firstPage(nil, call))
      },
      .post(
        "first-administrator", access: .may(beginning, .anywhere), bodyLimit: 16_384, faces: [.page],
        takes: [
          .text("name", max: 200, required: true), .text("email", max: 254, required: true),
          .text("office", max: 200, required: true), .text("organisation", max: 200, required: true),
        ]
      ) {
        try await begin($0, settings)
      },
    ]
  }

  private static func begin(_ call: Call, _ settings: Settings) async throws -> Reply {
    try await call.change {
      var form = call.form.reader
      let name = form.required("name", max: 200)
      let email = form.required("email", max: 254, "sign-in.email.missing")
      if !email.isEmpty && !EmailAddress.isValid(email) { form.refuse("email", "sign-in.email.form") }
      let office = form.required("office", max: 200)
      let organisation = form.required("organisation", max: 200)
      try form.finish()
      let language = call.language.code
      let token = Token.new("wasl")
      try await call.write { db in
        guard try !hasAdministrator(in: db) else { throw Problem(409, "sign-in.first.done") }
        let office: ID = try addOffice(
          OfficeDraft(
            kind: .secretariat, state: nil, organisation: organisation, name: office, language: language,
            email: nil),
          in: db)
        let person = try savePerson(name: name, email: email, language: language, in: db)
        try openAccount(person: person.id, office: office, role: .administrator, in: db)
        try makeLink(.invitation, person: person.id, token: token, in: db)
      }
      // There is an administrator now: the session of the operator's link ends with this answer.
      let gone = try await Sessions.end(call)
      let address = settings.address("invitation", key: token, language: language)
      return call.page(
        Page(call.t("sign-in.first.made")) {
          h1(call.t("sign-in.first.made"))
          Notice(nil, .notable, live: true) { p(call.t("sign-in.first.once")) }
          p { symbol(address) }
        }
      ).with(cookie: gone)
    } again: { problem in
      firstPage(problem, call)
    }
  }

  private static func firstPage(_ problem: Problem?, _ call: Call) -> Page {
    let t = call.t
    return Page(t("sign-in.first.title"), hasFaults: problem != nil) {
      if let problem { ErrorSummary(problem.faults, t) }
      h1(t("sign-in.first.title"))
      p(t("sign-in.first.lead"), .class("lead"))
      FormFrame("first-administrator", call) {
        TextField(
          FieldFrame("name", t("sign-in.account.name"), problem: problem, t), value: call.form["name"])
        TextField(
          FieldFrame("email", t("sign-in.email"), problem: problem, t), value: call.form["email"],
          kind: .email)
        TextField(
          FieldFrame("office", t("sign-in.first.office"), problem: problem, t), value: call.form["office"])
        TextField(
          FieldFrame("organisation", t("sign-in.first.organisation"), problem: problem, t),
          value: call.form["organisation"])
        p { Button(t("sign-in.first.go")) }
      }
    }
  }
}
