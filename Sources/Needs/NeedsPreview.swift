import Language
import Storage
import Treaty
import Web

/// "See it as a provider": what a reader of each level gets of one need.
extension Needs {
  /// Levels as which a need can be looked at; its own State always sees it.
  static let previewed: [Visibility] = [.secretariat, .parties, .providers, .public]

  /// A reader who sees records of the level and no closer one.
  static func reader(of level: Visibility) -> Viewer {
    switch level {
    case .state, .secretariat: Viewer(role: .officer, sees: [.secretariat, .parties, .providers, .public])
    case .parties: Viewer(role: .delegate, sees: [.parties, .providers, .public])
    case .providers: Viewer(role: .provider, sees: [.providers, .public])
    case .public: .guest
    }
  }
  /// Whether the viewer may look at the need through others' eyes.
  static func mayPreview(_ need: Record, _ viewer: Viewer) -> Bool {
    viewer.state == need.state || viewer.isSecretariat
  }

  static func previewNotice(_ level: Visibility, _ need: Record, _ call: Call) -> HTML {
    let t = call.t
    let isSeen = reader(of: level).sees.contains(need.visibility)
    let who = t("needs.preview.as." + level.rawValue)
    return Notice(nil, .notable, live: true) {
      p(t(isSeen ? "needs.preview.seen" : "needs.preview.hidden", ["who": .text(who)]))
      p { a(href: call.link("needs/\(need.id)"), t("needs.preview.back")) }
    }.html
  }
  /// What stands in the place of the page for a reader to whom the need does not exist.
  static func hiddenPage(_ level: Visibility, _ need: Record, _ call: Call) -> Page {
    Page(call.t("needs.preview.title"), crumbs: [Page.Crumb("needs", call.t("needs.list.title"))]) {
      h1(call.t("needs.preview.title"))
      previewNotice(level, need, call)
    }
  }

  /// The State's own tools under its need.
  static func ownTools(_ need: Record, _ call: Call) -> HTML {
    let t = call.t
    guard mayPreview(need, call.viewer) else { return .empty }
    return group {
      h2(t("needs.visibility.title"))
      p(t("needs.visibility.now", ["level": .text(t("needs.visibility." + need.visibility.rawValue))]))
      p(t("needs.visibility.hint." + need.visibility.rawValue), .class("quiet"))
      if need.state == call.viewer.state && call.viewer.may(showing, .ofOwnState) {
        let sent = call.form["visibility"].flatMap(Visibility.init(rawValue:))
        Details(t("needs.visibility.change"), open: sent != nil) {
          FormFrame("needs/\(need.id)/visibility", call) {
            visibilityField(sent ?? need.visibility, nil, call)
            Button(t("needs.visibility.save"))
          }
        }
      }
      h2(t("needs.preview.title"))
      ul(
        previewed.map { level in
          li {
            a(
              href: call.link("needs/\(need.id)", [("as", level.rawValue)]),
              t("needs.preview.as." + level.rawValue))
          }
        })
    }
  }

  static func visibilityField(_ value: Visibility?, _ problem: Problem?, _ call: Call) -> HTML {
    let t = call.t
    return Radios(
      FieldFrame("visibility", t("needs.new.visibility"), problem: problem, t),
      Visibility.allCases.filter { $0 != .state || call.viewer.state != nil }.map {
        Choice(
          $0.rawValue, t("needs.visibility." + $0.rawValue), hint: t("needs.visibility.hint." + $0.rawValue))
      }, value: value?.rawValue
    ).html
  }
}
