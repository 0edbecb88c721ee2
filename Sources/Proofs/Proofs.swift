import Foundation
package import Secrets
package import Storage
package import Web

/// What proves itself: the audit trail, checkpoints, receipts.
package enum Proofs {
  /// The whole trail, without what was changed: to see that is the State's.
  package static let reading: Permission = "audit.read"
  /// What was done to the records of a State and who saw them.
  package static let readingOwn: Permission = "audit.own"
  /// Receipts of one's own acts and of one's State.
  package static let readingOwnReceipts: Permission = "receipts.own"
  /// Everyone's receipts.
  package static let readingReceipts: Permission = "receipts.read"
  /// Those that routes of this subject ask for.
  package static let permissions: Set<Permission> = [
    reading, readingOwn, readingOwnReceipts, readingReceipts,
  ]

  /// The key that signs for this site, in `signing.key` of the folder; both are made on first start.
  package static func signer(folder: String) throws -> any Signer {
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    return SigningKey(seed: try KeyFile.loadOrMake(folder + "/signing.key", bytes: 32))
  }
}

extension SigningKey: Signer {
  package var keyID: String { id }
}
