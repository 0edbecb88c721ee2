import Language
import Storage
import Web

extension People {
  static func nominationRoutes(files: FileStore) -> [Route] {
    let read = Access.may(reading, .ofOwn)
    let record = Access.may(recording, .ofOwn)
    let check = Access.may(checking, .anywhere)
    return [
      .get("nominations", access: read, takes: nominationFilterFields, listNominations),
      .get(
        "nominations/new", access: record, faces: [.page], takes: [.integer("office", example: "1")],
        newNomination
      ).needingProof,
      .post(
        "nominations", access: record, bodyLimit: Scan.most + 500_000, takes: nominationFields
      ) { try await nominate($0, files) }.needingProof,
      .get("nominations/:id", access: read, takes: [DoneNotice.field], showNomination),
      .get("nominations/:id/scan", access: read) { try await scan($0, files) },
      .post("nominations/:id/accept", access: check, accept),
      .post(
        "nominations/:id/refuse", access: check, takes: [.text("reason", max: 2000, required: true)], refuse),
      .post("nominations/:id/withdraw", access: record, withdraw).needingProof,
    ]
  }
  private static let nominationFilterFields: [FieldDescription] = [
    .code("state", from: "states", example: "KEN"), .integer("office", example: "1"),
    .choice("stage", Stage.self),
    .cursor, .limit(),
  ]
  private static let nominationFields: [FieldDescription] = [
    .integer("office", required: true, example: "1"), .choice("role", Role.self, required: true),
    .text("person_name", max: 200, required: true), .text("function", max: 200),
    .text("email", max: 254, required: true), languageField, .text("reference", max: 200, required: true),
    .date("noted_on", required: true), .integer("replaces", example: "1"), .date("valid_from"),
    .date("valid_until"), .file("scan"),
  ]

  private static func listNominations(_ call: Call) async throws -> Reply {
    let books = try await Books(call)
    var query = call.query.reader
    var asked = NominationFilter()
    asked.state = query.code("state", of: Set(books.directory.states.map(\.id)))
    asked.office = query.integer("office").map { Int64($0) }
    asked.stage = query.choice("stage")
    try query.finish()
    let filter = asked
    let limit = try call.query.limit()
    let before = try call.query.cursor(shape: "i").map { $0.int(0) }
    let viewer = call.viewer
    let (found, total) = try await call.read { db in
      (
        try nominations(filter, for: viewer, before: before, limit: limit + 1, in: db),
        try countNominations(filter, for: viewer, in: db)
      )
    }
    let rows = Array(found.prefix(limit))
    let next = found.count > limit ? rows.last.map { Cursor(.int($0.nomination.id)) } : nil
    return call.reply(rows, columns: nominationColumns(books), next: next, total: total) {
      nominationsPage($0, total, next, books, call)
    }
  }

  private static func newNomination(_ call: Call) async throws -> Reply {
    var query = call.query.reader
    let id = query.integer("office")
    try query.finish()
    // A form that was kept brings its office with it.
    let office = id.map { Int64($0) } ?? call.form["office"].flatMap { Int64($0) }
    return call.page(try await nominationFormPage(office, nil, call))
  }

  private static func nominate(_ call: Call, _ files: FileStore) async throws -> Reply {
    let books = try await Books(call)
    let viewer = call.viewer
    let sent = call.form["office"].flatMap { Int64($0) }
    return try await call.change {
      var form = call.form.reader
      let draft = nominationDraft(&form, books)
      let upload = call.form.file("scan")
      if let upload, let fault = Scan.fault(of: upload) { form.refuse("scan", fault) }
      // The rules are asked now, so that a person hears of everything at once, and again in the transaction.
      if let draft {
        let found = try await call.read { db -> [Fault] in
          guard let office = try office(draft.office, for: viewer, recording, in: db) else {
            return [.fault(field: "office", "people.nomination.office-unknown")]
          }
          return faults(draft, office, try standing(draft, in: db), by: viewer, at: db.now)
        }
        form.take(found)
      }
      try form.finish()
      guard let draft else { throw Problem.notFound }
      let scan = try upload.flatMap { try Scan.keep($0, in: files) }
      let (id, slip) = try await call.write { db in
        let id = try People.nominate(draft, scan: scan, files: files, by: viewer, in: db)
        return (id, try nominationReceipt("people.nominated", id, in: db))
      }
      return call.done(at: "nominations/\(id)", slip, created: true)
    } again: { problem in
      try await nominationFormPage(sent, problem, call)
    }
  }
  /// Nil when office or role are missing, without which no rule can be asked.
  private static func nominationDraft(_ form: inout FieldReader, _ books: Books) -> NominationDraft? {
    func missing(_ name: String, _ value: Any?) {
      if value == nil && !form.has(faultIn: name) { form.refuse(name, "web.field.missing") }
    }
    let office = form.integer("office")
    missing("office", office)
    let role: Role? = form.choice("role")
    missing("role", role)
    let name = form.required("person_name", max: 200)
    let function = form.text("function", max: 200)
    let email = form.required("email", max: 254)
    let language = form.code("language", of: books.languageCodes)
    missing("language", language)
    let reference = form.required("reference", max: 200)
    let notedOn = form.date("noted_on")
    missing("noted_on", notedOn)
    let replaces = form.integer("replaces")
    let from = form.date("valid_from")
    let until = form.date("valid_until")
    guard let office, let role else { return nil }
    return NominationDraft(
      office: Int64(office), role: role, personName: name, function: function ?? "", email: email,
      language: language ?? "", reference: reference, notedOn: notedOn ?? "",
      replaces: replaces.map { Int64($0) }, from: from, until: until)
  }

  private static func showNomination(_ call: Call) async throws -> Reply {
    let line = try await line(of: call)
    let books = try await Books(call)
    guard call.format == .html else {
      return call.reply(line, columns: nominationColumns(books)) { _ in Page("") {} }
    }
    return call.page(try await nominationPage(line, nil, books, call))
  }
  static func line(of call: Call) async throws -> NominationLine {
    let id = try call.id()
    let viewer = call.viewer
    guard let line = try await call.read({ try nomination(id, for: viewer, in: $0) }) else {
      throw Problem.notFound
    }
    return line
  }

  /// Never shown in the window: attachment, and the type is the one found in the bytes.
  private static func scan(_ call: Call, _ files: FileStore) async throws -> Reply {
    let nomination = try await line(of: call).nomination
    guard let hash = nomination.scan, let kind = Scan.kind(atPath: files.path(of: hash)) else {
      throw Problem.notFound
    }
    return call.download(
      file: files.path(of: hash), name: "note-verbale-\(nomination.id).\(kind.rawValue)", type: kind.mediaType
    )
  }

  private static func accept(_ call: Call) async throws -> Reply {
    let id = try call.id()
    let viewer = call.viewer
    let slip = try await call.write { db in
      _ = try accept(id, by: viewer, in: db)
      return try nominationReceipt("people.nomination-accepted", id, in: db)
    }
    return call.done(at: "nominations/\(id)", slip)
  }
  private static func refuse(_ call: Call) async throws -> Reply {
    let id = try call.id()
    let viewer = call.viewer
    return try await call.change {
      var form = call.form.reader
      let reason = form.required("reason", max: 2000, "people.nomination.reason-missing")
      try form.finish()
      let slip = try await call.write { db in
        try refuse(id, reason: reason, by: viewer, in: db)
        return try nominationReceipt("people.nomination-refused", id, in: db)
      }
      return call.done(at: "nominations/\(id)", slip)
    } again: { problem in
      try await nominationPage(try await line(of: call), problem, try await Books(call), call)
    }
  }
  private static func withdraw(_ call: Call) async throws -> Reply {
    let id = try call.id()
    let viewer = call.viewer
    try await call.write { try withdraw(id, by: viewer, in: $0) }
    return call.redirect(to: "nominations/\(id)")
  }
}
