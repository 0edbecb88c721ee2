import Foundation
import Language
import Storage
import TestKit
import Testing

/// Whatever the code can record has words in six languages, so that no official reads a program's.
@Suite struct TrailWordsTests {
  /// Events, kinds of records and changed fields, as the sources name them.
  struct Recorded {
    var events: Set<String> = []
    var kinds: Set<String> = []
    var fields: Set<String> = []
  }
  static func recorded() throws -> Recorded {
    var all = Recorded()
    for target in ScanTests.subjects + ["Mail", "Site"] {
      for file in try ScanTests.files(target) {
        let text = file.text
        for match in text.matches(
          of: /(?:Event\(\s*|event: |act: |linkMade = |linkMade : )"([a-z]+\.[a-z-]+)"/)
        {
          all.events.insert(String(match.1))
        }
        for match in text.matches(of: /nominationReceipt\("([a-z.-]+)"/) {
          all.events.insert(String(match.1))
        }
        // Made of a state of letters.
        if text.contains("\"mail.\\(state.rawValue)\"") {
          all.events.formUnion(["waiting", "sent", "delivered", "refused", "bounced"].map { "mail." + $0 })
        }
        for match in text.matches(of: /Event\(/) {
          let call = Self.brackets(text, from: match.range.upperBound)
          for kind in call.matches(of: /subject: "([a-z]+)"/) { all.kinds.insert(String(kind.1)) }
          for field in call.matches(of: /"([a-z_0-9]+)":/) { all.fields.insert(String(field.1)) }
        }
        for match in text.matches(of: /(?:func traced|var after = )/) {
          let part = text[match.range.upperBound...].prefix(2_500).prefix { $0 != "}" || true }
          let body = match.0 == "func traced" ? part : part.prefix { $0 != "]" }
          for field in body.matches(of: /"([a-z_0-9]+)":/) { all.fields.insert(String(field.1)) }
        }
        for match in text.matches(of: /after\["([a-z_]+)"\] =/) { all.fields.insert(String(match.1)) }
      }
    }
    return all
  }
  /// What stands between an opening bracket and its end.
  private static func brackets(_ text: String, from start: String.Index) -> Substring {
    var depth = 1
    var place = start
    while place < text.endIndex, depth > 0 {
      if text[place] == "(" { depth += 1 }
      if text[place] == ")" { depth -= 1 }
      place = text.index(after: place)
    }
    return text[start..<place]
  }

  @Test func everyEventHasWordsInSixLanguages() throws {
    let catalogue = try Catalogue.load(from: TestSite.data.path)
    let recorded = try Self.recorded()
    #expect(recorded.events.count > 45 && recorded.kinds.count > 10 && recorded.fields.count > 30)
    for language in Language.all {
      let known = Set(catalogue.keys(language))
      let wanted =
        recorded.events.map { "trail.event." + $0 } + recorded.kinds.map { "trail.kind." + $0 }
        + recorded.fields.filter { !Self.inner.contains($0) }.map { "trail.field." + $0 }
      let missing = wanted.filter { !known.contains($0) }.sorted()
      #expect(missing.isEmpty, "\(language.code): \(missing)")
    }
    print(
      "summary: \(recorded.events.count) events, \(recorded.kinds.count) kinds of records, \(recorded.fields.count) fields of the trail have words in \(Language.all.count) languages"
    )
  }
  /// Numbers of the register and hashes, which pages leave out.
  static let inner: Set<String> = [
    "office", "account", "person", "link", "replaces", "scan", "sha256", "successor",
  ]

  /// The scan sees what is written down anew.
  @Test func whatIsRecordedIsScanned() async throws {
    let scanned = try Self.recorded().events
    let met = try await TestSite.with(.sqlite) { site in
      _ = try await HostileTests.fill(site)
      return try await site.database.read { db in
        Set(try db.values("SELECT DISTINCT event FROM sys_audit", as: String.self))
      }
    }
    // Words of the trail; the hostile ones among them were planted.
    let words = met.filter { $0.wholeMatch(of: /[a-z]+\.[a-z-]+/) != nil && !$0.hasPrefix("test.") }
    let unknown = words.subtracting(scanned)
    #expect(unknown.isEmpty && met.count > 8, "\(unknown)")
  }
}
