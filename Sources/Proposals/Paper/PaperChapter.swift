/// What is known of one priority area.
package struct PaperChapter: Sendable, Equatable {
  package var area: PaperArea
  package var articles: [Articles]
  /// Provisions of the area by kind of obligation (`mandatory`, …), in the order of the list of kinds.
  package var obligations: [Share]
  package var participation: [Participation]
  package var needs: PaperFigure
  package var states: PaperFigure
  package var coverage: Standing
  /// Needs by form of assistance and by regional group, in the order of those lists, without empty ones.
  package var forms: [Share]
  package var groups: [Share]
  package var activities: PaperFigure
  package var providers: [Provider]
  /// Providers beyond those listed, 0 when all are.
  package var furtherProviders: Int
  package var awaiting: [Need]

  /// Articles of one instrument that the area concerns, as written in citations: `18`, `24`.
  package struct Articles: Sendable, Equatable {
    package let instrument: String
    package let numbers: [String]

    package init(_ instrument: String, _ numbers: [String]) {
      self.instrument = instrument
      self.numbers = numbers
    }
  }

  /// Part of a count that has a code of some list.
  package struct Share: Sendable, Equatable {
    package let code: String
    package let figure: PaperFigure

    package init(_ code: String, _ figure: PaperFigure) {
      self.code = code
      self.figure = figure
    }
  }

  /// Of the parties to an instrument, those that stated needs under its provisions in the area.
  package struct Participation: Sendable, Equatable {
    package let instrument: String
    package let stating: PaperFigure
    package let parties: PaperFigure

    package init(_ instrument: String, stating: PaperFigure, parties: PaperFigure) {
      self.instrument = instrument
      self.stating = stating
      self.parties = parties
    }
  }

  package struct Standing: Sendable, Equatable {
    package let uncovered: PaperFigure
    package let partly: PaperFigure
    package let covered: PaperFigure
    package let unknown: PaperFigure

    package init(uncovered: PaperFigure, partly: PaperFigure, covered: PaperFigure, unknown: PaperFigure) {
      self.uncovered = uncovered
      self.partly = partly
      self.covered = covered
      self.unknown = unknown
    }
  }

  /// Ongoing activities of one provider in the area.
  package struct Provider: Sendable, Equatable {
    package let name: PaperText
    package let activities: PaperFigure
    /// Codes of the States that receive; empty when only regions are reported.
    package let states: [String]
    package let years: ClosedRange<Int>?
    package let money: [PaperAmount]

    package init(
      _ name: PaperText, activities: PaperFigure, states: [String], years: ClosedRange<Int>?,
      money: [PaperAmount]
    ) {
      self.name = name
      self.activities = activities
      self.states = states
      self.years = years
      self.money = money
    }
  }

  /// A need that no proposal cites yet.
  package struct Need: Sendable, Equatable {
    package let reference: String
    package let path: String
    package let state: String
    package let title: PaperText
    /// Code of the form of assistance asked for.
    package let form: String?
    /// `high`, `medium`, `low`
    package let urgency: String
    package let articles: [Articles]

    package init(
      reference: String, path: String, state: String, title: PaperText, form: String?, urgency: String,
      articles: [Articles]
    ) {
      self.reference = reference
      self.path = path
      self.state = state
      self.title = title
      self.form = form
      self.urgency = urgency
      self.articles = articles
    }
  }

  package init(
    area: PaperArea, articles: [Articles], obligations: [Share], participation: [Participation],
    needs: PaperFigure,
    states: PaperFigure, coverage: Standing, forms: [Share], groups: [Share], activities: PaperFigure,
    providers: [Provider], furtherProviders: Int = 0, awaiting: [Need]
  ) {
    self.area = area
    self.articles = articles
    self.obligations = obligations
    self.participation = participation
    self.needs = needs
    self.states = states
    self.coverage = coverage
    self.forms = forms
    self.groups = groups
    self.activities = activities
    self.providers = providers
    self.furtherProviders = furtherProviders
    self.awaiting = awaiting
  }
}
