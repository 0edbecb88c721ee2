import Language
import Secrets
import Web

extension People {
  static func invitationPage(_ problem: Problem?, _ opened: Opened, _ settings: Settings, _ call: Call)
    -> Page
  {
    let t = call.t
    let key = call.query["key"] ?? call.form["key"] ?? ""
    return Page(t("sign-in.invitation.title"), hasFaults: problem != nil) {
      if let problem { ErrorSummary(problem.faults, t) }
      h1(t("sign-in.invitation.title"))
      p(t.html("sign-in.invitation.lead", ["name": .isolated(opened.person.name)]), .class("lead"))
      if let standing = opened.standing { SummaryList(rows(standing, call)) }
      FormFrame("invitation", call) {
        hiddenKey(key)
        if opened.hasPassphrase {
          p(t("sign-in.invitation.known"))
          p { Button(t("sign-in.invitation.go-on")) }
        } else {
          newPassphraseFields(problem, t)
          p { Button(t("sign-in.invitation.accept")) }
        }
      }
      p(t("sign-in.invitation.not-you"), .class("quiet"))
    }
  }

  private static func rows(_ standing: InvitedStanding, _ call: Call) -> [SummaryList.Row] {
    let t = call.t
    var rows = [
      SummaryList.Row(t("sign-in.invitation.office"), bdi(standing.office, lang: standing.officeLanguage)),
      SummaryList.Row(t("sign-in.invitation.role"), HTML(t("people.role." + standing.role))),
    ]
    if let reference = standing.reference, let day = standing.notedOn {
      rows.append(
        SummaryList.Row(t("sign-in.invitation.note"), bdi(reference) + HTML(" · ") + time(day, t)))
    }
    return rows
  }

  /// One field twice, without limits of signs; what was typed does not come back.
  static func newPassphraseFields(_ problem: Problem?, _ t: Translator) -> HTML {
    group {
      TextField(
        FieldFrame(
          "passphrase", t("sign-in.passphrase.new"),
          hint: t("sign-in.passphrase.hint", ["count": .number(PassphraseRules.shortest)]), problem: problem,
          t),
        kind: .password, autocomplete: "new-password")
      TextField(
        FieldFrame("again", t("sign-in.passphrase.again"), problem: problem, t), kind: .password,
        autocomplete: "new-password")
    }
  }

  static func linkPage(_ call: Call) -> Page {
    let t = call.t
    return Page(t("sign-in.link.title")) {
      h1(t("sign-in.link.title"))
      p(t("sign-in.link.lead"))
      FormFrame("sign-in/link", call) {
        hiddenKey(call.query["key"] ?? "")
        p { Button(t("sign-in.go")) }
      }
    }
  }

  static func mendPage(_ problem: Problem?, _ call: Call) -> Page {
    let t = call.t
    return Page(t("sign-in.mend.title"), hasFaults: problem != nil) {
      if let problem { ErrorSummary(problem.faults, t) }
      h1(t("sign-in.mend.title"))
      p(t("sign-in.mend.lead"))
      FormFrame("sign-in/passphrase", call) {
        hiddenKey(call.query["key"] ?? call.form["key"] ?? "")
        newPassphraseFields(problem, t)
        p { Button(t("sign-in.mend.go")) }
      }
    }
  }

  /// Why a link does not work, and what its owner can do.
  static func lapsedPage(_ link: Link, _ lapse: Link.Lapse, key: String = "", _ call: Call) -> Page {
    let t = call.t
    let canRenew = link.purpose == .invitation && (lapse == .expired || lapse == .renewed) && !key.isEmpty
    return Page(t("sign-in.lapsed.title")) {
      h1(t("sign-in.lapsed.title"))
      p(t("sign-in.lapsed." + lapse.rawValue), .class("lead"))
      if canRenew {
        p(t("sign-in.lapsed.renew"))
        FormFrame("invitation/renew", call) {
          hiddenKey(key)
          p { Button(t("sign-in.lapsed.renew.go")) }
        }
      } else if lapse == .revoked || lapse == .ended {
        p(t("sign-in.lapsed.ask"))
      } else {
        p { a(href: call.link("sign-in"), t("sign-in.go")) }
        p { a(href: call.link("sign-in/help"), t("sign-in.help.go")) }
      }
    }
  }

  static func unknownPage(_ call: Call) -> Page {
    let t = call.t
    return Page(t("sign-in.lapsed.title")) {
      h1(t("sign-in.lapsed.title"))
      p(t("sign-in.lapsed.unknown"), .class("lead"))
      p { a(href: call.link("sign-in"), t("sign-in.go")) }
    }
  }

  static func renewedPage(_ call: Call) -> Page {
    let t = call.t
    return Page(t("sign-in.renewed.title")) {
      h1(t("sign-in.renewed.title"))
      Notice(nil, .good, live: true) { p(t("sign-in.renewed.text")) }
    }
  }
}
