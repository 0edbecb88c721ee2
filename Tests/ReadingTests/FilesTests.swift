import Documents
import Testing

@testable import Activities

/// Bad files are refused with one sentence; whatever was complete before is counted.
@Suite struct FilesTests {
  struct Bad: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var bytes: [UInt8]
    var rule: ActivityRule
    init(_ name: String, _ text: String, _ rule: ActivityRule) {
      testDescription = name
      bytes = Array(text.utf8)
      self.rule = rule
    }
    init(_ name: String, bytes: [UInt8], _ rule: ActivityRule) {
      testDescription = name
      self.bytes = bytes
      self.rule = rule
    }
  }

  static let bad: [Bad] = [
    Bad("empty", "", .xmlEmpty),
    Bad("spreadsheet", bytes: [0x50, 0x4B, 3, 4], .xmlNotXML),
    Bad("JSON", "{}", .xmlNotXML),
    Bad("page", "<!DOCTYPE html><html></html>", .xmlHTML),
    Bad("mark-up broken", Sample.file("<iati-activity></title></iati-activity>"), .xmlMalformed),
    Bad(
      "Latin-1 as UTF-8",
      bytes: Array("<?xml version='1.0' encoding='UTF-8'?><iati-activities version='2.03'>".utf8) + [
        0xE9, 0x20, 0x20, 0x20, 0x20,
      ], .xmlEncoding),
    Bad(
      "NUL", bytes: Array("<iati-activities version='2.03'>".utf8) + [0] + Array("</iati-activities>".utf8),
      .xmlCharacter),
    Bad("bomb", "<!DOCTYPE x [<!ENTITY a 'b'>]><iati-activities version='2.03'/>", .xmlDeclarations),
    Bad("entity", "<iati-activities version='2.03'>&eacute;</iati-activities>", .xmlEntity),
    Bad("deep", "<iati-activities version='2.03'>" + String(repeating: "<a>", count: 100), .xmlLimit),
    Bad("organisations", "<iati-organisations version='2.03'></iati-organisations>", .rootOrganisations),
    Bad("feed", "<rss version='2.0'/>", .rootOther),
    Bad("no version", Sample.file("", version: ""), .versionMissing),
    Bad("version 1.05", Sample.file(Sample.activity, version: "version='1.05'"), .versionOld),
    Bad("version 1.0", Sample.file(Sample.activity, version: "version='1.0'"), .versionOld),
    Bad("version 3", Sample.file(Sample.activity, version: "version='3.00'"), .versionUnknown),
    Bad("damaged gzip", bytes: [0x1F, 0x8B, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9], .fileDamaged),
  ]

  @Test(arguments: bad) func refused(_ bad: Bad) throws {
    var findings: [Finding] = []
    var drafts = 0
    let source = try Bytes.unpacked(MemoryBytes(bad.bytes))
    let summary = try IATIReader(file: "f.xml", source: source, settings: Sample.settings).read { batch in
      findings += batch.findings
      drafts += batch.drafts.count
    }
    #expect(summary.problem?.rule == bad.rule)
    #expect(summary.problem?.severity == .refusal)
    #expect(findings.filter { $0.severity == .refusal }.map(\.rule) == [bad.rule])
    #expect(findings.last == summary.problem)
    #expect(drafts == 0)
    #expect(summary.accepted == 0)
  }

  @Test func directoryAndMissing() {
    for (path, kind) in [
      ("/tmp", BytesProblem.Kind.directory), ("/tmp/none-\(UInt64.random(in: 0 ... .max))", .missing),
    ] {
      do {
        _ = try Bytes.open(path)
        Issue.record("opened")
      } catch let problem as BytesProblem {
        #expect(problem.kind == kind)
      } catch { Issue.record(error) }
    }
    for (kind, rule) in [
      (BytesProblem.Kind.directory, ActivityRule.fileDirectory), (.missing, .fileUnreadable),
      (.unreadable, .fileUnreadable),
      (.gzipDamaged, .fileDamaged), (.tooLarge, .fileTooLarge),
    ] {
      #expect(ActivityRule(XMLProblem(.unreadable, ["kind": kind.rawValue])) == rule)
    }
  }

  @Test func everyProblemHasARule() {
    for kind in XMLProblem.Kind.allCases { #expect(ActivityRule(XMLProblem(kind)).severity == .refusal) }
  }

  @Test func noActivities() throws {
    let result = try Sample.read(Sample.file(""))
    #expect(result.rules == [.fileWithoutActivities])
    #expect(result.summary.problem == nil)
  }

  /// Cut anywhere: never a crash, whole activities only, and the break is said.
  @Test func truncatedEverywhere() throws {
    let second = Sample.activity.replacing("XM-DAC-1-A1", with: "XM-DAC-1-A2")
    let bytes = Array(Sample.file(Sample.activity + second).utf8)
    for length in stride(from: 0, to: bytes.count - 1, by: 13) {
      let result = try Sample.read(Array(bytes[..<length]))
      #expect(result.summary.problem != nil, "cut at \(length)")
      #expect(result.drafts.count <= 2)
      let rule = result.summary.problem?.rule
      #expect(
        rule == .xmlTruncated || (length == 0 && rule == .xmlEmpty),
        "cut at \(length): \(String(describing: result.summary.problem))")
    }
  }

  /// Any byte changed to another: no crash, counts hold.
  @Test func mutatedEverywhere() throws {
    var random = SplitMix(seed: 5)
    let bytes = Array(Sample.file(Sample.activity).utf8)
    let values: [UInt8] = [0, 0x20, 0x22, 0x26, 0x3C, 0x3E, 0x2F, 0x61, 0x39, 0xC3, 0xFF, 0x0A]
    for _ in 0..<3_000 {
      var changed = bytes
      for _ in 0...random.next(3) { changed[random.next(changed.count)] = values[random.next(values.count)] }
      let result = try Sample.read(changed)
      #expect(result.summary.received <= 1)
    }
  }

  @Test(arguments: [1, 2, 3, 5, 17, 255, 4_096, 1_000_000]) func sameWhateverThePieces(_ piece: Int) throws {
    var activities = ""
    for index in 0..<40 {
      activities += Sample.activity.replacing("XM-DAC-1-A1", with: "XM-DAC-1-\(index)").replacing(
        "About it.", with: "Текст \(index) 中文 النص é")
    }
    let file = Sample.file(activities)
    let whole = try Sample.read(file)
    let pieces = try Sample.read(file, piece: piece)
    #expect(whole.drafts == pieces.drafts)
    #expect(whole.findings == pieces.findings)
    #expect(whole.summary == pieces.summary)
  }

  @Test func encodings() throws {
    let text = Sample.activity.replacing("About it.", with: "Activité à Nairobi")
    let plain = try #require(Sample.read(Sample.file(text)).drafts.first)
    let utf16 = Sample.file(text).replacing("UTF-8", with: "UTF-16")
    let latin = Sample.file(text).replacing("UTF-8", with: "ISO-8859-1")
    let variants: [(String, [UInt8])] = [
      ("BOM", [0xEF, 0xBB, 0xBF] + Array(Sample.file(text).utf8)),
      ("UTF-16LE", [0xFF, 0xFE] + utf16.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }),
      ("UTF-16BE", [0xFE, 0xFF] + utf16.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }),
      ("Latin-1", latin.unicodeScalars.map { UInt8($0.value) }),
    ]
    for (name, bytes) in variants {
      let result = try Sample.read(bytes)
      var draft = try #require(result.drafts.first, "\(name)")
      #expect(draft.hash == plain.hash)
      if name != "BOM" {
        #expect(draft.byteOffset == -1)
      } else {
        #expect(draft.byteOffset == plain.byteOffset + 3)
      }
      draft.byteOffset = plain.byteOffset
      draft.byteCount = plain.byteCount
      #expect(draft == plain)
      #expect(result.findings.isEmpty)
    }
  }

  struct Stop: Error {}

  @Test func whatTheCallerThrowsEndsTheReading() throws {
    let activities = (0..<50).map { Sample.activity.replacing("XM-DAC-1-A1", with: "XM-DAC-1-\($0)") }
      .joined()
    var calls = 0
    #expect(throws: Stop.self) {
      try IATIReader(file: "f", source: .text(Sample.file(activities)), settings: Sample.settings).read(
        batch: 10
      ) { _ in
        calls += 1
        if calls == 2 { throw Stop() }
      }
    }
    #expect(calls == 2)
  }

  @Test func cancelled() throws {
    let activities = (0..<50).map { Sample.activity.replacing("XM-DAC-1-A1", with: "XM-DAC-1-\($0)") }
      .joined()
    final class Flag: @unchecked Sendable { var isSet = false }
    let flag = Flag()
    var settings = Sample.settings
    settings.isCancelled = { flag.isSet }
    var drafts = 0
    let summary = try IATIReader(file: "f", source: .text(Sample.file(activities)), settings: settings).read(
      batch: 10
    ) { batch in
      drafts += batch.drafts.count
      if drafts == 20 { flag.isSet = true }
    }
    #expect(summary.wasCancelled)
    #expect(drafts == 20)
    #expect(summary.problem == nil)
  }
}
