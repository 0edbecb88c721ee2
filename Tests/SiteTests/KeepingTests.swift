import Foundation
import Language
import Site
import Storage
import TestKit
import Testing

/// Backup, restoration and examination, and what commands say on which channel.
@Suite(.serialized) struct KeepingTests {
  private func places(_ site: TestSite) -> Backup.Places {
    Backup.Places(address: site.address, files: site.site.files.directory, keys: site.site.keys)
  }

  @Test(arguments: TestSite.engines) func aBackupIsTheWholeSite(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      _ = try await AccessRecords.fill(site)
      let folder = site.folder + "/backup"
      let made = try await Backup.make(
        places(site), into: folder, now: "2026-06-15T09:30:00Z", software: "test")
      #expect(made.files >= 3 && made.entries > 5 && made.head.count == 64)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      #expect(names.contains("manifest.json") && names.contains("keys") && names.contains("files"))
      let facts = try FileManager.default.attributesOfItem(atPath: folder + "/keys/people.key")
      #expect((facts[.posixPermissions] as? NSNumber)?.intValue == 0o600)
      // Not into a folder that holds something; not over what is there.
      await #expect(throws: Backup.Refusal.self) {
        try await Backup.make(places(site), into: folder, now: "", software: "")
      }
      await #expect(throws: Backup.Refusal.self) { try await Backup.restore(folder, to: places(site)) }

      // Elsewhere it is the same site: trail, keys, files.
      _ = try await TestSite.withEmptyAddress(engine) { address, place in
        let target = Backup.Places(address: address, files: place + "/files2", keys: place + "/keys2")
        let restored = try await Backup.restore(folder, to: target)
        #expect(
          restored.entries == made.entries && restored.head == made.head && restored.files == made.files)
        for key in ["people.key", "signing.key"] {
          #expect(
            FileManager.default.contentsEqual(
              atPath: site.site.keys + "/" + key, andPath: target.keys + "/" + key))
        }
        let again = try await OpenSite(
          address, data: TestSite.data, files: FileStore(directory: target.files), keys: target.keys,
          clock: TestSite.clock, readers: 1)
        #expect(try await again.database.read { try Audit.verify(in: $0) }.findings.isEmpty)
        try again.close()
        let checks = await Doctor.examine(target, mail: nil, now: TestSite.clock.now())
        let states = Dictionary(uniqueKeysWithValues: checks.map { ($0.name, $0.state) })
        for name in ["database", "schema", "trail", "coverage", "files", "clock"] {
          #expect(states[name] == .good, "\(name): \(checks)")
        }
      }
      // One byte, one file: refused by name.
      let victim = folder + "/keys/people.key"
      var bytes = try #require(FileManager.default.contents(atPath: victim))
      bytes[0] ^= 1
      try bytes.write(to: URL(fileURLWithPath: victim))
      _ = try await TestSite.withEmptyAddress(engine) { address, place in
        await #expect {
          try await Backup.restore(
            folder, to: Backup.Places(address: address, files: place + "/f", keys: place + "/k"))
        } throws: { ($0 as? Backup.Refusal)?.what == "keys/people.key" }
      }
    }
  }

  @Test(arguments: TestSite.engines) func theDoctorFindsWhatIsWrong(on engine: Engine) async throws {
    try await TestSite.with(engine) { site in
      _ = try await AccessRecords.fill(site)
      _ = try site.site.formSecret()
      let scan = site.folder + "/scan.pdf"
      try Data("%PDF-1.7".utf8).write(to: URL(fileURLWithPath: scan))
      let files = site.site.files
      let stored = try files.keep(path: scan)
      try await site.database.write(by: .system) { db in
        try FileStore.record(stored, name: "scan.pdf", mediaType: "application/pdf", in: db)
        db.record(Event("test.made", subject: "test", record: "file"))
      }
      func state(_ name: String, now: String = "2026-06-16T00:00:00Z") async -> Doctor.State? {
        await Doctor.examine(places(site), mail: nil, now: now).first { $0.name == name }?.state
      }
      #expect(await Doctor.examine(places(site), mail: nil).map(\.name) == Doctor.names)
      for name in ["database", "schema", "trail", "coverage", "files", "keys", "clock"] {
        #expect(await state(name) == .good, "\(name)")
      }
      #expect(await state("mail") == .skipped)
      #expect(await state("clock", now: "2020-01-01T00:00:00Z") == .bad)
      let key = site.site.keys + "/people.key"
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
      #expect(await state("keys") == .bad)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
      try FileManager.default.removeItem(atPath: site.site.files.directory)
      #expect(await state("files") == .bad)
      try await site.database.write(by: .system) { db in
        try db.run("UPDATE coverage_need SET needs = needs + 1")
        db.record(Event("test.made", subject: "test", record: "1"))
      }
      #expect(await state("coverage") == .bad)
    }
    try await TestSite.withEmptyAddress(engine) { address, place in
      let checks = await Doctor.examine(
        Backup.Places(address: address, files: place, keys: place + "/none"), mail: nil)
      #expect(checks.first { $0.name == "keys" }?.state == .bad)
      #expect(checks.contains { ["database", "schema"].contains($0.name) && $0.state == .bad })
      #expect(checks.first { $0.name == "trail" }?.state == .skipped)
    }
  }

  /// Every sentence of the doctor and of a refusal has its text.
  @Test func everySentenceIsThere() throws {
    let catalogue = try Catalogue.load(from: TestSite.data.path)
    for language in Language.all {
      let known = Set(catalogue.keys(language))
      for name in Doctor.names {
        #expect(known.contains { $0.hasPrefix("commands.doctor.\(name).") }, "\(language.code) \(name)")
      }
      for name in ["database", "schema", "trail", "coverage", "files", "keys", "disk", "clock", "mail"] {
        #expect(
          known.contains("commands.doctor.\(name).good") && known.contains("commands.doctor.\(name).bad"))
      }
    }
  }
}
