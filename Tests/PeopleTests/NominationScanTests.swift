import Foundation
import Storage
import TestKit
import Testing
import Web

@testable import People

@Suite struct NominationScanTests {
  static let pdf = Array("%PDF-1.4\n%âãÏÓ\n".utf8)
  static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]
  static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16]

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    /// nil: refused, for the rule.
    let type: String?
    var rule = "people.scan.kind"
    var testDescription: String { name }
  }
  static let cases: [Case] = [
    Case(name: "note.pdf", bytes: pdf, type: "application/pdf"),
    Case(name: "note.png", bytes: png, type: "image/png"),
    Case(name: "note.jpg", bytes: jpeg, type: "image/jpeg"),
    Case(name: "really-a-picture.pdf", bytes: png, type: "image/png"),
    Case(name: "../../etc/passwd.pdf", bytes: pdf, type: "application/pdf"),
    Case(name: "page.pdf", bytes: Array("<!DOCTYPE html><script>alert(1)</script>".utf8), type: nil),
    Case(name: "page2.pdf", bytes: Array("\n%PDF-1.4 <script>".utf8), type: nil),
    Case(
      name: "drawing.svg", bytes: Array("<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>".utf8),
      type: nil),
    Case(name: "short.png", bytes: Array(png.prefix(7)), type: nil),
    Case(name: "program.pdf", bytes: [0x7F, 0x45, 0x4C, 0x46], type: nil),
    Case(name: "nothing.pdf", bytes: [], type: nil, rule: "people.scan.empty"),
    Case(
      name: "large.pdf", bytes: pdf + [UInt8](repeating: 32, count: 10_000_000), type: nil,
      rule: "people.scan.large"),
  ]

  @Test(arguments: TestSite.engines, cases) func judgedByContent(on engine: Engine, _ example: Case)
    async throws
  {
    try await PeopleFixture.with(engine) { f in
      let answer = try await f.upload(
        "nominations", try f.nomination(), name: example.name, example.bytes, as: "ken.mission")
      guard let type = example.type else {
        #expect(answer.status == 422 && answer.faults == ["scan \(example.rule)"], "\(answer.text)")
        #expect(try await f.count("SELECT count(*) FROM people_nomination") == 0)
        #expect(!FileManager.default.fileExists(atPath: f.files.directory))
        return
      }
      #expect(answer.status == 201, "\(answer.text)")
      let id = try #require(answer.header("Location")?.split(separator: "/").last)
      for path in ["/api/v1/nominations/\(id)/scan", "/ar/nominations/\(id)/scan"] {
        let scan = try await f.get(path, as: "ken.focal")
        #expect(scan.status == 200 && scan.bytes == example.bytes)
        #expect(scan.header("Content-Type") == type)
        #expect(scan.header("X-Content-Type-Options") == "nosniff")
        let disposition = try #require(scan.header("Content-Disposition"))
        #expect(
          disposition.hasPrefix("attachment; filename=\"note-verbale-\(id).")
            && !disposition.contains("passwd"))
        #expect(scan.header("Cache-Control")?.contains("no-store") == true)
      }
      #expect(try await f.get("/api/v1/nominations/\(id)/scan", as: "uga.mission").status == 404)
      #expect(try await f.get("/api/v1/nominations/\(id)/scan", as: "one.hq").status == 404)
      #expect(try await f.get("/api/v1/nominations/\(id)/scan", as: "ken.delegate").status == 403)
      #expect(try await f.get("/api/v1/nominations/\(id)/scan", as: nil).status == 401)
    }
  }

  @Test(arguments: TestSite.engines) func noScanIsNoPage(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      let id = try await f.nominate()
      #expect(try await f.get("/api/v1/nominations/\(id)/scan", as: "ken.mission").status == 404)
      #expect(try await f.get("/en/nominations/\(id)", as: "ken.mission").text.contains("No scan was sent"))
    }
  }

  @Test(arguments: TestSite.engines) func tooMuchIsNotEvenRead(on engine: Engine) async throws {
    try await PeopleFixture.with(engine) { f in
      let answer = try await f.upload(
        "nominations", try f.nomination(), name: "x.pdf",
        Self.pdf + [UInt8](repeating: 32, count: 11_000_000),
        as: "ken.mission")
      #expect(answer.status == 413)
      #expect(try await f.count("SELECT count(*) FROM people_nomination") == 0)
    }
  }
}
