/// What becomes of each character. Made once from the groups below.
struct FoldingTables: Sendable {
  /// What a character turns into: up to three bytes, and how many.
  struct Entry: Sendable {
    var bytes: (UInt8, UInt8, UInt8) = (0, 0, 0)
    /// 0…3 bytes; `separator` ends a word. Zero bytes: the character vanishes.
    var count: UInt8 = 0

    static let separator: UInt8 = 255
  }

  /// By first byte. ASCII: lower-case letter or digit, 0 for everything that separates words; 0 from 0x80 on.
  let ascii: [UInt8]
  /// U+0080 … U+07FF.
  let two: [Entry]
  /// U+1E00 … U+1EFF (Latin), U+2000 … U+206F (punctuation).
  let latin: [Entry]
  let punctuation: [Entry]
  /// U+FB50 … U+FEFF: Arabic shapes.
  let shapes: [Entry]

  static let shared = FoldingTables()

  private init() {
    var map: [UInt32: String] = [:]
    for group in Self.groups.split(separator: " ") {
      let parts = group.split(separator: ":")
      for scalar in parts[1].unicodeScalars { map[scalar.value] = String(parts[0]) }
    }
    for (index, shape) in Self.arabicShapes.enumerated() { map[0xFE80 + UInt32(index)] = shape }

    ascii = (0..<256).map { code in
      if code > 127 { return 0 }
      let scalar = UnicodeScalar(UInt8(code))
      guard scalar.properties.isAlphabetic || (48...57).contains(code) else { return 0 }
      return (65...90).contains(code) ? UInt8(code + 32) : UInt8(code)
    }
    two = (0x80..<0x800).map { Self.entry($0, map) }
    latin = (0x1E00..<0x1F00).map { Self.entry($0, map) }
    punctuation = (0x2000..<0x2070).map { Self.entry($0, map) }
    shapes = (0xFB50..<0xFF00).map { Self.entry($0, map) }
  }

  private static func entry(_ code: UInt32, _ map: [UInt32: String]) -> Entry {
    guard let scalar = UnicodeScalar(code) else { return Entry(count: Entry.separator) }
    if vanishes(code) { return Entry() }
    // İ becomes i and a separate dot, which vanishes.
    let lower = scalar.properties.lowercaseMapping.unicodeScalars.filter { !vanishes($0.value) }
    if let only = lower.first, lower.count == 1 {
      if let folded = map[only.value] { return entry(folded) }
      if let digit = digit(only.value) { return entry(String(digit)) }
      if only.properties.isAlphabetic || only.properties.numericType == .decimal {
        return entry(String(only))
      }
    }
    return Entry(count: Entry.separator)
  }

  private static func entry(_ text: String) -> Entry {
    var entry = Entry()
    for byte in text.utf8 {
      switch entry.count {
      case 0: entry.bytes.0 = byte
      case 1: entry.bytes.1 = byte
      default: entry.bytes.2 = byte
      }
      entry.count += 1
    }
    // A result of more than three bytes does not occur: لا has four and is written as its two letters by `Folding`.
    return entry
  }

  /// Marks and invisible signs: they stand inside words and mean nothing for finding them.
  private static func vanishes(_ code: UInt32) -> Bool {
    switch code {
    case 0xAD, 0x0300...0x036F, 0x0483...0x0487: true
    case 0x0591...0x05BD: true  // Hebrew points
    case 0x0610...0x061A, 0x061C, 0x0640, 0x064B...0x065F, 0x0670, 0x06D6...0x06DC, 0x06DF...0x06E8,
      0x06EA...0x06ED:
      true
    case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F: true
    case 0xFE00...0xFE0F, 0xFE20...0xFE2F, 0xFE70...0xFE7F, 0xFEFF: true
    default: false
    }
  }

  private static func digit(_ code: UInt32) -> UInt32? {
    switch code {
    case 0x0660...0x0669: code - 0x0660
    case 0x06F0...0x06F9: code - 0x06F0
    default: nil
    }
  }

  /// `result:letters`, lower case; capitals follow by Unicode's own mapping.
  private static let groups = """
    a:àáâãäåāăąǎǟǡǻȁȃȧªạảấầẩẫậắằẳẵặḁ b:ƀḃḅḇ c:çćĉċčƈḉ d:ďđðɖɗḋḍḏḑḓ e:èéêëēĕėęěȅȇȩẹẻẽếềểễệḕḗḙḛḝ f:ƒḟ \
    g:ĝğġģǥǧǵḡ h:ĥħȟḣḥḧḩḫẖ i:ìíîïĩīĭįıǐȉȋịỉḭḯ j:ĵǰ k:ķĸǩḱḳḵ l:ĺļľŀłƚḷḹḻḽ m:ḿṁṃ n:ñńņňŉŋǹṅṇṉṋ \
    o:òóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱºọỏốồổỗộớờởỡợṍṏṑṓ p:ƥṕṗ r:ŕŗřȑȓṙṛṝṟ s:śŝşšșſṡṣṥṧṩ t:ţťŧțṫṭṯṱẗ \
    u:ùúûüũūŭůűųưǔǖǘǚǜȕȗụủứừửữựṳṵṷṹṻ v:ṽṿ w:ŵẁẃẅẇẉẘ x:ẋẍ y:ýÿŷȳẏẙỳỵỷỹ z:źżžƶẑẓẕ \
    ae:æǣǽ oe:œ ss:ßẞ th:þ ij:ĳ lj:ǉ nj:ǌ dz:ǆǳ \
    α:ά ε:έ η:ή ι:ίϊΐ ο:ό υ:ύϋΰ ω:ώ σ:ς \
    е:ѐёӗ и:ѝ і:ї г:ґѓ к:ќ у:ў а:ӑӓ \
    ا:أإآٱٲٳ ي:ىیېے ه:ةۀەۂ ك:کڪ و:ۄۆۇۈۋ
    """

  /// U+FE80 … U+FEFC: the letter behind each shape, after folding.
  private static let arabicShapes: [String] = {
    var shapes: [String] = []
    let letters: [(String, Int)] = [
      ("ء", 1), ("ا", 2), ("ا", 2), ("ؤ", 2), ("ا", 2), ("ئ", 4), ("ا", 2), ("ب", 4), ("ه", 2), ("ت", 4),
      ("ث", 4), ("ج", 4),
      ("ح", 4), ("خ", 4), ("د", 2), ("ذ", 2), ("ر", 2), ("ز", 2), ("س", 4), ("ش", 4), ("ص", 4), ("ض", 4),
      ("ط", 4), ("ظ", 4),
      ("ع", 4), ("غ", 4), ("ف", 4), ("ق", 4), ("ك", 4), ("ل", 4), ("م", 4), ("ن", 4), ("ه", 4), ("و", 2),
      ("ي", 2), ("ي", 4),
    ]
    for (letter, count) in letters { shapes += Array(repeating: letter, count: count) }
    return shapes
  }()
}
