import Language
import Storage
import Treaty
import Web

extension Proofs {
  @Sendable static func checkpoints(_ call: Call) async throws -> Reply {
    let limit = try call.query.limit()
    let before = try call.query.cursor(shape: "i").map { $0.int(0) }
    let found = try await call.read { try Audit.checkpoints(before: before, limit: limit + 1, in: $0) }
    let rows = Array(found.prefix(limit))
    let next = found.count > limit ? rows.last?.id.map { Cursor(.int($0)) } : nil
    return call.reply(rows, columns: checkpointColumns, next: next) { rows in
      let t = call.t
      return Page(t("proofs.checkpoints.title"), width: .wide, summary: t("proofs.checkpoints.lead")) {
        h1(t("proofs.checkpoints.title"))
        p(t("proofs.checkpoints.lead"), .class("lead"))
        p(t("proofs.checkpoints.how"))
        if rows.isEmpty {
          EmptyState(t("proofs.checkpoints.none"), t("proofs.checkpoints.none.more"))
        } else {
          Table(rows, caption: t("proofs.checkpoints.title"), columns: checkpointColumns, call)
          Pager(shown: rows.count, next: next, call)
        }
        if call.viewer.may(reading) {
          FormFrame("audit/checkpoints", call) { Button(t("proofs.checkpoints.sign"), .other) }
        }
        h2(t("proofs.checkpoints.offline"))
        p(t("proofs.checkpoints.offline.text"))
        pre(
          code("wasl audit verify --database sqlite:var/wasl.sqlite --checkpoint checkpoint.json"),
          .dir("ltr"))
      }
    }
  }

  /// One checkpoint as it was signed, by number or `newest`.
  @Sendable static func checkpoint(_ call: Call) async throws -> Reply {
    let id = try call.parameter("id") == "newest" ? nil : call.id()
    let found = try await call.read { db in
      try id.map { try Audit.checkpoint($0, in: db) } ?? Audit.checkpoints(limit: 1, in: db).first
    }
    guard let found else { throw Problem.notFound }
    if call.format.isFile {
      return call.reply(found, columns: checkpointColumns) { _ in Page(call.t("proofs.checkpoints.title")) {}
      }
    }
    return call.download(
      Array((found.file + "\n").utf8), name: "wasl-checkpoint-\(found.entry).json", type: "application/json")
  }

  @Sendable static func sign(_ call: Call) async throws -> Reply {
    do {
      try await call.services.database().checkpoint()
    } catch StorageError.trailBroken {
      throw Problem(409, "proofs.broken")
    } catch StorageError.unsigned {
      throw Problem.unavailable
    }
    return call.redirect(to: "audit/checkpoints")
  }
}
