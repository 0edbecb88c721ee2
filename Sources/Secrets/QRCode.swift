/// A QR code (ISO/IEC 18004): bytes at level M, versions 1 to 10. For addresses that people take over with a camera.
package struct QRCode: Sendable, Equatable {
  /// Rows of modules, dark where true; without the quiet zone of four modules around them.
  package let modules: [[Bool]]
  package var size: Int { modules.count }

  /// - Returns: nil for more bytes than version 10 holds (213).
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard let version = QRVersion.all.first(where: { bytes.count <= $0.capacity }) else { return nil }
    let codewords = QRCode.interleaved(QRCode.data(bytes, version), version)
    var plain = QRGrid(version)
    plain.place(codewords)
    modules =
      (0..<8).map { mask in
        var grid = plain
        grid.apply(mask: mask)
        return grid.cells
      }.min { QRPenalty.of($0) < QRPenalty.of($1) } ?? []
  }

  /// Mode, length, bytes, terminator and padding.
  private static func data(_ bytes: [UInt8], _ version: QRVersion) -> [UInt8] {
    var bits: [Bool] = []
    func add(_ value: Int, _ count: Int) {
      for place in stride(from: count - 1, through: 0, by: -1) { bits.append(value >> place & 1 == 1) }
    }
    add(0b0100, 4)
    add(bytes.count, version.lengthBits)
    for byte in bytes { add(Int(byte), 8) }
    let whole = version.dataCodewords * 8
    add(0, min(4, whole - bits.count))
    while bits.count % 8 != 0 { bits.append(false) }
    var result = stride(from: 0, to: bits.count, by: 8).map { start in
      bits[start..<start + 8].reduce(UInt8(0)) { $0 << 1 | ($1 ? 1 : 0) }
    }
    var pad: UInt8 = 0xEC
    while result.count < version.dataCodewords {
      result.append(pad)
      pad = pad == 0xEC ? 0x11 : 0xEC
    }
    return result
  }

  /// Blocks with their check words, column by column.
  private static func interleaved(_ data: [UInt8], _ version: QRVersion) -> [UInt8] {
    let generator = ReedSolomon.generator(version.checkWords)
    var blocks: [[UInt8]] = []
    var start = 0
    for length in version.blocks {
      blocks.append(Array(data[start..<start + length]))
      start += length
    }
    let checks = blocks.map { ReedSolomon.remainder($0, generator) }
    var result: [UInt8] = []
    for index in 0..<(version.blocks.max() ?? 0) {
      for block in blocks where index < block.count { result.append(block[index]) }
    }
    for index in 0..<version.checkWords { for check in checks { result.append(check[index]) } }
    return result
  }
}

/// What level M looks like in each version (tables 1, 9 and E.1 of the standard).
struct QRVersion: Sendable {
  let number: Int
  let checkWords: Int
  /// Data words of each block.
  let blocks: [Int]
  let alignment: [Int]

  var size: Int { 17 + 4 * number }
  var lengthBits: Int { number < 10 ? 8 : 16 }
  var dataCodewords: Int { blocks.reduce(0, +) }
  /// Bytes that fit beside mode and length.
  var capacity: Int { dataCodewords - (4 + lengthBits + 7) / 8 }

  static let all: [QRVersion] = [
    QRVersion(number: 1, checkWords: 10, blocks: [16], alignment: []),
    QRVersion(number: 2, checkWords: 16, blocks: [28], alignment: [6, 18]),
    QRVersion(number: 3, checkWords: 26, blocks: [44], alignment: [6, 22]),
    QRVersion(number: 4, checkWords: 18, blocks: [32, 32], alignment: [6, 26]),
    QRVersion(number: 5, checkWords: 24, blocks: [43, 43], alignment: [6, 30]),
    QRVersion(number: 6, checkWords: 16, blocks: [27, 27, 27, 27], alignment: [6, 34]),
    QRVersion(number: 7, checkWords: 18, blocks: [31, 31, 31, 31], alignment: [6, 22, 38]),
    QRVersion(number: 8, checkWords: 22, blocks: [38, 38, 39, 39], alignment: [6, 24, 42]),
    QRVersion(number: 9, checkWords: 22, blocks: [36, 36, 36, 37, 37], alignment: [6, 26, 46]),
    QRVersion(number: 10, checkWords: 26, blocks: [43, 43, 43, 43, 44], alignment: [6, 28, 50]),
  ]
}

/// Check words over GF(2⁸) with the polynomial x⁸ + x⁴ + x³ + x² + 1.
enum ReedSolomon {
  static func multiply(_ a: UInt8, _ b: UInt8) -> UInt8 {
    var product = 0
    for place in stride(from: 7, through: 0, by: -1) {
      product = product << 1 ^ (product >> 7) * 0x11D
      if b >> UInt8(place) & 1 == 1 { product ^= Int(a) }
    }
    return UInt8(product)
  }
  /// Coefficients after the leading one, highest power first.
  static func generator(_ degree: Int) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: degree)
    result[degree - 1] = 1
    var root: UInt8 = 1
    for _ in 0..<degree {
      for index in 0..<degree {
        result[index] = multiply(result[index], root)
        if index + 1 < degree { result[index] ^= result[index + 1] }
      }
      root = multiply(root, 2)
    }
    return result
  }
  static func remainder(_ data: [UInt8], _ generator: [UInt8]) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: generator.count)
    for byte in data {
      let factor = byte ^ result.removeFirst()
      result.append(0)
      for index in result.indices { result[index] ^= multiply(generator[index], factor) }
    }
    return result
  }
}

/// The square while it is filled: patterns first, then words in their zigzag, then a mask over the words.
struct QRGrid {
  private(set) var cells: [[Bool]]
  private var isFixed: [[Bool]]
  private let size: Int

  init(_ version: QRVersion) {
    size = version.size
    cells = Array(repeating: Array(repeating: false, count: size), count: size)
    isFixed = cells
    for index in 0..<size {
      set(6, index, index % 2 == 0)
      set(index, 6, index % 2 == 0)
    }
    for (row, column) in [(3, 3), (3, size - 4), (size - 4, 3)] { finder(row, column) }
    let last = version.alignment.count - 1
    for (i, row) in version.alignment.enumerated() {
      for (j, column) in version.alignment.enumerated() {
        let isCorner = (i == 0 && j == 0) || (i == 0 && j == last) || (i == last && j == 0)
        if !isCorner { alignment(row, column) }
      }
    }
    format(mask: 0)
    if version.number >= 7 { number(version.number) }
  }

  private mutating func set(_ row: Int, _ column: Int, _ isDark: Bool) {
    cells[row][column] = isDark
    isFixed[row][column] = true
  }
  private mutating func finder(_ row: Int, _ column: Int) {
    for dy in -4...4 {
      for dx in -4...4 {
        let (y, x) = (row + dy, column + dx)
        guard (0..<size).contains(y), (0..<size).contains(x) else { continue }
        let ring = max(abs(dy), abs(dx))
        set(y, x, ring != 2 && ring != 4)
      }
    }
  }
  private mutating func alignment(_ row: Int, _ column: Int) {
    for dy in -2...2 { for dx in -2...2 { set(row + dy, column + dx, max(abs(dy), abs(dx)) != 1) } }
  }
  /// Level M and the mask, twice, with ten check bits.
  private mutating func format(mask: Int) {
    var rest = mask
    for _ in 0..<10 { rest = rest << 1 ^ (rest >> 9) * 0x537 }
    let bits = (mask << 10 | rest) ^ 0x5412
    func bit(_ place: Int) -> Bool { bits >> place & 1 == 1 }
    for place in 0...5 { set(place, 8, bit(place)) }
    set(7, 8, bit(6))
    set(8, 8, bit(7))
    set(8, 7, bit(8))
    for place in 9..<15 { set(8, 14 - place, bit(place)) }
    for place in 0..<8 { set(8, size - 1 - place, bit(place)) }
    for place in 8..<15 { set(size - 15 + place, 8, bit(place)) }
    set(size - 8, 8, true)
  }
  /// The version, twice, with twelve check bits.
  private mutating func number(_ version: Int) {
    var rest = version
    for _ in 0..<12 { rest = rest << 1 ^ (rest >> 11) * 0x1F25 }
    let bits = version << 12 | rest
    for place in 0..<18 {
      let isDark = bits >> place & 1 == 1
      let (one, other) = (size - 11 + place % 3, place / 3)
      set(one, other, isDark)
      set(other, one, isDark)
    }
  }

  /// Two columns at a time from the right, up and down in turn, around what is fixed.
  mutating func place(_ words: [UInt8]) {
    var index = 0
    var right = size - 1
    while right >= 1 {
      if right == 6 { right = 5 }
      let isUpward = (right + 1) & 2 == 0
      for step in 0..<size {
        let row = isUpward ? size - 1 - step : step
        for column in [right, right - 1] where !isFixed[row][column] && index < words.count * 8 {
          cells[row][column] = words[index >> 3] >> UInt8(7 - index & 7) & 1 == 1
          index += 1
        }
      }
      right -= 2
    }
  }

  mutating func apply(mask: Int) {
    for row in 0..<size {
      for column in 0..<size where !isFixed[row][column] && QRGrid.isMasked(mask, row, column) {
        cells[row][column].toggle()
      }
    }
    format(mask: mask)
  }
  private static func isMasked(_ mask: Int, _ row: Int, _ column: Int) -> Bool {
    let product = row * column
    switch mask {
    case 0: return (row + column) % 2 == 0
    case 1: return row % 2 == 0
    case 2: return column % 3 == 0
    case 3: return (row + column) % 3 == 0
    case 4: return (row / 2 + column / 3) % 2 == 0
    case 5: return product % 2 + product % 3 == 0
    case 6: return (product % 2 + product % 3) % 2 == 0
    default: return ((row + column) % 2 + product % 3) % 2 == 0
    }
  }
}

/// How hard a pattern is to read (7.8.3 of the standard): runs, blocks, shapes like a finder, imbalance.
enum QRPenalty {
  static func of(_ cells: [[Bool]]) -> Int {
    let columns = cells.indices.map { column in cells.map { $0[column] } }
    let lines = (cells + columns).reduce(0) { $0 + runs($1) + finders($1) }
    let dark = cells.reduce(0) { $0 + $1.filter { $0 }.count }
    let share = abs(dark * 20 - cells.count * cells.count * 10)
    return lines + blocks(cells) + share / (cells.count * cells.count) * 10
  }
  private static func runs(_ line: [Bool]) -> Int {
    var penalty = 0
    var length = 1
    for index in 1..<line.count {
      length = line[index] == line[index - 1] ? length + 1 : 1
      if length == 5 { penalty += 3 } else if length > 5 { penalty += 1 }
    }
    return penalty
  }
  private static func blocks(_ cells: [[Bool]]) -> Int {
    var penalty = 0
    for row in 1..<cells.count {
      for column in 1..<cells.count {
        let value = cells[row][column]
        if cells[row - 1][column] == value, cells[row][column - 1] == value,
          cells[row - 1][column - 1] == value
        {
          penalty += 3
        }
      }
    }
    return penalty
  }
  private static let shape: [Bool] = [true, false, true, true, true, false, true]
  private static func finders(_ line: [Bool]) -> Int {
    var penalty = 0
    for start in 0...(line.count - 7) where Array(line[start..<start + 7]) == shape {
      func isLight(_ range: Range<Int>) -> Bool {
        range.allSatisfy { !line.indices.contains($0) || !line[$0] }
      }
      if isLight(start - 4..<start) || isLight(start + 7..<start + 11) { penalty += 40 }
    }
    return penalty
  }
}
