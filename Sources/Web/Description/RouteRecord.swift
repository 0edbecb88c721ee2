import Synchronization

/// Notes what handlers read of addresses and forms and in what columns they answer, when a test asks for it: so the
/// description of the API is held against what happens.
package final class RouteRecord: Sendable {
  /// One field as a handler read it.
  package struct Read: Sendable, Hashable {
    package let name: String
    package let isQuery: Bool
    /// Nil when the handler took the raw text.
    package let kind: FieldDescription.Kind?
    package let words: [String]
    package let isRequired: Bool
  }
  /// What an answer held.
  package struct Answer: Sendable, Hashable {
    package enum Shape: String, Sendable { case list, record }
    package struct Column: Sendable, Hashable {
      package let name: String
      package let type: ColumnType
      package let unit: String?
    }
    package let shape: Shape
    package let columns: [Column]
  }
  package struct Notes: Sendable {
    package fileprivate(set) var reads: Set<Read> = []
    package fileprivate(set) var answers: Set<Answer> = []
    /// Whether the handler was reached at all.
    package fileprivate(set) var calls = 0
  }
  private let notes = Mutex<[String: Notes]>([:])
  package init() {}

  /// By route: `GET needs/:id`.
  package var all: [String: Notes] { notes.withLock { $0 } }

  /// Where the notes of one route go.
  struct Line: Sendable {
    let route: String
    let record: RouteRecord

    func note(
      _ name: String, _ kind: FieldDescription.Kind?, isQuery: Bool, words: [String] = [],
      required: Bool = false
    ) {
      let read = Read(name: name, isQuery: isQuery, kind: kind, words: words.sorted(), isRequired: required)
      record.notes.withLock { _ = $0[route, default: Notes()].reads.insert(read) }
    }
    func note<T>(_ shape: Answer.Shape, _ columns: [Web.Column<T>]) {
      let answer = Answer(
        shape: shape, columns: columns.map { Answer.Column(name: $0.name, type: $0.type, unit: $0.unit) })
      record.notes.withLock { _ = $0[route, default: Notes()].answers.insert(answer) }
    }
  }
  func line(_ route: Route) -> Line {
    notes.withLock { $0[route.description, default: Notes()].calls += 1 }
    return Line(route: route.description, record: self)
  }
}

/// The words of a type that can list them; none for others.
func words<T: RawRepresentable>(of type: T.Type) -> [String] where T.RawValue == String {
  func all<Cases: CaseIterable>(_ type: Cases.Type) -> [String] {
    type.allCases.compactMap { ($0 as? T)?.rawValue }
  }
  guard let cases = type as? any CaseIterable.Type else { return [] }
  return all(cases)
}
