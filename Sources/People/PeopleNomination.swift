package import Storage

extension People {
  /// A nomination by note verbale, checked by a person of the Secretariat before anyone is invited.
  package struct Nomination: DecodableRow, Sendable, Equatable {
    package let id: ID
    package let office: ID
    package let role: Role
    package let personName: String
    package let function: String
    package let email: String
    package let language: String
    /// Reference and date of the note verbale.
    package let reference: String
    package let notedOn: String
    /// SHA-256 of the scan.
    package let scan: String?
    package let scanName: String?
    package let stage: Stage
    package let reason: String
    package let recordedBy: String
    package let recordedAt: String
    package let checkedBy: String?
    package let checkedAt: String?
    /// The account that ends when this one begins.
    package let replaces: ID?
    /// Term of the account as the note verbale gives it; nil: from acceptance, without end.
    package let from: String?
    package let until: String?
    package let version: Int64

    package init(row: Row) throws {
      id = try row["id"]
      office = try row["office"]
      role = try row["role"]
      personName = try row["person_name"]
      function = try row["function"]
      email = try row["email"]
      language = try row["language"]
      reference = try row["reference"]
      notedOn = try row["noted_on"]
      scan = try row["scan"]
      scanName = try row["scan_name"]
      stage = try row["stage"]
      reason = try row["reason"]
      recordedBy = try row["recorded_by"]
      recordedAt = try row["recorded_at"]
      checkedBy = try row["checked_by"]
      checkedAt = try row["checked_at"]
      replaces = try row["replaces"]
      from = try row["valid_from"]
      until = try row["valid_until"]
      version = try row["version"]
    }
  }
}
