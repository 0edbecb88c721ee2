import Documents
import Foundation
import Storage
import Web

/// The paper as tagged PDF, made by WeasyPrint as a process of its own (docs/adr/0012-weasyprint.md).
package struct PaperPDF: Sendable {
  /// Name or path of the program.
  package let program: String
  /// Seconds after which the process is ended.
  package let timeout: Int

  package init(program: String = "weasyprint", timeout: Int = 120) {
    self.program = program
    self.timeout = timeout
  }

  /// - Parameters:
  ///   - document: a whole HTML document for print; it must name no other file.
  ///   - date: day given as the time of making, so that the same paper gives the same bytes.
  /// - Throws: `Problem` `proposals-paper.weasyprint-missing`, `….weasyprint-failed` (with what it said),
  ///   `….weasyprint-slow`.
  package func make(_ document: String, date: String) async throws -> [UInt8] {
    guard let path = PaperPDF.find(program) else {
      throw Problem(
        503, "proposals-paper.weasyprint-missing", ["command": .isolated("scripts/setup --paper")])
    }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "wasl-paper-" + UUID().uuidString, isDirectory: true)
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: folder) }
    let source = folder.appendingPathComponent("paper.html")
    let target = folder.appendingPathComponent("paper.pdf")
    let bytes = Array(document.utf8)
    try Data(bytes).write(to: source)

    let identifier = String(Digest.hex(Digest.sha256(bytes)).prefix(32))
    let weasyprint = SystemProgram(
      path,
      [
        "--quiet", "--encoding", "utf-8", "--pdf-variant", "pdf/ua-1", "--pdf-identifier", identifier,
        source.path, target.path,
      ],
      environment: [
        "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder.path,
        "LANG": "C.UTF-8",
        "SOURCE_DATE_EPOCH": String(Clock.seconds(date + "T00:00:00Z") ?? 0),
      ], folder: folder.path)
    let ended: SystemProgram.Ended
    do {
      ended = try await weasyprint.finish(within: timeout)
    } catch SystemProgram.Failure.late {
      throw Problem(503, "proposals-paper.weasyprint-slow", ["seconds": .number(timeout)])
    } catch SystemProgram.Failure.cancelled {
      throw CancellationError()
    }
    guard ended.code == 0, let data = try? Data(contentsOf: target), !data.isEmpty else {
      let last = ended.complaint.split(separator: "\n").last.map(String.init) ?? "exit \(ended.code)"
      throw Problem(500, "proposals-paper.weasyprint-failed", ["said": .isolated(String(last.prefix(300)))])
    }
    return Array(data)
  }

  package static func isInstalled(_ program: String = "weasyprint") -> Bool { find(program) != nil }

  /// Where `scripts/setup --paper` puts WeasyPrint; looked at before `PATH`, whose version may be an old one.
  static var places: [String] {
    let home = FileManager.default.homeDirectoryForCurrentUser.path
    let environment = ProcessInfo.processInfo.environment
    let data = environment["XDG_DATA_HOME"] ?? home + "/.local/share"
    let path = (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").map(String.init)
    return [data + "/wasl/weasyprint/bin", "/opt/wasl/weasyprint/bin"] + path
  }
  /// Full path of a program, unless it is one already.
  static func find(_ program: String) -> String? {
    let candidates = program.contains("/") ? [program] : places.map { $0 + "/" + program }
    return candidates.first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
