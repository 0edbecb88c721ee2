package import Storage

extension Activities {
  package struct Summary: DecodableRow, Sendable {
    package let id: ID
    package let identifier: String
    package let title: String
    package let titleLanguage: String
    package let reporter: String
    package let reporterName: String
    package let status: String
    package let startOn: String?
    package let endOn: String?
    package let findings: Int
    package let isInvented: Bool
    package let version: Int64

    package init(row: Row) throws {
      id = try row["id"]
      identifier = try row["identifier"]
      title = try row["title"]
      titleLanguage = try row["title_language"]
      reporter = try row["reporter"]
      reporterName = try row["reporter_name"]
      status = try row["status"]
      startOn = try row["start_on"]
      endOn = try row["end_on"]
      findings = try row["findings"]
      isInvented = try row["invented"]
      version = try row["version"]
    }
  }
  /// Why an activity concerns an area, and what a person said about it.
  package struct ClaimRow: DecodableRow, Sendable {
    package let area: String
    /// Empty for the area as a whole.
    package let provision: String
    package let source: String
    package let strength: Int
    package let evidence: String
    /// confirmed, refused, or nil.
    package let verdict: String?
    package init(row: Row) throws {
      area = try row["area"]
      provision = try row["provision"]
      source = try row["source"]
      strength = try row["strength"]
      evidence = try row["evidence"]
      verdict = try row["verdict"]
    }
  }
  package struct ImportRow: DecodableRow, Sendable {
    package let id: Int64
    package let fileName: String
    package let sha256: String
    package let origin: String
    package let address: String?
    package let state: String
    package let version: String
    package let received: Int
    package let accepted: Int
    package let unchanged: Int
    package let rejected: Int
    package let findings: Int
    package let findingsLeftOut: Int
    package let isInvented: Bool
    package let startedAt: String
    package let finishedAt: String?
    package init(row: Row) throws {
      id = try row["id"]
      fileName = try row["file_name"]
      sha256 = try row["sha256"]
      origin = try row["origin"]
      address = try row["address"]
      state = try row["state"]
      version = try row["version"]
      received = try row["received"]
      accepted = try row["accepted"]
      unchanged = try row["unchanged"]
      rejected = try row["rejected"]
      findings = try row["findings"]
      findingsLeftOut = try row["findings_left_out"]
      isInvented = try row["invented"]
      startedAt = try row["started_at"]
      finishedAt = try row["finished_at"]
    }
  }
  package struct FindingRow: DecodableRow, Sendable {
    package let n: Int64
    package let severity: String
    package let rule: String
    package let line: Int
    package let column: Int
    package let path: String
    package let identifier: String
    package let arguments: [String: String]
    package init(row: Row) throws {
      n = try row["n"]
      severity = try row["severity"]
      rule = try row["rule"]
      line = try row["line"]
      column = try row["place"]
      path = try row["path"]
      identifier = try row["identifier"]
      arguments = FindingArguments.parse(try row["arguments"])
    }
  }
}
