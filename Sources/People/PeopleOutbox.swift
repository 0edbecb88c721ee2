import Language
import Mail
package import Web

/// Letters of the site and what became of each. Never the links in them: whoever holds one could come in with it.
extension People {
  package static let readingOutbox: Permission = "outbox.read"
  private static let mostLetters = 200

  package static let outboxRoutes: [Route] = [
    .get("outbox", access: .may(readingOutbox, .anywhere)) { call in
      let letters = try await call.read { try Mail.letters(in: $0, limit: mostLetters) }
      return call.reply(letters, columns: letterColumns, total: letters.count) { outboxPage($0, call) }
    }
  ]

  private static let letterColumns: [Column<Letter.Record>] = [
    Column(
      "subject", .text, "outbox.subject", show: { letter, _ in bdi(letter.subject, lang: letter.language) }
    ) {
      .text($0.subject)
    },
    Column("recipient", .text, "outbox.recipient", show: { letter, _ in symbol(letter.recipient) }) {
      .text($0.recipient)
    },
    Column(
      "state", .code, "outbox.state",
      show: { letter, call in
        Tag(call.t("mail.state." + letter.state.rawValue), tone(letter.state)).html
      }
    ) { .text($0.state.rawValue) },
    Column("reply", .text, "outbox.reply", show: { letter, _ in letter.reply.map { bdi($0) } ?? HTML("–") }) {
      .text($0.reply ?? "")
    },
    Column("queued_at", .time, "outbox.queued") { .date($0.queuedAt) },
    Column("language", .code, "outbox.language", onPage: false) { .text($0.language) },
    Column("attempts", .integer, "outbox.attempts", onPage: false) { .number($0.attempts) },
    Column("sent_at", .text, "outbox.sent", onPage: false) { .text($0.sentAt ?? "") },
  ]

  private static func tone(_ state: Letter.State) -> Tag.Tone {
    switch state {
    case .refused, .bounced: .grave
    case .waiting: .notable
    case .sent, .delivered: .plain
    case .withdrawn: .quiet
    }
  }

  private static func outboxPage(_ letters: [Letter.Record], _ call: Call) -> Page {
    let t = call.t
    return Page(t("outbox.title"), width: .wide) {
      h1(t("outbox.title"))
      p(t("outbox.lead"), .class("lead"))
      if letters.contains(where: { $0.state == .waiting }) {
        Notice(nil, .notable) { p(t("outbox.waiting")) }
      }
      if letters.isEmpty {
        EmptyState(t("outbox.none"), t("outbox.none.more"))
      } else {
        Table(letters, caption: t("outbox.title"), columns: letterColumns, call)
        TakeAway(call)
      }
    }
  }
}
