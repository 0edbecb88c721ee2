import Documents
import Glibc
import Testing

@testable import Activities

/// Files of real publishers, which are not part of this repository; without them these tests say so and pass.
@Suite struct RealFilesTests {
  static var files: [String] {
    guard let shared = Sample.shared, let folder = opendir(shared + "/iati/real") else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".xml") { names.append(shared + "/iati/real/" + name) }
    }
    return names.sorted()
  }

  static func count(_ word: String, in bytes: [UInt8]) -> Int {
    let pattern = Array(word.utf8)
    var count = 0
    var place = 0
    while place + pattern.count <= bytes.count {
      if bytes[place] == pattern[0], bytes[place..<place + pattern.count].elementsEqual(pattern) {
        count += 1
      }
      place += 1
    }
    return count
  }

  @Test func allAreAccepted() throws {
    if Self.files.isEmpty { return print("skipped: no ../shared/iati/real") }
    var total = 0
    for path in Self.files {
      let bytes = try Sample.bytes(path)
      let result = try Sample.read(bytes, settings: ReadingSettings(today: Sample.settings.today), batch: 100)
      #expect(result.summary.problem == nil, "\(path)")
      #expect(
        result.summary.accepted == Self.count("<iati-activity ", in: bytes)
          + Self.count("<iati-activity>", in: bytes), "\(path)")
      #expect(result.summary.rejected == 0, "\(path)")
      #expect(
        result.drafts.reduce(0) { $0 + $1.transactions.count } == Self.count("<transaction>", in: bytes)
          + Self.count("<transaction ", in: bytes))
      #expect(
        result.drafts.reduce(0) { $0 + $1.budgets.count } == Self.count("<budget>", in: bytes)
          + Self.count("<budget ", in: bytes))
      #expect(
        result.drafts.reduce(0) { $0 + Int($1.counts.results) } == Self.count("<result>", in: bytes)
          + Self.count("<result ", in: bytes))
      #expect(result.drafts.allSatisfy { $0.transactions.allSatisfy { $0.amount != nil } })
      total += result.summary.accepted
    }
    #expect(total == 1_144)
  }

  @Test func samePiecewise() throws {
    guard let path = Self.files.first(where: { $0.contains("usaid-bo") }) else {
      return print("skipped: no ../shared/iati/real")
    }
    let bytes = try Sample.bytes(path)
    let whole = try Sample.read(bytes)
    for piece in [1, 1_000] { #expect(try Sample.read(bytes, piece: piece).drafts == whole.drafts) }
  }
}
