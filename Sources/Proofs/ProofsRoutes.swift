package import Web

extension Proofs {
  package static let routes: [Route] = [
    .get("states/:id/trail", access: .may(readingOwn, .ofOwnState), takes: [.cursor, .limit()], trail),
    .get(
      "states/:id/views", access: .may(readingOwn, .ofOwnState), takes: [.date("since"), .cursor, .limit()],
      views),
    .get(
      "audit", access: .may(reading, .anywhere),
      takes: [
        .text("event", max: 100), .text("actor", max: 100), .text("subject", max: 100),
        .text("record", max: 200),
        .date("day"), .code("state", from: "states", example: "KEN"), .cursor, .limit(),
      ], audit),
    .get("audit/verify", access: .may(reading, .anywhere), verify),
    .post(
      "audit/verify", access: .may(reading, .anywhere),
      takes: [.text("checkpoint", max: 20_000), .file("file")],
      verifyAgainst),
    .get("audit/checkpoints", access: .everyone, takes: [.cursor, .limit()], checkpoints),
    .post("audit/checkpoints", access: .may(reading, .anywhere), sign),
    .get("audit/checkpoints/:id", access: .everyone, faces: [.data], checkpoint),
    .get("receipts", access: .may(readingOwnReceipts, .anywhere), takes: [.cursor, .limit()], receipts),
    .get("receipts/check", access: .everyone, faces: [.page], checkForm),
    Route.post(
      "receipts/check", access: .everyone,
      takes: [.text("receipt", max: 20_000), .file("file"), .text("code", max: 40)], check
    ).limited(to: 20),
    Route.get("receipts/:code", access: .may(readingOwnReceipts, .anywhere), receipt).limited(to: 60),
  ]

  package static let panels: [Panel] = [
    Panel("state") { id, call in
      guard mayReadTrail(of: id, call.viewer) else { return nil }
      return p { a(href: call.link("states/\(Address.encode(id))/trail"), call.t("proofs.trail.link")) }
    }
  ]
}
