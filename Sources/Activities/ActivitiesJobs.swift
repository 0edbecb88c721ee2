import Foundation
package import Storage
package import Treaty

extension Activities {
  /// A file that was sent through the web, or whose address was, is read after the answer was given.
  /// - Parameter allowed: hosts of the own network that may be asked for files.
  package static func jobs(files: FileStore, data: DataDirectory, allowed: Set<String> = []) -> [Job] {
    [
      .on("activities.import-queued", "activities.import") { call in
        guard let id = Int64(call.record) else { return try await call.finish(by: .system) { _ in } }
        guard let row = try await call.database.read({ try importRow(id, in: $0) }), row.state == "waiting"
        else {
          return try await call.finish(by: .system) { _ in }
        }
        let reference = try await reference(data: data, database: call.database)
        let today = call.database.context.clock.now().prefix(10)
        guard let day = Day(String(today)) else { return }
        var kept: FileStore.Stored?
        var unfetched: Finding?
        if let text = row.address, let address = ActivityAddress(text), row.sha256.isEmpty {
          (kept, unfetched) = try await fetched(address, into: files, allowed: allowed)
        } else {
          kept = FileStore.Stored(sha256: row.sha256, bytes: files.size(of: row.sha256))
        }
        // Whole or not at all: a crash in between leaves the row waiting, and the job is run again.
        _ = try await importFile(
          kept.map { files.path(of: $0.sha256) } ?? "", name: row.fileName, kept: kept, unfetched: unfetched,
          origin: Origin(rawValue: row.origin) ?? .upload, address: row.address, waiting: id,
          reference: reference, today: day, by: .system, database: call.database)
        try await call.finish(by: .system) { _ in }
      }
    ]
  }

  /// A published file, kept; or what stood in the way. Blocks no thread of the pool.
  package static func fetched(_ address: ActivityAddress, into files: FileStore, allowed: Set<String>?)
    async throws
    -> (FileStore.Stored?, Finding?)
  {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(
          with: Result {
            let part = FileManager.default.temporaryDirectory.path + "/wasl-fetch-\(UUID().uuidString)"
            defer { try? FileManager.default.removeItem(atPath: part) }
            if let finding = address.fetch(to: part, allowed: allowed) { return (nil, finding) }
            return (try files.keep(path: part), nil)
          })
      }
    }
  }
}
