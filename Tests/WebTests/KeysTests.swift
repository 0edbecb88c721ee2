import Foundation
import Testing

@testable import Language
@testable import Web

/// Every text that this target shows has a message, and every message is shown.
@Suite struct KeysTests {
  @Test func keys() throws {
    let root = URL(fileURLWithPath: String(Fixture.data.dropLast("/data".count)))
    let sources = root.appendingPathComponent("Sources/Web").resolvingSymlinksInPath().path
    let files = try FileManager.default.subpathsOfDirectory(atPath: sources).filter {
      $0.hasSuffix(".swift")
    }
    var used: Set<String> = []
    var trusting: [String] = []
    for file in files {
      let text = try String(contentsOfFile: sources + "/" + file, encoding: .utf8)
      used.formUnion(text.matches(of: /"(web\.[a-z0-9.-]+)"/).map { String($0.1) })
      if text.contains("HTML(trusted:") { trusting.append(file) }
    }
    let known = Set(try Catalogue.load(from: Fixture.data).keys(.english).filter { $0.hasPrefix("web.") })
    // A prefix is no key.
    used = used.filter { !$0.hasSuffix(".") }
    #expect(used.subtracting(known).isEmpty)
    let mends = Set(known.filter { $0.hasSuffix(".mend") && used.contains(String($0.dropLast(5))) })
    #expect(known.subtracting(used).subtracting(mends).isEmpty)
    // Bytes become mark-up in one file alone.
    #expect(trusting == ["HTML/HTML.swift"])
  }
}
