import ServiceLifecycle

/// Writes out the request log once in a while, so that a quiet site's lines do not wait for a full block.
struct LogFlusher: Service {
  let log: RequestLog

  func run() async throws {
    try? await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        try await Task.sleep(for: .milliseconds(500))
        log.flush()
      }
    }
    log.flush()
  }
}
