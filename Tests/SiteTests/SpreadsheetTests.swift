import Documents
import Foundation
import Language
import Needs
import Storage
import TestKit
import Testing
import Web

/// Lists as CSV and XLSX: whole, of real cells, and each says what it is.
@Suite(.serialized) struct SpreadsheetTests {
  static let hostile = [
    "=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "http://example.org/", "=HYPERLINK(\"x\")",
  ]

  /// Every list, in six languages, read back by openpyxl and compared cell by cell with its CSV.
  @Test func everyListReadsBack() async throws {
    try #require(SpreadsheetReader.isThere, "run scripts/openpyxl")
    try await TestSite.with(.sqlite) { site in
      let records = try await AccessRecords.fill(site)
      try await Self.plantFormulas(site)
      let record = RouteRecord()
      let mount = try await site.mount { $0.record = record }
      let client = TestClient(mount)
      var asked: [(path: String, language: Language, route: Route, csv: CSVTable, statement: String)] = []
      for route in mount.routes where route.method == .get && route.faces.contains(.data) {
        guard let (_, path) = records.paths(route).first, !path.isEmpty else { continue }
        for language in Language.all {
          let headers =
            TestViewers.header(Self.token(route)) + [("Accept-Language", language.code)]
          let base = route.faces.contains(.page) ? "/\(language.code)/\(path)" : "/api/v1/\(path)"
          let csv = try await client.get(base + ".csv", headers)
          guard csv.status == 200, record.all[route.description]?.answers.first?.shape == .list else { break }
          let sheet = try await client.get(base + ".xlsx", headers)
          #expect(sheet.status == 200, "\(base): \(sheet.status)")
          #expect(
            sheet.header("Content-Type")
              == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
          #expect(
            sheet.header("Content-Disposition")?.contains("-\(language.code)-2026-06-15.xlsx\"") == true)
          let file = "\(site.folder)/\(asked.count).xlsx"
          try Data(sheet.bytes).write(to: URL(fileURLWithPath: file))
          asked.append(
            (file, language, route, CSVTable(csv.bytes), try #require(csv.header("Wasl-Statement"))))
        }
      }
      let read = try SpreadsheetReader.read(asked.map(\.path))
      var cells = 0
      for (path, language, route, csv, statement) in asked {
        let sheets = try #require(read[path])
        let answer = try #require(record.all[route.description]?.answers.first)
        cells += try Self.check(sheets, csv, answer, language, route, site)
        #expect(statement.hasPrefix("UTF-8'\(language.code)'"))
        let words = try #require(Address.decode(statement.split(separator: "'", maxSplits: 2)[2]))
        #expect(words.contains("2026-06-15T09:30:00Z") && words.contains("http://localhost/"), "\(words)")
      }
      let lists = Set(asked.map(\.route.description)).count
      #expect(lists >= 15 && asked.count == lists * 6)
      print(
        "summary: \(lists) lists × 6 languages as XLSX, \(cells) cells read back by openpyxl and compared with CSV"
      )
    }
  }

  private static func token(_ route: Route) -> String? {
    guard route.access != .everyone else { return nil }
    let viewers = TestViewers()
    return RoutesTests.entitled.first { token in
      viewers.viewer(token: token).map { (try? route.access.check($0)) != nil } ?? false
    }
  }
  private static func plantFormulas(_ site: TestSite) async throws {
    for (number, text) in hostile.enumerated() {
      var draft = TestSite.need("F-\(number)")
      draft.title = text
      draft.missing = text
      draft.beneficiaries = text
      draft.authority = text
      try await site.make(draft)
    }
  }

  private static func check(
    _ sheets: [SpreadsheetReader.Sheet], _ csv: CSVTable, _ answer: RouteRecord.Answer, _ language: Language,
    _ route: Route, _ site: TestSite
  ) throws -> Int {
    let t = site.site.catalogue.translator(language)
    let place = "\(route) \(language.code)"
    try #require(sheets.count == 2, "\(place)")
    #expect(sheets.allSatisfy { $0.isRightToLeft == (language == .arabic) }, "\(place)")
    // What the file is.
    let about = sheets[0].rows
    #expect(sheets[0].name == t("spreadsheet.sheet.about"))
    #expect(about[0][0].hasPrefix("s:") && !about[0][0].contains("⟦"), "\(place)")
    func value(_ key: String) -> String? { about.first { $0[0] == "s:" + t(key) }.map { $0[1] } }
    #expect(value("spreadsheet.language") == "s:\(language.name) (\(language.code))", "\(place)")
    #expect(value("spreadsheet.time") == "d:2026-06-15T09:30:00Z", "\(place)")
    #expect(value("spreadsheet.filter") == "s:" + t("spreadsheet.filter.none"), "\(place)")
    #expect(value("spreadsheet.rows") == "n:\(csv.rows.count)", "\(place)")
    #expect(value("spreadsheet.address")?.contains("http://localhost/") == true, "\(place)")
    #expect(value("spreadsheet.invented") == nil)
    // The rows.
    let table = sheets[1]
    #expect(table.frozen == "A2" && table.isHeadingBold, "\(place)")
    #expect(table.rows.count == csv.rows.count + 1, "\(place)")
    let names = answer.columns.flatMap { $0.type == .money ? [$0.name, $0.name + "_currency"] : [$0.name] }
    let types = answer.columns.flatMap { $0.type == .money ? [$0.type, .code] : [$0.type] }
    #expect(csv.header == names && table.rows[0].count == names.count, "\(place)")
    #expect(table.rows[0].allSatisfy { $0.hasPrefix("s:") && !$0.contains("⟦") }, "\(place)")
    var compared = 0
    for (row, cells) in zip(csv.rows, table.rows.dropFirst()) {
      for (index, name) in names.enumerated() {
        let cell = index < cells.count ? cells[index] : ""
        let plain = row[name].hasPrefix("'") ? String(row[name].dropFirst()) : row[name]
        #expect(!cell.hasPrefix("f:"), "\(place) \(name): \(cell)")
        compared += 1
        if plain.isEmpty {
          #expect(cell.isEmpty, "\(place) \(name): \(cell)")
          continue
        }
        switch types[index] {
        case .integer, .decimal, .money:
          // A spreadsheet would round what has more than fifteen digits.
          let kind = plain.filter(\.isNumber).count > 15 ? "s:" : "n:"
          #expect(
            Double(cell.dropFirst(2)) == Double(plain) && cell.hasPrefix(kind), "\(place) \(name): \(cell)")
        case .date, .time: #expect(cell == "d:" + plain, "\(place) \(name): \(cell) \(plain)")
        case .flag: #expect(cell == "b:" + plain, "\(place) \(name)")
        case .text, .list, .records: #expect(cell == "s:" + plain, "\(place) \(name): \(cell) \(plain)")
        // Words in the place of codes.
        case .code: #expect(cell.hasPrefix("s:") && !cell.contains("⟦"), "\(place) \(name)")
        }
      }
    }
    return compared
  }

  /// All rows however many parts they come in, on both engines; a filter is said in the reader's words.
  @Test(arguments: TestSite.engines) func listsLeaveWhole(on engine: Engine) async throws {
    try #require(SpreadsheetReader.isThere, "run scripts/openpyxl")
    try await TestSite.with(engine) { site in
      for number in 0..<23 {
        try await site.make(TestSite.need("N-\(number)", state: number < 11 ? "KEN" : "BRA"))
      }
      var invented = TestSite.need("N-23", state: "KEN")
      invented.isInvented = true
      try await site.make(invented)
      let client = TestClient(try await site.mount { $0.exportRows = (most: 1000, part: 5) })
      let csv = try await client.get("/ar/needs.csv?state=KEN")
      #expect(CSVTable(csv.bytes).rows.count == 12 && csv.header("Link") == nil)
      let part = try await client.get("/ar/needs.csv?state=KEN&limit=4")
      #expect(CSVTable(part.bytes).rows.count == 4 && part.header("Link")?.contains("rel=\"next\"") == true)
      let whole = try await client.get("/api/v1/needs.csv")
      #expect(Set(CSVTable(whole.bytes).rows.map { $0["reference"] }).count == 24)

      let sheet = try await client.get("/ar/needs.xlsx?state=KEN&year=2026")
      let page = try await client.get("/ar/needs?state=KEN&limit=3")
      #expect(
        page.text.contains("/ar/needs.xlsx?state=KEN\"") && page.text.contains("/ar/needs.csv?state=KEN\""))
      let few = TestClient(try await site.mount { $0.exportRows = (most: 10, part: 5) })
      let cut = try await few.get("/en/needs.xlsx")
      #expect(cut.header("Link")?.contains("rel=\"next\"") == true)
      let paths = [site.folder + "/whole.xlsx", site.folder + "/cut.xlsx"]
      try Data(sheet.bytes).write(to: URL(fileURLWithPath: paths[0]))
      try Data(cut.bytes).write(to: URL(fileURLWithPath: paths[1]))
      let read = try SpreadsheetReader.read(paths)
      let about = try #require(read[paths[0]]?.first?.rows)
      let t = site.site.catalogue.translator(.arabic)
      let filter = try #require(about.first { $0[0] == "s:" + t("spreadsheet.filter") })
      #expect(filter[1] == "s:الدولة: كينيا\nالسنة: 2026", "\(filter[1])")
      #expect(
        about.contains { $0[0] == "s:" + t("spreadsheet.invented") && $0[1].contains(t("web.demonstration")) }
      )
      #expect(read[paths[0]]?.last?.rows.count == 13)
      let said = try #require(read[paths[1]])
      #expect(said[1].rows.count == 11)
      #expect(said[0].rows.contains { $0[1].contains("10 rows of 24") }, "\(said[0].rows)")
    }
  }

  /// Each list page leads to its files, by the one component.
  @Test func everyListPageLeadsToItsFiles() async throws {
    try await TestSite.with(.sqlite) { site in
      let records = try await AccessRecords.fill(site)
      let record = RouteRecord()
      let mount = try await site.mount { $0.record = record }
      let client = TestClient(mount)
      var pages = 0
      for route in mount.routes where route.method == .get && route.faces.contains(.page) {
        guard let (_, path) = records.paths(route).first else { continue }
        let headers = TestViewers.header(Self.token(route))
        let page = try await client.get("/fr/\(path)", headers)
        guard page.status == 200, page.header("Content-Type")?.hasPrefix("text/html") == true else {
          continue
        }
        let csv = try await client.get("/fr/\(path).csv", headers)
        guard csv.status == 200, record.all[route.description]?.answers.first?.shape == .list,
          !CSVTable(csv.bytes).rows.isEmpty
        else { continue }
        pages += 1
        for format in ["csv", "xlsx"] {
          let leads = page.text.contains("href=\"/fr/\(path).\(format)")
          #expect(leads, "\(path) \(format)")
        }
      }
      #expect(pages >= 13)
      print("summary: \(pages) list pages lead to CSV and XLSX")
    }
  }

  /// Every filter of a list has a name in every language.
  @Test func everyFilterHasAName() async throws {
    try await TestSite.with(.sqlite) { site in
      let mount = try await site.mount()
      let none: Set<String> = ["after", "limit", "key", "to", "name", "email", "code"]
      for route in mount.routes where route.method == .get {
        for field in route.fields where !none.contains(field.name) {
          for language in Language.all {
            let t = site.site.catalogue.translator(language)
            let isNamed = t.has("spreadsheet.field." + field.name)
            #expect(isNamed, "\(route): spreadsheet.field.\(field.name) in \(language.code)")
          }
        }
      }
    }
  }

  /// What a spreadsheet cannot hold stays text; nothing is rounded or cut unseen.
  @Test func cellsAtTheirLimits() throws {
    try #require(SpreadsheetReader.isThere, "run scripts/openpyxl")
    let path = FileManager.default.temporaryDirectory.path + "/wasl-cells-\(UUID().uuidString).xlsx"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let book = try Spreadsheet(path: path, temporary: "/tmp", title: "Limits", created: 0)
    var sheet = try book.add(sheet: "A/B:C? [x] * and far more than thirty-one characters", rightToLeft: true)
    let long = String(repeating: "م", count: 40_000)
    try book.add(
      [.text("=A1"), .text(long), .number(0.1, digits: 2), .flag(true), .empty, .text("")], to: &sheet)
    try book.add([.text("\u{1}\u{B}x"), .text("_x0041_"), .day(year: 9999, month: 12, day: 31)], to: &sheet)
    try book.close()
    let read = try #require(try SpreadsheetReader.read([path])[path]?.first)
    #expect(read.isRightToLeft && read.name.count == 31 && !read.name.contains("/"))
    #expect(read.rows[0][0] == "s:=A1" && read.rows[0][1].hasSuffix("م…") && read.rows[0][1].count == 32_769)
    #expect(read.rows[0][2] == "n:0.1" && read.rows[0][3] == "b:true" && read.rows[0].count == 4)
    #expect(read.rows[1][2] == "d:9999-12-31")
  }
}
