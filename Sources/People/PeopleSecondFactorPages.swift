import Language
import Secrets
import Web

extension People {
  private static func codeField(_ problem: Problem?, _ t: Translator, hint: String) -> HTML {
    TextField(
      FieldFrame("code", t("sign-in.code"), hint: hint, problem: problem, t), size: .half,
      autocomplete: "one-time-code", numeric: false
    ).html
  }

  static func codePage(_ problem: Problem?, to: String?, _ call: Call) -> Page {
    let t = call.t
    return Page(t("sign-in.code.title"), hasFaults: problem != nil) {
      if let problem { ErrorSummary(problem.faults, t) }
      h1(t("sign-in.code.title"))
      p(t("sign-in.code.lead"))
      FormFrame("second-factor", call) {
        hiddenAddress(to)
        codeField(problem, t, hint: t("sign-in.code.hint"))
        p { Button(t("sign-in.code.go")) }
      }
      FormFrame("sign-out", call) { p { Button(t("sign-in.out"), .other) } }
    }
  }

  static func setupPage(
    _ problem: Problem?, _ secret: [UInt8], _ present: Presence, _ settings: Settings, _ call: Call
  ) -> Page {
    let t = call.t
    let needed = present.account.role.viewerRole.needsProof
    let to = call.returnAddress(call.query.fields) ?? call.returnAddress(call.form.fields)
    let address = TOTP.address(secret, account: present.person.email, issuer: settings.siteName)
    return Page(t("sign-in.setup.title"), hasFaults: problem != nil) {
      if let problem { ErrorSummary(problem.faults, t) }
      h1(t("sign-in.setup.title"))
      p(t(needed ? "sign-in.setup.needed" : "sign-in.setup.lead"), .class("lead"))
      ol {
        li(t("sign-in.setup.one"))
        li {
          t("sign-in.setup.two")
          picture(address, t)
          p { symbol(grouped(TOTP.base32(secret))) }
          Details(t("sign-in.setup.address")) { p { symbol(address) } }
        }
        li(t("sign-in.setup.three"))
      }
      FormFrame("account/second-factor", call) {
        hiddenAddress(to)
        input(
          .type("hidden"), .name("secret"),
          .value(sealedSetup(secret, person: present.person.id, now: call.services.clock.now(), settings)))
        codeField(problem, t, hint: t("sign-in.setup.hint"))
        if present.proving.hasSecondFactor { againField(present, problem, t) }
        p { Button(t("sign-in.setup.go")) }
      }
    }
  }
  /// The address for a camera; nothing where it is too long for one that is easily read.
  private static func picture(_ address: String, _ t: Translator) -> HTML {
    guard let code = QRCode(address) else { return .empty }
    var path = ""
    for (row, line) in code.modules.enumerated() {
      for (column, isDark) in line.enumerated() where isDark { path += "M\(column) \(row)h1v1h-1z" }
    }
    let side = code.size + 8
    return svg(
      .class("qr"), .attribute("viewBox", "-4 -4 \(side) \(side)"), .attribute("width", "200"),
      .attribute("height", "200"), .role("img"), .aria("label", t("sign-in.setup.picture")),
      .attribute("shape-rendering", "crispEdges")
    ) {
      // Dark on light in every colour scheme: some cameras read it no other way.
      svgRect(
        .empty,
        attributes: [
          .attribute("x", "-4"), .attribute("y", "-4"), .attribute("width", String(side)),
          .attribute("height", String(side)), .attribute("fill", "#fff"),
        ])
      svgPath(.empty, attributes: [.attribute("d", path), .attribute("fill", "#000")])
    }
  }
  /// Four letters at a time, as people type them.
  static func grouped(_ text: String) -> String {
    let letters = Array(text)
    return stride(from: 0, to: letters.count, by: 4)
      .map { String(letters[$0..<min($0 + 4, letters.count)]) }.joined(separator: " ")
  }

  /// The only time that the codes are seen.
  static func recoveryPage(_ codes: [String], to: String?, _ call: Call) -> Page {
    let t = call.t
    return Page(t("sign-in.recovery.title")) {
      h1(t("sign-in.recovery.title"))
      Notice(nil, .notable, live: true) { p(t("sign-in.recovery.once")) }
      p(t("sign-in.recovery.lead"))
      ul(codes.map { code in li { symbol(code) } })
      FormFrame("account/recovery/file", call) {
        codes.map { input(.type("hidden"), .name("code"), .value($0)) }
        p { Button(t("sign-in.recovery.file"), .other) }
      }
      p { a(href: LocalAddress.checked(to) ?? call.link(""), t("sign-in.recovery.on"), .class("button")) }
    }
  }

  static func renewRecoveryPage(_ problem: Problem?, _ present: Presence, _ call: Call) -> Page {
    let t = call.t
    return Page(
      t("sign-in.account.recovery.new"), crumbs: [Page.Crumb("account", t("sign-in.account.title"))],
      hasFaults: problem != nil
    ) {
      if let problem { ErrorSummary(problem.faults, t) }
      h1(t("sign-in.account.recovery.new"))
      p(t("sign-in.recovery.new.lead"))
      FormFrame("account/recovery", call) {
        againField(present, problem, t)
        p { Button(t("sign-in.account.recovery.new")) }
      }
    }
  }

  static func removePage(_ problem: Problem?, _ call: Call) -> Page {
    let t = call.t
    return Page(
      t("sign-in.remove.title"), crumbs: [Page.Crumb("account", t("sign-in.account.title"))],
      hasFaults: problem != nil
    ) {
      if let problem { ErrorSummary(problem.faults, t) }
      h1(t("sign-in.remove.title"))
      p(t("sign-in.remove.lead"))
      FormFrame("account/second-factor/remove", call) {
        codeField(problem, t, hint: t("sign-in.code.hint"))
        p { Button(t("sign-in.remove.go"), .grave) }
      }
    }
  }
}
