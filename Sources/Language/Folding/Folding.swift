/// Makes texts comparable for finding words in them, in any of the six languages.
///
/// Lower case; Latin, Greek and Cyrillic accents folded (`й` stays a letter of its own, `ё` becomes `е`); Arabic
/// without vowel signs and tatweel, with one alef, `ى` as `ي`, `ة` as `ه` and without the article at the front of
/// words; digits of all kinds as 0–9; everything that is no letter or digit is a space. Chinese stays.
package enum Folding {
  /// - Parameter keepingArticles: leaves the Arabic article where it is.
  package static func fold(_ text: String, keepingArticles: Bool = false) -> String {
    let folded = FoldedText()
    var text = text
    text.withUTF8 { fold($0, into: folded, keepingArticles: keepingArticles) }
    return folded.text
  }

  /// Appends the folded text; a text that is folded after another starts a new word.
  package static func fold(_ text: String, into folded: FoldedText) {
    var text = text
    text.withUTF8 { fold($0, into: folded) }
  }

  /// - Parameter source: valid UTF-8.
  package static func fold(
    _ source: UnsafeBufferPointer<UInt8>, into folded: FoldedText, keepingArticles: Bool = false
  ) {
    folded.reserve(source.count)
    guard let input = source.baseAddress else { return }
    let tables = FoldingTables.shared
    tables.ascii.withUnsafeBufferPointer { ascii in
      tables.two.withUnsafeBufferPointer { two in
        guard let ascii = ascii.baseAddress, let two = two.baseAddress else { return }
        var run = Run(
          output: folded.bytes, starts: folded.starts, count: folded.count, startCount: folded.startCount,
          keepsArticles: keepingArticles)
        run.fold(input, source.count, ascii, two, tables)
        // Whoever reads four bytes at once from a start reads these at the end.
        for index in 0..<4 { folded.bytes[run.count + index] = 0x20 }
        folded.count = run.count
        folded.startCount = run.startCount
      }
    }
  }

  /// One pass over one text.
  private struct Run {
    let output: UnsafeMutablePointer<UInt8>
    let starts: UnsafeMutablePointer<Int32>
    var count: Int
    var startCount: Int
    let keepsArticles: Bool
    /// Where the open word begins; -1 between words.
    var word = -1

    mutating func fold(
      _ input: UnsafePointer<UInt8>, _ length: Int, _ ascii: UnsafePointer<UInt8>,
      _ two: UnsafePointer<FoldingTables.Entry>,
      _ tables: FoldingTables
    ) {
      var place = 0
      while place < length {
        let first = input[place]
        var letter = ascii[Int(first)]
        if letter != 0 {
          if word < 0 { startWord() }
          var end = count
          repeat {
            output[end] = letter
            end &+= 1
            place &+= 1
            if place == length { break }
            letter = ascii[Int(input[place])]
          } while letter != 0
          count = end
        } else if first < 0x80 {
          if word >= 0 { endWord() }
          place &+= 1
        } else if first < 0xE0 {
          let code = Int(first & 0x1F) &<< 6 | Int(input[place &+ 1] & 0x3F)
          if code == 0x306, count >= 2, output[count &- 2] == 0xD0, output[count &- 1] == 0xB8 {
            output[count &- 1] = 0xB9  // и with a separate breve is й
          } else {
            put(two[code &- 0x80])
          }
          place &+= 2
        } else if first < 0xF0 {
          let code =
            Int(first & 0x0F) &<< 12 | Int(input[place &+ 1] & 0x3F) &<< 6 | Int(input[place &+ 2] & 0x3F)
          putThree(code, input + place, tables)
          place &+= 3
        } else {
          // Emoji and other pictures are no words; ideographs beyond the first plane are.
          if first == 0xF0, input[place &+ 1] == 0x9F { endWord() } else { putCharacter(input + place, 4) }
          place &+= 4
        }
      }
      endWord()
    }

    @inline(__always) private mutating func startWord() {
      if count > 0 {
        output[count] = 0x20
        count &+= 1
      }
      word = count
      starts[startCount] = Int32(truncatingIfNeeded: count)
      startCount &+= 1
    }

    @inline(__always) private mutating func endWord() {
      if word < 0 { return }
      if output[word] &- 0xD8 < 4 && !keepsArticles { stripArticle() }
      word = -1
    }

    @inline(__always) private mutating func put(_ entry: FoldingTables.Entry) {
      if entry.count == FoldingTables.Entry.separator { return endWord() }
      if entry.count == 0 { return }
      if word < 0 { startWord() }
      output[count] = entry.bytes.0
      output[count &+ 1] = entry.bytes.1
      output[count &+ 2] = entry.bytes.2
      count &+= Int(entry.count)
    }

    private mutating func putThree(_ code: Int, _ input: UnsafePointer<UInt8>, _ tables: FoldingTables) {
      switch code {
      case 0x1E00..<0x1F00: put(tables.latin[code - 0x1E00])
      case 0x2000..<0x2070: put(tables.punctuation[code - 0x2000])
      case 0x2070..<0x2C00, 0x3000...0x3004, 0x3008...0x3020, 0x30FB, 0xFE10...0xFE1F, 0xFE30...0xFE6F,
        0xFF5F...0xFF65,
        0xFFE0...0xFFFF:
        endWord()
      case 0xFEF5...0xFEFC:  // lam and alef as one shape
        put(FoldingTables.Entry(bytes: (0xD9, 0x84, 0), count: 2))
        put(FoldingTables.Entry(bytes: (0xD8, 0xA7, 0), count: 2))
      case 0xFE80..<0xFF00, 0xFE70..<0xFE80, 0xFE00...0xFE0F, 0xFE20...0xFE2F:
        put(tables.shapes[code - 0xFB50])
      case 0xFF01...0xFF5E:  // full-width ASCII
        let letter = tables.ascii[code - 0xFF00 + 0x20]
        put(
          FoldingTables.Entry(bytes: (letter, 0, 0), count: letter == 0 ? FoldingTables.Entry.separator : 1))
      default: putCharacter(input, 3)
      }
    }

    /// A character of a script without spaces, and whatever else is not known more closely: a word by itself.
    private mutating func putCharacter(_ input: UnsafePointer<UInt8>, _ length: Int) {
      endWord()
      // A space stands between it and a word of another script only.
      if count > 0, output[count &- 1] < 0x80 || isLetterOfTwo { separate() }
      starts[startCount] = Int32(truncatingIfNeeded: count)
      startCount &+= 1
      for index in 0..<length { output[count &+ index] = input[index] }
      count &+= length
    }

    private mutating func separate() {
      if output[count &- 1] == 0x20 { return }
      output[count] = 0x20
      count &+= 1
    }

    /// The last character written has two bytes.
    private var isLetterOfTwo: Bool { count >= 2 && output[count &- 2] & 0xE0 == 0xC0 }

    /// Takes ال, وال, بال, كال, فال and لل from the front of an Arabic word when enough of it remains.
    private mutating func stripArticle() {
      let length = count &- word
      if length < 8 { return }
      let word = output + word
      @inline(__always) func letter(_ index: Int) -> UInt16 {
        UInt16(word[index &* 2]) &<< 8 | UInt16(word[index &* 2 &+ 1])
      }
      let alef: UInt16 = 0xD8A7
      let lam: UInt16 = 0xD984
      var cut = 0
      switch letter(0) {
      case alef: if letter(1) == lam { cut = 4 }
      case lam: if letter(1) == lam, length >= 10 { cut = 4 }
      case 0xD988, 0xD8A8, 0xD983, 0xD981:
        if length >= 12, letter(1) == alef, letter(2) == lam { cut = 6 }
      default: break
      }
      if cut == 0 { return }
      (output + self.word).update(from: output + self.word + cut, count: length &- cut)
      count &-= cut
    }
  }
}
