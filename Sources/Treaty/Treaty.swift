package import Storage

/// Instruments, provisions, priority areas, forms of assistance: what everything else is keyed to.
package enum Treaty {
  package static let migrations = [Migration("20261124-1-treaty", PackageResources._0261124_1_treaty_sql)]

  /// The list of priority areas in which needs and activities are classified; the finest.
  package static let workingList = "2006"
  /// The list of the 2007 meeting, whose five areas are the chapters of the proposals paper.
  package static let paperList = "2007"

  package struct Instrument: DecodableRow, Sendable {
    package let id: String
    package let short: Multilingual
    package let name: Multilingual
    package let adopted: String?
    package let inForce: String?
    package let citation: String?
    package let factsStatus: String

    package init(row: Row) throws {
      id = try row["id"]
      let status: String = try row["names_status"]
      short = try Multilingual(row: row, prefix: "short", status: status)
      name = try Multilingual(row: row, status: status)
      adopted = try row["adopted"]
      inForce = try row["in_force"]
      citation = try row["citation"]
      factsStatus = try row["facts_status"]
    }
  }

  package struct Provision: DecodableRow, Sendable {
    /// `UNTOC-18`, `UNTOC-6.2(d)`.
    package let id: String
    package let parent: String?
    package let instrument: String
    package let article: String
    package let paragraph: String?
    package let name: Multilingual
    /// False: a summary of our own, not the treaty's words.
    package let isOfficialTitle: Bool
    /// Our reading of the article: mandatory, optional, consider, procedural.
    package let obligation: String
    package let isSubstantive: Bool

    package init(row: Row) throws {
      id = try row["id"]
      parent = try row["parent"]
      instrument = try row["instrument"]
      article = try row["article"]
      paragraph = try row["paragraph"]
      name = try Multilingual(row: row, status: row["names_status"])
      let kind: String = try row["title_kind"]
      isOfficialTitle = kind == "official_article_title"
      obligation = try row["obligation"]
      isSubstantive = try row["substantive"]
    }
    /// `18`, `6 (2) (d)`: the article as the UN cites it.
    package var citation: String {
      guard let paragraph else { return article }
      guard let bracket = paragraph.firstIndex(of: "(") else { return "\(article) (\(paragraph))" }
      let number = paragraph[..<bracket]
      return number.isEmpty ? "\(article) \(paragraph)" : "\(article) (\(number)) \(paragraph[bracket...])"
    }
  }

  package struct Area: DecodableRow, Sendable {
    package let list: String
    package let id: String
    package let name: Multilingual
    /// substantive, crosscutting or none, as the data says.
    package let kind: String
    package let clauses: [String]
    package let chapter: String?

    package init(row: Row) throws {
      list = try row["list"]
      id = try row["id"]
      name = try Multilingual(row: row, status: row["names_status"])
      kind = try row["kind"]
      let text: String = try row["clauses"]
      clauses = text.split(separator: ";").map(String.init)
      chapter = try row["chapter"]
    }
  }

  /// An entry of a small named list: a form of assistance, a kind of obligation, a list of areas.
  package struct Entry: DecodableRow, Sendable {
    package let id: String
    package let name: Multilingual
    package init(row: Row) throws {
      id = try row["id"]
      name = try Multilingual(row: row, status: row["names_status"])
    }
  }

  package struct AreaMapping: DecodableRow, Sendable {
    package let from: String
    package let to: String
    package let isPrimary: Bool
    package init(row: Row) throws {
      from = try row["from_area"]
      to = try row["to_area"]
      let kind: String = try row["kind"]
      isPrimary = kind == "primary"
    }
  }
}
