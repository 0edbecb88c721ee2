/// The words of a formal act in the one form whose hash a receipt holds: a JSON object of texts, keys sorted, without
/// spaces, UTF-8 without a line end (RFC 8785), so that anyone can make it again and any program can hash it:
///
///     sha256sum wasl-content-7K2QX9M4PA.json
package struct ReceiptContent: Sendable, Equatable {
  package let text: String

  /// - Parameter fields: empty ones too, so that what was left out can be told from what is not part of the form.
  package init(_ fields: [String: String]) { text = FlatJSON.text(fields) }
  /// What was kept or brought, as it is.
  package init(text: String) { self.text = text }

  package var sha256: String { ReceiptContent.sha256(of: Array(text.utf8)) }
  package var bytes: [UInt8] { Array(text.utf8) }
  package static func sha256(of bytes: [UInt8]) -> String { Digest.hex(Digest.sha256(bytes)) }

  /// Whether a file gives the hash; a line end that an editor or a copy has added is forgiven.
  package static func fits(_ bytes: [UInt8], _ hash: String) -> Bool {
    if sha256(of: bytes) == hash { return true }
    var rest = bytes[...]
    if rest.last == 10 { rest.removeLast() }
    if rest.last == 13 { rest.removeLast() }
    return rest.count < bytes.count && sha256(of: Array(rest)) == hash
  }
}

extension Receipts {
  /// The words behind a receipt; nil for one that was issued before they were kept.
  package static func content(of code: String, in db: Reader) throws -> ReceiptContent? {
    let text: String? = try db.value("SELECT content FROM sys_receipt_behind WHERE code = \(code)")
    return text.map { ReceiptContent(text: $0) }
  }
}
