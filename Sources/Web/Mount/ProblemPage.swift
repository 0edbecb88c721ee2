import Language

/// A refusal as a page: what is wrong, how to mend it, where to go.
enum ProblemPage {
  /// - Parameter signIn: address of the page on which the reader can sign in, where that would help.
  /// - Parameter returns: whether the reader is brought back after signing in; kept: with the form as it was sent.
  static func make(
    _ problem: Problem, _ call: Call, signIn: String? = nil, returns: Bool = true, kept: Bool = false
  ) -> Page {
    let t = call.t
    let title = t(problem.code, problem.arguments)
    return Page(title, hasFaults: !problem.faults.isEmpty) {
      if problem.faults.isEmpty {
        h1(t.html(problem.code, problem.arguments))
      } else {
        ErrorSummary(problem.faults, t)
        h1(t.html(problem.code, problem.arguments))
      }
      if signIn != nil && (kept || !returns) {
        p(t(kept ? "kept.sign-in" : "kept.sign-in.lost"))
      } else if t.has(problem.code + ".mend") {
        p(t.html(problem.code + ".mend", problem.arguments))
      }
      if let signIn { p { Button(t("web.sign-in.go"), href: signIn) } }
      p { a(href: "/" + call.language.code, t("web.home.back")) }
      p(t.html("web.request", ["id": .isolated(call.requestID)]), .class("quiet small"))
    }
  }

  /// What a code means, at the address that a problem's `type` names.
  static let routes: [Route] = [
    .get("problems/:code", access: .everyone) { call in
      let code = try call.parameter("code")
      guard call.t.has(code), code.contains("."), !code.hasSuffix(".mend") else { throw Problem.notFound }
      let explanation = Explanation(code: code, hasMend: call.t.has(code + ".mend"))
      let columns: [Column<Explanation>] = [
        Column("code", .code, "web.problem.code") { .text($0.code) },
        Column("title", .text, "web.problem.title") { .text(plain(call.t, $0.code)) },
        Column("mend", .text, "web.problem.mend") {
          .text($0.hasMend ? plain(call.t, $0.code + ".mend") : nil)
        },
      ]
      return call.reply(explanation, columns: columns) { explanation in
        Page(call.t("web.problem.page")) {
          h1(call.t("web.problem.page"))
          p(symbol(explanation.code))
          p(plain(call.t, explanation.code))
          if explanation.hasMend { p(plain(call.t, explanation.code + ".mend")) }
        }
      }
    }
  ]
  private struct Explanation: Sendable {
    let code: String
    let hasMend: Bool
  }
  /// The text with its arguments shown by name, since there is no particular case here.
  private static func plain(_ t: Translator, _ key: String) -> String {
    var arguments: [String: Argument] = [:]
    for name in t.argumentNames(key) { arguments[name] = name == "count" ? .number(2) : .text("{\(name)}") }
    return t(key, arguments)
  }
}
