import Directory
import Language
package import Storage
package import Web

extension People {
  /// Offices, nominations and accounts.
  /// - Parameter files: where scans of notes verbales are kept.
  package static func officeRoutes(panels: Panels, files: FileStore) -> [Route] {
    let read = Access.may(reading, .ofOwn)
    let manage = Access.may(managing, .anywhere)
    let offices: [Route] = [
      .get("offices", access: read, takes: officeFilterFields, listOffices),
      .get("offices/new", access: manage, faces: [.page]) { call in
        call.page(officeFormPage(nil, nil, try await Books(call), call))
      },
      .post("offices", access: manage, takes: officeFields, addOffice),
      .get("offices/:id", access: read, takes: [DoneNotice.field]) { try await showOffice($0, panels) },
      .get("offices/:id/accounts", access: read, faces: [.data], listAccounts),
      .get("offices/:id/edit", access: manage, faces: [.page]) { call in
        let office = try await office(of: call, managing)
        return call.page(officeFormPage(office, nil, try await Books(call), call))
      },
      .post("offices/:id", access: manage, takes: officeChangeFields, changeOffice),
      .post("offices/:id/close", access: manage, closeOffice),
      .get("offices/:id/handover", access: .may(handingOver, .ofOwn), faces: [.page]) { call in
        call.page(try await handoverPage(try await office(of: call, handingOver), nil, call))
      }.needingProof,
      .post("offices/:id/handover", access: .may(handingOver, .ofOwn), takes: handoverFields, handOver)
        .needingProof,
    ]
    return offices + nominationRoutes(files: files) + invitationRoutes + accountRoutes + resetRoutes
  }

  /// What the pages of this subject need beside the rows.
  struct Books: Sendable {
    let directory: Directory.Book
    let languages: [Language]
    var languageCodes: Set<String> { Set(languages.map(\.code)) }
    init(_ call: Call) async throws {
      directory = try await Directory.book(of: call.services.database())
      languages = call.services.catalogue.languages
    }
    /// The State of an office as a link, or its organization.
    func owner(_ state: String?, _ organisation: String?, _ call: Call) -> HTML {
      guard let state else { return bdi(organisation ?? "") }
      return directory.state(state).map { Directory.link($0, call) } ?? symbol(state)
    }
    func ownerName(_ office: Office, _ call: Call) -> String {
      office.state.map { directory.state($0)?.name.text(call.language) ?? $0 } ?? office.organisation ?? ""
    }
    var languageChoices: [Choice] { languages.map { Choice($0.code, $0.name, lang: $0.code) } }
  }

  static let languageField = FieldDescription.code(
    "language", of: ["ar", "en", "es", "fr", "ru", "zh"], required: true, example: "en")
  private static let officeFilterFields: [FieldDescription] = [
    .code("state", from: "states", example: "KEN"), .choice("kind", OfficeKind.self), .flag("closed"),
    .cursor,
    .limit(),
  ]
  private static let officeFields: [FieldDescription] = [
    .choice("kind", OfficeKind.self, required: true), .code("state", from: "states", example: "KEN"),
    .text("organisation", max: 200), .text("name", max: 300, required: true), languageField,
    .text("email", max: 254),
  ]
  private static let officeChangeFields: [FieldDescription] = [
    .integer("version", example: "1"), .text("name", max: 300, required: true), languageField,
    .text("email", max: 254),
  ]
  private static let handoverFields: [FieldDescription] = [
    .integer("account", required: true, example: "1"),
    .text("successor", max: 40, required: true, example: "account:2"), .date("until", required: true),
  ]

  /// The office of the address, for a permission; none and none to be seen are told alike.
  static func office(of call: Call, _ permission: Permission = reading) async throws -> Office {
    let id = try call.id()
    let viewer = call.viewer
    guard let office = try await call.read({ try office(id, for: viewer, permission, in: $0) }) else {
      throw Problem.notFound
    }
    return office
  }

  private static func listOffices(_ call: Call) async throws -> Reply {
    let books = try await Books(call)
    var query = call.query.reader
    var asked = OfficeFilter()
    asked.state = query.code("state", of: Set(books.directory.states.map(\.id)))
    asked.kind = query.choice("kind")
    asked.isClosed = query.flag("closed") ?? false
    try query.finish()
    let filter = asked
    let limit = try call.query.limit()
    let after = try call.query.cursor(shape: "ti").map { (owner: $0.text(0) ?? "", id: $0.int(1)) }
    let viewer = call.viewer
    let (found, total) = try await call.read { db in
      (
        try offices(filter, for: viewer, after: after, limit: limit + 1, in: db),
        try countOffices(filter, for: viewer, in: db)
      )
    }
    let rows = Array(found.prefix(limit))
    let next = found.count > limit ? rows.last.map { Cursor(.text($0.owner), .int($0.office.id)) } : nil
    let isForSecretariat = call.format == .html && viewer.may(managing)
    let lapsed = try await call.read { try isForSecretariat ? unanswered(in: $0) : [] }
    return call.reply(rows, columns: officeLineColumns(books, call), next: next, total: total) {
      officesPage($0, total, next, unanswered: lapsed, books, call)
    }
  }

  private static func showOffice(_ call: Call, _ panels: Panels) async throws -> Reply {
    let office = try await office(of: call)
    let books = try await Books(call)
    let viewer = call.viewer
    guard call.format == .html else {
      return call.reply(office, columns: officeColumns(books)) { Page($0.name) {} }
    }
    let view = try await call.read { db in
      var filter = NominationFilter()
      filter.office = office.id
      return OfficeView(
        office: office, members: try members(of: office.id, for: viewer, in: db),
        nominations: try nominations(filter, for: viewer, before: nil, limit: 20, in: db),
        invitations: try invitations(toOffice: office.id, in: db), today: db.today)
    }
    let extra = try await panels.html("office", String(office.id), call)
    return call.page(officePage(view, extra, books, call))
  }

  private static func listAccounts(_ call: Call) async throws -> Reply {
    let office = try await office(of: call)
    let viewer = call.viewer
    let rows = try await call.read { try members(of: office.id, for: viewer, in: $0) }
    return call.reply(rows, columns: memberColumns, total: rows.count) { _ in Page(office.name) {} }
  }

  private static func addOffice(_ call: Call) async throws -> Reply {
    let books = try await Books(call)
    return try await call.change {
      var form = call.form.reader
      let kind: OfficeKind? = form.choice("kind")
      if kind == nil && !form.has(faultIn: "kind") { form.refuse("kind", "web.field.missing") }
      let state = form.code("state", of: Set(books.directory.states.map(\.id)))
      let organisation = form.text("organisation", max: 200)
      let words = officeWords(&form, books)
      let draft = OfficeDraft(
        kind: kind ?? .secretariat, state: state, organisation: organisation, name: words.name,
        language: words.language, email: words.email)
      if kind != nil { form.take(draft.faults) }
      try form.finish()
      let viewer = call.viewer
      let id = try await call.write { db in
        try requireStanding(viewer, in: db)
        return try People.addOffice(draft, in: db)
      }
      return call.redirect(to: "offices/\(id)", created: true)
    } again: { problem in
      officeFormPage(nil, problem, books, call)
    }
  }

  private static func changeOffice(_ call: Call) async throws -> Reply {
    let office = try await office(of: call, managing)
    let books = try await Books(call)
    return try await call.change {
      var form = call.form.reader
      let words = officeWords(&form, books)
      if let email = words.email, !EmailAddress.isValid(email) {
        form.refuse("email", "people.email-invalid")
      }
      let version = form.integer("version").map { Int64($0) } ?? version(ofMatch: call.ifMatch)
      try form.finish()
      guard let version else { throw Problem.versionRequired }
      let viewer = call.viewer
      try await call.write { db in
        try changeOffice(
          office.id, name: words.name, language: words.language, email: words.email, version: version,
          by: viewer,
          in: db)
      }
      return call.redirect(to: "offices/\(office.id)")
    } again: { problem in
      officeFormPage(office, problem, books, call)
    }
  }
  /// `"v3"` → 3.
  private static func version(ofMatch text: String?) -> Int64? {
    guard let text, text.hasPrefix("\"v"), text.hasSuffix("\"") else { return nil }
    return Int64(text.dropFirst(2).dropLast())
  }
  private static func officeWords(
    _ form: inout FieldReader, _ books: Books
  ) -> (name: String, language: String, email: String?) {
    let name = form.required("name", max: 300)
    let language = form.code("language", of: books.languageCodes)
    if language == nil && !form.has(faultIn: "language") { form.refuse("language", "web.field.missing") }
    return (name, language ?? "", form.text("email", max: 254))
  }

  private static func closeOffice(_ call: Call) async throws -> Reply {
    let id = try call.id()
    let viewer = call.viewer
    try await call.write { try closeOffice(id, by: viewer, in: $0) }
    return call.redirect(to: "offices/\(id)")
  }

  private static func handOver(_ call: Call) async throws -> Reply {
    let office = try await office(of: call, handingOver)
    return try await call.change {
      var form = call.form.reader
      let account = form.integer("account")
      if account == nil && !form.has(faultIn: "account") { form.refuse("account", "web.field.missing") }
      let named = form.required("successor", max: 40)
      let successor = Handover.Successor(named)
      if successor == nil && !form.has(faultIn: "successor") {
        form.refuse("successor", "people.handover.successor-unknown")
      }
      let until = form.date("until")
      if until == nil && !form.has(faultIn: "until") { form.refuse("until", "web.field.missing") }
      try form.finish()
      guard let account, let successor, let until else { throw Problem.notFound }
      let handover = Handover(account: Int64(account), successor: successor, until: until)
      let viewer = call.viewer
      let slip = try await call.write { db in
        try handOver(office.id, handover, by: viewer, in: db)
        return try handoverReceipt(handover, of: office, in: db)
      }
      return call.done(at: "offices/\(office.id)", slip)
    } again: { problem in
      try await handoverPage(office, problem, call)
    }
  }
}

extension FieldReader {
  /// Faults that a rule found; those of a field that is already refused say no more.
  mutating func take(_ faults: [Fault]) {
    for fault in faults {
      guard let field = fault.field, !has(faultIn: field) else { continue }
      refuse(field, fault.key, fault.arguments)
    }
  }
}
