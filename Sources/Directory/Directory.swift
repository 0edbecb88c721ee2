package import Storage
package import Treaty

/// States, their regional groups and their status under each instrument.
package enum Directory {
  package static let migrations = [
    Migration("20261124-2-directory", PackageResources._0261124_2_directory_sql)
  ]

  package struct State: DecodableRow, Sendable {
    /// ISO 3166-1 alpha-3, or the source's code for the Holy See, the European Union and others.
    package let id: String
    package let iso2: String?
    package let name: Multilingual
    package let group: String
    package let isLDC: Bool
    package let isLLDC: Bool
    package let isSIDS: Bool
    /// Day of the source per instrument, as the file words it.
    package let statusAsOf: String
    /// Columns of the source that are from memory.
    package let unverified: [String]

    package init(row: Row) throws {
      id = try row["id"]
      iso2 = try row["iso2"]
      name = try Multilingual(row: row, status: row["names_status"])
      group = try row["regional_group"]
      isLDC = try row["ldc"]
      isLLDC = try row["lldc"]
      isSIDS = try row["sids"]
      statusAsOf = try row["status_as_of"]
      let text: String = try row["unverified"]
      unverified = text.split(separator: ";").map(String.init)
    }
  }

  package enum PartyStatus: String, Sendable, CaseIterable, SQLBindable, SQLReadable {
    case yes
    case yesUnverified = "yes_unverified"
    case no
    case noUnverified = "no_unverified"
    case unknown = "unknown_after_2014"
    /// Counted among the parties; unverified ones too, and said so.
    package var isParty: Bool { self == .yes || self == .yesUnverified }
  }

  package struct Party: DecodableRow, Sendable {
    package let state: String
    package let instrument: String
    package let status: PartyStatus
    package let signed: String?
    package let deposited: String?
    package let action: String?
    /// Day of the source.
    package let asOf: String?

    package init(row: Row) throws {
      state = try row["state"]
      instrument = try row["instrument"]
      status = try row["status"]
      signed = try row["signed"]
      deposited = try row["deposited"]
      action = try row["action"]
      asOf = try row["as_of"]
    }
  }
}
