extension Writer {
  private static let keyName = "register.key"

  /// The database's own secret, made once; hexadecimal.
  @discardableResult
  package func registerKey() throws -> String {
    if let found: String = try value("SELECT value FROM sys_fact WHERE name = \(Self.keyName)") {
      return found
    }
    let made = Digest.hex(Digest.random(32))
    try run("INSERT INTO sys_fact (name, value) VALUES (\(Self.keyName), \(made))")
    return made
  }

  /// A number for a record whose address others may see: a counter would tell how many records they may not see
  /// (design: rule 5). 1 … 2⁵² so that it is exact in JSON; the same words give the same number in this database.
  package func keyedID(_ kind: String, _ words: String, isTaken: (Int64) throws -> Bool) throws -> Int64 {
    let key = try registerKey()
    var attempt = 0
    while true {
      let bytes = Digest.sha256(Array("\(key)|\(kind)|\(attempt)|\(words)".utf8))
      var number: UInt64 = 0
      for byte in bytes.prefix(8) { number = number << 8 | UInt64(byte) }
      let id = Int64(number >> 12)
      if id > 0, try !isTaken(id) { return id }
      attempt += 1
    }
  }
}
