import Activities
import Foundation
import Glibc
import Storage
import Synchronization
import TestKit
import Testing
import Web

/// Published files taken in by their address, from a server of our own on this machine.
@Suite struct AddressTests {
  @Test func addresses() {
    #expect(
      ActivityAddress("HTTPS://Example.org/a/b.xml?key=s#x")?.text == "https://Example.org/a/b.xml?key=s")
    #expect(ActivityAddress("https://example.org/a/b.xml?key=secret")?.name == "b.xml")
    #expect(ActivityAddress("http://example.org")?.name == "example.org")
    for text in [
      "", "b.xml", "ftp://example.org/a.xml", "https://me:word@example.org/a.xml", "https:///a.xml",
      "file:///etc/passwd",
    ] {
      #expect(ActivityAddress(text) == nil, "\(text)")
    }
    #expect(ActivityAddress.isMeant("ftp://a/b") && !ActivityAddress.isMeant("folder/b.xml"))
  }

  @Test func privateNetworksAreNotAsked() async throws {
    let server = try Publisher()
    defer { server.stop() }
    try await TestSite.with(.sqlite) { site in
      for host in ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "127.1", "[::ffff:127.0.0.1]"] {
        let address = try #require(ActivityAddress("http://\(host):\(server.port)/good.xml"), "\(host)")
        let (kept, finding) = try await Activities.fetched(address, into: site.site.files, allowed: [])
        #expect(kept == nil, "\(host)")
        #expect(finding?.rule == .filePrivate || finding?.rule == .fileUnreachable, "\(host)")
      }
      #expect(server.asked.isEmpty)
      // A host that the operator allows is asked, and its redirect followed.
      let address = try #require(ActivityAddress("http://127.0.0.1:\(server.port)/elsewhere"))
      let (kept, finding) = try await Activities.fetched(
        address, into: site.site.files, allowed: ["127.0.0.1"])
      #expect(kept != nil && finding == nil)
    }
  }

  @Test(arguments: TestSite.engines) func whatTheServerSaysIsAFinding(on engine: Engine) async throws {
    let server = try Publisher()
    defer { server.stop() }
    try await TestSite.with(engine) { site in
      let today = try #require(site.site.today)
      let reference = try await Activities.reference(data: site.site.data, database: site.database)
      let cases: [(path: String, rule: ActivityRule?, accepted: Int)] = [
        ("good.xml?key=secret", nil, 1), ("missing.xml", .fileAnswer, 0), ("page", .xmlHTML, 0),
        ("short.xml", .fileUnreachable, 0),
      ]
      for (path, rule, accepted) in cases {
        let address = try #require(ActivityAddress("http://127.0.0.1:\(server.port)/\(path)"))
        let (kept, unfetched) = try await Activities.fetched(
          address, into: site.site.files, allowed: ["127.0.0.1"])
        let outcome = try await Activities.importFile(
          kept.map { site.site.files.path(of: $0.sha256) } ?? "", name: address.name, kept: kept,
          unfetched: unfetched, origin: .address, address: address.text, reference: reference, today: today,
          by: Actor("test"), database: site.database)
        #expect(outcome.refusal?.rule == rule && outcome.accepted == accepted, "\(path)")
        let row = try await site.database.read { try Activities.importRow(outcome.id, in: $0) }
        #expect(row?.state == (rule == nil ? "done" : "refused") && row?.fileName.contains("secret") == false)
        let files = try await site.database.read {
          try $0.value("SELECT count(*) FROM sys_file WHERE sha256 = \(outcome.sha256)", as: Int.self)
        }
        #expect(files == (kept == nil ? 0 : 1))
      }
    }
  }

  /// Through the web: the form, then the job.
  @Test(arguments: TestSite.engines) func byAddressThroughTheWeb(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      let client = TestClient(try await site.mount { $0.sessions = TestViewers() })
      let officer = TestViewers.header(TestViewers.token(.officer))
      let form = TestSite.form()
      func send(_ address: String) async throws -> TestClient.Answer {
        try await client.send(
          "POST", "/en/imports",
          officer + [("Cookie", form.cookie), ("Content-Type", "application/x-www-form-urlencoded")],
          Array("address=\(Address.encode(address))&_csrf=\(form.token)".utf8))
      }
      let wrong = try await send("ftp://example.org/a.xml")
      #expect(wrong.status == 422 && wrong.text.contains("ftp://example.org/a.xml"))
      #expect(try await send("").status == 422)
      let sent = try await send("http://127.0.0.1:9/private.xml?key=secret")
      #expect(sent.status == 303)
      try await site.database.runJobs()
      let page = try await client.get(try #require(sent.header("Location")))
      #expect(page.text.contains("iati.file.private") || page.text.contains("private network"))
      #expect(!page.text.contains("secret"))
      let list = try await client.get("/api/v1/imports")
      #expect(list.text.contains("private.xml") && !list.text.contains("secret"))
    }
  }
}

/// Answers a few addresses of 127.0.0.1 and remembers what it was asked.
final class Publisher: Sendable {
  let port: Int
  private let listener: Int32
  private let seen = Mutex<[String]>([])
  var asked: [String] { seen.withLock { $0 } }

  init() throws {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(socket, pointer, length) == 0 && getsockname(socket, pointer, &length) == 0
      }
    }
    guard bound, listen(socket, 16) == 0 else { throw CocoaError(.featureUnsupported) }
    listener = socket
    port = Int(UInt16(bigEndian: address.sin_port))
    Thread.detachNewThread { [self] in serve() }
  }
  func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }
  private func serve() {
    while true {
      let connection = accept(listener, nil, nil)
      if connection < 0 { return }
      var buffer = [UInt8](repeating: 0, count: 8192)
      let count = recv(connection, &buffer, buffer.count, 0)
      let words = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).split(separator: " ")
      let path = words.count > 1 ? String(words[1]) : ""
      seen.withLock { $0.append(path) }
      let text = Array(answer(path).utf8)
      _ = send(connection, text, text.count, Int32(MSG_NOSIGNAL))
      close(connection)
    }
  }
  private func answer(_ path: String) -> String {
    let file = IATIText.file([IATIText("XI-TEST-1-1")])
    func head(_ status: String, _ length: Int, _ more: String = "") -> String {
      "HTTP/1.1 \(status)\r\nContent-Length: \(length)\r\nConnection: close\r\n\(more)\r\n"
    }
    if path.hasPrefix("/good.xml") { return head("200 OK", file.utf8.count) + file }
    if path == "/short.xml" { return head("200 OK", file.utf8.count + 500) + file }
    if path == "/elsewhere" { return head("302 Found", 0, "Location: /good.xml\r\n") }
    if path == "/page" { return head("200 OK", 26) + "<!DOCTYPE html><html></html>".prefix(26) }
    return head("404 Not Found", 0)
  }
}
