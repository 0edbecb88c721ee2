import Foundation
import TestKit
import Testing
import Treaty

/// `docs/asvs.csv` and `docs/threat-model.md`, held against each other and against the files and tests they name.
@Suite struct ThreatModelTests {
  static let statuses = ["met", "partly", "not met", "not applicable"]
  static let columns = ["id", "level", "requirement", "status", "where", "test"]
  static let prefix = "v5.0.0-"

  static func rows() throws -> [DataRow] {
    var faults: [DataFault] = []
    let rows = DataDirectory(TestSite.root + "/docs").rows("asvs.csv", needing: columns, &faults)
    let found = faults.map { "line \($0.line): \($0.rule) \($0.column) \($0.found)" }
    #expect(found.isEmpty, "\(found)")
    return rows
  }
  static func page() throws -> String {
    try String(contentsOfFile: TestSite.root + "/docs/threat-model.md", encoding: .utf8)
  }
  /// Paths of this package that a text names.
  static func paths(in text: String) -> [String] {
    text.matches(of: #/(?:Sources|scripts|docs|data)/[A-Za-z0-9_./-]+/#).map { match in
      var path = String(match.output)
      // The full stop of a sentence.
      while path.hasSuffix(".") { path.removeLast() }
      return path
    }
  }
  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: TestSite.root + "/" + path)
  }
  /// Whether a file of tests has a function of this name.
  static func holds(_ path: String, _ function: String) -> Bool {
    guard let text = try? String(contentsOfFile: TestSite.root + "/" + path, encoding: .utf8) else {
      return false
    }
    return text.contains("func \(function)(")
  }

  @Test func everyRowNamesWhatIsThere() throws {
    let rows = try Self.rows()
    // Requirements of levels 1 and 2.
    #expect(rows.count == 253)
    let ids = Set(rows.map { $0["id"] })
    #expect(ids.count == rows.count)
    for row in rows {
      let id = row["id"]
      let status = row["status"]
      let isID = id.wholeMatch(of: #/v5\.0\.0-[0-9]+\.[0-9]+\.[0-9]+/#) != nil
      #expect(isID, "\(id)")
      #expect(["1", "2"].contains(row["level"]), "\(id)")
      #expect(Self.statuses.contains(status), "\(id): \(status)")
      let words = row["requirement"].split(separator: " ").count
      #expect((6...15).contains(words), "\(id): \(words) words")

      let place = row["where"]
      let paths = Self.paths(in: place)
      #expect(!place.isEmpty, "\(id)")
      let isClaimed = status == "met" || status == "partly"
      #expect(!isClaimed || !paths.isEmpty, "\(id): no file is named")
      for path in paths {
        let isThere = Self.exists(path)
        #expect(isThere, "\(id): \(path)")
      }

      let tests = row["test"]
      #expect(!isClaimed || !tests.isEmpty, "\(id): no test is named")
      if tests.isEmpty || tests == "by reading" { continue }
      for test in tests.components(separatedBy: "; ") {
        let halves = test.components(separatedBy: "#")
        let isThere = halves.count == 2 && halves[0].hasPrefix("Tests/") && Self.holds(halves[0], halves[1])
        #expect(isThere, "\(id): \(test)")
      }
    }
  }

  @Test func thePageCountsAsTheTableDoes() throws {
    var counted: [String: [Int]] = [:]
    for row in try Self.rows() {
      let chapter = row["id"].dropFirst(Self.prefix.count).prefix { $0 != "." }
      let place = Self.statuses.firstIndex(of: row["status"]) ?? 0
      for name in ["V\(chapter)", "all"] { counted[name, default: [0, 0, 0, 0]][place] += 1 }
    }
    var stated: [String: [Int]] = [:]
    for line in try Self.page().split(separator: "\n") where line.hasPrefix("| V") || line.hasPrefix("| all ")
    {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      let name = String((cells.first ?? "").prefix { $0 != " " })
      stated[name] = cells.dropFirst().map { Int($0) ?? -1 }
    }
    #expect(stated.count == 18)
    for (name, numbers) in counted.sorted(by: { $0.key < $1.key }) {
      #expect(stated[name] == numbers, "\(name): the table has \(numbers)")
    }
    let sum = counted["all"] ?? []
    print(
      "summary: ASVS 5.0 levels 1 and 2: "
        + zip(Self.statuses, sum).map { "\($1) \($0)" }.joined(separator: ", "))
  }

  /// What is met in part or not at all stands on the page, with the sentence of the table, and nothing else does.
  @Test func thePageSaysWhatIsNotMet() throws {
    var expected: [String: String] = [:]
    var places: [String: String] = [:]
    for row in try Self.rows() where row["status"] == "partly" || row["status"] == "not met" {
      let id = String(row["id"].dropFirst(Self.prefix.count))
      expected[id] = row["status"]
      places[id] = row["where"]
    }
    var stated: [String: String] = [:]
    for line in try Self.page().split(separator: "\n") {
      guard let match = line.wholeMatch(of: #/- ([0-9]+\.[0-9]+\.[0-9]+) (partly|not met): (.+)/#) else {
        continue
      }
      let id = String(match.output.1)
      let sentence = String(match.output.3)
      #expect(stated[id] == nil, "\(id) stands twice")
      stated[id] = String(match.output.2)
      let isSaid = places[id]?.hasSuffix(sentence) == true
      #expect(isSaid, "\(id): the table says something else")
    }
    #expect(!expected.isEmpty)
    let differing = Set(expected.keys).union(stated.keys).filter { expected[$0] != stated[$0] }.sorted()
    #expect(differing.isEmpty, "\(differing)")
  }

  /// Tests named on the page as `Suite.test` exist.
  @Test func thePageNamesTestsThatAreThere() throws {
    let files = try FileManager.default.subpathsOfDirectory(atPath: TestSite.root + "/Tests").filter {
      $0.hasSuffix("Tests.swift")
    }
    var named = 0
    for match in try Self.page().matches(of: #/`([A-Z][A-Za-z]+Tests)\.([a-z][A-Za-z0-9]*)`/#) {
      named += 1
      let file = "/\(match.output.1).swift"
      let function = String(match.output.2)
      let isThere = files.contains { ("/" + $0).hasSuffix(file) && Self.holds("Tests/" + $0, function) }
      #expect(isThere, "\(match.output.0)")
    }
    #expect(named > 40)
  }
}
