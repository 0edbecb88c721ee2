package import Storage

extension People {
  /// What accounts belong to; it outlives its people.
  package struct Office: DecodableRow, Sendable, Equatable {
    package let id: ID
    package let kind: OfficeKind
    /// ISO3 code, for the office of a State.
    package let state: String?
    package let organisation: String?
    package let name: String
    /// Language of the name.
    package let language: String
    package let email: String?
    package let closedOn: String?
    package let isInvented: Bool
    package let version: Int64

    package init(row: Row) throws {
      id = try row["id"]
      kind = try row["kind"]
      state = try row["state"]
      organisation = try row["organisation"]
      name = try row["name"]
      language = try row["language"]
      email = try row["email"]
      closedOn = try row["closed_on"]
      isInvented = try row["invented"]
      version = try row["version"]
    }
    package var isClosed: Bool { closedOn != nil }
  }
}
