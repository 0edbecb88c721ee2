import Documents
import Foundation
import Language
import Storage
import TestKit
import Testing

/// The program itself: results on standard output, talk on standard error, exit codes, languages, `--json`.
@Suite(.serialized) struct CommandTests {
  static let program = TestSite.root + "/.build/debug/wasl"

  struct Place {
    let folder: String
    func run(_ words: [String], _ environment: [String: String] = [:]) throws -> SystemProgram.Ended {
      var all = ProcessInfo.processInfo.environment
      all["WASL_DATABASE"] = "sqlite:\(folder)/wasl.sqlite"
      all["WASL_DATA"] = TestSite.data.path
      all.merge(environment) { _, new in new }
      return try SystemProgram(CommandTests.program, words, environment: all).run(within: 120)
    }
  }
  static func with(_ body: (Place) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.path + "/wasl-command-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(Place(folder: folder))
  }

  @Test func resultsAndLanguages() async throws {
    try await Self.with { place in
      #expect(try place.run(["migrate"]).text.contains("Applied:"))
      #expect(try place.run(["data", "load"]).text == "Data loaded.\n")
      #expect(try place.run(["data", "load", "--language", "ar"]).text.contains("ملفات البيانات"))
      let demo = try place.run(["demo", "--activities", "20", "--language", "fr"])
      #expect(demo.code == 0 && demo.text.hasPrefix("Données fictives"), "\(demo.complaint)")
      let results: [([String], String)] = [
        (["audit", "verify"], "The trail is unbroken"), (["coverage", "check", "--language", "zh"], "一致"),
        (["data", "check", "--language", "es"], "Archivos"),
      ]
      for (words, sentence) in results {
        let ended = try place.run(words)
        #expect(
          ended.code == 0 && ended.text.contains(sentence) && ended.said.isEmpty,
          "\(words) \(ended.complaint)")
      }
      for words in [["audit", "verify"], ["migrate"], ["mail", "list"], ["doctor"], ["data", "check"]] {
        let ended = try place.run(words + ["--language", "xx"])
        #expect(ended.code == 2 && ended.complaint.contains("xx") && ended.text.isEmpty, "\(words)")
      }
    }
  }

  @Test func aProgramAlwaysGetsItsValue() async throws {
    try await Self.with { place in
      _ = try place.run(["migrate"])
      _ = try place.run(["data", "load"])
      _ = try place.run(["demo", "--activities", "20"])
      let nothing = place.folder + "/nothing.json"
      try Data("{}".utf8).write(to: URL(fileURLWithPath: nothing))
      let cases: [([String], Int32)] = [
        (["demo", "--only-when-empty"], 0), (["mandates", "show", "--decision", "9/9"], 1),
        (["receipt", "verify", "x"], 1), (["receipt", "verify", nothing], 1), (["audit", "verify"], 0),
        (["coverage", "check"], 0), (["mail", "list"], 0), (["mail", "retry"], 0),
        (["mail", "bounce", nothing], 3), (["office", "list"], 0),
        (["doctor", "--mail", "smtp://127.0.0.1:1"], 1),
        (["restore", place.folder], 1), (["user", "token", "--office", "1", "--role", "focal_point"], 1),
        (["no-such-command"], 2), (["migrate", "--language", "xx"], 2),
      ]
      for (words, code) in cases {
        let ended = try place.run(words + ["--json"])
        #expect(ended.code == code, "\(words): \(ended.code) \(ended.complaint)")
        #expect(throws: Never.self, "\(words): \(ended.text)") { _ = try JSON.parse(ended.output) }
      }
      let empty = place.folder + "/data"
      try FileManager.default.copyItem(atPath: TestSite.data.path, toPath: empty)
      try Data("id\n".utf8).write(to: URL(fileURLWithPath: empty + "/treaty/instruments.csv"))
      let faults = try place.run(["data", "load", "--json"], ["WASL_DATA": empty])
      let value = try JSON.parse(faults.output)
      #expect(
        faults.code == 1 && value["loaded"] == .bool(false) && value["faults"]?.elements?.isEmpty == false)
    }
  }

  /// From an office to a key that opens what its role may, and a backup with all of it.
  @Test func keysAndBackup() async throws {
    try await Self.with { place in
      _ = try place.run(["migrate"])
      _ = try place.run(["data", "load"])
      let office = try place.run([
        "office", "add", "--kind", "focal_point", "--state", "KEN", "--name", "Office",
      ]).text.trimmed
      let invited = try place.run([
        "user", "invite", "--office", office, "--role", "focal_point", "--name", "A", "--email",
        "a@example.org",
      ])
      #expect(invited.code == 0)
      let key = try place.run(["user", "token", "--office", office, "--role", "focal_point"])
      #expect(key.code == 0 && key.text.hasPrefix("wasl_") && key.text.count > 30)
      #expect(try place.run(["user", "token", "--office", office, "--role", "mission"]).code == 1)
      #expect(try place.run(["user", "token", "--office", office, "--role", "king"]).code == 2)

      let backup = place.folder + "/backup"
      let made = try place.run(["backup", backup])
      #expect(made.code == 0 && made.text.contains("Backed up"), "\(made.complaint)")
      #expect(try place.run(["backup", backup]).code == 1)
      let elsewhere = ["WASL_DATABASE": "sqlite:\(place.folder)/again/wasl.sqlite"]
      let restored = try place.run(["restore", backup, "--json"], elsewhere)
      #expect(restored.code == 0, "\(restored.complaint)")
      #expect(try place.run(["office", "list"], elsewhere).text.contains("KEN"))
      // With the keys of the backup the key of the program still works; the trail goes on.
      #expect(try place.run(["audit", "verify"], elsewhere).code == 0)
      let doctor = try place.run(["doctor", "--json"], elsewhere)
      let checks = try JSON.parse(doctor.output)["checks"]?.elements ?? []
      #expect(checks.count == 10 && [0, 1, 3].contains(doctor.code))
    }
  }
}

extension String {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
