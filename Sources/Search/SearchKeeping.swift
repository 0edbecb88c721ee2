import Activities
import Needs
package import Storage

/// The index follows the records: data and needs inside the transaction of the change, activities by a job after their
/// import, so that an import is not held up.
extension Search {
  package static let reactions: [Reaction] = [Needs.changed.reaction { _ in NeedLines() }]

  package static let jobs: [Job] = [
    .on("activities.imported", "search.activities") { call in
      if let id = Int64(call.record) { try await index(activitiesOf: id, in: call.database) }
      try await call.finish(by: .system) { _ in }
    },
    // Activities carry the names of the States that receive, which come with the data.
    .on("data.loaded", "search.names") { call in
      let ids = try await call.database.read { try allIDs(.activity, in: $0) }
      try await put(.activity, ids.map(String.init), always: false, in: call.database)
      try await call.finish(by: .system) { _ in }
    },
  ]

  /// Needs that a transaction changes.
  private final class NeedLines: Accumulator {
    private var ids: Set<Needs.ID> = []
    func add(_ changed: [Needs.ID]) { ids.formUnion(changed) }
    func finish(in db: Writer) throws { try Search.put(.need, ids.sorted().map(String.init), in: db.index) }
  }

  private static let batch = 200

  private static func put(_ kind: Kind, _ ids: [String], in db: SearchWriter) throws {
    for part in parts(ids) { try db.put(try records(kind, part, in: db).map(\.entry)) }
  }
  private static func parts(_ ids: [String]) -> [[String]] {
    stride(from: 0, to: ids.count, by: batch).map { Array(ids[$0..<min($0 + batch, ids.count)]) }
  }

  /// After the data files were loaded: names of everything that they bring, and needs, which carry their State's name.
  package static func indexData(in db: Writer) throws {
    let index = db.index
    let records = try ofData(in: db)
    try index.put(records.map(\.entry))
    for kind in Kind.ofData {
      let known = Set(records.filter { $0.kind == kind }.map(\.id))
      try index.remove(
        kind: kind.rawValue, records: try db.indexed(kind.rawValue).filter { !known.contains($0) })
    }
    try put(.need, try allIDs(.need, in: db).map(String.init), in: index)
  }

  /// The activities that an import brought or changed.
  @discardableResult
  package static func index(activitiesOf importID: Int64, in database: Database) async throws -> Int {
    let ids = try await database.read { try activities(ofImport: importID, in: $0) }
    return try await put(.activity, ids.map(String.init), always: false, in: database)
  }

  /// Words are made beside the writer, which then takes in only what was not changed meanwhile: the change that came
  /// between brings its own words.
  @discardableResult
  private static func put(_ kind: Kind, _ ids: [String], always: Bool, in database: Database) async throws
    -> Int
  {
    var count = 0
    for part in parts(ids) {
      let made = try await database.read { db in
        try records(kind, part, in: db).map { (version: $0.version, entry: $0.entry) }
      }
      count += try await database.index { db in
        let now = try versions(kind, part, in: db)
        return try db.put(made.filter { now[$0.entry.record] == $0.version }.map(\.entry), always: always)
      }
    }
    return count
  }

  /// Writes the whole index anew; what is found meanwhile stays found.
  /// - Returns: number of records.
  package static func rebuild(_ database: Database) async throws -> Int {
    var count = try await database.index { db in
      let records = try ofData(in: db)
      for kind in Kind.ofData {
        let known = Set(records.filter { $0.kind == kind }.map(\.id))
        try db.remove(
          kind: kind.rawValue, records: try db.indexed(kind.rawValue).filter { !known.contains($0) })
      }
      return try db.put(records.map(\.entry), always: true)
    }
    for kind in [Kind.need, .activity] {
      let ids = try await database.read { try allIDs(kind, in: $0) }
      count += try await put(kind, ids.map(String.init), always: true, in: database)
      try await database.index { db in
        try db.remove(kind: kind.rawValue, records: try orphans(kind, in: db))
        try db.sweep()
      }
    }
    return count
  }

  package struct Verdict: Sendable {
    package var records = 0
    /// `need/17`: missing, or with other words than the record has.
    package var different: [String] = []
    /// In the index though there is no such record.
    package var orphans: [String] = []
    package var fault: String?
    package var isEqual: Bool { different.isEmpty && orphans.isEmpty && fault == nil }
  }

  /// Makes the words of every record anew and compares them with the index.
  package static func check(in db: Reader) throws -> Verdict {
    var verdict = Verdict()
    func compare(_ records: [Record]) throws {
      verdict.records += records.count
      verdict.different += try db.unlike(records.map(\.entry)).map { "\($0.kind)/\($0.record)" }
    }
    let data = try ofData(in: db)
    for start in stride(from: 0, to: data.count, by: batch) {
      try compare(Array(data[start..<min(start + batch, data.count)]))
    }
    for kind in Kind.ofData {
      let known = Set(data.filter { $0.kind == kind }.map(\.id))
      verdict.orphans += try db.indexed(kind.rawValue).filter { !known.contains($0) }.map {
        "\(kind.rawValue)/\($0)"
      }
    }
    for kind in [Kind.need, .activity] {
      for part in parts(try allIDs(kind, in: db).map(String.init)) {
        try compare(try records(kind, part, in: db))
      }
      verdict.orphans += try orphans(kind, in: db).map { "\(kind.rawValue)/\($0)" }
    }
    verdict.fault = try db.indexFault()
    return verdict
  }
}
