import Foundation
import Storage
import Synchronization
import TestKit
import Testing
import Web

/// Words that stand in confidential facts are in no answer, header, log line, file name or temporary file.
@Suite(.serialized) struct NonInterferenceWordsTests {
  final class Lines: Sendable {
    private let bytes = Mutex<[UInt8]>([])
    func add(_ more: [UInt8]) { bytes.withLock { $0 += more } }
    var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
  }

  @Test(arguments: TestSite.engines) func markedWordsAppearNowhere(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      let lines = Lines()
      let uploads = site.folder + "/uploads"
      try FileManager.default.createDirectory(atPath: uploads, withIntermediateDirectories: true)
      let places = try await NonInterferenceTests.fill(site, NonInterferenceSecrets.all)
      let mount = try await site.mount { settings in
        settings.uploadDirectory = uploads
        settings.log = RequestLog(now: { "2026-06-15T09:30:00Z" }, sink: { lines.add($0) })
      }
      let crawl = Crawl(mount: mount, places: places)
      let asks = crawl.asks()
      var looked = 0
      var found: [String] = []
      for (name, token) in NonInterferenceTests.tokens {
        let viewer = NonInterferenceTests.viewer(token)
        let closed = NonInterferenceSecrets.all.filter { !$0.isOpen(to: viewer) }.map(\.word)
        for ask in asks {
          let answer = try await crawl.answer(ask, token)
          looked += 1
          let text = String(decoding: answer.whole, as: UTF8.self)
          for word in closed where text.localizedCaseInsensitiveContains(word) {
            found.append("\(word) in \(ask.method) \(ask.address) as \(name)")
          }
        }
      }
      #expect(found.isEmpty, "\(found.count):\n\(found.prefix(12).joined(separator: "\n"))")

      // Forms with a file that are broken off or refused leave nothing behind, and errors do not quote.
      for (_, token) in NonInterferenceTests.tokens { try await upload(TestClient(mount), token) }
      mount.flushLog()
      let log = lines.text
      #expect(log.contains("\"route\""))
      for level in Visibility.allCases { #expect(!log.contains(NonInterferenceSecrets.word(level))) }
      #expect(!log.contains("ZQX"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: uploads).isEmpty)
      let names = try FileManager.default.subpathsOfDirectory(atPath: site.folder)
      #expect(!names.contains { $0.contains("ZQX") }, "\(names)")
      print(
        "summary: \(NonInterferenceSecrets.all.count) marked words in \(looked) answers and \(log.split(separator: "\n").count) "
          + "log lines on \(engine.rawValue): found \(found.count) times")
    }
  }

  private func upload(_ client: TestClient, _ token: String?) async throws {
    let form = TestSite.form()
    let body = [
      "--b", "Content-Disposition: form-data; name=\"_csrf\"", "", form.token, "--b",
      "Content-Disposition: form-data; name=\"file\"; filename=\"ZQXCONFIDENTIAL7.xml\"",
      "Content-Type: text/xml", "",
      "ZQXCONFIDENTIAL7 is no XML",
    ].joined(separator: "\r\n")
    let type = ("Content-Type", "multipart/form-data; boundary=b")
    for end in ["", "\r\n--b--\r\n"] {
      let headers = TestViewers.header(token) + [type, ("Cookie", form.cookie)]
      let broken = try await client.send("POST", "/en/needs-nowhere", headers, Array((body + end).utf8))
      #expect(broken.status < 500)
      let refused = try await client.send("POST", "/en/imports", headers, Array((body + end).utf8))
      #expect(refused.status < 500)
    }
  }
}
