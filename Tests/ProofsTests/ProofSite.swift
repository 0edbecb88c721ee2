import Documents
import Foundation
import Language
import Proofs
import Secrets
import Site
import Storage
import Synchronization
import TestKit
import Web

/// A site whose database signs, with a clock that the test moves, and a way past the triggers.
final class ProofSite: Sendable {
  let test: TestSite
  let database: Database
  let address: DatabaseAddress
  let clock: MovingClock
  let key: SigningKey
  private let tampers = Mutex<[Migration]>([])

  static func with<T>(_ engine: Engine, _ body: (ProofSite) async throws -> T) async throws -> T {
    try await TestSite.with(engine) { test in
      let site = try await ProofSite(test)
      do {
        let value = try await body(site)
        try site.database.close()
        return value
      } catch {
        try? site.database.close()
        throw error
      }
    }
  }
  private init(_ test: TestSite) async throws {
    self.test = test
    switch test.database.engine {
    case .sqlite: address = .sqlite(path: test.folder + "/test.sqlite")
    case .postgres:
      let name = try await test.database.read {
        try $0.value("SELECT CAST(current_database() AS TEXT)", as: String.self)
      }
      var parts = (TestSite.postgres ?? "").split(separator: "/", omittingEmptySubsequences: false).prefix(3)
      parts.append(Substring(name ?? ""))
      address = .postgres(parts.joined(separator: "/"))
    }
    clock = MovingClock()
    key = SigningKey(seed: Digest.random(32))
    database = try ProofSite.open(address, clock: clock, signer: key)
  }
  static func open(_ address: DatabaseAddress, clock: MovingClock, signer: (any Signer)?) throws -> Database {
    try Database(
      address,
      context: DatabaseContext(
        clock: Clock { clock.now }, statements: TestSite.statements, signer: signer, software: "wasl test"),
      readers: 2)
  }

  /// Makes entries 1… of the trail (after those of the data files).
  @discardableResult
  func act(_ count: Int, state: String? = "KEN", record: String = "1") async throws -> [Int64] {
    for number in 0..<count {
      try await database.write(by: Actor("test:officer", onBehalf: "UNODC")) { db in
        db.record(
          Event(
            "thing.changed", subject: "thing", record: record, before: ["stage": "old"],
            after: ["stage": "new \(number)"], state: state))
      }
    }
    return try await database.read { db in
      try db.values("SELECT id FROM sys_audit ORDER BY id DESC LIMIT \(count)", as: Int64.self).sorted()
    }
  }
  func verdict(_ held: [Checkpoint] = [], keys: Set<String> = []) async throws -> Audit.Verdict {
    try await database.read { try Audit.verify(against: held, keys: keys, in: $0) }
  }

  /// What someone does who has the database in hand: any statement, the triggers taken away first.
  func tamper(_ statements: String) async throws {
    let number = tampers.withLock { $0.count }
    var text = number == 0 ? Self.withoutTriggers(database.engine) : ""
    text += statements
    let migration = Migration("9999\(1000 + number)-0-tamper", Array(text.utf8))
    let all = tampers.withLock { tampers in
      tampers.append(migration)
      return tampers
    }
    try await database.migrate(Site.migrations + all)
  }
  private static func withoutTriggers(_ engine: Engine) -> String {
    let tables = ["sys_audit", "sys_audit_state", "sys_checkpoint", "sys_receipt", "sys_receipt_behind"]
    return switch engine {
    case .sqlite: tables.map { "DROP TRIGGER \($0)_no_update; DROP TRIGGER \($0)_no_delete;" }.joined()
    case .postgres:
      tables.map { "ALTER TABLE \($0) DISABLE TRIGGER \($0)_append_only;" }.joined()
    }
  }
  /// Gives an entry the hash that its fields ask for, and, when `onward`, all that follow too.
  func rehash(_ id: Int64, onward: Bool = false) async throws {
    var next = id
    while let found = try await entry(next) {
      let hash = bytes(found.expectedHash)
      try await tamper("UPDATE sys_audit SET hash = \(hash) WHERE id = \(next);")
      next += 1
      guard onward, try await entry(next) != nil else { return }
      try await tamper("UPDATE sys_audit SET previous = \(hash) WHERE id = \(next);")
    }
  }
  func entry(_ id: Int64) async throws -> AuditEntry? {
    try await database.read { try $0.row("SELECT * FROM sys_audit WHERE id = \(id)") }
  }
  func bytes(_ bytes: [UInt8]) -> String {
    let hex = Digest.hex(bytes)
    return database.engine == .sqlite ? "X'\(hex)'" : "'\\x\(hex)'::bytea"
  }

  /// The pages and data of this subject alone, and one route that shows a record that is not public.
  func client() async throws -> TestClient {
    var settings = WebSettings(secret: TestSite.secret, assetDirectory: TestSite.data.path + "/assets")
    settings.sessions = ProofViewers()
    settings.uploadDirectory = test.folder
    let seen = Route.get("things", access: .everyone, cached: true) { call in
      let rows = [("1", "KEN", Visibility.providers), ("2", "KEN", .public), ("3", "UGA", .providers)]
      try await call.noteViews("thing", call.viewer.isGuest ? [] : rows) { $0 }
      return call.json(.object([("items", .int(rows.count))]))
    }
    return TestClient(
      try Mount(
        routes: Proofs.routes + [seen],
        services: Services(
          catalogue: test.site.catalogue, dataDirectory: TestSite.data.path,
          clock: Clock { [clock] in clock.now },
          database: database),
        settings: settings))
  }
}

/// Viewers by bearer token, with the permissions of this subject alone.
struct ProofViewers: SessionSource {
  static let all: [String: Viewer] = [
    "kenya": Viewer(
      role: .focalPoint, name: "test:kenya", state: "KEN", sees: [.public],
      grants: .these([Proofs.readingOwn: [.ofOwnState], Proofs.readingOwnReceipts: [.anywhere]])),
    "uganda": Viewer(
      role: .focalPoint, name: "test:uganda", state: "UGA", sees: [.public],
      grants: .these([Proofs.readingOwn: [.ofOwnState], Proofs.readingOwnReceipts: [.anywhere]])),
    "provider": Viewer(
      role: .provider, name: "test:provider", organisation: "XM-TEST", sees: [.providers, .public],
      grants: .these([Proofs.readingOwnReceipts: [.anywhere]])),
    "colleague": Viewer(
      role: .provider, name: "test:colleague", organisation: "XM-TEST", sees: [.providers, .public],
      grants: .these([Proofs.readingOwnReceipts: [.anywhere]])),
    "officer": Viewer(
      role: .officer, name: "test:officer", organisation: "UNODC", sees: [.providers, .public],
      grants: .these([Proofs.readingOwnReceipts: [.anywhere], Proofs.readingReceipts: [.anywhere]]),
      isProved: true),
    "auditor": Viewer(
      role: .auditor, name: "test:auditor", sees: [.public], grants: .these([Proofs.reading: [.anywhere]]),
      isProved: true),
    "unproved": Viewer(
      role: .auditor, name: "test:auditor", sees: [.public], grants: .these([Proofs.reading: [.anywhere]])),
  ]
  func viewer(for credentials: Credentials) async -> Viewer {
    credentials.bearer.flatMap { Self.all[$0] } ?? .guest
  }
}

func bearer(_ name: String) -> [(String, String)] { [("Authorization", "Bearer " + name)] }

final class MovingClock: Sendable {
  private let time = Mutex("2026-06-15T09:30:00Z")
  var now: String { time.withLock { $0 } }
  func move(to text: String) { time.withLock { $0 = text } }
}

/// Runs a program of the machine: what checks our signatures must not be ours.
enum Program {
  static func run(_ arguments: [String], input: String? = nil) throws -> (code: Int32, output: String) {
    let ended = try SystemProgram("/usr/bin/env", arguments, input: Array((input ?? "").utf8)).run()
    return (ended.code, ended.text + ended.complaint)
  }

  /// Whether OpenSSL finds the signature of a handed-out file right. The canonical text is made here by JSONSerialization,
  /// not by the code that signed.
  static func isSigned(_ file: String, in folder: String) throws -> Bool {
    guard var fields = try JSONSerialization.jsonObject(with: Data(file.utf8)) as? [String: String],
      let signature = fields.removeValue(forKey: "signature").flatMap({ Digest.bytes(hex: $0) }),
      let key = fields["public_key"].flatMap({ Digest.bytes(hex: $0) })
    else { return false }
    let text = try JSONSerialization.data(
      withJSONObject: fields, options: [.sortedKeys, .withoutEscapingSlashes])
    let place = "\(folder)/\(UUID().uuidString)"
    // SubjectPublicKeyInfo of an Ed25519 key: a fixed head before the 32 bytes (RFC 8410).
    let der: [UInt8] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00] + key
    try Data(der).write(to: URL(fileURLWithPath: place + ".der"))
    try Data(signature).write(to: URL(fileURLWithPath: place + ".sig"))
    try text.write(to: URL(fileURLWithPath: place + ".txt"))
    let result = try run([
      "openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-keyform", "DER", "-inkey", place + ".der",
      "-sigfile",
      place + ".sig", "-in", place + ".txt",
    ])
    return result.code == 0 && result.output.contains("Verified Successfully")
  }
}
