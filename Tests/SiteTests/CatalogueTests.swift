import Foundation
import Language
import Site
import TestKit
import Testing
import Treaty

@Suite struct CatalogueTests {
  /// Every key in every language, with the same arguments and the plural forms of the language.
  @Test func allKeysInAllLanguages() throws {
    let catalogue = try Catalogue.load(from: TestSite.data.path)
    // Sentences about findings in files may stand in English, marked as such, until they are written.
    let waiting = catalogue.findings().filter {
      $0.kind == .missing && $0.key.hasPrefix("activities.finding.iati.")
    }
    let findings = catalogue.findings().filter { finding in !waiting.contains(finding) }
    #expect(findings.isEmpty, "\(findings.prefix(10))")
    print("summary: \(waiting.count) sentences about findings still stand in English only")
    #expect(catalogue.languages.map(\.code) == ["ar", "zh", "en", "fr", "ru", "es"])
    print(
      "summary: \(catalogue.keys(.english).count) texts in English, \(catalogue.languages.count) languages compared"
    )
  }

  /// Every key written in the sources has a text.
  @Test func everyKeyInTheSourcesExists() throws {
    let catalogue = try Catalogue.load(from: TestSite.data.path)
    let known = Set(catalogue.keys(.english))
    let subjects = Set(known.compactMap { $0.split(separator: ".").first.map(String.init) })
    let sources = TestSite.root + "/Sources"
    var looked = 0
    for path in try FileManager.default.subpathsOfDirectory(atPath: sources) where path.hasSuffix(".swift") {
      let text = try String(contentsOfFile: "\(sources)/\(path)", encoding: .utf8)
      for match in text.matches(of: /\bt(?:\.html)?\(\s*"([a-z][a-z0-9-]*\.[a-z0-9.-]*[a-z0-9])"[,)]/) {
        let key = String(match.1)
        guard let first = key.split(separator: ".").first, subjects.contains(String(first)) else { continue }
        looked += 1
        #expect(known.contains(key), "\(path): \(key)")
      }
    }
    #expect(looked > 150)
  }

  @Test func dataFilesHaveNoFaults() {
    let data = Site.Data(TestSite.data)
    #expect(data.faults.isEmpty, "\(data.faults.prefix(5))")
    #expect(data.hashes.count >= 25)
  }
}
