/// A piece of running text.
package indirect enum PaperNode: Sendable, Equatable {
  case text(String)
  /// A name or a text of somebody's, isolated; `language` where it may not be the paper's.
  case name(String, language: String?)
  /// A document symbol or reference, which reads from left to right everywhere.
  case symbol(String)
  /// A number, or words around one, that open the list behind it (path without language).
  case figure(String, path: String)
  /// A reference of a record that opens it.
  case record(String, path: String)
  case footnote(Int, [PaperNode])

  /// The words alone; those of footnotes too, since they count.
  package var plain: String {
    switch self {
    case .text(let text), .name(let text, _), .symbol(let text), .figure(let text, _), .record(let text, _):
      text
    case .footnote(_, let nodes): " " + nodes.map(\.plain).joined() + " "
    }
  }
}
