import Language
import Web

extension People {
  static func signInPage(_ problem: Problem?, _ settings: Settings, to: String?, _ call: Call) -> Page {
    let t = call.t
    return Page(t("sign-in.title"), hasFaults: problem != nil) {
      if let problem { ErrorSummary(problem.faults, t) }
      h1(t("sign-in.title"))
      FormFrame("sign-in", call) {
        hiddenAddress(to)
        TextField(
          FieldFrame("email", t("sign-in.email"), problem: problem, t), value: call.form["email"],
          kind: .email,
          autocomplete: "username")
        TextField(
          FieldFrame("passphrase", t("sign-in.passphrase"), problem: problem, t), kind: .password,
          autocomplete: "current-password")
        p { Button(t("sign-in.go")) }
      }
      if !settings.providers.isEmpty {
        h2(t("sign-in.other"))
        ul(
          settings.providers.map { provider in
            li {
              a(href: call.link("sign-in/oidc/" + provider.id, [("to", to)])) {
                t.html("sign-in.with", ["provider": .isolated(provider.name)])
              }
            }
          })
      }
      h2(t("sign-in.help.title"))
      p { a(href: call.link("sign-in/help"), t("sign-in.help.go")) }
      p(t("sign-in.help.none"), .class("quiet"))
    }
  }

  static func helpPage(_ problem: Problem?, _ call: Call) -> Page {
    let t = call.t
    return Page(
      t("sign-in.help.title"), crumbs: [Page.Crumb("sign-in", t("sign-in.title"))], hasFaults: problem != nil
    ) {
      if let problem { ErrorSummary(problem.faults, t) }
      h1(t("sign-in.help.title"))
      p(t("sign-in.help.lead"))
      FormFrame("sign-in/help", call) {
        TextField(
          FieldFrame("email", t("sign-in.email"), problem: problem, t), value: call.form["email"],
          kind: .email,
          autocomplete: "username")
        Radios(
          FieldFrame("purpose", t("sign-in.help.purpose"), problem: problem, t),
          [
            Choice("sign_in", t("sign-in.help.sign-in"), hint: t("sign-in.help.sign-in.hint")),
            Choice("passphrase", t("sign-in.help.passphrase"), hint: t("sign-in.help.passphrase.hint")),
          ], value: call.form["purpose"] ?? "sign_in")
        p { Button(t("sign-in.help.send")) }
      }
    }
  }

  /// The same for every address.
  static func sentPage(_ call: Call) -> Page {
    let t = call.t
    return Page(t("sign-in.sent.title"), crumbs: [Page.Crumb("sign-in", t("sign-in.title"))]) {
      h1(t("sign-in.sent.title"))
      Notice(nil, .good, live: true) { p(t("sign-in.sent.text")) }
      p(t("sign-in.sent.again"))
      p(t("sign-in.sent.else"))
    }
  }

  static func hiddenAddress(_ to: String?) -> HTML {
    guard let to else { return .empty }
    return input(.type("hidden"), .name("to"), .value(to))
  }
  static func hiddenKey(_ key: String) -> HTML { input(.type("hidden"), .name("key"), .value(key)) }
}
