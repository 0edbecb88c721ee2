import Language
import Storage
import Web

/// Invitations of a nomination: what became of each, and the Secretariat's "send again".
extension People {
  static var invitationRoutes: [Route] {
    [
      .post("nominations/:id/invite", access: .may(checking, .anywhere), bodyLimit: 16_384) { call in
        let id = try call.id()
        let viewer = call.viewer
        try await call.write { try inviteAgain(id, by: viewer, in: $0) }
        return call.redirect(to: "nominations/\(id)")
      }
    ]
  }

  /// A new link to the address of the nomination; the one before no longer works.
  static func inviteAgain(_ id: ID, by viewer: Viewer, in db: Writer) throws {
    try requireStanding(viewer, in: db)
    guard let line = try nomination(id, for: viewer, in: db) else { throw Problem.notFound }
    guard line.nomination.stage == .accepted,
      let person = try person(email: line.nomination.email, in: db), try hasProspect(person.id, in: db)
    else { throw Problem(409, "people.invitation.none") }
    if try deliveries(nomination: id, in: db).contains(where: { $0.usedAt != nil }) {
      throw Problem(409, "people.invitation.used")
    }
    try invite(person, nomination: id, by: db.actor, in: db)
    db.record(Event("people.invited-again", subject: "nomination", record: String(id)))
  }

  /// On the page of a nomination.
  static func invitations(_ nomination: Nomination, _ deliveries: [LinkDelivery], _ call: Call) -> HTML {
    let t = call.t
    let mayInvite =
      nomination.stage == .accepted && call.viewer.may(checking)
      && !deliveries.contains { $0.usedAt != nil }
    return group {
      h2(t("people.delivery.title"))
      Table(deliveries, caption: t("people.delivery.title"), columns: deliveryColumns, call)
      if mayInvite {
        FormFrame("nominations/\(nomination.id)/invite", call) {
          p { Button(t("people.invitation.again"), .other) }
        }
      }
    }
  }
  static let deliveryColumns: [Column<LinkDelivery>] = [
    Column("made_at", .time, "people.delivery.made") { .date($0.madeAt) },
    Column(
      "state", .code, "people.delivery.state", show: { delivery, call in deliveryTag(delivery, call) }
    ) { .text($0.word) },
    Column("expires_at", .time, "people.delivery.expires") { .date($0.expiresAt) },
    // What the mail server said, in its own words.
    Column("reply", .text, "people.delivery.reply") { .text($0.reply) },
  ]
  static func deliveryTag(_ delivery: LinkDelivery, _ call: Call) -> HTML {
    let tone: Tag.Tone =
      switch delivery.word {
      case "bounced", "refused": .grave
      case "used": .good
      case "replaced", "revoked", "withdrawn": .quiet
      default: .plain
      }
    return Tag(call.t("people.delivery." + delivery.word), tone).html
  }
}
