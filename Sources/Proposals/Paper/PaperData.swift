/// Everything that the proposals paper says, free of any language: the same data makes all six versions,
/// and kept as it is, it makes them again.
package struct PaperData: Sendable, Equatable {
  package var masthead: PaperMasthead
  /// Day on which the figures stand, `2026-08-31`; parties are counted on it.
  package var asOf: String
  /// Year of the coverage figures.
  package var year: Int
  /// Whether any of it was made up for a demonstration; the paper then says so on every page.
  package var isInvented: Bool
  /// States parties to each instrument, the Convention first.
  package var parties: [Parties]
  /// States that stated a need which the paper's readers may see: codes, and their number.
  package var states: [String]
  package var stating: PaperFigure
  package var needs: PaperFigure
  /// Needs that no proposal cites yet.
  package var awaiting: PaperFigure
  /// Budgets of the ongoing activities in any of the five areas, each activity counted once.
  package var money: [PaperAmount]
  /// One for each area, in the order of `PaperArea`.
  package var chapters: [PaperChapter]

  package struct Parties: Sendable, Equatable {
    /// Code of the instrument, `UNTOC`.
    package let instrument: String
    package let parties: PaperFigure

    package init(_ instrument: String, _ parties: PaperFigure) {
      self.instrument = instrument
      self.parties = parties
    }
  }

  package init(
    masthead: PaperMasthead, asOf: String, year: Int, isInvented: Bool, parties: [Parties], states: [String],
    stating: PaperFigure, needs: PaperFigure, awaiting: PaperFigure, money: [PaperAmount],
    chapters: [PaperChapter]
  ) {
    self.masthead = masthead
    self.asOf = asOf
    self.year = year
    self.isInvented = isInvented
    self.parties = parties
    self.states = states
    self.stating = stating
    self.needs = needs
    self.awaiting = awaiting
    self.money = money
    self.chapters = chapters
  }
}
