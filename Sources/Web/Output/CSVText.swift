import Language

/// RFC 4180: CRLF, a header row, quotation where it is needed.
///
/// A text that a spreadsheet would run as a formula (`=`, `+`, `-`, `@`, tab, CR first) gets an apostrophe before it.
enum CSVText {
  static func money(_ value: CellValue) -> [String] {
    guard case .money(let minor, let currency) = value else { return ["", ""] }
    return [Formats.decimal(minor: minor, digits: Formats.digits(of: currency)), currency]
  }
  static func cell(_ value: CellValue) -> String {
    switch value {
    case .none: ""
    case .text(let text): harmless(text)
    case .number(let value): String(value)
    case .decimal(let text), .date(let text): text
    case .money(let minor, let currency):
      Formats.decimal(minor: minor, digits: Formats.digits(of: currency)) + " " + currency
    case .flag(let value): value ? "true" : "false"
    case .texts(let items): harmless(items.joined(separator: "; "))
    case .records: harmless(value.lines.joined(separator: "\n"))
    }
  }
  private static func harmless(_ text: String) -> String {
    guard let first = text.utf8.first else { return text }
    return "=+-@\t\r".utf8.contains(first) ? "'" + text : text
  }

  static func line(_ cells: [String], to out: inout [UInt8]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { out.append(UInt8(ascii: ",")) }
      let needsQuotes =
        cell.utf8.contains { $0 == 34 || $0 == 44 || $0 == 10 || $0 == 13 } || cell.first == " "
        || cell.last == " "
      guard needsQuotes else {
        out.append(contentsOf: cell.utf8)
        continue
      }
      out.append(34)
      for byte in cell.utf8 {
        if byte == 34 { out.append(34) }
        out.append(byte)
      }
      out.append(34)
    }
    out.append(contentsOf: [13, 10])
  }
}

/// `Content-Disposition` by RFC 6266: an ASCII name for old readers, the true one beside it.
enum Disposition {
  static func attachment(_ name: String) -> String {
    let safe = name.unicodeScalars.map { scalar -> String in
      let isPlain = scalar.isASCII && scalar.value > 31 && scalar.value != 127
      return isPlain && !"\"\\/;%".unicodeScalars.contains(scalar) ? String(scalar) : "_"
    }.joined()
    let extended = safe == name ? "" : "; filename*=UTF-8''" + Address.encode(name)
    return "attachment; filename=\"\(safe)\"" + extended
  }
}
