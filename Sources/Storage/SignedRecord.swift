/// Fields signed with Ed25519. What is signed is the canonical text without the signature; what is handed out is the
/// same object with it, so that any program can take it away and check the rest:
///
///     jq -cjS 'del(.signature)' receipt.json > text
///     jq -r .signature receipt.json | xxd -r -p > signature
struct SignedRecord: Sendable, Equatable {
  enum Fault: Sendable { case signature, keyName }
  let fields: [String: String]
  let signature: [UInt8]

  /// Adds the key's name and the public key to the fields.
  init(_ fields: [String: String], by signer: any Signer) {
    var fields = fields
    fields["key"] = signer.keyID
    fields["public_key"] = Digest.hex(signer.publicKey)
    self.fields = fields
    signature = signer.sign(Array(FlatJSON.text(fields).utf8))
  }
  /// As it was handed out; nil when it is no such object or carries no signature.
  init?(file: String) {
    guard var fields = FlatJSON.parse(file), let hex = fields.removeValue(forKey: "signature"),
      let signature = Digest.bytes(hex: hex)
    else { return nil }
    self.fields = fields
    self.signature = signature
  }
  /// As it is stored.
  init?(text: String, signature: [UInt8]) {
    guard let fields = FlatJSON.parse(text) else { return nil }
    self.fields = fields
    self.signature = signature
  }

  var text: String { FlatJSON.text(fields) }
  var file: String {
    var whole = fields
    whole["signature"] = Digest.hex(signature)
    return FlatJSON.text(whole)
  }
  var publicKey: String { fields["public_key"] ?? "" }

  /// What is wrong in itself, without any knowledge from elsewhere.
  var fault: Fault? {
    let key = Digest.bytes(hex: publicKey) ?? []
    guard SigningKeys.verify(Array(text.utf8), signature, publicKey: key) else { return .signature }
    return fields["key"] == SigningKeys.id(of: key) ? nil : .keyName
  }
}

extension Digest {
  /// Lower or upper case; nil when it is not hexadecimal.
  package static func bytes(hex: String) -> [UInt8]? {
    func digit(_ byte: UInt8) -> UInt8? {
      switch byte {
      case 48...57: byte - 48
      case 65...70: byte - 55
      case 97...102: byte - 87
      default: nil
      }
    }
    var bytes: [UInt8] = []
    var rest = Array(hex.utf8)[...]
    while let high = rest.popFirst() {
      guard let low = rest.popFirst(), let first = digit(high), let second = digit(low) else { return nil }
      bytes.append(first << 4 | second)
    }
    return bytes
  }
}
