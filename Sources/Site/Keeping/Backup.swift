import Documents
import Foundation
import Language
import Proofs
package import Storage

/// A copy of everything that a site is: database, received files, keys. Without the keys no second factor works any
/// more, and nothing can be signed in the same name.
package enum Backup {
  package struct Places: Sendable {
    package let address: DatabaseAddress
    package let files: String
    package let keys: String
    package init(address: DatabaseAddress, files: String, keys: String) {
      self.address = address
      self.files = files
      self.keys = keys
    }
  }
  /// Why a backup or a restoration was not made; `commands.backup.<reason>` says it in words.
  package struct Refusal: Error, Sendable, Equatable {
    package let reason: String
    package let what: String
    init(_ reason: String, _ what: String = "") {
      self.reason = reason
      self.what = what
    }
  }
  package struct Outcome: Sendable, Equatable {
    package var files = 0
    package var bytes: Int64 = 0
    /// Of the audit trail, in the copy.
    package var entries = 0
    package var head = ""
  }

  static let manifestName = "manifest.json"
  static let kind = "wasl-backup"
  private static func databaseName(_ address: DatabaseAddress) -> String {
    if case .sqlite = address { "database.sqlite" } else { "database.dump" }
  }

  /// Writes database, files and keys into an empty folder that only its owner reads. The site may go on working.
  package static func make(_ places: Places, into folder: String, now: String, software: String) async throws
    -> Outcome
  {
    let manager = FileManager.default
    if let found = try? manager.contentsOfDirectory(atPath: folder), !found.isEmpty {
      throw Refusal("not-empty", folder)
    }
    try manager.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let database = folder + "/" + databaseName(places.address)
    switch places.address {
    case .sqlite(let path):
      guard manager.fileExists(atPath: path) else { throw Refusal("no-database", path) }
      try SQLiteFile.backUp(path, to: database)
    case .postgres(let address):
      try await postgres("pg_dump", ["--format=custom", "--no-owner", "--file=" + database], address)
    }
    // A file is written before the row that names it: copied after the database, none is missing.
    try copy(places.files, to: folder + "/files")
    try copy(places.keys, to: folder + "/keys")
    try manager.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder + "/keys")
    var outcome = try await standing(places.address, copy: database)
    var members: [JSON] = []
    for path in try listing(folder) {
      let (hash, size) = try digest(folder + "/" + path)
      outcome.files += 1
      outcome.bytes += size
      members.append(
        .object([("path", .string(path)), ("sha256", .string(hash)), ("bytes", .int(Int(size)))]))
    }
    let manifest = JSON.object([
      ("kind", .string(kind)), ("software", .string(software)), ("made_at", .string(now)),
      ("database", .string(databaseName(places.address))), ("audit_entries", .int(outcome.entries)),
      ("audit_head", .string(outcome.head)), ("files", .array(members)),
    ])
    try Data(manifest.bytes + [10]).write(
      to: URL(fileURLWithPath: folder + "/" + manifestName), options: .atomic)
    return outcome
  }

  /// Puts a backup in the place of nothing: an existing database, files or keys are never written over.
  package static func restore(_ folder: String, to places: Places) async throws -> Outcome {
    let manager = FileManager.default
    let manifest = try check(folder)
    let name = databaseName(places.address)
    guard manifest["database"]?.text == name else {
      throw Refusal("other-engine", manifest["database"]?.text ?? "")
    }
    for place in [places.files, places.keys] {
      if let found = try? manager.contentsOfDirectory(atPath: place), !found.isEmpty {
        throw Refusal("in-the-way", place)
      }
    }
    switch places.address {
    case .sqlite(let path):
      for file in [path, path + "-wal", path + "-shm"] where manager.fileExists(atPath: file) {
        throw Refusal("in-the-way", file)
      }
      try manager.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent.isEmpty
          ? "." : (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try manager.copyItem(atPath: folder + "/" + name, toPath: path)
    case .postgres(let address):
      let database = try Database(places.address, readers: 1)
      defer { try? database.close() }
      let tables = try await database.read { try Keeping.tables(in: $0) }
      guard tables == 0 else { throw Refusal("in-the-way", "public") }
      try await postgres(
        "pg_restore", ["--no-owner", "--exit-on-error", "--single-transaction", folder + "/" + name], address,
        naming: "--dbname=")
    }
    for (part, place) in [("files", places.files), ("keys", places.keys)] {
      try? manager.removeItem(atPath: place)
      try copy(folder + "/" + part, to: place)
    }
    try manager.setAttributes([.posixPermissions: 0o700], ofItemAtPath: places.keys)
    var outcome = try await standing(places.address, copy: nil)
    let members = manifest["files"]?.elements ?? []
    outcome.files = members.count
    outcome.bytes = members.reduce(0) { $0 + (Int64($1["bytes"]?.integer ?? 0)) }
    guard outcome.head == manifest["audit_head"]?.text else { throw Refusal("trail-differs", outcome.head) }
    return outcome
  }

  /// The manifest, when every file is there and is what it was.
  private static func check(_ folder: String) throws -> JSON {
    guard let data = FileManager.default.contents(atPath: folder + "/" + manifestName),
      let manifest = try? JSON.parse(Array(data)), manifest["kind"]?.text == kind
    else { throw Refusal("no-backup", folder) }
    for member in manifest["files"]?.elements ?? [] {
      let path = member["path"]?.text ?? ""
      guard !path.isEmpty, !path.split(separator: "/").contains("..") else { throw Refusal("damaged", path) }
      guard let (hash, _) = try? digest(folder + "/" + path), hash == member["sha256"]?.text else {
        throw Refusal("damaged", path)
      }
    }
    return manifest
  }

  /// The trail as it stands in the copy: it must be whole before anyone relies on it.
  private static func standing(_ address: DatabaseAddress, copy: String?) async throws -> Outcome {
    let verdict: Audit.Verdict
    switch address {
    case .sqlite(let path): verdict = try SQLiteFile.read(copy ?? path) { try Audit.verify(in: $0) }
    case .postgres:
      // What was dumped cannot be read without a server; the database itself is asked.
      let database = try Database(address, readers: 1)
      defer { try? database.close() }
      verdict = try await database.read { try Audit.verify(in: $0) }
    }
    guard verdict.findings.isEmpty else { throw Refusal("trail-broken", "\(verdict.findings[0])") }
    return Outcome(entries: verdict.entries, head: Digest.hex(verdict.head))
  }

  private static func copy(_ source: String, to target: String) throws {
    if FileManager.default.fileExists(atPath: source) {
      try FileManager.default.copyItem(atPath: source, toPath: target)
    } else {
      try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
    }
  }
  private static func listing(_ folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).sorted().filter { path in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: folder + "/" + path, isDirectory: &isFolder)
        && !isFolder.boolValue
    }
  }
  private static func digest(_ path: String) throws -> (String, Int64) {
    guard let file = FileHandle(forReadingAtPath: path) else { throw Refusal("damaged", path) }
    defer { try? file.close() }
    var hasher = Digest.Hasher()
    var size: Int64 = 0
    while let chunk = try file.read(upToCount: 1 << 20), !chunk.isEmpty {
      chunk.withUnsafeBytes { hasher.add($0) }
      size += Int64(chunk.count)
    }
    return (Digest.hex(hasher.finish()), size)
  }

  private static func postgres(
    _ program: String, _ arguments: [String], _ address: String, naming: String = "--dbname="
  ) async throws {
    var environment = ProcessInfo.processInfo.environment
    // Anyone on the machine can read arguments, so the password goes by the environment.
    var place = address
    if let scheme = address.range(of: "://"), let at = address[scheme.upperBound...].firstIndex(of: "@"),
      let colon = address[scheme.upperBound..<at].firstIndex(of: ":")
    {
      environment["PGPASSWORD"] =
        String(address[address.index(after: colon)..<at]).removingPercentEncoding ?? ""
      place = String(address[..<colon]) + String(address[at...])
    }
    let ended: SystemProgram.Ended
    do {
      ended = try await SystemProgram(
        "/usr/bin/env", [program, naming + place] + arguments, environment: environment
      ).finish()
    } catch {
      throw Refusal("program", program)
    }
    guard ended.code == 0 else {
      throw Refusal("program", program + ": " + String(ended.complaint.prefix(400)))
    }
  }
}
