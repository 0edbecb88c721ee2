import Foundation
import Secrets
import Testing

@Suite("SecretsTests keys") struct KeyTests {
  @Test func aSealedBoxOpensWithItsKeyAndContextOnly() {
    let box = SealedBox(key: Secret.random(32))
    let text = Array("seed of account 17".utf8)
    let sealed = box.seal(text, for: "account:17")
    #expect(box.open(sealed, for: "account:17") == text)
    #expect(box.open(sealed, for: "account:18") == nil)
    #expect(box.open(sealed) == nil)
    #expect(SealedBox(key: Secret.random(32)).open(sealed, for: "account:17") == nil)
    #expect(box.seal(text) != box.seal(text), "the nonce is new each time")
    #expect(box.open(box.seal([])) == [])
    #expect(sealed.count == text.count + 1 + 24 + 16)
  }

  @Test func everyAlteredByteIsFound() {
    let box = SealedBox(key: Secret.random(32))
    let sealed = box.seal(Array("secret".utf8))
    for index in sealed.indices {
      var altered = sealed
      altered[index] ^= 1
      #expect(box.open(altered) == nil, "byte \(index)")
    }
    for length in 0..<sealed.count { #expect(box.open(Array(sealed.prefix(length))) == nil) }
    #expect(box.open(sealed + [0]) == nil)
  }

  /// RFC 8032 §7.1, test 2.
  @Test func vectorOfTheStandard() throws {
    let seed = try #require(bytes("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"))
    let key = SigningKey(seed: seed)
    #expect(key.publicKey == bytes("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"))
    #expect(
      key.sign([0x72])
        == bytes(
          "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"))
    #expect(key.id.wholeMatch(of: /[0-9a-f]{16}/) != nil)
    #expect(key.id == String(Tool.sha256(key.publicKey).prefix(16)))
  }

  @Test func openSSLVerifiesOurSignatureAndWeIts() throws {
    try Tool.folder { folder in
      let key = SigningKey(seed: Secret.random(32))
      let text = Array("receipt · وصل · 收据".utf8)
      func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        return "\(folder)/\(name)"
      }
      // SubjectPublicKeyInfo of Ed25519 (RFC 8410): a fixed head, then the key.
      let head: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]
      let publicKey = try file("public.der", head + key.publicKey)
      let message = try file("text", text)
      let other = try file("other", text + [33])
      let signature = try file("signature", key.sign(text))
      let verify = [
        "openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", publicKey, "-rawin",
      ]
      let said = try Tool.run(verify + ["-sigfile", signature, "-in", message])
      #expect(said.contains("Verified Successfully"))
      #expect(throws: Tool.Failed.self) { try Tool.run(verify + ["-sigfile", signature, "-in", other]) }

      try Tool.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", "\(folder)/theirs.pem"])
      try Tool.run([
        "openssl", "pkey", "-in", "\(folder)/theirs.pem", "-pubout", "-outform", "DER", "-out",
        "\(folder)/theirs.der",
      ])
      try Tool.run([
        "openssl", "pkeyutl", "-sign", "-inkey", "\(folder)/theirs.pem", "-rawin", "-in", message, "-out",
        "\(folder)/theirs.sig",
      ])
      let theirKey = try [UInt8](Data(contentsOf: URL(fileURLWithPath: "\(folder)/theirs.der"))).suffix(32)
      let theirs = try [UInt8](Data(contentsOf: URL(fileURLWithPath: "\(folder)/theirs.sig")))
      #expect(SigningKey.verify(text, theirs, publicKey: Array(theirKey)))
      #expect(!SigningKey.verify(text + [33], theirs, publicKey: Array(theirKey)))
      #expect(!SigningKey.verify(text, theirs, publicKey: key.publicKey))
      #expect(!SigningKey.verify(text, Array(theirs.dropLast()), publicKey: Array(theirKey)))
      #expect(!SigningKey.verify(text, theirs, publicKey: []))
    }
  }

  @Test func aKeyFileIsMadeOnceForItsOwnerAlone() throws {
    try Tool.folder { folder in
      let path = folder + "/key"
      let key = try KeyFile.loadOrMake(path, bytes: 32)
      #expect(key.count == 32 && Set(key).count > 4)
      #expect(try KeyFile.loadOrMake(path, bytes: 32) == key)
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["key"], "no draft is left")
    }
  }

  @Test func manyStartsAtOnceGetOneKey() async throws {
    let path = FileManager.default.temporaryDirectory.path + "/wasl-key-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let keys = try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for _ in 0..<16 { group.addTask { try KeyFile.loadOrMake(path, bytes: 32) } }
      return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
    }
    #expect(keys.count == 1)
  }

  @Test func aDoubtfulKeyFileIsRefused() throws {
    try Tool.folder { folder in
      let path = folder + "/key"
      _ = try KeyFile.loadOrMake(path, bytes: 32)
      func reason(_ path: String, _ count: Int = 32) -> String {
        do {
          _ = try KeyFile.loadOrMake(path, bytes: count)
          return "taken"
        } catch { return "\(error)" }
      }
      #expect(reason(path, 64).contains("does not hold 64 bytes"))
      #expect(reason(path, 16).contains("does not hold 16 bytes"))
      try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: path)
      #expect(reason(folder + "/link").contains("is a link"))
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
      #expect(reason(path).contains("can be read by others"))
      #expect(reason(folder).contains("is not a file"))
      #expect(reason(folder + "/nowhere/key").contains("cannot be made"))
    }
  }

  private func bytes(_ hex: String) -> [UInt8]? {
    let digits = Array(hex)
    let pairs = stride(from: 0, to: digits.count, by: 2).map { String(digits[$0..<($0 + 2)]) }
    let bytes = pairs.compactMap { UInt8($0, radix: 16) }
    return bytes.count == pairs.count ? bytes : nil
  }
}

extension Tool {
  static func sha256(_ bytes: [UInt8]) -> String {
    let said = (try? run(["sha256sum"], input: bytes)) ?? ""
    return String(said.prefix { $0 != " " })
  }
}
