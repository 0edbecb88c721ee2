package import Web

extension Proofs {
  package static let routes = routes(naming: [])

  /// - Parameter names: of the records of all subjects.
  package static func routes(naming names: [RecordNames]) -> [Route] {
    [
      .get("states/:id/trail", access: .may(readingOwn, .ofOwnState), takes: [.cursor, .limit()]) {
        try await trail($0, names)
      },
      .get(
        "states/:id/views", access: .may(readingOwn, .ofOwnState), takes: [.date("since"), .cursor, .limit()]
      ) { try await views($0, names) },
      .get(
        "audit", access: .may(reading, .anywhere),
        takes: [
          .text("event", max: 100), .text("actor", max: 100), .text("subject", max: 100),
          .text("record", max: 200),
          .date("day"), .code("state", from: "states", example: "KEN"), .cursor, .limit(),
        ]
      ) { try await audit($0, names) },
      .get("audit/verify", access: .may(reading, .anywhere), verify),
      .post(
        "audit/verify", access: .may(reading, .anywhere),
        takes: [.text("checkpoint", max: 20_000), .file("file")],
        verifyAgainst),
      .get("audit/checkpoints", access: .everyone, takes: [.cursor, .limit()], checkpoints),
      .post("audit/checkpoints", access: .may(reading, .anywhere), sign),
      .get("audit/checkpoints/:id", access: .everyone, faces: [.data], checkpoint),
      .get("receipts", access: .may(readingOwnReceipts, .anywhere), takes: [.cursor, .limit()]) {
        try await receipts($0, names)
      },
      .get("receipts/check", access: .everyone, faces: [.page], checkForm),
      Route.post(
        "receipts/check", access: .everyone,
        takes: [.text("receipt", max: 20_000), .file("file"), .text("code", max: 40)], check
      ).limited(to: 20),
      Route.get("receipts/:code", access: .may(readingOwnReceipts, .anywhere)) {
        try await receipt($0, names)
      }
      .limited(to: 60),
      .get("receipts/:code/content", access: .may(readingOwnReceipts, .anywhere), content),
    ]
  }

  package static let panels: [Panel] = [
    Panel("state") { id, call in
      guard mayReadTrail(of: id, call.viewer) else { return nil }
      return p { a(href: call.link("states/\(Address.encode(id))/trail"), call.t("proofs.trail.link")) }
    }
  ]
}
