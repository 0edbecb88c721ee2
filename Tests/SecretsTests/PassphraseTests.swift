import Foundation
import Testing

@testable import Secrets

@Suite("SecretsTests passphrases") struct PassphraseTests {
  @Test func theRightWordsFitAndNoOthers() throws {
    let hash = try #require(Passphrase.hash("четыре зелёных чайника"))
    #expect(hash.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
    #expect(Passphrase.verify("четыре зелёных чайника", hash))
    #expect(!Passphrase.verify("четыре зеленых чайника", hash))
    #expect(!Passphrase.verify("", hash))
    #expect(!Passphrase.needsNewHash(hash))
    #expect(Passphrase.hash("четыре зелёных чайника") != hash, "the salt is new each time")
  }

  /// ё as one character or two, full-width letters: another keyboard, the same words.
  @Test func anotherKeyboardWritesTheSame() throws {
    let hash = try #require(Passphrase.hash("зел\u{451}ный ａｂｃ ﷲ ok"))
    #expect(Passphrase.verify("зел\u{435}\u{308}ный abc \u{627}\u{644}\u{644}\u{647} ok", hash))
  }

  @Test func oldAndForeignHashesAreToBeMadeAnew() {
    let cheap =
      "$argon2id$v=19$m=8192,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$F5fWAIjTAVgeEJSWQqKyUqJwmmoPBkf6xEiKqx6eo8E"
    #expect(Passphrase.needsNewHash(cheap))
    #expect(Passphrase.needsNewHash("$2b$12$abcdefghijklmnopqrstuv"))
    #expect(!Passphrase.verify("anything", "$2b$12$abcdefghijklmnopqrstuv"))
    #expect(!Passphrase.verify("anything", ""))
    #expect(!Passphrase.verify("anything", String(repeating: "$argon2id$", count: 100)))
  }

  /// The decoy has the cost of a real hash, and nothing fits it.
  @Test func theDecoyCostsAsMuch() throws {
    #expect(!Passphrase.needsNewHash(Passphrase.decoy))
    #expect(!Passphrase.verify("", Passphrase.decoy))
    let real = try #require(Passphrase.hash("four green kettles"))
    // $argon2id$v=19$m=…,t=…,p=…$salt$hash
    let costs = [real, Passphrase.decoy].map { $0.split(separator: "$").prefix(3).joined(separator: "$") }
    #expect(costs[0] == costs[1] && costs[0].contains("m=19456,t=2"), "\(costs)")
    #expect(real.utf8.count == Passphrase.decoy.utf8.count)
  }

  /// argon2-cffi (the reference C code, not libsodium's) reads our hash, and we read its.
  @Test(.enabled(if: Tool.has(module: "argon2") || Tool.mustHaveAll)) func anotherArgon2Agrees() throws {
    let ours = try #require(Passphrase.hash("أربعة أباريق خضراء"))
    let check = "import argon2, sys; print(argon2.PasswordHasher().verify(sys.argv[1], sys.argv[2]))"
    #expect(try Tool.python(check, ours, "أربعة أباريق خضراء") == "True")
    #expect(throws: Tool.Failed.self) { try Tool.python(check, ours, "أربعة أباريق حمراء") }
    let theirs = try Tool.python(
      """
      import argon2, sys
      print(argon2.PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1).hash(sys.argv[1]))
      """, "四个绿色的水壶")
    #expect(Passphrase.verify("四个绿色的水壶", theirs))
    #expect(!Passphrase.verify("四个红色的水壶", theirs))
    #expect(!Passphrase.needsNewHash(theirs))
  }

  static let rules = PassphraseRules(knownFile: Tool.root + "/data/passphrases/known.txt")

  @Test func theListIsThere() {
    #expect(Self.rules.unread.isEmpty)
    #expect(Self.rules.knownCount > 2_000)
    #expect(PassphraseRules(knownFile: "/nowhere/known.txt").unread == ["/nowhere/known.txt"])
  }

  @Test(arguments: [
    "correct horse battery staple", "CorrectHorseBatteryStaple1!", "password2024!", "P4ssw0rd!!2024",
    "Passwordpassword",
    "qwertyuiop1234", "1qaz2wsx3edc", "123456789012", "aaaaaaaaaaaa", "abcabcabcabc", "abcdefghijklm",
    "Summer2025!!!!",
    "contraseña2025", "mot de passe secret", "йцукенгшщзхъ", "мой пароль 2024", "كلمة السر الجديدة",
    "好好学习天天向上2024", "kettle7kettle7",
    "iloveyousomuch", "unitednations2026", "adminpassword", "١٢٣٤٥٦٧٨٩٠١٢", "i l o v e y o u s o m u c h",
  ])
  func whatOthersTryFirstIsRefused(_ text: String) {
    let faults = Self.rules.faults(text, about: [])
    #expect(faults.contains(.known), "\(text): \(faults)")
  }

  @Test(arguments: [
    "four green kettles", "my aunt sells oranges", "vier grüne Kessel", "quatre bouilloires vertes",
    "четыре зелёных чайника", "أربعة أباريق خضراء", "四个绿色的水壶放在窗台上面", "zpmfrqxkwbtj",
    "password kettle orange boat",
    "summer in the green hills",
  ])
  func ordinaryPassphrasesPass(_ text: String) {
    #expect(Self.rules.faults(text, about: ["Amina Hassan", "amina@mfa.example"]) == [])
  }

  @Test func lengthIsCountedInCharacters() {
    #expect(Self.rules.faults("green kettl", about: []) == [.short])
    #expect(Self.rules.faults("green kettle", about: []) == [])
    let long = String((0..<128).map { _ in "abcdefghkmnpqrstuvwxyz".randomElement() ?? "x" })
    #expect(Self.rules.faults(long, about: []) == [])
    #expect(Self.rules.faults(long + "q", about: []) == [.long])
    #expect(Self.rules.faults("", about: []).contains(.short))
  }

  @Test func ownWordsAreRefused() {
    let about = ["Amina El-Hassan", "amina.hassan@mfa.gov.example", "王小明", "wasl.example.org"]
    for text in [
      "AminaHassan2024", "amina.hassan@mfa", "hassan amina 1980", "王小明王小明王小明王小明", "wasl.example.org",
    ] {
      #expect(Self.rules.faults(text, about: about).contains(.personal), "\(text)")
    }
    #expect(Self.rules.faults("my sister Amina sells oranges", about: about) == [])
    #expect(Self.rules.faults("four green kettles", about: ["", " ", "a@b"]) == [])
  }

  @Test func anOperatorAddsAList() throws {
    try Tool.folder { folder in
      let path = folder + "/more.txt"
      try Data("# remark\nFour Green Kettles\n".utf8).write(to: URL(fileURLWithPath: path))
      let rules = PassphraseRules(knownFile: nil, further: [path])
      #expect(rules.knownCount == 1)
      #expect(rules.faults("four green kettles 7", about: []) == [.known])
    }
  }

  @Test(arguments: ["", ":17", ":17\r"]) func aListOfHashesIsSearchedInItsFile(ending: String) throws {
    // FIPS 180-2, appendix A.1
    #expect(BreachedList.sha1("abc") == "A9993E364706816ABA3E25717850C26C9CD0D89D")
    let known = (0..<400).map { "passphrase number \($0)" }
    try Tool.folder { folder in
      let path = folder + "/hashes.txt"
      let lines = known.map { BreachedList.sha1($0) + ending }.sorted()
      try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: path))
      let list = try #require(BreachedList(path: path))
      for text in known { #expect(try list.contains(text), "\(text)") }
      for number in 400..<800 { #expect(try !list.contains("passphrase number \(number)"), "\(number)") }
      let rules = PassphraseRules(knownFile: nil, further: [path])
      #expect(rules.knownCount == 0 && rules.unread.isEmpty)
      #expect(rules.faults("passphrase number 12", about: []) == [.known])
      #expect(rules.faults("passphrase number 500", about: []) == [])
      // Gone while in use: nothing passes any more.
      try FileManager.default.removeItem(atPath: path)
      #expect(rules.faults("passphrase number 500", about: []) == [.known])
    }
  }
}
