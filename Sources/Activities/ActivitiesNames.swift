import Storage
import Treaty
import Web

/// Names of sectors and regions, and why a sector speaks for an area, from the data files.
struct CodeNames: Sendable {
  private let sectors: [String: Multilingual]
  private let regions: [String: Multilingual]
  /// `vocabulary:code` → English reason by area.
  private let reasons: [String: [String: String]]

  static func of(_ call: Call) async throws -> CodeNames {
    let directory = DataDirectory(call.services.dataDirectory)
    return try await call.services.database().remembered("activities.names") { _ in CodeNames(directory) }
  }
  private init(_ data: DataDirectory) {
    var faults: [DataFault] = []
    func names(_ file: String) -> [String: Multilingual] {
      var found: [String: Multilingual] = [:]
      for row in data.rows("codelists/oecd-dac/2026/" + file, needing: ["code", "name_en"], &faults) {
        var texts: [String: String] = [:]
        for code in Multilingual.codes where !row["name_" + code].isEmpty {
          texts[code] = row["name_" + code]
        }
        found[row["code"]] = Multilingual(texts: texts, status: row["names_status"])
      }
      return found
    }
    sectors = names("sector.csv").merging(names("sector_category.csv")) { first, _ in first }
    regions = names("region.csv")
    var reasons: [String: [String: String]] = [:]
    for row in data.rows(
      "relevance/sectors.csv", needing: ["vocabulary", "code", "area", "reason_en"], &faults)
    {
      reasons["\(row["vocabulary"]):\(row["code"])", default: [:]][row["area"]] = row["reason_en"]
    }
    self.reasons = reasons
  }
  /// Vocabularies 1 and 2 are those of the Development Assistance Committee.
  func sector(_ vocabulary: String, _ code: String) -> Multilingual? {
    vocabulary == "1" || vocabulary == "2" ? sectors[code] : nil
  }
  /// Of `vocabulary:code`.
  func sector(_ evidence: String) -> Multilingual? {
    let parts = evidence.split(separator: ":", maxSplits: 1).map(String.init)
    return parts.count == 2 ? sector(parts[0], parts[1]) : nil
  }
  func region(_ vocabulary: String, _ code: String) -> Multilingual? {
    vocabulary == "1" ? regions[code] : nil
  }
  func reason(_ evidence: String, _ area: String) -> String? { reasons[evidence]?[area] }
}
