import Coverage
import Foundation
import Glibc
package import Mail
import Proposals
import Storage

/// What an operator asks first when something is wrong. Nothing is made or changed.
package enum Doctor {
  package enum State: String, Sendable { case good, notable, bad, skipped }
  /// One check; `commands.doctor.<name>.<state>` says it in words, with `what` in it.
  package struct Check: Sendable, Equatable {
    package let name: String
    package let state: State
    package let what: String
    package init(_ name: String, _ state: State, _ what: String = "") {
      self.name = name
      self.state = state
      self.what = what
    }
  }
  /// Names of all checks, in their order.
  package static let names = [
    "database", "schema", "trail", "coverage", "files", "keys", "disk", "clock", "paper", "mail",
  ]
  /// Keys that a site has used since its first start.
  package static let keyFiles = ["signing.key", "people.key", "forms.key"]
  /// Bytes under which the disk is called nearly full.
  static let leastFree: Int64 = 1 << 30

  package static func examine(_ places: Backup.Places, mail: MailServer?, now: String = Clock.system.now())
    async
    -> [Check]
  {
    var checks = await examineDatabase(places, now: now)
    checks.append(keys(places.keys))
    checks.append(disk(places))
    checks.append(
      PaperPDF.isInstalled()
        ? Check("paper", .good) : Check("paper", .notable, "scripts/setup --paper"))
    checks.append(await examineMail(mail))
    return names.compactMap { name in checks.first { $0.name == name } }
  }

  private static func examineDatabase(_ places: Backup.Places, now: String) async -> [Check] {
    let rest = ["schema", "trail", "coverage", "files", "clock"]
    do {
      if case .sqlite(let path) = places.address, !FileManager.default.fileExists(atPath: path) {
        return [Check("database", .bad, path)] + rest.map { Check($0, .skipped) }
      }
      let database = try Database(places.address, readers: 1)
      defer { try? database.close() }
      let waiting = try await database.pending(Site.migrations)
      var checks = [
        Check("database", .good, database.engine.rawValue),
        waiting.isEmpty
          ? Check("schema", .good) : Check("schema", .bad, waiting.joined(separator: ", ")),
      ]
      if !waiting.isEmpty { return checks + rest.dropFirst().map { Check($0, .skipped) } }
      let verdict = try await database.read { try Audit.verify(in: $0) }
      checks.append(
        verdict.findings.isEmpty
          ? Check("trail", .good, String(verdict.entries)) : Check("trail", .bad, "\(verdict.findings[0])"))
      let coverage = try await database.read { try Coverage.check(in: $0) }
      checks.append(
        Check(
          "coverage", coverage.isEqual ? .good : .bad,
          String(coverage.isEqual ? coverage.cells : coverage.differences.count)))
      let (hashes, last) = try await database.read { db in
        (try Keeping.files(in: db), try Keeping.lastMoment(in: db))
      }
      let store = FileStore(directory: places.files)
      let missing = hashes.filter { !FileManager.default.fileExists(atPath: store.path(of: $0)) }
      checks.append(
        missing.isEmpty
          ? Check("files", .good, String(hashes.count)) : Check("files", .bad, String(missing.count)))
      // A clock that runs behind what was recorded already makes times that contradict the trail.
      let isBehind = last.map { $0 > now } ?? false
      checks.append(Check("clock", isBehind ? .bad : .good, isBehind ? last ?? "" : now))
      return checks
    } catch {
      return [Check("database", .bad, "\(error)")] + rest.map { Check($0, .skipped) }
    }
  }

  private static func keys(_ folder: String) -> Check {
    for (path, mask) in [(folder, mode_t(0o077))] + keyFiles.map({ (folder + "/" + $0, mode_t(0o077)) }) {
      var facts = stat()
      guard stat(path, &facts) == 0 else { return Check("keys", .bad, path) }
      guard facts.st_mode & mask == 0 else { return Check("keys", .bad, path + " (chmod go=)") }
    }
    return Check("keys", .good, folder)
  }

  private static func disk(_ places: Backup.Places) -> Check {
    var path = places.files
    while !FileManager.default.fileExists(atPath: path), path.count > 1 {
      path = (path as NSString).deletingLastPathComponent
      if path.isEmpty { path = "." }
    }
    let facts = try? FileManager.default.attributesOfFileSystem(forPath: path)
    guard let free = (facts?[.systemFreeSize] as? NSNumber)?.int64Value else {
      return Check("disk", .bad, path)
    }
    let shown = "\(free >> 20) MiB"
    return Check("disk", free < leastFree / 10 ? .bad : free < leastFree ? .notable : .good, shown)
  }

  private static func examineMail(_ server: MailServer?) async -> Check {
    guard let server else { return Check("mail", .skipped) }
    do {
      return Check("mail", .good, try await server.greeting())
    } catch {
      return Check("mail", .bad, "\(error)")
    }
  }
}
