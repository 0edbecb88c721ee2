package import Storage
package import Treaty

extension Activities {
  /// A file that was sent through the web is read after the answer was given.
  package static func jobs(files: FileStore, data: DataDirectory) -> [Job] {
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
        // Whole or not at all: a crash in between leaves the row waiting, and the job is run again.
        _ = try await importFile(
          files.path(of: row.sha256), name: row.fileName, sha256: row.sha256, origin: .upload,
          address: row.address,
          waiting: id, reference: reference, today: day, by: .system, database: call.database)
        try await call.finish(by: .system) { _ in }
      }
    ]
  }
}
