import Needs
import Web

/// "Your work": what a person who is signed in can do, by what the role permits.
extension Site {
  private struct Door: Sendable {
    let key: String
    let permission: Permission
    let scope: Scope
    /// Nil where the viewer lacks what the address needs.
    let path: @Sendable (Viewer) -> String?
    init(
      _ key: String, _ permission: Permission, _ scope: Scope, _ path: @escaping @Sendable (Viewer) -> String?
    ) {
      self.key = key
      self.permission = permission
      self.scope = scope
      self.path = path
    }
  }
  private static func own(_ path: @escaping @Sendable (String) -> String) -> @Sendable (Viewer) -> String? {
    { viewer in viewer.state.map(path) }
  }
  private static let doors: [Door] = [
    Door("need", Needs.stating, .ofOwnState) { _ in "needs/new" },
    Door("needs", Needs.stating, .ofOwnState, own { "needs?state=\($0)" }),
    Door("nominations", "nominations.check", .anywhere) { _ in "nominations" },
    Door("nomination", "nominations.record", .ofOwn) { _ in "nominations/new" },
    Door("offices", "offices.read", .ofOwn) { _ in "offices" },
    Door("trail", "audit.own", .ofOwnState, own { "states/\($0)/trail" }),
    Door("import", "activities.import", .ofOwn) { _ in "imports/new" },
    Door("outbox", "outbox.read", .anywhere) { _ in "outbox" },
    Door("audit", "audit.read", .anywhere) { _ in "audit" },
  ]

  static func work(_ call: Call) -> HTML {
    let viewer = call.viewer
    guard !viewer.isGuest, !viewer.isAwaitingProof else { return .empty }
    let t = call.t
    let open = doors.compactMap { door -> (key: String, path: String)? in
      guard viewer.may(door.permission, door.scope), let path = door.path(viewer) else { return nil }
      return (door.key, path)
    }
    guard !open.isEmpty else { return .empty }
    return group {
      h2(t("site.work.title"))
      ul(.class("plain")) {
        open.map { door in
          li {
            a(href: call.link(door.path), t("site.work." + door.key))
            p(t("site.work.\(door.key).more"), .class("quiet small"))
          }
        }
      }
    }
  }
}
