import Directory
import Language
import People
import Storage
import Treaty
import Web

extension Proofs {
  /// Who acted and on what, as far as this viewer may know.
  struct Words: Sendable {
    var actors: [String: People.ActorWords] = [:]
    /// Kind → record → name.
    var records: [String: [String: RecordNames.Name]] = [:]
  }
  static func read(
    actors: [String], records: [(kind: String, record: String)], _ names: [RecordNames], for viewer: Viewer,
    in db: Reader
  ) throws -> Words {
    var words = Words()
    words.actors = try People.actors(Set(actors), for: viewer, in: db)
    let asked = Dictionary(grouping: records, by: \.kind).mapValues { Set($0.map(\.record)) }
    for entry in names {
      guard let wanted = asked[entry.kind] else { continue }
      words.records[entry.kind] = try entry.find(wanted, viewer, db)
    }
    return words
  }

  /// What the rows of this subject are shown with.
  struct Book: Sendable {
    let directory: Directory.Book
    let treaty: Treaty.Book
    var words = Words()
    init(_ call: Call) async throws {
      directory = try await Directory.book(of: call.services.database())
      treaty = try await Treaty.book(of: call.services.database())
    }
  }
}
