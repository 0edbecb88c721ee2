import Foundation
import Proofs
import Secrets
import Storage
import TestKit
import Testing

/// The SQLite file itself, its bytes changed while no program has it open.
@Suite struct DamagedFileTests {
  /// A closed file with 60 entries; each actor is unmistakable in the bytes.
  static func file(_ body: (String, Checkpoint) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.path + "/wasl-damage-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/open.sqlite"
    let database = try ProofSite.open(
      .sqlite(path: path), clock: MovingClock(), signer: SigningKey(seed: Digest.random(32)))
    try await database.migrate([])
    for number in 1...60 {
      try await database.write(by: Actor("actor-\(1000 + number)-of-the-trail")) {
        $0.record(
          Event(
            "thing.changed", subject: "thing", record: "\(number)",
            after: ["a": String(repeating: "x", count: 200)]))
      }
    }
    let checkpoint = try #require(try await database.checkpoint())
    try database.close()
    // A copy of the closed file alone holds everything.
    let copy = folder + "/a ledger?.sqlite"
    try FileManager.default.copyItem(atPath: path, toPath: copy)
    try await body(copy, checkpoint)
  }
  static func verify(_ path: String, _ held: [Checkpoint] = []) throws -> Audit.Verdict {
    try SQLiteFile.read(path) { try Audit.verify(against: held, in: $0) }
  }

  @Test func oneByteNamesItsRow() async throws {
    try await Self.file { path, checkpoint in
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      #expect(try Self.verify(path, [checkpoint]).findings.isEmpty)
      for number in [1, 7, 31, 60] {
        var bytes = whole
        let place = try #require(bytes.range(of: Data("actor-\(1000 + number)-of-the-trail".utf8)))
        bytes[place.lowerBound + 3] ^= 1
        try bytes.write(to: URL(fileURLWithPath: path))
        let verdict = try Self.verify(path, [checkpoint])
        #expect(verdict.findings.map(\.kind) == [.altered] && verdict.brokenAt == Int64(number), "\(number)")
        #expect(verdict.entries == 60)
      }
      try whole.write(to: URL(fileURLWithPath: path))
      #expect(try Self.verify(path, [checkpoint]).findings.isEmpty)
    }
  }

  @Test func aDamagedPageIsAFindingNotACrash() async throws {
    try await Self.file { path, checkpoint in
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      let place = try #require(whole.range(of: Data("actor-1031-of-the-trail".utf8)))
      let page = place.lowerBound / 4096 * 4096
      for fill: UInt8 in [0, 0xff, 0x41] {
        var bytes = whole
        bytes.replaceSubrange(page..<page + 4096, with: Data(repeating: fill, count: 4096))
        try bytes.write(to: URL(fileURLWithPath: path))
        let verdict = try Self.verify(path, [checkpoint])
        #expect(!verdict.findings.isEmpty && (verdict.brokenAt ?? 99) <= 31, "\(fill): \(verdict.findings)")
      }
      // Half the file.
      try whole.prefix(whole.count / 8192 * 4096).write(to: URL(fileURLWithPath: path))
      let half = Result { try Self.verify(path, [checkpoint]) }
      switch half {
      case .success(let verdict): #expect(!verdict.findings.isEmpty)
      case .failure(let error): #expect(error is StorageError)
      }
    }
  }

  @Test func verifyingChangesNothing() async throws {
    try await Self.file { path, checkpoint in
      let before = try Data(contentsOf: URL(fileURLWithPath: path))
      #expect(try Self.verify(path, [checkpoint]).agreeing == 1)
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
      #expect(throws: StorageError.self) { try Self.verify(path + ".absent") }
    }
  }
}
