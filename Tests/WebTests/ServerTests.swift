import Foundation
import Glibc
import Testing

@testable import Web

/// Over a real socket: what the in-process client cannot show.
@Suite struct ServerTests {
  @Test func overTheNetwork() async throws {
    let fixture = try Fixture()
    let (ports, found) = AsyncStream.makeStream(of: Int.self)
    let serving = Task {
      try await Server(port: 0).run(fixture.mount, stoppingAtSignals: false) { port in
        found.yield(port)
        found.finish()
      }
    }
    var port = 0
    for await given in ports { port = given }
    try #require(port > 0)

    let host = "Host: localhost:\(port)\r\n"
    let good = try await exchange("GET /en/things HTTP/1.1\r\n\(host)Connection: close\r\n\r\n", port)
    #expect(
      good.hasPrefix("HTTP/1.1 200 OK\r\n") && good.contains("<h1>Things for guest</h1>")
        && good.contains("\r\nDate: "))
    let head = try await exchange("HEAD /en/things HTTP/1.1\r\n\(host)Connection: close\r\n\r\n", port)
    #expect(head.hasPrefix("HTTP/1.1 200 OK\r\n") && head.hasSuffix("\r\n\r\n"))
    let noHost = try await exchange("GET /en/things HTTP/1.1\r\nConnection: close\r\n\r\n", port)
    #expect(!noHost.hasPrefix("HTTP/1.1 200"))
    let other = try await exchange(
      "GET /en/things HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", port)
    #expect(other.hasPrefix("HTTP/1.1 421"))

    let long = String(repeating: "x", count: 40_000)
    let many = (0..<200).map { "X-\($0): y\r\n" }.joined()
    for headers in ["X-Long: \(long)\r\n", many, "Cookie: \(long)\r\n"] {
      let answer = try await exchange("GET /en HTTP/1.1\r\n\(host)\(headers)\r\n", port)
      #expect(!answer.hasPrefix("HTTP/1.1 200"))
    }
    let split = try await exchange(
      "GET /en?x=%0d%0aX-Evil:1 HTTP/1.1\r\n\(host)Connection: close\r\n\r\n", port)
    #expect(!split.contains("\r\nX-Evil"))
    let garbage = try await exchange("\u{1}\u{2}garbage\r\n\r\n", port)
    #expect(!garbage.contains(" 200 "))

    serving.cancel()
    _ = await serving.result
    await #expect(throws: (any Error).self) { try await exchange("GET / HTTP/1.1\r\n\(host)\r\n", port) }
  }

  private struct SocketFailure: Error {}

  private func onThread<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      Thread { continuation.resume(with: Result { try body() }) }.start()
    }
  }

  /// Sends bytes and reads until the other side closes.
  private func exchange(_ request: String, _ port: Int) async throws -> String {
    // On a thread of its own: a blocked call must not hold one that the server's answers need.
    try await onThread {
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(descriptor) }
      var wait = timeval(tv_sec: 120, tv_usec: 0)
      setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = in_port_t(port).bigEndian
      address.sin_addr.s_addr = inet_addr("127.0.0.1")
      let connected = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      guard connected == 0 else { throw SocketFailure() }
      let bytes = Array(request.utf8)
      _ = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      var answer: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 65_536)
      while true {
        let got = recv(descriptor, &buffer, buffer.count, 0)
        guard got > 0 else { break }
        answer += buffer[0..<got]
      }
      return String(decoding: answer, as: UTF8.self)
    }
  }
}
