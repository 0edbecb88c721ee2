import Documents
import Foundation
import Mail
import Storage
import TestKit

/// The mail server that `scripts/mail-temporary` started, and what it keeps.
struct Post: Sendable {
  let address: String
  let folder: String

  static let here: Post? = {
    let environment = ProcessInfo.processInfo.environment
    guard let address = environment["WASL_TEST_SMTP"], let folder = environment["WASL_TEST_MAILDIR"],
      !address.isEmpty, !folder.isEmpty
    else { return nil }
    return Post(address: address, folder: folder)
  }()
  static var isMissing: Bool { here == nil }

  func server(requiresTLS: Bool = false, authorities: String? = nil) throws -> MailServer {
    try MailServer(
      address: address, user: nil, password: nil, from: "وصل – Wasl <wasl@mail.test>",
      bounces: "bounces@mail.test",
      requiresTLS: requiresTLS, authorities: authorities)
  }

  /// One letter as Python's own mail package reads it.
  struct Read: Decodable {
    let envelope: String
    let headers: [String: String]
    let names: [String]
    let body: String
    let defects: Int
    let longest: Int
    let isASCII: Bool
  }
  func letters(to recipient: String) throws -> [Read] {
    let program = """
      import email, email.policy, glob, json, sys
      out = []
      for path in sorted(glob.glob(sys.argv[1] + "/new/*")):
          raw = open(path, "rb").read()
          m = email.message_from_bytes(raw, policy=email.policy.default)
          if m["to"] is None or str(m["to"]) != sys.argv[2]: continue
          h = {k.lower(): str(v) for k, v in m.items()}
          out.append(dict(envelope=h["x-envelope"], headers=h, names=[k.lower() for k in m.keys()],
                          body=m.get_content(), longest=max(map(len, raw.split(b"\\n"))), isASCII=raw.isascii(),
                          defects=len(m.defects) + sum(len(v.defects) for v in m.values())))
      print(json.dumps(out))
      """
    return try JSONDecoder().decode(
      [Read].self, from: Post.run(["python3", "-c", program, folder, recipient]))
  }

  @discardableResult
  static func run(_ command: [String]) throws -> Data {
    let ended = try SystemProgram("/usr/bin/env", command).run()
    guard ended.code == 0 else { throw Failed(command: (command.first ?? "") + ": " + ended.complaint) }
    return Data(ended.output)
  }
  struct Failed: Error { let command: String }

  /// A migrated database whose jobs send through `server`.
  static func with<T>(
    _ engine: Engine, _ server: MailServer?, clock: Clock = TestSite.clock,
    _ body: (Database) async throws -> T
  ) async throws -> T {
    let context = DatabaseContext(clock: clock, jobs: Mail.jobs(server), statements: TestSite.statements)
    return try await TestSite.withEmptyDatabase(engine, context) { database in
      try await database.migrate(Mail.migrations)
      return try await body(database)
    }
  }
  static func queue(_ letter: Letter, in database: Database) async throws {
    try await database.write(by: Actor("person:1")) { db in try Mail.queue(letter, in: db) }
  }
  static func find(_ key: String, in database: Database) async throws -> Letter.Record? {
    try await database.read { try Mail.find(key, in: $0) }
  }
  static func events(in database: Database) async throws -> [String] {
    try await database.read { try $0.values("SELECT event FROM sys_audit ORDER BY id") }
  }
  static func secrets(in database: Database) async throws -> Int {
    try await database.read {
      try $0.value("SELECT count(*) FROM mail_letter WHERE secret IS NOT NULL") ?? -1
    }
  }
  /// A recipient that no other test writes to.
  static func person(_ name: String = "amina") -> String {
    "\(name).\(UUID().uuidString.prefix(8).lowercased())@mfa.example"
  }
}
