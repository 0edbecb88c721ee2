import Documents
import Foundation
import Proposals
import Testing
import Web

@Suite(.serialized) struct PaperPDFTests {
  @Test func aMissingProgramIsSaid() async throws {
    for name in ["/nowhere/weasyprint", "wasl-no-such-program"] {
      let problem = await #expect(throws: Problem.self) {
        try await PaperPDF(program: name).make("<!doctype html>", date: "2026-09-19")
      }
      #expect(problem?.code == "proposals-paper.weasyprint-missing")
      #expect(problem?.arguments["command"] == .isolated("scripts/setup --paper"))
    }
  }

  @Test func aFailingOrHangingProgramIsSaid() async throws {
    try await withProgram("echo 'first line' >&2\necho 'no such font' >&2\nexit 3") { path in
      let problem = await #expect(throws: Problem.self) {
        try await PaperPDF(program: path).make("<!doctype html>", date: "2026-09-19")
      }
      #expect(problem?.code == "proposals-paper.weasyprint-failed")
      #expect(problem?.arguments["said"] == .isolated("no such font"))
    }
    try await withProgram("exec sleep 600") { path in
      let problem = await #expect(throws: Problem.self) {
        try await PaperPDF(program: path, timeout: 1).make("<!doctype html>", date: "2026-09-19")
      }
      #expect(problem?.code == "proposals-paper.weasyprint-slow")
    }
  }

  @Test func nothingIsLeftBehind() async throws {
    func folders() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: FileManager.default.temporaryDirectory.path)
        .filter { $0.hasPrefix("wasl-paper-") }
    }
    let before = Set(try folders())
    try await withProgram("exit 1") { path in
      _ = try? await PaperPDF(program: path).make("<!doctype html>", date: "2026-09-19")
    }
    #expect(Set(try folders()).subtracting(before).isEmpty)
  }

  /// Needs WeasyPrint (scripts/setup --paper); says so when it is absent.
  @Test(arguments: ["en", "ar"]) func paperBecomesTaggedPDF(code: String) async throws {
    guard PaperPDF.isInstalled() else {
      print("summary: WeasyPrint is absent, so no PDF was made (\(code))")
      return
    }
    let document = try PaperTexts.html(code, .print).document
    let first = try await PaperPDF().make(document, date: "2026-09-19")
    let second = try await PaperPDF().make(document, date: "2026-09-19")
    let isSame = first == second
    #expect(isSame, "the same paper gives the same bytes")
    #expect(first.starts(with: Array("%PDF-1.".utf8)))

    let path = FileManager.default.temporaryDirectory.appendingPathComponent(
      "wasl-test-\(UUID().uuidString).pdf"
    ).path
    try Data(first).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    guard let facts = try output("pdfinfo", [path]), let text = try output("pdftotext", [path, "-"]) else {
      print("summary: poppler-utils are absent, so the PDF was not read back (\(code))")
      return
    }
    #expect(facts.contains("Tagged:          yes"))
    #expect(facts.contains("CTOC/COP/WG.2/2026/2"))
    #expect(text.contains("CTOC/COP/WG.2/2026/2"))
    // Letters come back in the order in which they are read, so that the text can be searched and read aloud.
    let words = code == "ar" ? "اتفاقية الأمم المتحدة" : "Organized Crime Convention"
    let isReadable = text.contains(words)
    #expect(isReadable, "needs WeasyPrint 65 or later (scripts/setup --paper)")
  }

  /// What a program of the system writes; nil when it is not there.
  private func output(_ program: String, _ arguments: [String]) throws -> String? {
    guard
      let path = ["/usr/bin/", "/usr/local/bin/"].map({ $0 + program }).first(
        where: FileManager.default.isExecutableFile)
    else { return nil }
    return try SystemProgram(path, arguments).run().text
  }

  private func withProgram(_ lines: String, _ body: (String) async throws -> Void) async throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("wasl-test-" + UUID().uuidString)
      .path
    try Data("#!/bin/sh\n\(lines)\n".utf8).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try await body(path)
  }
}
