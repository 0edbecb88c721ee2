/// Cuts endings (and in Arabic what is joined in front), so that the forms of a word meet. By script, not by language:
/// the same cut is made in texts and in questions, so it only has to be the same, not right.
///
/// Sources of the rules: the light stemmers of Savoy and Dolamic for Russian, `light10` of Larkey for Arabic; the Latin
/// rules are our own for English, French and Spanish together. Each is tested by tables.
enum SearchStems {
  enum Script {
    case latin, cyrillic, arabic, number, other
    init(_ word: String) {
      switch word.utf8.first ?? 0 {
      case 48...57: self = .number
      case ..<0x80, 0xC3...0xCA: self = .latin
      case 0xD0...0xD3: self = .cyrillic
      case 0xD8...0xDB: self = .arabic
      default: self = .other
      }
    }
    /// Whether a beginning of a word may stand for it.
    var isAlphabetic: Bool { self != .number && self != .other }
  }

  /// Everything under which a folded word of a text is found: the word itself first.
  static func forms(_ word: String) -> [String] {
    var forms = [word]
    func add(_ form: String) { if !forms.contains(form) { forms.append(form) } }
    switch Script(word) {
    case .latin: add(latin(word))
    case .cyrillic: add(russian(word))
    case .arabic:
      for bare in arabicBare(word) {
        add(bare)
        add(arabic(bare))
      }
    case .number, .other: break
    }
    return forms
  }

  /// What a word of a question is looked for as; a text that holds one of them fits.
  static func stems(_ word: String) -> [String] {
    switch Script(word) {
    case .latin: [latin(word)]
    case .cyrillic: [russian(word)]
    case .arabic:
      arabicBare(word).reduce(into: [String]()) { stems, bare in
        let stem = arabic(bare)
        if !stems.contains(stem) { stems.append(stem) }
      }
    case .number, .other: [word]
    }
  }

  // MARK: Latin

  private static let kept: Set<String> = ["united", "news"]

  static func latin(_ word: String) -> String {
    var bytes = Array(word.utf8)
    guard bytes.count >= 4, !kept.contains(word), bytes.allSatisfy({ 97...122 ~= $0 }) else { return word }
    if cut(&bytes, "eaux", leaving: 2) {
      bytes += "eau".utf8  // bureaux, réseaux
    } else if cut(&bytes, "aux", leaving: 3) {
      bytes += "al".utf8  // nationaux
    } else if cut(&bytes, "ies", leaving: 2) {
      bytes += "y".utf8  // bodies; parties in English and in French
    } else if cut(&bytes, "ing", leaving: 4) {
    } else if !ends(bytes, "eed"), cut(&bytes, "ed", leaving: 4) {
    } else if !ends(bytes, "ss"), !ends(bytes, "us"), !ends(bytes, "is") {
      _ = cut(&bytes, "s", leaving: 3)
    }
    if cut(&bytes, "ie", leaving: 3) { bytes += "y".utf8 }
    // Gender, and the e of plurals: persona, organisée, naciones.
    for _ in 0..<2 {
      guard bytes.count >= 4, let last = bytes.last, last == 0x61 || last == 0x65 || last == 0x6F else {
        break
      }
      bytes.removeLast()
    }
    if ends(bytes, "ck") { bytes.removeLast() }  // trafficking, traffic
    if bytes.count > 3, ends(bytes, "iv") { bytes[bytes.count - 1] = 0x66 }  // administrative, administratif
    if bytes.last == 0x7A { bytes[bytes.count - 1] = 0x63 }  // juez, jueces
    if bytes.count > 3, bytes[bytes.count - 1] == bytes[bytes.count - 2], !isVowel(bytes[bytes.count - 1]) {
      bytes.removeLast()  // planning, professionnelle
    }
    return String(decoding: bytes, as: UTF8.self)
  }
  private static func isVowel(_ byte: UInt8) -> Bool { "aeiouy".utf8.contains(byte) }

  // MARK: Russian

  private static let russianEndings: [[[UInt8]]] = [
    "иями оями",
    "иям иях оях ями оям ами его ему ери ими ого ому ыми оев ией ием ьем ьми",
    "ая яя ях юю ах ею их ия ию ью ии ие ою ую ям ых ея ам ем ей ев ий им ое ой ом ов ые ый ым ми",
    "а е и о у й ы я ь ю",
  ].map { $0.split(separator: " ").map { Array($0.utf8) } }

  static func russian(_ word: String) -> String {
    var bytes = Array(word.utf8)
    guard bytes.count >= 8 else { return word }
    // The longest ending that leaves three letters.
    search: for endings in russianEndings {
      for ending in endings where bytes.count - ending.count >= 6 && bytes.suffix(ending.count) == ending[...]
      {
        bytes.removeLast(ending.count)
        break search
      }
    }
    if bytes.count > 6, bytes.suffix(2) == softSign { bytes.removeLast(2) }
    if bytes.count > 8, bytes.suffix(4) == doubleN { bytes.removeLast(2) }
    return String(decoding: bytes, as: UTF8.self)
  }
  private static let softSign = Array("ь".utf8)[...]
  private static let doubleN = Array("нн".utf8)[...]

  // MARK: Arabic

  private static let particles = Set(["و", "ف", "ب", "ل", "ك"].map { Array($0.utf8)[...] })
  private static let arabicEndings = ["ها", "هم", "ان", "ات", "ون", "ين", "يه", "ه", "ي"].map {
    Array($0.utf8)
  }

  /// The word without article, and without a letter joined in front of it where enough remains.
  static func arabicBare(_ word: String) -> [String] {
    let bare = Folding.fold(word)
    var found = [bare]
    for start in [word, bare] {
      let bytes = Array(start.utf8)
      guard bytes.count >= 10, particles.contains(bytes[..<2]) else { continue }
      let rest = Folding.fold(String(decoding: bytes[2...], as: UTF8.self))
      if !found.contains(rest) { found.append(rest) }
    }
    return found
  }
  static func arabic(_ word: String) -> String {
    var bytes = Array(word.utf8)
    for ending in arabicEndings
    where bytes.count - ending.count >= 6 && bytes.suffix(ending.count) == ending[...] {
      bytes.removeLast(ending.count)
    }
    // مكافحتها: the ة of مكافحة before what is joined to it.
    if bytes.count < word.utf8.count, bytes.count >= 8, bytes.suffix(2) == openTa { bytes.removeLast(2) }
    return String(decoding: bytes, as: UTF8.self)
  }
  private static let openTa = Array("ت".utf8)[...]

  // MARK: Help

  private static func ends(_ bytes: [UInt8], _ ending: StaticString) -> Bool {
    let count = ending.utf8CodeUnitCount
    return bytes.count >= count
      && bytes.suffix(count).elementsEqual(UnsafeBufferPointer(start: ending.utf8Start, count: count))
  }
  private static func cut(_ bytes: inout [UInt8], _ ending: StaticString, leaving least: Int) -> Bool {
    guard ends(bytes, ending), bytes.count - ending.utf8CodeUnitCount >= least else { return false }
    bytes.removeLast(ending.utf8CodeUnitCount)
    return true
  }
}
