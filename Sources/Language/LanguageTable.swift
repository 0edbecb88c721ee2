import FoundationEssentials

/// Reads `languages.csv`: `code,name,direction,locale,calendar,digits,months`, plain values without quotation. The last
/// column may be left out; a language without names of months of its own leaves it empty, others part them by `;`.
enum LanguageTable {
  static let header = ["code", "name", "direction", "locale", "calendar", "digits"]

  static func read(_ path: String) throws(CatalogueError) -> [Language] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CatalogueError(faults: ["\(path): cannot be read"])
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw CatalogueError(faults: ["\(path): is not UTF-8"])
    }
    return try parse(text, path: path)
  }

  static func parse(_ text: String, path: String) throws(CatalogueError) -> [Language] {
    var faults: [String] = []
    var languages: [Language] = []
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    let found = lines.first.map { $0.split(separator: ",").map(String.init) }
    let hasMonths = found == header + ["months"]
    guard hasMonths || found == header else {
      throw CatalogueError(faults: ["\(path):1: the columns are not \(header.joined(separator: ","))"])
    }
    for (index, line) in lines.enumerated().dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      let place = "\(path):\(index + 1)"
      let isWhole = cells.count == header.count || (hasMonths && cells.count == header.count + 1)
      guard isWhole, !cells.prefix(header.count).contains("") else {
        faults.append("\(place): \(header.count) values are expected")
        continue
      }
      guard let direction = Language.Direction(rawValue: cells[2]) else {
        faults.append("\(place): the direction is neither ltr nor rtl")
        continue
      }
      let months = cells.count > 6 ? cells[6].split(separator: ";").map(String.init) : []
      guard months.isEmpty || months.count == 12 else {
        faults.append("\(place): twelve months are expected")
        continue
      }
      guard !languages.contains(where: { $0.code == cells[0] }) else {
        faults.append("\(place): \(cells[0]) occurs twice")
        continue
      }
      languages.append(
        Language(
          code: cells[0], name: cells[1], direction: direction, locale: cells[3], calendar: cells[4],
          digits: cells[5], months: months))
    }
    if languages.isEmpty { faults.append("\(path): names no language") }
    guard faults.isEmpty else { throw CatalogueError(faults: faults) }
    return languages
  }
}
