import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import Storage

/// Serves a mounted site until it is told to stop (SIGTERM, SIGINT); requests under way are finished first.
package struct Server: Sendable {
  package var host = "127.0.0.1"
  package var port = 8080
  /// Bytes of all headers of a request; more is refused with 400 and the connection closed.
  package var headerLimit = 32 * 1024
  /// Seconds after which a silent connection is closed.
  package var idleSeconds: Int64 = 60
  /// Of the framework's own messages, on standard error.
  package var frameworkLevel = "error"

  package init(host: String = "127.0.0.1", port: Int = 8080) {
    self.host = host
    self.port = port
  }

  /// - Parameter stoppingAtSignals: false leaves the end to cancellation of the task.
  /// - Parameter onRunning: called once with the port that is listened on (for port 0, the one given).
  package func run(
    _ mount: Mount, stoppingAtSignals: Bool = true,
    onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
  ) async throws {
    var logger = Logger(label: "wasl.http", factory: { StreamLogHandler.standardError(label: $0) })
    logger.logLevel = Logger.Level(rawValue: frameworkLevel) ?? .error
    let decoder = HTTP1Channel.Configuration.DecoderConfiguration(
      maxHeaderFieldSize: headerLimit, maxHeaderListSize: headerLimit, maxHeaderFieldCount: 100)
    let channel = HTTP1Channel.Configuration(
      additionalChannelHandlers: [HostGuardPlacer()], idleTimeout: .seconds(idleSeconds),
      httpDecoderConfiguration: decoder)
    var application = Application(
      responder: mount.door, server: .http1(configuration: channel),
      configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
      onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? 0) }, logger: logger)
    if let log = mount.site.settings.log { application.addServices(LogFlusher(log: log)) }
    try await application.runService(gracefulShutdownSignals: stoppingAtSignals ? [.sigterm, .sigint] : [])
    mount.site.settings.log?.flush()
  }
}
