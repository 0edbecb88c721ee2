import Testing

@testable import Language

@Suite struct FormatTests {
  // French groups with U+202F, Russian and Spanish (from five digits) as CLDR has them.
  @Test func numbers() throws {
    let expected = [
      "ar": "1,234,567", "zh": "1,234,567", "en": "1,234,567", "fr": "1\u{202F}234\u{202F}567",
      "ru": "1\u{A0}234\u{A0}567", "es": "1.234.567",
    ]
    for language in Language.all {
      let formats = try #require(Formats(language))
      #expect(formats.number("1234567", .integer) == expected[language.code], "\(language.code)")
      #expect(formats.number("2026", .plain) == "2026", "\(language.code)")
      #expect(formats.number("not a number", .decimal) == "not a number")
    }
  }

  @Test func digitsAreASetting() throws {
    let eastern = Language(code: "ar", name: "", direction: .rightToLeft, locale: "ar", digits: "arab")
    #expect(try #require(Formats(eastern)).number("2026", .plain) == "٢٠٢٦")
    #expect(try #require(Formats(.arabic)).number("2026", .plain) == "2026")
  }

  @Test func dates() throws {
    let expected = [
      "ar": "15 كانون الثاني/يناير 2026", "zh": "2026年1月15日", "en": "15 January 2026",
      "fr": "15 janvier 2026",
      "ru": "15 января 2026\u{202F}г.", "es": "15 de enero de 2026",
    ]
    for language in Language.all {
      let text = try #require(Formats(language)?.date("2026-01-15", .long))
      // CLDR joins the Russian "г." by one kind of space or another.
      let plain = text.replacing("\u{A0}", with: "\u{202F}").replacing(" г", with: "\u{202F}г")
      #expect(plain == expected[language.code], "\(language.code)")
    }
    let english = try #require(Formats(.english))
    #expect(english.date("2026-01-15T09:30:00Z", .time)?.contains("09:30") == true)
    for wrong in ["", "2026", "2026-02-30", "2026-13-01", "15.01.2026", "2026-01-15T25:00:00Z", "2026-1-5"] {
      #expect(english.date(wrong, .long) == nil, "\(wrong)")
    }
    #expect(english.date("2024-02-29", .long) == "29 February 2024")
  }

  /// Both names of each month, as Arabic texts of the United Nations give them, in every style of date.
  @Test func monthsInArabic() throws {
    let names = [
      "كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس", "نيسان/أبريل", "أيار/مايو", "حزيران/يونيه",
      "تموز/يوليه", "آب/أغسطس", "أيلول/سبتمبر", "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر",
      "كانون الأول/ديسمبر",
    ]
    let formats = try #require(Formats(.arabic))
    for (index, name) in names.enumerated() {
      let month = (index < 9 ? "0" : "") + String(index + 1)
      #expect(formats.date("2026-\(month)-07", .long) == "7 \(name) 2026")
      #expect(formats.date("2026-\(month)-07", .short) == "7 \(name) 2026")
      #expect(formats.date("2026-\(month)-07", .month) == "\(name) 2026")
      #expect(formats.date("2026-\(month)-07T09:30:00Z", .time)?.hasPrefix("7 \(name) 2026") == true)
    }
    // The table of languages says the same.
    #expect(try Fixture.catalogue().language("ar")?.months == names)
    // Other languages keep their own; a list of another length is none.
    #expect(
      Formats(Language(code: "ar", name: "", direction: .rightToLeft, locale: "ar", months: ["x"])) == nil)
    #expect(
      throws: CatalogueError.self,
      performing: {
        try LanguageTable.parse(
          "code,name,direction,locale,calendar,digits,months\nen,English,ltr,en,gregorian,latn,a;b\n",
          path: "languages.csv")
      })
  }

  @Test func money() throws {
    let english = try #require(Formats(.english))
    #expect(english.money(minor: 123_450, currency: "USD") == "USD\u{A0}1,234.50")
    #expect(english.money(minor: 123_400, currency: "USD") == "USD\u{A0}1,234")
    #expect(english.money(minor: -5, currency: "EUR") == "-EUR\u{A0}0.05")
    #expect(english.money(minor: 5000, currency: "JPY") == "JPY\u{A0}5,000")
    #expect(english.money(minor: 1_234_567, currency: "KWD") == "KWD\u{A0}1,234.567")
    #expect(english.money(minor: 100, currency: "odd") != "")
    for (minor, digits, text) in [
      (Int64(-5), 2, "-0.05"), (0, 2, "0.00"), (7, 0, "7"), (Int64.min, 2, "-92233720368547758.08"),
    ] {
      #expect(Formats.decimal(minor: minor, digits: digits) == text)
    }
  }

  @Test func listsAndPercent() throws {
    let three = ["a", "b", "c"]
    let expected = ["en": "a, b and c", "fr": "a, b et c", "es": "a, b y c", "ru": "a, b и c", "zh": "a、b和c"]
    for language in Language.all {
      let formats = try #require(Formats(language))
      if let text = expected[language.code] { #expect(formats.list(three) == text) }
      #expect(formats.list([]) == "")
      #expect(formats.list(["x"]) == "x")
      #expect(formats.list(three).contains("b"))
    }
    let t = try Fixture.catalogue().translator(.english)
    #expect(t.percent(0.256) == "25.6%")
    #expect(t.percent(1) == "100%")
    #expect(t.percent(.nan) == "–")
  }

  @Test func sorting() throws {
    let cases: [(Language, [String])] = [
      (.french, ["cote", "coté", "côte", "côté", "Zambie"]),
      (.spanish, ["nada", "ñandú", "oso"]),
      (.russian, ["Египет", "ёж", "Жанна"]),
      (.english, ["Côte d’Ivoire", "Croatia", "Zambia"]),
      (.chinese, ["阿根廷", "巴西", "中国"]),
      (.arabic, ["الأردن", "تونس", "مصر"]),
    ]
    for (language, ordered) in cases {
      let formats = try #require(Formats(language))
      let sorted = ordered.reversed().sorted {
        formats.sortKey($0).lexicographicallyPrecedes(formats.sortKey($1))
      }
      #expect(sorted == ordered, "\(language.code)")
      let long = String(repeating: "ж", count: 5000)
      #expect(formats.sortKey(long).count > 256)
    }
  }

  @Test func words() throws {
    #expect(
      try #require(Formats(.english)).words("Witness protection, 2026!") == ["Witness", "protection", "2026"])
    #expect(try #require(Formats(.chinese)).words("技术援助").joined() == "技术援助")
    #expect(try #require(Formats(.arabic)).words("جهات الوصل") == ["جهات", "الوصل"])
    #expect(
      try #require(Formats(.english)).words(Array(repeating: "word", count: 200).joined(separator: " ")).count
        == 200)
  }

  @Test func composition() {
    #expect(Array(Normal.composed("e\u{301}").utf8) == Array("\u{E9}".utf8))
    #expect(Normal.composed("plain") == "plain")
    #expect(Normal.composed("") == "")
  }

  @Test func manyThreadsAtOnce() async throws {
    let formats = try #require(Formats(.russian))
    let date = formats.date("2026-01-15", .long)
    let same = await withTaskGroup(of: Bool.self) { group in
      for index in 0..<200 {
        group.addTask {
          formats.date("2026-01-15", .long) == date && formats.plural(Double(index)) != ""
            && formats.money(minor: 100, currency: ["USD", "EUR", "JPY"][index % 3]).contains("1")
            && !formats.words("технической помощи").isEmpty
        }
      }
      return await group.reduce(true) { $0 && $1 }
    }
    #expect(same)
  }
}
