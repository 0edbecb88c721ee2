import Storage
import Web

extension Proofs {
  /// - Parameter changes: with what was changed, for the State itself.
  static func entryColumns(_ book: Book, changes: Bool) -> [Column<AuditEntry>] {
    // A number of the whole trail, or a hash that follows from entries of others, would tell a State how much others
    // do: its own trail shows neither.
    var columns: [Column<AuditEntry>] =
      changes ? [] : [Column("id", .integer, "proofs.entry.id") { .number($0.id) }]
    columns += [
      Column("at", .time, "proofs.entry.at") { .date($0.at) },
      Column("event", .code, "proofs.entry.event", show: { entry, call in book.event(entry.event, call) }) {
        .text($0.event)
      },
      Column("subject", .code, "proofs.entry.subject", onPage: false) { .text($0.subject) },
      Column(
        "record", .code, "proofs.entry.record",
        show: { entry, call in book.record(entry.subject, entry.record, call) }
      ) { .text($0.record) },
      Column("actor", .code, "proofs.entry.actor", show: { entry, call in book.person(entry.actor, call) }) {
        .text($0.actor)
      },
      Column(
        "on_behalf", .code, "proofs.entry.behalf", show: { entry, call in book.behalf(entry.onBehalf, call) }
      ) { .text($0.onBehalf) },
    ]
    if changes {
      columns.append(
        Column("changes", .list, "proofs.entry.changes", show: { entry, call in changed(entry, book, call) })
        {
          .texts(lines(of: $0).map { "\($0.name): \($0.before) → \($0.after)" })
        })
    }
    columns += [
      Column("request", .code, "proofs.entry.request", onPage: false) { .text($0.request) },
      Column("language", .code, "proofs.entry.language", onPage: false) { .text($0.language) },
    ]
    if changes { return columns }
    return columns + [
      Column("hash", .code, "proofs.entry.hash", onPage: false) { .text(Digest.hex($0.hash)) }
    ]
  }

  private struct Change {
    let name: String
    let before: String
    let after: String
  }
  private static func lines(of entry: AuditEntry) -> [Change] {
    let (before, after) = entry.changes
    return Set(before.keys).union(after.keys).sorted().filter { before[$0] != after[$0] }
      .map { Change(name: $0, before: before[$0] ?? "–", after: after[$0] ?? "–") }
  }
  /// Each field with what it was and what it is now, both labelled: an arrow would read backwards from right to left.
  private static func changed(_ entry: AuditEntry, _ book: Book, _ call: Call) -> HTML {
    let (before, after) = entry.changes
    let names = Set(before.keys).union(after.keys).sorted().filter {
      book.isShown($0) && before[$0] != after[$0]
    }
    let t = call.t
    let lines = names.compactMap { name -> HTML? in
      let was = before[name].flatMap { book.value(name, $0, of: entry.subject, call) }
      let now = after[name].flatMap { book.value(name, $0, of: entry.subject, call) }
      if was == nil && now == nil { return nil }
      return div {
        dt(book.field(name, call))
        if let was {
          dd {
            span(t("trail.was"), .class("quiet"))
            " "
            was
          }
        }
        if let now {
          dd {
            if was != nil {
              span(t("trail.now"), .class("quiet"))
              " "
            }
            now
          }
        } else {
          dd(t("trail.gone"), .class("quiet"))
        }
      }
    }
    return lines.isEmpty ? HTML("–") : dl(HTML.joined(lines), .class("changes"))
  }

  static func viewColumns(_ book: Book) -> [Column<ViewLog.Seen>] {
    [
      Column("day", .date, "proofs.view.day") { .date($0.day) },
      Column("subject", .code, "proofs.entry.subject", onPage: false) { .text($0.subject) },
      Column(
        "record", .code, "proofs.entry.record",
        show: { seen, call in book.record(seen.subject, seen.record, call) }
      ) {
        .text($0.record)
      },
      Column("viewer", .code, "proofs.view.viewer", show: { seen, call in book.person(seen.viewer, call) }) {
        .text($0.viewer)
      },
      Column(
        "on_behalf", .code, "proofs.entry.behalf", show: { seen, call in book.behalf(seen.behalf, call) }
      ) {
        .text($0.behalf)
      },
      Column(
        "way", .code, "proofs.view.way",
        show: { seen, call in HTML(call.t("proofs.way." + seen.way.rawValue)) }
      ) {
        .text($0.way.rawValue)
      },
      Column("times", .integer, "proofs.view.times") { .number($0.times) },
      Column("first_at", .time, "proofs.view.first", onPage: false) { .date($0.firstAt) },
    ]
  }

  static let checkpointColumns: [Column<Checkpoint>] = [
    Column("at", .time, "proofs.checkpoint.at") { .date($0.at) },
    Column("entry", .integer, "proofs.checkpoint.entry") { .number($0.entry) },
    Column(
      "hash", .code, "proofs.checkpoint.hash", show: { checkpoint, _ in long(Digest.hex(checkpoint.hash)) }
    ) {
      .text(Digest.hex($0.hash))
    },
    Column("key", .code, "proofs.checkpoint.key") { .text($0.key) },
    Column(
      "file", .text, "proofs.checkpoint.file",
      show: { checkpoint, call in
        a(
          href: address(of: checkpoint),
          call.t("proofs.checkpoint.download", ["entry": .number(Int(checkpoint.entry))]))
      }
    ) { .text(address(of: $0)) },
    Column("id", .integer, "proofs.checkpoint.id", onPage: false) { .number($0.id.map { Int($0) }) },
    Column("public_key", .code, "proofs.checkpoint.public-key", onPage: false) { .text($0.publicKey) },
    Column("database", .code, "proofs.checkpoint.database", onPage: false) { .text($0.database) },
  ]
  static func address(of checkpoint: Checkpoint) -> String {
    "/api/v1/audit/checkpoints/\(checkpoint.id ?? 0)"
  }
  /// A hash or key, which may break anywhere.
  static func long(_ hex: String) -> HTML { code(hex, .dir("ltr")) }

  static let findingColumns: [Column<Audit.Finding>] = [
    Column("finding", .text, "proofs.finding", show: { finding, call in sentence(finding, call) }) {
      .text($0.kind.rawValue)
    },
    Column("entry", .integer, "proofs.finding.entry") { .number($0.entry) },
    Column("through", .integer, "proofs.finding.through") { .number($0.through) },
    Column("checkpoint", .time, "proofs.finding.checkpoint") { .date($0.checkpoint) },
  ]
  static func sentence(_ finding: Audit.Finding, _ call: Call) -> HTML {
    call.t.html("proofs.finding." + finding.kind.rawValue)
  }

  static func receiptColumns(_ book: Book) -> [Column<Receipt>] {
    [
      Column(
        "code", .code, "proofs.receipt.code",
        show: { receipt, call in
          a(href: call.link("receipts/" + receipt.code), symbol(ReceiptCode.shown(receipt.code)))
        }
      ) { .text($0.code) },
      Column("at", .time, "proofs.receipt.at") { .date($0.at) },
      Column("act", .code, "proofs.receipt.act", show: { receipt, call in book.event(receipt.act, call) }) {
        .text($0.act)
      },
      Column("subject", .code, "proofs.entry.subject", onPage: false) { .text($0.subject) },
      Column(
        "record", .code, "proofs.entry.record",
        show: { receipt, call in book.record(receipt.subject, receipt.record, call) }
      ) { .text($0.record) },
      Column(
        "state", .code, "proofs.receipt.state", show: { receipt, call in book.behalf(receipt.state, call) }
      ) {
        .text($0.state)
      },
      Column(
        "person", .code, "proofs.receipt.person", show: { receipt, call in book.person(receipt.person, call) }
      ) {
        .text($0.person)
      },
      Column("content_sha256", .code, "proofs.receipt.content", onPage: false) { .text($0.content) },
      Column("key", .code, "proofs.receipt.key", onPage: false) { .text($0.key) },
    ]
  }

  /// What a check answers to programs.
  static let verdictColumns: [Column<Receipts.Verdict>] = [
    Column("compared", .code, "receipts.compared") { .text($0.compared.rawValue) },
    Column("outcome", .code, "proofs.check.outcome") { .text($0.outcome.rawValue) },
    Column("findings", .list, "proofs.check.findings") {
      .texts($0.findings.map { $0.kind.rawValue + ($0.what.isEmpty ? "" : ":" + $0.what) })
    },
  ]
}
