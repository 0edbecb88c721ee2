import Language
import Storage
import Web

extension Proofs {
  static func receiptsPage(_ rows: [Receipt], _ next: Cursor?, _ book: Book, _ call: Call) -> Page {
    let t = call.t
    return Page(t("proofs.receipts.title"), width: .wide) {
      h1(t("proofs.receipts.title"))
      p(t("proofs.receipts.lead"), .class("lead"))
      p { a(href: call.link("receipts/check"), t("proofs.check.title")) }
      if rows.isEmpty {
        EmptyState(t("proofs.receipts.none"), t("proofs.receipts.none.more"))
      } else {
        Table(rows, caption: t("proofs.receipts.title"), columns: receiptColumns(book), call)
        Pager(shown: rows.count, next: next, call)
      }
    }
  }

  static func receiptPage(_ receipt: Receipt, _ verdict: Receipts.Verdict, _ book: Book, _ call: Call) -> Page
  {
    let t = call.t
    let shown = ReceiptCode.shown(receipt.code)
    return Page(
      t("proofs.receipt.title", ["code": .isolated(shown)]),
      crumbs: [Page.Crumb("receipts", t("proofs.receipts.title"))]
    ) {
      h1(t.html("proofs.receipt.title", ["code": .isolated(shown)]))
      p(t("proofs.receipt.lead"), .class("lead"))
      SummaryList([
        SummaryList.Row(t("proofs.receipt.act"), book.event(receipt.act, call)),
        SummaryList.Row(t("proofs.entry.record"), book.record(receipt.subject, receipt.record, call)),
        SummaryList.Row(t("proofs.receipt.state"), book.behalf(receipt.state, call)),
        SummaryList.Row(t("proofs.receipt.person"), book.person(receipt.person, call)),
        SummaryList.Row(t("proofs.entry.behalf"), book.behalf(receipt.onBehalf, call)),
        SummaryList.Row(t("proofs.receipt.at"), time(receipt.at, t)),
        SummaryList.Row(t("proofs.receipt.code"), symbol(shown)),
      ])
      p { a(href: call.link(as: .json), t("proofs.receipt.download"), .type("application/json")) }
      if mayReadContent(of: receipt, call.viewer) {
        p {
          a(
            href: call.link("receipts/\(receipt.code)/content"), t("receipts.content"),
            .type("application/json"))
        }
      }
      notice(verdict, call)
      Details(t("receipts.marks")) {
        p(t("receipts.marks.why"))
        SummaryList(marks(receipt, call))
      }
      Details(t("proofs.receipt.checking")) {
        p(t("proofs.receipt.checking.text"))
        pre(code("wasl receipt verify wasl-receipt-\(receipt.code).json"), .dir("ltr"))
        p(t("receipts.content.how"))
        pre(
          code(
            "wasl receipt verify wasl-receipt-\(receipt.code).json --content wasl-content-\(receipt.code).json"
          ),
          .dir("ltr"))
      }
    }
  }
  /// Hashes, keys and the signature.
  private static func marks(_ receipt: Receipt, _ call: Call) -> [SummaryList.Row] {
    let t = call.t
    var rows = [
      SummaryList.Row(t("proofs.receipt.content"), long(receipt.content)),
      SummaryList.Row(t("receipts.entry-hash"), long(receipt.entryHash)),
      SummaryList.Row(t("proofs.receipt.key"), long(receipt.key)),
      SummaryList.Row(t("proofs.checkpoint.public-key"), long(receipt.publicKey)),
      SummaryList.Row(t("proofs.receipt.signature"), long(receipt.signature)),
    ]
    // The number counts what others do.
    if call.viewer.may(reading), let entry = receipt.entry {
      rows.insert(SummaryList.Row(t("proofs.receipt.entry"), HTML(t.number(Int(entry)))), at: 1)
    }
    return rows
  }

  static func checkPage(_ verdict: Receipts.Verdict?, _ problem: Problem?, _ call: Call) -> Page {
    let t = call.t
    let faults = problem?.faults ?? []
    func sent(_ name: String) -> String? { call.form.fields.pairs.first { $0.name == name }?.value }
    return Page(t("proofs.check.title"), summary: t("proofs.check.lead"), hasFaults: !faults.isEmpty) {
      if !faults.isEmpty { ErrorSummary(faults, t) }
      h1(t("proofs.check.title"))
      p(t("proofs.check.lead"), .class("lead"))
      if let verdict { notice(verdict, call) }
      FormFrame("receipts/check", hasFiles: true, call) {
        TextField(
          FieldFrame(
            "code", t("proofs.receipt.code"), hint: t("proofs.check.code.hint"), optional: true,
            problem: problem, t),
          value: sent("code"), size: .half, autocomplete: "off")
        FileField(
          FieldFrame("file", t("proofs.check.file"), optional: true, problem: problem, t),
          accept: ".json,application/json")
        TextArea(
          FieldFrame(
            "receipt", t("proofs.check.text"), hint: t("proofs.check.text.hint"), optional: true,
            problem: problem, t),
          value: sent("receipt"))
        Button(t("proofs.check.go"))
      }
      p(t("proofs.check.note"), .class("quiet"))
    }
  }

  private static func notice(_ verdict: Receipts.Verdict, _ call: Call) -> HTML {
    let t = call.t
    let tone: Notice.Tone =
      switch verdict.outcome {
      case .genuine: .good
      case .unknown: .notable
      case .altered, .contradicted, .unreadable: .grave
      }
    // Said of what was compared, and of no more.
    let isOfKept = verdict.compared == .kept && [.genuine, .contradicted].contains(verdict.outcome)
    let name = isOfKept ? "receipts.kept." : "proofs.outcome."
    return Notice(t(name + verdict.outcome.rawValue), tone, live: true) {
      p(t("\(name)\(verdict.outcome.rawValue).more"))
      if !verdict.findings.isEmpty {
        ul(
          verdict.findings.map { finding in
            li {
              t.html("proofs.receipt-finding." + finding.kind.rawValue, ["what": .isolated(finding.what)])
            }
          })
      }
    }.html
  }
}
