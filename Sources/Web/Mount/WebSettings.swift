/// How a site is served.
package struct WebSettings: Sendable {
  /// Names under which it may be asked for, lower case, without port. Others get 421.
  package var hosts: Set<String> = ["localhost", "127.0.0.1", "[::1]"]
  /// Whether readers reach it by TLS (at a proxy): `Secure` cookies, HSTS.
  package var isHTTPS = false
  /// Whether every request comes through a proxy that adds the sender's address to `X-Forwarded-For`.
  package var isBehindProxy = false
  /// Path of the page on which people sign in, and of the one on which they show the second factor; nil: none.
  package var signInPath: String?
  package var proofPath: String?
  /// 32 bytes or more, for form tokens.
  package var secret: [UInt8]
  package var sessions: any SessionSource = NoSessions()
  /// Grows with every change of the database; kept pages live as long as it stands still.
  package var revision: @Sendable () -> UInt64 = { 0 }
  package var isReady: @Sendable () async -> Bool = { true }
  package var version = "0"
  package var layout = Layout()
  /// Nil: requests are not counted (measurements, tests that crawl).
  package var rate: RateLimit?
  /// Nil: no access log.
  package var log: RequestLog?
  /// Bytes of rendered answers kept; 0 keeps none.
  package var cacheBytes = 32 << 20
  package var uploadDirectory = "/tmp"
  /// Folder of style sheet and pictures.
  package var assetDirectory: String
  /// What the log may say of an error that no one expected; its type alone by default, since a message may hold data.
  package var describe: @Sendable (any Error) -> String = { String(reflecting: type(of: $0)) }

  /// Set by tests: rows of one export at most, and of one part of it.
  package var exportRows: (most: Int, part: Int)?
  /// Set by tests: notes what handlers read and in what columns they answer.
  package var record: RouteRecord?

  package init(secret: [UInt8], assetDirectory: String) {
    self.secret = secret
    self.assetDirectory = assetDirectory
  }
}
