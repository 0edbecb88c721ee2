import Dispatch
import Glibc

extension MailServer {
  /// What the server says when a connection is opened; of one that wants TLS first, that it can be reached.
  /// - Throws: `MailError.later` with the reason, within ten seconds.
  package func greeting() async throws -> String {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue(label: "wasl.mail.greeting").async { continuation.resume(with: Result { try greeted() }) }
    }
  }

  private func greeted() throws -> String {
    let isTLS = address.hasPrefix("smtps://")
    let place = address.drop { $0 != "/" }.dropFirst(2)
    let colon = place.lastIndex(of: ":")
    let host = String(colon.map { place[..<$0] } ?? place)
    let port = colon.map { String(place[place.index(after: $0)...]) } ?? (isTLS ? "465" : "25")
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, port, &hints, &found)
    guard code == 0, let found else { throw MailError.later(String(cString: gai_strerror(code))) }
    defer { freeaddrinfo(found) }
    let socket = Glibc.socket(found.pointee.ai_family, found.pointee.ai_socktype, found.pointee.ai_protocol)
    guard socket >= 0 else { throw MailError.later(String(cString: strerror(errno))) }
    defer { close(socket) }
    var limit = timeval(tv_sec: 10, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(socket, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
    guard connect(socket, found.pointee.ai_addr, found.pointee.ai_addrlen) == 0 else {
      throw MailError.later(String(cString: strerror(errno)))
    }
    if isTLS { return "\(host):\(port)" }
    var bytes = [UInt8](repeating: 0, count: 500)
    let count = recv(socket, &bytes, bytes.count, 0)
    guard count > 3 else { throw MailError.later("no greeting") }
    let text = String(decoding: bytes.prefix(count), as: UTF8.self).prefix { !$0.isNewline }
    guard text.hasPrefix("220") else { throw MailError.later(String(text)) }
    _ = Glibc.send(socket, "QUIT\r\n", 6, Int32(MSG_NOSIGNAL))
    return String(text)
  }
}
