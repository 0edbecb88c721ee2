/// The narratives of one holder. Nearly always there is exactly one, which then costs no array.
package struct Names: Sendable, Equatable, RandomAccessCollection {
  private var head: ActivityDraft.Narrative?
  private var tail: [ActivityDraft.Narrative] = []

  package init() {}

  package init(_ narratives: [ActivityDraft.Narrative]) { for narrative in narratives { append(narrative) } }

  package var startIndex: Int { 0 }
  package var endIndex: Int { head == nil ? 0 : 1 + tail.count }

  package subscript(index: Int) -> ActivityDraft.Narrative {
    if index == 0, let head { return head }
    return tail[index - 1]
  }

  package mutating func append(_ narrative: ActivityDraft.Narrative) {
    if head == nil { head = narrative } else { tail.append(narrative) }
  }

  /// The text of the first narrative, or empty.
  package var text: String { head?.text ?? "" }
}
