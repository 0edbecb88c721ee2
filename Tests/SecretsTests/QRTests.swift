import Foundation
import Testing

@testable import Secrets

/// QR codes, read back by a program of others (zbarimg).
@Suite struct QRTests {
  static let hasReader = (try? Tool.run(["zbarimg", "--version"])) != nil

  @Test func sizes() throws {
    #expect(try #require(QRCode("")).size == 21)
    #expect(try #require(QRCode(String(repeating: "a", count: 14))).size == 21)
    #expect(try #require(QRCode(String(repeating: "a", count: 15))).size == 25)
    #expect(try #require(QRCode(String(repeating: "a", count: 213))).size == 57)
    #expect(QRCode(String(repeating: "a", count: 214)) == nil)
    let total = QRVersion.all.map { $0.dataCodewords + $0.checkWords * $0.blocks.count }
    #expect(total == [26, 44, 70, 100, 134, 172, 196, 242, 292, 346])
  }

  /// Table A.1 of the standard: the generator of ten check words, as powers of the root.
  @Test func generator() {
    var powers: [UInt8] = [1]
    for _ in 1..<255 { powers.append(ReedSolomon.multiply(powers[powers.count - 1], 2)) }
    #expect(ReedSolomon.generator(10) == [251, 67, 46, 61, 118, 70, 64, 94, 32, 45].map { powers[$0] })
    #expect(Set(powers).count == 255)
  }

  @Test(.enabled(if: hasReader)) func readByOthers() throws {
    var texts = ["", "x", "otpauth://totp/Wasl:amina%40example.org?secret=JBSWY3DPEHPK3PXP&issuer=Wasl"]
    // Each version full, and one byte more than the version before.
    for version in QRVersion.all {
      for length in [version.capacity, version.capacity - 1, version.capacity / 2 + 3] {
        texts.append(
          String((0..<length).map { Character(Unicode.Scalar(UInt8(33 + ($0 * 7 + length) % 90))) }))
      }
    }
    texts.append("Привет, وصل, 连接")
    var read = 0
    for text in texts where !text.isEmpty {
      let code = try #require(QRCode(text))
      let found = try Tool.folder { folder in
        try Data(Self.picture(code)).write(to: URL(fileURLWithPath: folder + "/code.pbm"))
        return try Tool.run([
          "zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", folder + "/code.pbm",
        ])
      }
      #expect(found.trimmingCharacters(in: .newlines) == text, "\(text.utf8.count) bytes")
      read += 1
    }
    print("summary: \(read) QR codes of \(QRVersion.all.count) versions read back by zbarimg")
  }

  /// A portable bitmap, four pixels a module.
  static func picture(_ code: QRCode) -> [UInt8] {
    let side = (code.size + 8) * 4
    var text = "P1\n\(side) \(side)\n"
    for y in 0..<side {
      for x in 0..<side {
        let (row, column) = (y / 4 - 4, x / 4 - 4)
        let isInside = (0..<code.size).contains(row) && (0..<code.size).contains(column)
        text += isInside && code.modules[row][column] ? "1" : "0"
      }
      text += "\n"
    }
    return Array(text.utf8)
  }
}
