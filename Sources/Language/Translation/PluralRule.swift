/// How gettext chooses the form of a text, `Plural-Forms`, for the categories that CLDR gives a language.
package struct PluralRule: Sendable {
  /// CLDR categories in the order of `msgstr[0]`, `msgstr[1]` …
  package let categories: [String]
  /// C expression over `n`.
  package let formula: String

  /// `nplurals=6; plural=…;`
  package var header: String { "nplurals=\(categories.count); plural=\(formula);" }

  /// The rule that agrees with ICU for the numbers tried (0 to 1,000 and round numbers above). Categories that only
  /// fractions have come last and are chosen by no whole number.
  ///
  /// - Returns: nil for a language whose rule is none of those known here.
  package init?(_ formats: Formats) {
    let order = ["zero", "one", "two", "few", "many", "other"]
    let own = Set(formats.pluralCategories)
    let categories = order.filter(own.contains)
    let numbers = Array(0...1000) + [10_000, 100_000, 1_000_000, 1_000_001, 2_000_000, 10_000_000]
    let wanted = numbers.map { formats.plural(Double($0)) }
    let rule = PluralRule.known.first { rule in
      zip(numbers, wanted).allSatisfy { number, category in
        let index = rule.choose(number)
        return index < categories.count && categories[index] == category
      }
    }
    guard let rule else { return nil }
    self.categories = categories
    formula = rule.formula
  }

  private struct Known: Sendable {
    let formula: String
    let choose: @Sendable (Int) -> Int
    init(_ formula: String, _ choose: @escaping @Sendable (Int) -> Int) {
      self.formula = formula
      self.choose = choose
    }
  }
  /// Source: CLDR 42, plurals.xml, cardinal rules of whole numbers.
  private static let known: [Known] = [
    Known("0") { _ in 0 },
    Known("(n != 1)") { $0 != 1 ? 1 : 0 },
    Known("(n > 1)") { $0 > 1 ? 1 : 0 },
    Known("(n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2)") {
      $0 == 1 ? 0 : $0 != 0 && $0 % 1_000_000 == 0 ? 1 : 2
    },
    Known("(n <= 1 ? 0 : n % 1000000 == 0 ? 1 : 2)") { $0 <= 1 ? 0 : $0 % 1_000_000 == 0 ? 1 : 2 },
    Known("(n == 1 ? 0 : n == 2 ? 1 : 2)") { $0 == 1 ? 0 : $0 == 2 ? 1 : 2 },
    Known(
      "(n == 0 ? 0 : n == 1 ? 1 : n == 2 ? 2 : n % 100 >= 3 && n % 100 <= 10 ? 3 : n % 100 >= 11 ? 4 : 5)"
    ) {
      switch ($0, $0 % 100) {
      case (0...2, _): $0
      case (_, 3...10): 3
      case (_, 11...): 4
      default: 5
      }
    },
    // Russian, Ukrainian, Belarusian; three categories of whole numbers, "other" for fractions.
    Known(
      "(n % 10 == 1 && n % 100 != 11 ? 0 : n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? 1 : 2)"
    ) { $0 % 10 == 1 && $0 % 100 != 11 ? 0 : isFew($0) ? 1 : 2 },
    Known("(n == 1 ? 0 : n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? 1 : 2)") {
      $0 == 1 ? 0 : isFew($0) ? 1 : 2
    },
    Known("(n == 1 ? 0 : n >= 2 && n <= 4 ? 1 : 3)") { $0 == 1 ? 0 : (2...4).contains($0) ? 1 : 3 },
    Known("(n % 100 == 1 ? 0 : n % 100 == 2 ? 1 : n % 100 == 3 || n % 100 == 4 ? 2 : 3)") {
      (1...4).contains($0 % 100) ? min($0 % 100 - 1, 2) : 3
    },
    Known(
      "(n % 10 == 1 && (n % 100 < 11 || n % 100 > 19) ? 0 : n % 10 >= 2 && (n % 100 < 11 || n % 100 > 19) ? 1 : 3)"
    ) { (11...19).contains($0 % 100) || $0 % 10 == 0 ? 3 : $0 % 10 == 1 ? 0 : 1 },
    Known("(n == 1 ? 0 : n == 0 || (n % 100 >= 1 && n % 100 <= 19) ? 1 : 2)") {
      $0 == 1 ? 0 : $0 == 0 || (1...19).contains($0 % 100) ? 1 : 2
    },
  ]
  private static func isFew(_ number: Int) -> Bool {
    (2...4).contains(number % 10) && !(12...14).contains(number % 100)
  }
}
