import CSodium

/// A key that signs (Ed25519). Keys are made and kept elsewhere.
package protocol Signer: Sendable {
  /// First 16 hexadecimal digits of the SHA-256 of the public key.
  var keyID: String { get }
  /// 32 bytes.
  var publicKey: [UInt8] { get }
  /// 64 bytes.
  func sign(_ bytes: [UInt8]) -> [UInt8]
}

/// Public keys with which this database was ever signed, and the checks that need only them.
package enum SigningKeys {
  private static let prefix = "signing-key:"

  package static func id(of publicKey: [UInt8]) -> String {
    Digest.hex(Array(Digest.sha256(publicKey).prefix(8)))
  }

  package static func verify(_ bytes: [UInt8], _ signature: [UInt8], publicKey: [UInt8]) -> Bool {
    guard sodium_init() >= 0, signature.count == Int(crypto_sign_bytes()),
      publicKey.count == Int(crypto_sign_publickeybytes())
    else { return false }
    return crypto_sign_verify_detached(signature, bytes, UInt64(bytes.count), publicKey) == 0
  }

  /// Hexadecimal public keys. Whoever can change the database can add one: a key known from elsewhere proves more.
  package static func known(in db: Reader) throws -> Set<String> {
    var keys: Set<String> = []
    try db.each("SELECT name, value FROM sys_fact") { row in
      let name: String = try row[at: 0]
      if name.hasPrefix(prefix) { keys.insert(try row[at: 1]) }
    }
    return keys
  }
  static func remember(_ signer: any Signer, on connection: any Connection) throws {
    try connection.query(
      """
      INSERT INTO sys_fact (name, value) VALUES (\(prefix + signer.keyID), \(Digest.hex(signer.publicKey)))
      ON CONFLICT (name) DO NOTHING
      """)
  }
}

/// The name that one database bears for good, so that a checkpoint of another is not held against it.
enum DatabaseIdentity {
  private static let name = "database"

  static func find(in db: Reader) throws -> String? {
    try db.value("SELECT value FROM sys_fact WHERE name = \(name)")
  }
  static func findOrMake(on connection: any Connection) throws -> String {
    var found: String?
    try connection.query("SELECT value FROM sys_fact WHERE name = \(name)") { found = $0.text(0) }
    if let found { return found }
    let made = Digest.hex(Digest.random(16))
    try connection.query("INSERT INTO sys_fact (name, value) VALUES (\(name), \(made))")
    return made
  }
}
