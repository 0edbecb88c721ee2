import Testing

@testable import Language

@Suite struct FoldingTests {
  /// Text and what is left of it for finding words.
  static let table: [(String, String)] = [
    // English
    ("Anti-Corruption, (2024)!", "anti corruption 2024"), ("", ""), ("  \n\t ", ""), ("A", "a"),
    ("O'Neil’s", "o neil s"),
    ("one\u{00A0}two\u{2014}three", "one two three"), ("co\u{00AD}operation", "cooperation"), ("ﬁ", "ﬁ"),
    // French, Spanish and other Latin
    ("Détournement d’argent À L'ÉTRANGER", "detournement d argent a l etranger"),
    ("Œuvre, cœur, ÆØÅ", "oeuvre coeur aeoa"),
    ("señal ¿qué?", "senal que"), ("Straße ŁÓDŹ İstanbul ığdır", "strasse lodz istanbul igdir"),
    ("e\u{0301}cole E\u{0301}COLE", "ecole ecole"), ("Việt Nam TRUNG ƯƠNG", "viet nam trung uong"),
    // Russian
    ("Отмывание ДЕНЕГ — ёлка, Ёж", "отмывание денег елка еж"), ("Йод и\u{0306}од И\u{0306}", "йод йод й"),
    ("Україна Ґанок Її", "украіна ганок іі"),
    // Greek
    ("ΆΛΦΑ Λόγος", "αλφα λογοσ"),
    // Arabic: article, alef, marks, tatweel, endings, digits
    ("الجريمة المنظمة", "جريمه منظمه"), ("وَالْفَسَادُ", "فساد"), ("بالأسلحة", "اسلحه"), ("للضحايا", "ضحايا"),
    ("كالمال فالمال", "مال مال"),
    ("أحمد إحمد آحمد ٱحمد", "احمد احمد احمد احمد"), ("مســـــاعدة", "مساعده"), ("مستشفى", "مستشفي"),
    ("٢٠٢٥ ۲۰۲۵", "2025 2025"),
    ("ال", "ال"), ("الف", "الف"), ("والد", "والد"), ("لله", "لله"), ("،نعم؛لا؟", "نعم لا"),
    ("ﺍﻟﻔﺴﺎﺩ", "فساد"), ("ﻻ", "لا"),
    // Chinese and mixed scripts
    ("打击跨国有组织犯罪。", "打击跨国有组织犯罪"), ("《公约》、议定书", "公约议定书"), ("UNODC项目2024年", "unodc 项目 2024 年"),
    ("ＡＢＣ１２３", "abc123"), ("反腐败 与 司法", "反腐败与司法"),
    ("🙂 ok 🙂", "ok"), ("𠀀中", "𠀀中"),
  ]

  @Test(arguments: table) func folds(_ text: String, _ expected: String) {
    #expect(Folding.fold(text) == expected)
  }

  @Test(arguments: table) func twiceIsOnce(_ text: String, _ expected: String) {
    // The article is taken once only: a word that begins with it again is rare and not touched here.
    #expect(Folding.fold(Folding.fold(text)) == expected)
  }

  @Test func everyCharacterAlone() {
    for code in UInt32(0)...0x2FFFF {
      guard let scalar = UnicodeScalar(code) else { continue }
      let folded = Folding.fold(String(scalar))
      #expect(folded.utf8.count <= String(scalar).utf8.count * 2)
      #expect(!folded.utf8.contains(1), "\(code)")
      if folded.utf8.count > 4 { Issue.record("\(code) became \(folded)") }
    }
  }

  /// Room: every text of random characters folds to what its pieces fold to, and starts lie within the text.
  @Test func randomTexts() {
    var random = SplitMix(seed: 3)
    let alphabet = Array("aZé ñЖй-ё,中文 الأمن ةى١ﻻ🙂ß'".unicodeScalars)
    let folded = FoldedText()
    for _ in 0..<3_000 {
      var text = ""
      for _ in 0..<random.next(60) { text.unicodeScalars.append(alphabet[random.next(alphabet.count)]) }
      folded.clear()
      Folding.fold(text, into: folded)
      #expect(folded.text == Folding.fold(text))
      for index in 0..<folded.startCount { #expect(folded.starts[index] < max(1, folded.count)) }
      #expect(!folded.text.contains("  ") && !folded.text.hasPrefix(" "))
    }
  }
}

/// A small generator with a fixed seed, so that failures come back.
struct SplitMix {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
  mutating func next(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
