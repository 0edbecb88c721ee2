package import Documents

/// What a reading needs to know and what it may cost.
package struct ReadingSettings: Sendable {
  /// Codes of the standard; a list that is absent is not checked.
  package var codes: CodeSets
  /// Digits after the point per ISO 4217 code; currencies not named have two.
  package var currencyDigits: [String: Int]
  /// UTC day for the rules about the future.
  package var today: Day
  package var xml: XMLLimits
  /// Findings handed over per file; all are counted.
  package var findingLimit: Int
  /// Bytes of text kept per narrative; longer ones are cut with a finding.
  package var textLimit: Int
  /// Elements and bytes of text that one activity may have; a larger one is rejected.
  package var partLimit: Int
  package var activityTextLimit: Int
  /// Asked once per batch and at least every few hundred kilobytes.
  package var isCancelled: @Sendable () -> Bool

  package init(
    codes: CodeSets = CodeSets(), currencyDigits: [String: Int] = [:], today: Day,
    xml: XMLLimits = XMLLimits(),
    findingLimit: Int = 10_000, textLimit: Int = 200_000, partLimit: Int = 500_000,
    activityTextLimit: Int = 16_000_000,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.codes = codes
    self.currencyDigits = currencyDigits
    self.today = today
    self.xml = xml
    self.findingLimit = findingLimit
    self.textLimit = textLimit
    self.partLimit = partLimit
    self.activityTextLimit = activityTextLimit
    self.isCancelled = isCancelled
  }
}

/// Codes by list name as in the standard ("Sector", "OrganisationType" …).
package struct CodeSets: Sendable {
  package var lists: [String: Set<String>]
  /// Codes that are on the list but withdrawn; using one is advice, not an error.
  package var withdrawn: [String: Set<String>]
  /// Lists that do not claim to be complete: a code that is missing from them is advice.
  package var open: Set<String>

  package init(
    lists: [String: Set<String>] = [:], withdrawn: [String: Set<String>] = [:], open: Set<String> = []
  ) {
    self.lists = lists
    self.withdrawn = withdrawn
    self.open = open
  }
}
