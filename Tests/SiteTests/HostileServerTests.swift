import Foundation
import Glibc
import Storage
import TestKit
import Testing
import Web

/// Hostile requests over a real socket, to the whole site.
@Suite(.serialized) struct HostileServerTests {
  @Test func overTheNetwork() async throws {
    try await TestSite.with(.sqlite) { site in
      _ = try await AccessRecords.fill(site)
      let mount = try await site.mount { $0.hosts = ["localhost"] }
      let (ports, found) = AsyncStream.makeStream(of: Int.self)
      let serving = Task {
        try await Server(port: 0).run(mount, stoppingAtSignals: false) { port in
          found.yield(port)
          found.finish()
        }
      }
      var port = 0
      for await given in ports { port = given }
      try #require(port > 0)
      let socket = Socket(port: port)
      let host = "Host: localhost:\(port)\r\n"
      let close = "Connection: close\r\n"

      func status(_ request: String) async throws -> Int {
        let answer = try await socket.exchange(request)
        return Int(answer.dropFirst(9).prefix(3)) ?? 0
      }
      #expect(try await status("GET /en HTTP/1.1\r\n\(host)\(close)\r\n") == 200)

      // Host header: other names, other ports, two of them, an absolute address.
      for name in [
        "evil.example", "localhost.evil.example", "localhost@evil.example", "localhost:80:80",
        "evil.example:\(port)", "",
      ] {
        let answer = try await socket.exchange("GET /en/needs HTTP/1.1\r\nHost: \(name)\r\n\(close)\r\n")
        #expect(
          !answer.hasPrefix("HTTP/1.1 200") && !answer.contains("//evil.example"),
          "\(name): \(answer.prefix(60))")
      }
      // Two hosts, in whatever way, are refused before anything is looked up; the same one twice over is one.
      for request in [
        "GET http://evil.example/ HTTP/1.1\r\n\(host)",
        "GET https://evil.example/en/needs HTTP/1.1\r\n\(host)",
        "GET /en/needs HTTP/1.1\r\n\(host)Host: evil.example\r\n",
        "GET /en/needs HTTP/1.1\r\nHost: evil.example\r\n\(host)", "GET /en HTTP/1.1\r\n\(host)\(host)",
        "GET http://localhost.evil.example:\(port)/en HTTP/1.1\r\n\(host)",
      ] {
        let answer = try await socket.exchange(request + close + "\r\n")
        #expect(answer.hasPrefix("HTTP/1.1 400"), "\(request): \(answer.prefix(40))")
        #expect(!answer.contains("\r\nlocation: http") && !answer.contains("evil.example"))
      }
      #expect(try await status("GET http://localhost:\(port)/en HTTP/1.1\r\n\(host)\(close)\r\n") == 200)
      let forwarded = try await socket.exchange(
        "GET / HTTP/1.1\r\n\(host)X-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\n\(close)\r\n"
      )
      #expect(!forwarded.contains("evil.example"))

      // Open redirects: to the language, without the last slash, back from a form.
      for path in [
        "//evil.example", "/\\evil.example", "/en//evil.example/", "/%2f%2fevil.example/",
        "/en/needs/?to=//evil.example", "/operator?key=//evil.example", "/en/sign-in?to=//evil.example",
        "/en/sign-in?to=/%5cevil.example",
      ] {
        let answer = try await socket.exchange("GET \(path) HTTP/1.1\r\n\(host)\(close)\r\n")
        let location = answer.split(separator: "\r\n").first { $0.lowercased().hasPrefix("location:") }
        let target = location.map { $0.dropFirst(9).trimmingCharacters(in: .whitespaces) } ?? "/"
        #expect(
          target.hasPrefix("/") && !target.hasPrefix("//") && !target.hasPrefix("/\\"), "\(path) → \(target)")
        #expect(!answer.hasPrefix("HTTP/1.1 5"), "\(path)")
      }

      // Header injection through addresses and names that come back in headers.
      for path in [
        "/en/needs?x=%0d%0aX-Evil:%201", "/%0d%0aX-Evil:%201", "/needs?a=%0d%0aSet-Cookie:%20wasl_session=1",
        "/api/v1/needs.csv?limit=1&x=%0aX-Evil:1", "/en/%0d%0aX-Evil:1/",
      ] {
        let answer = try await socket.exchange("GET \(path) HTTP/1.1\r\n\(host)\(close)\r\n")
        let head = answer.components(separatedBy: "\r\n\r\n")[0].lowercased()
        #expect(!head.contains("\nx-evil") && !head.contains("\nset-cookie: wasl_session"), "\(path)")
      }
      let named = try await socket.exchange(
        "GET /en HTTP/1.1\r\n\(host)X-Request-ID: a\u{1}b<script>\r\n\(close)\r\n")
      #expect(!named.contains("<script>"))

      // Path traversal, encoded in every way.
      for path in [
        "/../../etc/passwd", "/assets/../../Package.swift", "/assets/%2e%2e/%2e%2e/Package.swift",
        "/assets/..%2f..%2fPackage.swift", "/assets/..%5c..%5cPackage.swift", "/en/../../data/roles.csv",
        "/en/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/assets/wasl.css%00.txt",
      ] {
        let answer = try await socket.exchange("GET \(path) HTTP/1.1\r\n\(host)\(close)\r\n")
        #expect(
          answer.hasPrefix("HTTP/1.1 404") || answer.hasPrefix("HTTP/1.1 400"),
          "\(path): \(answer.prefix(40))")
        #expect(!answer.contains("root:") && !answer.contains("swift-tools-version"))
      }

      // Oversized and broken requests.
      let long = String(repeating: "x", count: 100_000)
      for request in [
        "GET /en HTTP/1.1\r\n\(host)X-Long: \(long)\r\n\r\n",
        "GET /en?\(long) HTTP/1.1\r\n\(host)\(close)\r\n",
        "GET /en HTTP/1.1\r\n\(host)" + (0..<500).map { "X-\($0): y\r\n" }.joined() + "\r\n",
        "POST /api/v1/imports HTTP/1.1\r\n\(host)\(close)Content-Length: 99999999999\r\nContent-Type: application/json\r\n\r\n{}",
        "POST /api/v1/imports HTTP/1.1\r\n\(host)\(close)Content-Length: -1\r\n\r\n",
        "POST /api/v1/imports HTTP/1.1\r\n\(host)\(close)Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET /en HTTP/9.9\r\n\(host)\r\n", "\u{16}\u{3}\u{1}\u{2}", "GET /en\r\n\r\n",
      ] {
        let answer = try await socket.exchange(request)
        #expect(
          !answer.hasPrefix("HTTP/1.1 200") && !answer.hasPrefix("HTTP/1.1 5"),
          "\(request.prefix(40)): \(answer.prefix(40))")
      }
      let officer = "Authorization: Bearer \(TestViewers.token(.officer))\r\n"
      let body = "area=" + String(repeating: "a", count: 400_000)
      let large = try await status(
        "POST /api/v1/activities/1/relevance HTTP/1.1\r\n\(host)\(officer)\(close)"
          + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
      )
      #expect(large == 413 || large == 403)

      // It still serves.
      #expect(try await status("GET /en/needs HTTP/1.1\r\n\(host)\(close)\r\n") == 200)
      serving.cancel()
      _ = await serving.result
    }
  }

  struct Socket: Sendable {
    let port: Int
    struct Failure: Error {}

    /// Sends bytes and reads until the other side closes, or says nothing for two seconds.
    func exchange(_ request: String) async throws -> String {
      let port = port
      // On a thread of its own: a blocked call must not hold one that the server's answers need.
      return try await withCheckedThrowingContinuation { continuation in
        Thread { continuation.resume(with: Result { try Socket.blocking(request, port) }) }.start()
      }
    }
    private static func blocking(_ request: String, _ port: Int) throws -> String {
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      defer { Glibc.close(descriptor) }
      var wait = timeval(tv_sec: 20, tv_usec: 0)
      setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = in_port_t(port).bigEndian
      address.sin_addr.s_addr = inet_addr("127.0.0.1")
      let connected = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      guard connected == 0 else { throw Failure() }
      let bytes = Array(request.utf8)
      _ = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      var answer: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 65_536)
      while true {
        // The first bytes may be long in coming on a busy machine; later ones follow at once.
        var patience = timeval(tv_sec: answer.isEmpty ? 10 : 2, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let got = recv(descriptor, &buffer, buffer.count, 0)
        guard got > 0 else { break }
        answer += buffer[0..<got]
      }
      return String(decoding: answer, as: UTF8.self)
    }
  }
}
