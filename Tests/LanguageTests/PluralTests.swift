import Testing

@testable import Language

/// Categories from CLDR's table of cardinal rules, for whole numbers and 1.5.
@Suite struct PluralTests {
  static let numbers: [Double] = [0, 1, 2, 3, 5, 11, 21, 100, 101, 1.5]
  static let expected: [(code: String, categories: [String])] = [
    ("ar", ["zero", "one", "two", "few", "few", "many", "many", "other", "other", "other"]),
    ("zh", ["other", "other", "other", "other", "other", "other", "other", "other", "other", "other"]),
    ("en", ["other", "one", "other", "other", "other", "other", "other", "other", "other", "other"]),
    ("fr", ["one", "one", "other", "other", "other", "other", "other", "other", "other", "one"]),
    ("ru", ["many", "one", "few", "few", "many", "many", "one", "many", "one", "other"]),
    ("es", ["other", "one", "other", "other", "other", "other", "other", "other", "other", "other"]),
  ]

  @Test(arguments: expected.map(\.code), [0])
  func categories(of code: String, _: Int) throws {
    let language = try #require(Language.all.first { $0.code == code })
    let row = try #require(PluralTests.expected.first { $0.code == code })
    let formats = try #require(Formats(language))
    for (number, category) in zip(PluralTests.numbers, row.categories) {
      #expect(formats.plural(number) == category, "\(code) \(number)")
    }
  }

  @Test func categoriesThatALanguageHas() throws {
    let all = ["few", "many", "one", "other", "two", "zero"]
    let sets: [String: [String]] = [
      "ar": all, "zh": ["other"], "en": ["one", "other"], "fr": ["many", "one", "other"],
      "ru": ["few", "many", "one", "other"], "es": ["many", "one", "other"],
    ]
    for language in Language.all {
      #expect(try #require(Formats(language)).pluralCategories == sets[language.code], "\(language.code)")
    }
  }
}
