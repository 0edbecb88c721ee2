import Testing

@testable import Documents

@Suite struct CSVTests {
  private func cells(_ text: String) -> [[String]] { CSV.read(Array(text.utf8)).records.map(\.cells) }

  @Test func shapes() {
    #expect(cells("a,b\r\nc,d\r\n") == [["a", "b"], ["c", "d"]])
    #expect(cells("a,b\nc,d") == [["a", "b"], ["c", "d"]])
    #expect(cells("a,b\rc,d\r") == [["a", "b"], ["c", "d"]])
    #expect(cells("\u{FEFF}a,b\n") == [["a", "b"]])
    #expect(cells("a,,\n") == [["a", "", ""]])
    #expect(cells(",\n") == [["", ""]])
    #expect(cells("\"a,\"\"b\"\"\nc\",d\n") == [["a,\"b\"\nc", "d"]])
    #expect(cells("\"\",x\n") == [["", "x"]])
    #expect(cells("") == [])
    #expect(cells("\n\r\n\n") == [])
    #expect(cells("الجريمة,犯罪,é\n") == [["الجريمة", "犯罪", "é"]])
  }

  @Test func linesOfRecords() {
    let parsed = CSV.read(Array("h\n\"a\nb\"\n\nc\n".utf8))
    #expect(parsed.records.map(\.line) == [1, 2, 5])
  }

  @Test func faults() {
    func kinds(_ bytes: [UInt8]) -> [CSV.Fault.Kind] { CSV.read(bytes).faults.map(\.kind) }
    #expect(kinds(Array("a,\"b\n".utf8)) == [.quoteOpen])
    #expect(kinds(Array("\"a\"b,c\n".utf8)) == [.quoteText])
    #expect(kinds([0x61, 0xE9, 0x0A]) == [.encoding])
    #expect(kinds([0x61, 0, 0x62, 0x0A]) == [.nul])
    #expect(kinds([UInt8](repeating: 0x61, count: CSV.cellLimit + 5)).contains(.cellTooLong))
    let fault = CSV.read(Array("a,b\nc,\"d\n".utf8)).faults.first
    #expect(fault?.cell == 2)
  }

  @Test func tables() {
    let table = CSVTable(Array("a,b\n1,2\n3\n4,5,6\n7,8\n".utf8))
    #expect(table.rows.map { $0["b"] } == ["2", "8"])
    #expect(table.faults.map(\.line) == [3, 4])
    #expect(table.faults.allSatisfy { $0.rule == "cells" })
  }

  /// What is written by the rules of RFC 4180 comes back, whatever stands in the cells.
  @Test func roundTrips() {
    var random = SplitMix(seed: 11)
    let alphabet: [Character] = ["a", "\"", ",", "\n", "\r\n", "\r", " ", "é", "中", "=", "-", "\t", "ن"]
    for _ in 0..<2_000 {
      let columns = 1 + random.next(4)
      var rows: [[String]] = []
      for _ in 0...random.next(4) {
        rows.append(
          (0..<columns).map { _ in
            String((0..<random.next(6)).map { _ in alphabet[random.next(alphabet.count)] })
          })
      }
      let text = rows.map { $0.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") }
        .joined(separator: "\r\n")
      let parsed = CSV.read(Array(text.utf8))
      #expect(parsed.faults.isEmpty)
      #expect(
        parsed.records.map { $0.cells.map { Array($0.unicodeScalars) } }
          == rows.map { $0.map { Array($0.unicodeScalars) } })
    }
  }

  /// Any bytes at all: no crash, and every record has a line.
  @Test func fuzz() {
    var random = SplitMix(seed: 12)
    let bytes: [UInt8] = [0x22, 0x2C, 0x0A, 0x0D, 0x61, 0, 0xC3, 0xA9, 0xFF, 0xEF, 0xBB, 0xBF]
    for _ in 0..<5_000 {
      let input = (0..<random.next(24)).map { _ in bytes[random.next(bytes.count)] }
      let parsed = CSV.read(input)
      #expect(parsed.records.allSatisfy { $0.line >= 1 && !$0.cells.isEmpty })
    }
  }
}
