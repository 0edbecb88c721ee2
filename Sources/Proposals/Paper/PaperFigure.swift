/// A number in a paper, with the list of records that it counts.
package struct PaperFigure: Sendable, Equatable {
  package let count: Int
  /// Of the list, without language: `needs?area=ICOOP`.
  package let path: String

  package init(_ count: Int, _ path: String) {
    self.count = count
    self.path = path
  }
}

/// A sum in one currency, with the list of activities whose budgets it adds up.
package struct PaperAmount: Sendable, Equatable {
  /// In minor units (cents).
  package let minor: Int64
  /// ISO 4217.
  package let currency: String
  package let path: String

  package init(minor: Int64, currency: String, _ path: String) {
    self.minor = minor
    self.currency = currency
    self.path = path
  }
}

/// Text as somebody wrote it, in a language that may not be the paper's.
package struct PaperText: Sendable, Equatable {
  package let text: String
  /// BCP 47; nil when nobody said.
  package let language: String?

  package init(_ text: String, language: String?) {
    self.text = text
    self.language = language
  }
}

/// The five areas of the Working Group's meeting of 2007, which are chapters II to VI.
package enum PaperArea: String, Sendable, CaseIterable {
  case gathering = "GATHER"
  case justice = "JUSTICE"
  case cooperation = "COOPERATION"
  case data = "DATACAPACITY"
  case protocols = "PROTOCOLS"
}
