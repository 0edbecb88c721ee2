import Documents
import Foundation
import Language
import Needs
import Storage
import TestKit
import Testing
import Web

/// Every page of a site with records of each kind, as someone entitled, and every form sent empty.
struct PageCrawl {
  let site: TestSite
  let mount: Mount
  let records: AccessRecords
  private let client: TestClient

  init(_ site: TestSite) async throws {
    self.site = site
    records = try await AccessRecords.fill(site)
    for (number, language) in ["ar", "fr"].enumerated() {
      var draft = TestSite.need("L-\(number)")
      draft.language = language
      draft.title = language == "ar" ? "تدريب القضاة" : "Formation des juges"
      draft.missing = draft.title
      draft.quotation = draft.title
      draft.beneficiaries = draft.title
      draft.authority = draft.title
      draft.isInvented = true
      try await site.make(draft)
    }
    var broken = IATIText("XI-TEST-1-9")
    broken.budgets = [(2026, "ten", "XXY")]
    _ = try await site.importText(IATIText.file([broken]))
    let standing = records.standing
    mount = try await site.mount { $0.sessions = TestViewers(standing: standing) }
    client = TestClient(mount)
  }

  /// Texts of records in the database that are no codes: names, titles, texts of people and files.
  func texts() throws -> Set<String> {
    let program = """
      import json, sqlite3, sys
      base = sqlite3.connect(sys.argv[1])
      found = set()
      for (table,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
          for row in base.execute('SELECT * FROM "%s"' % table):
              found.update(cell for cell in row if isinstance(cell, str) and cell)
      print(json.dumps(sorted(found), ensure_ascii=False))
      """
    let ended = try SystemProgram("/usr/bin/env", ["python3", "-c", program, site.folder + "/test.sqlite"])
      .run()
    try #require(ended.code == 0, "\(ended.complaint)")
    let texts = (try JSON.parse(ended.text).elements ?? []).compactMap(\.text)
    return Set(texts.filter { $0.contains(/[^a-z_.]/) })
  }

  /// Asks for every page in one language; pages sent back to a form come last, since some change something.
  /// - Returns: number of pages seen.
  @discardableResult
  func pages(in language: String, forms: Bool = true, _ body: (String, PageTexts) throws -> Void) async throws
    -> Int
  {
    var count = 0
    func look(_ address: String, _ answer: TestClient.Answer) throws {
      guard answer.header("Content-Type")?.hasPrefix("text/html") == true else { return }
      #expect(answer.status < 500, "\(address): \(answer.status)")
      count += 1
      try body(address, PageTexts(answer.text))
    }
    func tokens(_ route: Route) -> [String?] {
      let viewers = TestViewers()
      let entitled = RoutesTests.entitled.filter { token in
        viewers.viewer(token: token).map { (try? route.access.check($0)) != nil } ?? false
      }
      return [nil] + entitled.prefix(2).map { Optional($0) }
    }
    for route in mount.routes where route.method == .get && route.faces.contains(.page) {
      for (_, path) in records.paths(route).prefix(2) {
        let address = "/\(language)" + (path.isEmpty ? "" : "/" + path)
        for token in tokens(route) { try look(address, await client.get(address, TestViewers.header(token))) }
        for field in route.fields where route.path == path && !["after", "limit"].contains(field.name) {
          let asked = "\(address)?\(field.name)=no-such"
          try look(asked, await client.get(asked, TestViewers.header(tokens(route).last ?? nil)))
        }
      }
    }
    for route in mount.routes where forms && route.method == .post && route.faces.contains(.page) {
      // Signing out or ending what the crawl stands on would end the crawl.
      guard let (_, path) = records.paths(route).first, !path.contains("sign-out") else { continue }
      let form = TestSite.form()
      let headers = TestViewers.header(tokens(route).last ?? nil) + [("Cookie", form.cookie)]
      try look("POST \(path)", await client.post("/\(language)/\(path)", [("_csrf", form.token)], headers))
    }
    return count
  }
}

/// A copy of the data directory in which languages can be added or changed; all other data are those of the project.
enum LanguageFixture {
  static func with<T>(_ body: (DataDirectoryCopy) async throws -> T) async throws -> T {
    let folder = FileManager.default.temporaryDirectory.path + "/wasl-languages-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let data = TestSite.data.path
    for name in try FileManager.default.contentsOfDirectory(atPath: data) {
      if name.hasPrefix("languages") {
        try FileManager.default.copyItem(atPath: "\(data)/\(name)", toPath: "\(folder)/\(name)")
      } else {
        try FileManager.default.createSymbolicLink(
          atPath: "\(folder)/\(name)", withDestinationPath: "\(data)/\(name)")
      }
    }
    return try await body(DataDirectoryCopy(path: folder))
  }

  struct DataDirectoryCopy: Sendable {
    let path: String

    /// Adds a language by data alone: a line of the table, and files made from the English ones.
    /// - Parameter text: the new text of a key, from one English text; for plural forms it is asked once per category.
    func add(
      _ line: String, categories: [String],
      _ text: (_ key: String, _ category: String?, _ english: String) -> String
    )
      throws
    {
      let table = path + "/languages.csv"
      try (String(contentsOfFile: table, encoding: .utf8) + line + "\n").write(
        toFile: table, atomically: true, encoding: .utf8)
      let folder = path + "/languages/" + line.prefix { $0 != "," }
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for name in try FileManager.default.contentsOfDirectory(atPath: path + "/languages/en") {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(path)/languages/en/\(name)"))
        let english = try JSON.parse(Array(bytes))
        let messages = (english["messages"]?.members ?? []).map { key, value -> (key: String, value: JSON) in
          guard value.members != nil else { return (key, .string(text(key, nil, value.text ?? ""))) }
          let forms = categories.map { category -> (key: String, value: JSON) in
            (category, .string(text(key, category, (value[category] ?? value["other"])?.text ?? "")))
          }
          return (key, .object(forms))
        }
        let document = JSON.object([
          ("status", .string("unreviewed")), ("reviewed", .array([])), ("messages", .object(messages)),
        ])
        try Data(document.bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
      }
    }
  }
}
