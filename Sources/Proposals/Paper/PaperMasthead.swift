/// What stands above the title, in the order of the Editorial Manual.
package struct PaperMasthead: Sendable, Equatable {
  package enum Distribution: String, Sendable, CaseIterable { case general, limited, restricted }
  package enum Kind: String, Sendable, CaseIterable { case background, note, report, working }

  /// `CTOC/COP/WG.2/2026/2`
  package var symbol: String
  package var distribution: Distribution
  /// Of submission, `2026-09-19`.
  package var date: String
  /// Code of the language in which the paper was written; the others are translations of it.
  package var original: String
  /// Name of the town by the paper's language: the caller has it from data.
  package var place: [String: String]
  /// First and last day of the meeting.
  package var from: String
  package var to: String
  /// Item of the provisional agenda, and the symbol of the agenda paper.
  package var item: Int
  package var agenda: String
  package var kind: Kind
  /// Why the paper comes after the deadline; nil when it does not.
  package var late: PaperText?

  package init(
    symbol: String, distribution: Distribution = .general, date: String, original: String = "en",
    place: [String: String], from: String, to: String, item: Int, agenda: String, kind: Kind = .background,
    late: PaperText? = nil
  ) {
    self.symbol = symbol
    self.distribution = distribution
    self.date = date
    self.original = original
    self.place = place
    self.from = from
    self.to = to
    self.item = item
    self.agenda = agenda
    self.kind = kind
    self.late = late
  }

  /// Names of what must be filled in before the paper can be issued.
  package var missing: [String] {
    var names: [String] = []
    if symbol.isEmpty { names.append("symbol") }
    if date.isEmpty { names.append("date") }
    if item < 1 { names.append("item") }
    if agenda.isEmpty { names.append("agenda") }
    return names
  }
}
