import Directory
import Storage
import Treaty
import Web

/// The form in which a State states a need (R-1a), or the Secretariat enters one from paper on its behalf.
extension Needs {
  static let statementFields: [FieldDescription] = [
    .code("state", from: "states", example: "KEN"), .code("language", example: "en"),
    .text("title", max: 200, required: true), .text("missing", max: 10_000, required: true),
    .text("beneficiaries", max: 2_000), .codes("areas", from: "areas"),
    .codes("provisions", from: "provisions"),
    .code("form", example: "legal_advice"),
    .choice("urgency", Urgency.self), .choice("visibility", Visibility.self),
    .text("authority", max: 300, required: true), .text("quotation", max: 10_000), .date("stated_on"),
    // Of the page alone: check the answers, then send or change them.
    .flag("confirmed"), .flag("change"),
  ]
  /// Provisions that the form takes.
  static let mostProvisions = 3

  /// Reads the form; throws every fault at once.
  static func statement(_ call: Call, _ books: Books) throws -> Draft {
    var form = call.form.reader
    var draft = Draft()
    let isOwn = call.viewer.state != nil
    let chosen = form.code("state", of: Set(books.directory.states.map(\.id)))
    draft.state = call.viewer.state ?? chosen ?? ""
    if draft.state.isEmpty && !form.has(faultIn: "state") { form.refuse("state", "web.field.missing") }
    draft.language = form.code("language", of: Set(call.services.catalogue.languages.map(\.code))) ?? ""
    if draft.language.isEmpty && !form.has(faultIn: "language") {
      form.refuse("language", "web.field.missing")
    }
    draft.title = form.required("title", max: 200)
    draft.missing = form.required("missing")
    draft.beneficiaries = form.text("beneficiaries", max: 2_000) ?? ""
    let coded = Set(books.treaty.coveredAreas.map(\.id))
    draft.provisions = Array(
      Set(form.codes("provisions", of: Set(books.treaty.provisions.map(\.id) + [""])).filter { !$0.isEmpty })
    ).sorted()
    if draft.provisions.count > mostProvisions {
      form.refuse("provisions", "needs.new.provisions.many", ["count": .number(mostProvisions)])
    }
    draft.areas = form.codes("areas", of: coded).sorted()
    if draft.areas.isEmpty {
      draft.areas = Array(Set(draft.provisions.flatMap { books.treaty.areasOfProvision[$0] ?? [] }))
        .filter { coded.contains($0) }.sorted()
    }
    if draft.areas.isEmpty && !form.has(faultIn: "areas") {
      form.refuse("areas", "needs.import.area-missing")
    }
    draft.form = form.code("form", of: Set(books.treaty.forms.map(\.id)))
    let urgency: Urgency? = form.choice("urgency")
    if urgency == nil && !form.has(faultIn: "urgency") { form.refuse("urgency", "web.field.missing") }
    draft.urgency = urgency ?? .medium
    let visibility: Visibility? = form.choice("visibility")
    if visibility == nil && !form.has(faultIn: "visibility") {
      form.refuse("visibility", "web.field.missing")
    }
    draft.visibility = visibility ?? .state
    // What the Secretariat does not see it cannot enter.
    if !isOwn && visibility == .state { form.refuse("visibility", "needs.new.visibility.not-state") }
    draft.authority = form.required("authority", max: 300)
    // The State's own words are the statement; from paper they are quoted.
    let quotation = form.text("quotation")
    draft.quotation = quotation ?? draft.missing
    let day = form.date("stated_on")
    let today = String(call.services.clock.now().prefix(10))
    if let day, day > today { form.refuse("stated_on", "needs.new.future") }
    draft.statedOn = day ?? today
    draft.source = isOwn ? .request : .supplementary
    try form.finish()
    return draft
  }

  /// `KEN-2026-7Q4KX2`: six signs that tell nothing of how many needs the State has stated.
  static func newReference(_ draft: Draft) -> String {
    let signs = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    let drawn = Digest.random(6).map { signs[Int($0 & 31)] }
    return "\(draft.state)-\(draft.statedOn.prefix(4))-\(String(drawn))"
  }

  /// What the receipt vouches for: the statement as it was made.
  static func content(_ draft: Draft) -> [String: String] {
    [
      "reference": draft.reference, "state": draft.state, "language": draft.language, "title": draft.title,
      "missing": draft.missing, "beneficiaries": draft.beneficiaries, "urgency": draft.urgency.rawValue,
      "form": draft.form ?? "", "visibility": draft.visibility.rawValue, "source": draft.source.rawValue,
      "quotation": draft.quotation, "authority": draft.authority, "stated_on": draft.statedOn,
      "provisions": draft.provisions.joined(separator: ";"), "areas": draft.areas.joined(separator: ";"),
    ]
  }

  static func newPage(_ call: Call) async throws -> Reply {
    call.page(statementPage(nil, try await Books(call), call))
  }
  static func state(_ call: Call) async throws -> Reply {
    let books = try await Books(call)
    do {
      var form = call.form.reader
      let (isConfirmed, isBack) = (form.flag("confirmed") ?? false, form.flag("change") ?? false)
      if call.isPage && isBack { return call.page(statementPage(nil, books, call)) }
      var draft = try statement(call, books)
      if call.isPage && !isConfirmed { return call.page(checkPage(draft, books, call)) }
      draft.reference = newReference(draft)
      let stated = draft
      let (id, slip) = try await call.write { db -> (ID, ReceiptSlip) in
        let id =
          switch try save(stated, in: db) {
          case .added(let id), .changed(let id), .unchanged(let id): id
          }
        let slip = try db.receipt(
          act: "needs.stated", subject: "need", record: String(id), state: stated.state,
          content: content(stated))
        return (id, slip)
      }
      return call.done(at: "needs/\(id)", slip, created: true)
    } catch let problem as Problem where call.isPage && problem.status == 422 {
      return call.page(statementPage(problem, books, call), status: 422)
    }
  }

  static func changeVisibility(_ call: Call) async throws -> Reply {
    let id = try call.id()
    let viewer = call.viewer
    var form = call.form.reader
    let chosen: Visibility? = form.choice("visibility")
    if chosen == nil && !form.has(faultIn: "visibility") { form.refuse("visibility", "web.field.missing") }
    try form.finish()
    guard let chosen else { throw Problem.notFound }
    let slip = try await call.write { db -> ReceiptSlip? in
      // Only the State itself chooses; for others the need is as if it were not there.
      guard let need = try find(id, for: viewer, in: db), need.state == viewer.state else {
        throw Problem.notFound
      }
      guard try show(need, to: chosen, in: db) else { return nil }
      return try db.receipt(
        act: "needs.visibility-chosen", subject: "need", record: String(id), state: need.state,
        content: [
          "reference": need.reference, "state": need.state, "visibility": chosen.rawValue,
          "visibility_before": need.visibility.rawValue,
        ])
    }
    return call.done(at: "needs/\(id)", slip)
  }
}
