/// Why the database refused, in the words of an operator. Readers of pages get a `Problem` instead.
package enum StorageError: Error, CustomStringConvertible {
  case address(String)
  case connect(String)
  /// `code` is the engine's: SQLITE_… number or SQLSTATE.
  case statement(message: String, code: String, sql: String)
  case columnMissing(column: String, present: [String])
  case columnValue(column: String, found: String, wanted: String)
  case nulInText
  case closed(String)
  /// Rows changed and nothing was recorded: the transaction was rolled back (design: audit that cannot be forgotten).
  case auditMissing(statement: String)
  case migrationEdited(name: String)
  case migrationUnknown(name: String)
  case reactionsDoNotSettle
  case housekeeping(statement: String)
  /// Something must be signed and the program was started without a key.
  case unsigned
  /// A receipt was asked for without an entry of the trail about the same record in the same transaction.
  case receiptWithoutEntry(subject: String, record: String)
  /// Nothing is signed over a trail that is already broken.
  case trailBroken(Audit.Finding)

  package var description: String {
    switch self {
    case .address(let text):
      "The database address “\(text)” is not understood. Write sqlite:PATH or postgres://USER@HOST:PORT/NAME."
    case .connect(let message): "The database could not be opened: \(message)"
    case .statement(let message, let code, let sql): "\(message) [\(code)] in: \(sql)"
    case .columnMissing(let column, let present):
      "The result has no column “\(column)”; it has \(present.joined(separator: ", "))."
    case .columnValue(let column, let found, let wanted):
      "Column “\(column)” holds \(found) where \(wanted) is needed."
    case .nulInText: "A text holds the character NUL, which cannot be stored."
    case .closed(let what): "The \(what) was used after its closure had ended."
    case .auditMissing(let statement):
      "Rows changed but nothing was recorded, so nothing was kept: \(statement)"
    case .migrationEdited(let name): "The applied migration \(name) was edited since. Add a new one instead."
    case .migrationUnknown(let name):
      "The database was migrated by a newer program (\(name)). Update this program."
    case .reactionsDoNotSettle: "Reactions kept publishing for more than ten rounds."
    case .unsigned: "There is no signing key, so neither checkpoint nor receipt can be made."
    case .receiptWithoutEntry(let subject, let record):
      "A receipt was asked for \(subject) \(record), about which nothing was recorded in this transaction."
    case .trailBroken(let finding): "No checkpoint is signed over a broken trail: \(finding)"
    case .housekeeping(let statement): "Housekeeping may touch sys_ tables only: \(statement)"
    }
  }

  /// A unique, foreign-key or check rule was broken, in either engine.
  package var isConstraint: Bool {
    guard case .statement(_, let code, _) = self else { return false }
    return code.hasPrefix("23") || code == "19" || (Int(code).map { $0 & 0xff == 19 } ?? false)
  }
}
