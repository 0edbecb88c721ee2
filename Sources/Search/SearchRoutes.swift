import Directory
import Language
import Needs
import Storage
import Treaty
package import Web

extension Search {
  package static let routes: [Route] = [
    .get(
      "search", access: .everyone,
      takes: [
        .text("q", max: 200, example: "training of prosecutors"), .choice("kind", Kind.self),
        .code("language", example: "fr"), .cursor, .limit(100),
      ], list)
  ]

  /// One result, as page and data show it.
  struct Found: Sendable {
    let record: Record
    /// Without language: `needs/17`.
    let path: String
    let title: Excerpt
    /// Where the words stand beside the title.
    let excerpt: Excerpt?
    /// Name of the State of a need, in the reader's language, or the provider of an activity.
    let about: String?

    /// The words that were found, as they stand.
    var matched: [String] {
      (title.matches + (excerpt?.matches ?? [])).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
  }

  /// What a page of results is made of.
  struct Results: Sendable {
    let typed: String
    let filter: Filter
    let rows: [Found]
    let counts: Counts
    let next: Cursor?
  }

  private static func list(_ call: Call) async throws -> Reply {
    let languages = call.services.catalogue.languages.map(\.code)
    var query = call.query.reader
    let typed = query.text("q", max: 200) ?? ""
    let kind: Kind? = query.choice("kind")
    let language = query.code("language", of: Set(languages))
    try query.finish()
    let limit = try call.query.limit(20, maximum: 100)
    let cursor = try call.query.cursor(shape: "ii")
    let filter = Filter(question: SearchQuestion(typed), kind: kind, language: language)
    let after = cursor.map { (quality: Int(truncatingIfNeeded: $0.int(0)), place: $0.int(1)) }
    let results = try await results(typed, filter, after, limit, languages, call)
    try await noteViews(results, call)
    return call.reply(
      results.rows, columns: columns, next: results.next,
      total: results.counts.total > countedUpTo ? nil : results.counts.total
    ) { _ in page(results, languages, call) }
  }

  private static func results(
    _ typed: String, _ filter: Filter, _ after: (quality: Int, place: Int64)?, _ limit: Int,
    _ languages: [String],
    _ call: Call
  ) async throws -> Results {
    guard !filter.question.isEmpty else {
      return Results(typed: typed, filter: filter, rows: [], counts: Counts(), next: nil)
    }
    let condition = visible(to: call.viewer)
    let language = call.language
    let isPage = call.format == .html
    return try await call.read { db in
      let found = try find(filter, where: condition, after: after, limit: limit + 1, in: db)
      let shown = Array(found.prefix(limit))
      let counts = try counts(filter, languages: isPage ? languages : [], where: condition, in: db)
      let directory = try Directory.book(in: db)
      var records: [String: Record] = [:]
      for (kind, places) in Dictionary(grouping: shown, by: \.hit.kind) {
        guard let kind = Kind(rawValue: kind) else { continue }
        for record in try Search.records(kind, places.map(\.hit.record), in: db) {
          records["\(kind.rawValue)/\(record.id)"] = record
        }
      }
      let rows = shown.compactMap { place in
        records["\(place.hit.kind)/\(place.hit.record)"].map {
          shape($0, filter.question, directory, language)
        }
      }
      let last = found.count > limit ? shown.last : nil
      return Results(
        typed: typed, filter: filter, rows: rows, counts: counts,
        next: last.map { Cursor(.int(Int64($0.quality.rawValue)), .int($0.hit.place)) })
    }
  }

  private static func shape(
    _ record: Record, _ question: SearchQuestion, _ directory: Directory.Book, _ language: Language
  ) -> Found {
    // The name in the reader's language, else in English, else the first.
    let named =
      record.titles.first { $0.language == language.code && Kind.ofData.contains(record.kind) }
      ?? record.titles.first { $0.language == "en" && Kind.ofData.contains(record.kind) } ?? record.titles
      .first
      ?? Line(text: record.id, language: "")
    let title = whole(named, question)
    let others = record.titles.filter { $0.text != named.text }
    let isWhole = question.words.allSatisfy { word in
      SearchWords.tokens(named.text).contains { word.fits($0) }
    }
    // What the title shows already need not be shown twice, but for texts that say more.
    let excerpt =
      Kind.ofData.contains(record.kind)
      ? (isWhole ? nil : best(others + record.bodies, question)) : best(record.bodies + others, question)
    let path: String
    switch record.kind {
    case .state: path = "states/" + record.id
    case .provision: path = "provisions/" + Address.encode(record.id)
    case .area: path = "areas"
    case .clause: path = "decisions/3-4/" + Address.encode(record.id)
    case .need: path = "needs/" + record.id
    case .activity: path = "activities/" + record.id
    }
    return Found(
      record: record, path: path, title: title, excerpt: excerpt,
      about: record.state.map { directory.state($0)?.name.text(language) ?? $0 } ?? record.provider)
  }

  /// The State can ask who has seen what it entrusted.
  private static func noteViews(_ results: Results, _ call: Call) async throws {
    let ids = results.rows.filter { $0.record.kind == .need }.compactMap { Int64($0.record.id) }
    if ids.isEmpty { return }
    try await Needs.noteViews(try await call.read { try needRecords(ids, in: $0) }, call)
  }

  static let columns: [Column<Found>] = [
    Column("kind", .code, "search.column.kind") { .text($0.record.kind.rawValue) },
    Column("record", .code, "search.column.record") { .text($0.record.id) },
    Column("title", .text, "search.column.title") { .text($0.title.text) },
    Column("language", .code, "search.column.language") { .text($0.title.language) },
    Column("excerpt", .text, "search.column.excerpt") { .text($0.excerpt?.text) },
    Column("excerpt_language", .code, "search.column.excerpt-language") { .text($0.excerpt?.language) },
    Column("matched", .list, "search.column.matched") { .texts($0.matched) },
    Column("path", .text, "search.column.path") { .text($0.path) },
  ]
}
