import Language
import Storage
import Web

extension Proofs {
  static func receipts(_ call: Call, _ names: [RecordNames]) async throws -> Reply {
    var book = try await Book(call)
    let limit = try call.query.limit()
    let before = try call.query.cursor(shape: "tt").map { (at: $0.text(0) ?? "", code: $0.text(1) ?? "") }
    let viewer = call.viewer
    let (found, words) = try await call.read { db in
      let found = try Receipts.list(reach(of: viewer), before: before, limit: limit + 1, in: db)
      return (
        found,
        try read(
          actors: found.map(\.person), records: found.map { ($0.subject, $0.record) }, names, for: viewer,
          in: db)
      )
    }
    book.words = words
    let known = book
    let rows = Array(found.prefix(limit))
    let next = found.count > limit ? rows.last.map { Cursor(.text($0.at), .text($0.code)) } : nil
    return call.reply(rows, columns: receiptColumns(known), next: next) {
      receiptsPage($0, next, known, call)
    }
  }

  static func receipt(_ call: Call, _ names: [RecordNames]) async throws -> Reply {
    guard let code = ReceiptCode.read(try call.parameter("code")) else { throw Problem.notFound }
    var book = try await Book(call)
    let viewer = call.viewer
    let found = try await call.read { db -> (Receipt, Receipts.Verdict, Words)? in
      guard let receipt = try Receipts.find(code, in: db), reach(of: viewer).holds(receipt) else {
        return nil
      }
      return (
        receipt, try Receipts.verify(receipt.file, in: db).of(.kept),
        try read(
          actors: [receipt.person], records: [(receipt.subject, receipt.record)], names, for: viewer, in: db)
      )
    }
    // The same answer for one that is not there and one that is another's.
    guard let (receipt, verdict, words) = found else { throw Problem.notFound }
    book.words = words
    switch call.format {
    case .html: return call.page(receiptPage(receipt, verdict, book, call))
    case .csv, .xlsx:
      return call.reply(receipt, columns: receiptColumns(book)) { receiptPage($0, verdict, book, call) }
    case .json:
      return call.download(
        Array((receipt.file + "\n").utf8), name: "wasl-receipt-\(receipt.code).json", type: "application/json"
      )
    }
  }

  @Sendable static func checkForm(_ call: Call) async throws -> Reply { call.page(checkPage(nil, nil, call)) }

  @Sendable static func check(_ call: Call) async throws -> Reply {
    try await call.change {
      var form = call.form.reader
      var text = form.text("receipt", max: 20_000)
      let typed = form.text("code", max: 40)
      if let file = call.form.file("file"), file.size > 0 {
        text = String(decoding: try file.bytes(), as: UTF8.self)
      }
      let code = typed.flatMap(ReceiptCode.read)
      if text == nil && typed == nil && form.faults.isEmpty { form.refuse("receipt", "proofs.check.nothing") }
      if text == nil && typed != nil && code == nil { form.refuse("code", "proofs.check.code-invalid") }
      try form.finish()
      let brought = text
      let viewer = call.viewer
      let verdict = try await call.read { try judge(brought, code: code, for: viewer, in: $0) }
      return call.reply(verdict, columns: verdictColumns) { checkPage($0, nil, call) }
    } again: {
      checkPage(nil, $0, call)
    }
  }

  /// Of a text, or of the receipt that is kept under a code.
  private static func judge(
    _ text: String?, code: String?, for viewer: Viewer, in db: Reader
  ) throws -> Receipts.Verdict {
    let reach = reach(of: viewer)
    if let text {
      let verdict = try Receipts.verify(text, in: db)
      let kept = try verdict.fields["code"].flatMap { try Receipts.find($0, in: db) }
      return told(verdict, mayRead: kept.map(reach.holds) ?? false)
    }
    guard let code, let kept = try Receipts.find(code, in: db) else {
      return Receipts.Verdict(
        outcome: .unknown, findings: [Receipts.Finding(.codeUnknown, code ?? "")], fields: [:])
    }
    let verdict = told(try Receipts.verify(kept.file, in: db), mayRead: reach.holds(kept))
    // By its code alone nobody learns what it says, and nothing that anyone holds was looked at.
    return Receipts.Verdict(
      outcome: verdict.outcome, findings: verdict.findings, fields: [:], compared: .kept)
  }

  /// The words whose hash the receipt holds: for people of the State, and for the one who said them.
  static func content(_ call: Call) async throws -> Reply {
    guard let code = ReceiptCode.read(try call.parameter("code")) else { throw Problem.notFound }
    let viewer = call.viewer
    let content = try await call.read { db -> ReceiptContent? in
      guard let receipt = try Receipts.find(code, in: db), mayReadContent(of: receipt, viewer) else {
        return nil
      }
      return try Receipts.content(of: code, in: db)
    }
    guard let content else { throw Problem.notFound }
    return call.download(content.bytes, name: "wasl-content-\(code).json", type: "application/json")
  }
}
