import Language
import Storage
package import Web

extension Translations {
  /// Under the page of every record of these kinds: `needs/:id/translations`.
  package static func routes(_ kinds: [Kind]) -> [Route] {
    kinds.flatMap { kind -> [Route] in
      let path = "\(kind.path)/:id/translations"
      let field = FieldDescription.code("field", of: kind.fields, required: true)
      return [
        .get(
          path, access: .may(writing, .ofOwnState), faces: [.page], takes: [.code("language", example: "fr")]
        ) { try await show($0, kind) },
        .post(path, access: .may(writing, .ofOwnState), takes: [field] + fields) {
          try await write($0, kind)
        },
        .post(
          path + "/review", access: .may(reviewing, .ofOwnState),
          takes: [field, language, version, .choice("status", Status.self, required: true)]
        ) { try await review($0, kind) }.needingProof,
      ]
    }
  }
  private static let language = FieldDescription.code("language", required: true, example: "fr")
  /// Of the translation that the sender saw, 0 where there was none: a later one is not lost.
  private static let version = FieldDescription.integer("version", example: "0")
  private static let fields: [FieldDescription] = [
    language, version, .text("text", max: 10_000, required: true),
    // Of the page alone: the original that was on it.
    .text("original", max: 64),
  ]

  /// The record for one who may work on its texts; for others it is as if it were not there.
  private static func found(_ id: Int64, _ kind: Kind, _ viewer: Viewer, in db: Reader) throws -> (
    source: Source, side: Side
  ) {
    guard let source = try kind.find(id, viewer, db), let side = side(viewer, source) else {
      throw Problem.notFound
    }
    return (source, side)
  }

  private static func show(_ call: Call, _ kind: Kind) async throws -> Reply {
    var query = call.query.reader
    let language = query.code("language", of: Set(call.services.catalogue.languages.map(\.code)))
    try query.finish()
    return call.page(try await page(call, kind, language))
  }
  private static func page(_ call: Call, _ kind: Kind, _ language: String?, _ problem: Problem? = nil)
    async throws -> Page
  {
    let id = try call.id()
    let viewer = call.viewer
    let (source, texts) = try await call.read { db in
      let source = try found(id, kind, viewer, in: db).source
      return (source, try self.texts(of: source.kind, [source.record], in: db)[source.record] ?? [])
    }
    try await call.noteViews(source.kind, [source]) { ($0.record, $0.state ?? "", $0.visibility) }
    return workPage(source, texts, into: language ?? target(source, call), at: kind, problem, call)
  }

  private static func write(_ call: Call, _ kind: Kind) async throws -> Reply {
    let id = try call.id()
    let viewer = call.viewer
    return try await change(call, kind) {
      var form = call.form.reader
      let field = form.code("field", of: Set(kind.fields))
      if field == nil && !form.has(faultIn: "field") { form.refuse("field", "web.field.missing") }
      let language = form.code("language", of: Set(call.services.catalogue.languages.map(\.code)))
      if language == nil && !form.has(faultIn: "language") { form.refuse("language", "web.field.missing") }
      let body = form.required("text")
      let version = form.integer("version")
      let seen = form.text("original", max: 64)
      try form.finish()
      guard let field, let language else { throw Problem.notFound }
      try await call.write { db in
        let (source, side) = try found(id, kind, viewer, in: db)
        guard let original = source.originals.first(where: { $0.field == field }) else {
          throw refused("field", "web.field.choice")
        }
        if language == source.language { throw refused("language", "translations.same-language") }
        if body.unicodeScalars.count > original.most {
          throw refused(
            "text", "web.field.long",
            ["max": .number(original.most), "length": .number(body.unicodeScalars.count)])
        }
        let old = try find(field, language, of: source, in: db)
        if let version, Int64(version) != old?.version ?? 0 {
          throw refused("text", "translations.meanwhile")
        }
        if let seen, seen != hash(original) { throw refused("text", "translations.original-changed") }
        guard mayReplace(old, side) else { throw refused("text", "translations.official-kept") }
        _ = try write(body, of: original, in: language, source, side, replacing: old, in: db)
      }
      return call.redirect(to: "\(kind.path)/\(id)/translations", [("language", language)])
    }
  }

  private static func review(_ call: Call, _ kind: Kind) async throws -> Reply {
    let id = try call.id()
    let viewer = call.viewer
    return try await change(call, kind) {
      var form = call.form.reader
      let field = form.code("field", of: Set(kind.fields))
      if field == nil && !form.has(faultIn: "field") { form.refuse("field", "web.field.missing") }
      let language = form.code("language", of: Set(call.services.catalogue.languages.map(\.code)))
      if language == nil && !form.has(faultIn: "language") { form.refuse("language", "web.field.missing") }
      let version = form.integer("version")
      let status: Status? = form.choice("status")
      if status == nil && !form.has(faultIn: "status") { form.refuse("status", "web.field.missing") }
      try form.finish()
      guard let field, let language, let status else { throw Problem.notFound }
      try await call.write { db in
        let (source, side) = try found(id, kind, viewer, in: db)
        guard let text = try find(field, language, of: source, in: db) else { throw Problem.notFound }
        if let version, Int64(version) != text.version { throw refused("status", "translations.meanwhile") }
        guard verdicts(viewer, text, source).contains(status) else {
          throw refused(
            "status", viewer.name == text.madeBy ? "translations.own" : "translations.not-yours")
        }
        try review(text, as: status, source, side, in: db)
      }
      return call.redirect(to: "\(kind.path)/\(id)/translations", [("language", language)])
    }
  }

  private static func change(
    _ call: Call, _ kind: Kind, _ body: () async throws -> Reply
  ) async throws -> Reply {
    try await call.change(body) { try await page(call, kind, call.form["language"], $0) }
  }
  private static func refused(_ field: String, _ key: String, _ arguments: [String: Argument] = [:])
    -> Problem
  {
    Problem.invalid([.fault(field: field, key, arguments)])
  }
}
