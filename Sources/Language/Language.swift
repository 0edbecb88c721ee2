/// A language of the interface, as one line of `data/languages.csv` describes it.
///
/// Two values are the same language when their codes are.
package struct Language: Hashable, Sendable {
  package enum Direction: String, Sendable {
    case leftToRight = "ltr"
    case rightToLeft = "rtl"
  }

  /// BCP 47 tag, also the first part of every page's address.
  package let code: String
  /// Its own name for itself.
  package let name: String
  package let direction: Direction
  /// ICU locale that gives plural rules, formats and sorting (`en_GB`: dates as UN English writes them).
  package let locale: String
  /// CLDR calendar and numbering system (`latn`: 0–9; `arab`: ٠–٩).
  package let calendar: String
  package let digits: String
  /// Names of the twelve months in dates, where usage differs from CLDR's; else empty.
  package let months: [String]

  package init(
    code: String, name: String, direction: Direction, locale: String, calendar: String = "gregorian",
    digits: String = "latn", months: [String] = []
  ) {
    self.code = code
    self.name = name
    self.direction = direction
    self.locale = locale
    self.calendar = calendar
    self.digits = digits
    self.months = months
  }

  package static func == (one: Language, other: Language) -> Bool { one.code == other.code }
  package func hash(into hasher: inout Hasher) { hasher.combine(code) }

  /// The six official languages of the United Nations, in UN order. What a running site offers
  /// is `Catalogue.languages`, which data alone can extend.
  package static let all: [Language] = [arabic, chinese, english, french, russian, spanish]

  package static let arabic = Language(
    code: "ar", name: "العربية", direction: .rightToLeft, locale: "ar", months: arabicMonths)
  /// Arabic texts of the United Nations give each month both names, so that every reader finds the own.
  private static let arabicMonths = [
    "كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس",
    "نيسان/أبريل", "أيار/مايو", "حزيران/يونيه",
    "تموز/يوليه", "آب/أغسطس", "أيلول/سبتمبر",
    "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر", "كانون الأول/ديسمبر",
  ]
  package static let chinese = Language(code: "zh", name: "中文", direction: .leftToRight, locale: "zh_Hans")
  package static let english = Language(code: "en", name: "English", direction: .leftToRight, locale: "en_GB")
  package static let french = Language(code: "fr", name: "Français", direction: .leftToRight, locale: "fr")
  package static let russian = Language(code: "ru", name: "Русский", direction: .leftToRight, locale: "ru")
  package static let spanish = Language(code: "es", name: "Español", direction: .leftToRight, locale: "es")
}
