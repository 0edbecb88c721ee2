/// Comma-separated values by RFC 4180: UTF-8, with or without BOM, lines ended by CRLF, LF or CR.
package enum CSV {
  package struct Record: Sendable, Equatable {
    /// Line on which the record begins, from 1.
    package let line: Int
    package let cells: [String]
  }
  package struct Fault: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
      /// A cell in quotation marks never ends.
      case quoteOpen = "quote-open"
      /// Something follows the closing quotation mark.
      case quoteText = "quote-text"
      case encoding
      case nul
      case cellTooLong = "cell-too-long"
      /// The file is UTF-16 or UTF-32: nothing of it was read.
      case wide = "utf-16"
    }
    package let kind: Kind
    package let line: Int
    /// Cell within the record, from 1.
    package let cell: Int
  }
  package struct Parsed: Sendable, Equatable {
    package var records: [Record] = []
    package var faults: [Fault] = []
  }

  /// Bytes of one cell at most.
  package static let cellLimit = 1_000_000
  /// Faults named at most; a file with more is no table.
  package static let faultLimit = 1_000

  /// Every record; lines that are wholly empty are left out. A cell with a fault is kept as far as it was understood.
  package static func read(_ bytes: [UInt8]) -> Parsed {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || hasWideLetters(bytes) {
      return Parsed(faults: [Fault(kind: .wide, line: 1, cell: 1)])
    }
    var parser = Parser(bytes)
    parser.run()
    return parser.parsed
  }

  /// Every other byte of the beginning is NUL: letters of two bytes without a mark at the beginning.
  private static func hasWideLetters(_ bytes: [UInt8]) -> Bool {
    let head = bytes.prefix(64)
    return head.count >= 8 && head.filter { $0 == 0 }.count * 3 > head.count
  }

  private struct Parser {
    let bytes: [UInt8]
    var parsed = Parsed()
    private var place = 0
    private var line = 1
    private var started = 1
    private var cells: [String] = []
    private var cell: [UInt8] = []
    // A cell is begun: after a comma, or by its first byte or quotation mark.
    private var isOpen = false

    private static let quote = UInt8(ascii: "\"")
    private static let comma = UInt8(ascii: ",")
    private static let cr = UInt8(ascii: "\r")
    private static let lf = UInt8(ascii: "\n")

    init(_ bytes: [UInt8]) {
      self.bytes = bytes
      if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
    }
    private mutating func fault(_ kind: Fault.Kind) {
      // One of a kind on a line says enough.
      if let last = parsed.faults.last, last.kind == kind, last.line == line { return }
      if parsed.faults.count >= CSV.faultLimit { return }
      parsed.faults.append(Fault(kind: kind, line: line, cell: cells.count + 1))
    }
    mutating func run() {
      while place < bytes.count {
        let byte = bytes[place]
        switch byte {
        case Self.quote where cell.isEmpty: quoted()
        case Self.comma:
          place += 1
          endCell()
          isOpen = true
        case Self.cr, Self.lf:
          endRecord()
          skipBreak()
        default:
          add(byte)
          place += 1
        }
      }
      endRecord()
    }
    private mutating func add(_ byte: UInt8) {
      isOpen = true
      if byte == 0 { return fault(.nul) }
      if cell.count == CSV.cellLimit { fault(.cellTooLong) }
      if cell.count <= CSV.cellLimit { cell.append(byte) }
    }
    // Line breaks inside quotation marks belong to the cell; any kind is kept as it is.
    private mutating func quoted() {
      place += 1
      isOpen = true
      while place < bytes.count {
        let byte = bytes[place]
        place += 1
        if byte == Self.quote {
          if place < bytes.count, bytes[place] == Self.quote {
            add(byte)
            place += 1
            continue
          }
          if place < bytes.count, ![Self.comma, Self.cr, Self.lf].contains(bytes[place]) {
            fault(.quoteText)
          }
          return
        }
        if byte == Self.lf || (byte == Self.cr && !(place < bytes.count && bytes[place] == Self.lf)) {
          line += 1
        }
        add(byte)
      }
      fault(.quoteOpen)
    }
    private mutating func endCell() {
      if let text = String(validating: cell, as: UTF8.self) {
        cells.append(text)
      } else {
        fault(.encoding)
        cells.append(String(decoding: cell, as: UTF8.self))
      }
      cell.removeAll(keepingCapacity: true)
      isOpen = false
    }
    private mutating func endRecord() {
      if isOpen || !cells.isEmpty {
        endCell()
        parsed.records.append(Record(line: started, cells: cells))
      }
      cells = []
    }
    private mutating func skipBreak() {
      if bytes[place] == Self.cr, place + 1 < bytes.count, bytes[place + 1] == Self.lf { place += 1 }
      place += 1
      line += 1
      started = line
    }
  }
}
