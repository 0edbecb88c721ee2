import Needs
import People
import Web

/// "Your work": what a person who is signed in can do, by what the role permits.
extension Site {
  private struct Door: Sendable {
    let key: String
    /// Nil where the viewer lacks what the address needs.
    let path: @Sendable (Viewer) -> String?
    init(_ key: String, _ path: @escaping @Sendable (Viewer) -> String?) {
      self.key = key
      self.path = path
    }
    init(
      _ key: String, _ permission: Permission, _ scope: Scope, _ path: @escaping @Sendable (Viewer) -> String?
    ) {
      self.init(key) { $0.may(permission, scope) ? path($0) : nil }
    }
    /// For roles that read more than the public does.
    init(_ key: String, for roles: Set<Viewer.Role>, _ path: String) {
      self.init(key) { roles.contains($0.role) ? path : nil }
    }
  }
  private static func own(_ path: @escaping @Sendable (String) -> String) -> @Sendable (Viewer) -> String? {
    { viewer in viewer.state.map(path) }
  }
  private static let readers: Set<Viewer.Role> = [.delegate, .chair, .donor, .provider, .providerField]
  private static let doors: [Door] = [
    // A State says it in its own words; the Secretariat enters what came on paper.
    Door("need", Needs.stating, .ofOwnState) { $0.state == nil ? nil : "needs/new" },
    Door("need-paper", Needs.stating, .anywhere) { $0.state == nil ? "needs/new" : nil },
    Door("needs", Needs.stating, .ofOwnState, own { "needs?state=\($0)" }),
    Door("sections", People.openingSections, .ofOwnState) { _ in "sections" },
    Door("nominations", People.checking, .anywhere) { _ in "nominations" },
    Door("nomination", People.recording, .ofOwn) { _ in "nominations/new" },
    Door("offices", People.reading, .ofOwn) { _ in "offices" },
    Door("resets", People.resetting, .anywhere) { _ in "resets" },
    Door("trail", "audit.own", .ofOwnState, own { "states/\($0)/trail" }),
    Door("import", "activities.import", .ofOwn) { _ in "imports/new" },
    Door("outbox", "outbox.read", .anywhere) { _ in "outbox" },
    Door("audit", "audit.read", .anywhere) { _ in "audit" },
    Door("shown", for: readers, "needs"),
    Door("gaps", for: readers, "coverage"),
    Door("receipts", "receipts.own", .anywhere) { _ in "receipts" },
  ]

  static func work(_ call: Call) async throws -> HTML {
    let viewer = call.viewer
    if viewer.section != nil { return sectionDoor(call) }
    guard !viewer.isGuest, !viewer.isAwaitingProof else { return .empty }
    let t = call.t
    let isDue = try await People.isDue(viewer, call)
    let open = doors.compactMap { door in door.path(viewer).map { (key: door.key, path: $0) } }
    guard isDue || !open.isEmpty else { return .empty }
    // Whether an answer is due is told to one person, not to all of a class.
    if isDue { call.markPersonal() }
    return group {
      h2(t("site.work.title"))
      if isDue {
        Notice(nil, .notable) {
          p { a(href: call.link("accounts/confirm"), t("site.work.confirm")) }
        }
      }
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
  /// An expert without an account has one thing to do.
  private static func sectionDoor(_ call: Call) -> HTML {
    let t = call.t
    return group {
      h2(t("site.work.title"))
      ul(.class("doors")) {
        li {
          a(href: call.link("section/open"), t("site.work.section"))
          p(t("site.work.section.more"))
        }
      }
    }
  }
}
