import Foundation
import Storage
import TestKit
import Testing

/// Rules of the architecture that a compiler cannot hold.
@Suite struct ScanTests {
  static let subjects = [
    "Treaty", "Directory", "People", "Proofs", "Translations", "Needs", "Activities", "Coverage", "Proposals",
    "Mandates",
    "Search",
  ]

  static func files(_ target: String) throws -> [(name: String, text: String)] {
    let folder = TestSite.root + "/Sources/" + target
    return try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".swift") }
      .sorted()
      .map { ($0, try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8)) }
  }

  /// A subject writes only its own tables.
  @Test func subjectsWriteTheirOwnTables() throws {
    var writes = 0
    for subject in Self.subjects {
      for file in try Self.files(subject) {
        for match in file.text.matches(of: /(?:INSERT INTO|UPDATE|DELETE FROM)\s+([a-z]+)_[a-z_]+/) {
          writes += 1
          #expect(String(match.1) == subject.lowercased(), "\(subject)/\(file.name): \(match.0)")
        }
      }
    }
    #expect(writes > 40)
  }

  /// Only the targets named may import the modules that belong to them.
  @Test func librariesStayWhereTheyBelong() throws {
    let homes = [
      "GRDB": ["Storage"], "GRDBSQLite": ["Storage"], "CPostgres": ["Storage", "TestKit"],
      "CXML": ["Documents", "bench"], "CXLSX": ["Documents"],
      "CSodium": ["Storage", "Secrets"], "COath": ["Secrets"], "CJose": ["Secrets"], "CICU": ["Language"],
      "CCurl": ["Documents", "Mail"], "Hummingbird": ["Web", "bench"],
    ]
    let targets = try FileManager.default.contentsOfDirectory(atPath: TestSite.root + "/Sources")
    for target in targets {
      for file in try Self.files(target) {
        for (module, allowed) in homes where file.text.contains(try Regex("import \(module)\\b")) {
          #expect(allowed.contains(target), "\(target)/\(file.name) imports \(module)")
        }
      }
    }
  }

  /// Housekeeping without audit is for the base, not for subjects.
  @Test func subjectsDoNoHousekeeping() throws {
    for subject in Self.subjects + ["Site"] {
      for file in try Self.files(subject) {
        #expect(!file.text.contains(".housekeeping"), "\(subject)/\(file.name)")
      }
    }
  }

  /// The style sheet knows no left and right.
  @Test func styleIsLogical() throws {
    let css = try String(contentsOfFile: TestSite.data.path + "/assets/wasl.css", encoding: .utf8)
    #expect(css.utf8.count < 20_000)
    for word in [
      "margin-left", "margin-right", "padding-left", "padding-right", "text-align: left", "text-align: right",
      "float: left", "border-left", "border-right",
    ] {
      #expect(!css.contains(word), "\(word)")
    }
  }
}
