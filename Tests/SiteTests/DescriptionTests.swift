import Foundation
import Language
import Storage
import TestKit
import Testing
import Web

/// The description of the API says what the handlers do: fields, columns, guards.
///
/// `WASL_WRITE_COLUMNS=1` writes `data/api/columns.csv` anew from what handlers answer.
@Suite(.serialized) struct DescriptionTests {
  static let file = TestSite.data.path + "/api/columns.csv"

  /// Every route is asked as someone who may do everything, with and without its fields filled in; what handlers read
  /// must be what the route table declares.
  @Test func fieldsDeclaredAreFieldsRead() async throws {
    let record = RouteRecord()
    let routes = try await Self.exercise(record)
    var faults: [String] = []
    var fields = 0
    for route in routes {
      guard let notes = record.all[route.description] else {
        faults.append("\(route): the handler was never reached")
        continue
      }
      // A page with an empty form looks for what was filled in; a GET has no body.
      // The raw text of a field that is also read as what it is: to show it again.
      let typed = Set(notes.reads.filter { $0.kind != nil }.map(\.name))
      for read in notes.reads where read.kind != nil || !typed.contains(read.name) {
        if !read.isQuery && route.method == .get { continue }
        if route.fields.contains(where: { Self.fits($0, read, of: route) }) { continue }
        faults.append(
          "\(route): reads \(Self.words(read)), which it does not declare; add to takes: \(Self.declaration(read))"
        )
      }
      for field in route.fields {
        fields += 1
        let found = notes.reads.filter {
          $0.name == field.name && $0.isQuery == (route.method == .get || field.isInQuery)
        }
        if found.isEmpty { faults.append("\(route): declares \(field.name), which it does not read") }
        if !field.isRequired, found.contains(where: \.isRequired) {
          faults.append("\(route): \(field.name) is required, which is not declared")
        }
      }
    }
    #expect(faults.isEmpty, "\n\(Set(faults).sorted().joined(separator: "\n"))")
    print("summary: \(routes.count) routes read the \(fields) fields that they declare")
  }

  /// A field that is read and not declared, or declared and not read, is found.
  @Test func aFalseDeclarationIsFound() async throws {
    let record = RouteRecord()
    let lying = Route.get("lying", access: .everyone, takes: [.text("absent"), .integer("year", in: 1...9)]) {
      call in
      var query = call.query.reader
      _ = query.integer("year", in: 1...10)
      _ = query.flag("hidden")
      return call.json(.null)
    }
    try await TestSite.with(.sqlite) { site in
      let mount = try await site.mount { $0.record = record }.remade(routes: { $0 + [lying] })
      _ = try await TestClient(mount).get("/api/v1/lying")
    }
    let reads = try #require(record.all["GET lying"]).reads
    #expect(reads.map(\.name).sorted() == ["hidden", "year"])
    #expect(!reads.contains { read in lying.fields.contains { Self.fits($0, read, of: lying) } })
  }

  @Test func columnsAnsweredAreColumnsDescribed() async throws {
    let record = RouteRecord()
    let routes = try await Self.exercise(record)
    var lines = ["route,shape,column,type,unit"]
    var faults: [String] = []
    for route in routes where route.faces.contains(.data) {
      let answers = record.all[route.description]?.answers ?? []
      if answers.count > 1 { faults.append("\(route) answers in \(answers.count) different sets of columns") }
      guard let answer = answers.first else { continue }
      for column in answer.columns {
        lines.append(
          [route.description, answer.shape.rawValue, column.name, column.type.rawValue, column.unit ?? ""]
            .joined(separator: ","))
      }
    }
    #expect(faults.isEmpty, "\(faults)")
    if ProcessInfo.processInfo.environment["WASL_WRITE_COLUMNS"] == "1" {
      try FileManager.default.createDirectory(
        atPath: TestSite.data.path + "/api", withIntermediateDirectories: true)
      try (lines.joined(separator: "\n") + "\n").write(toFile: Self.file, atomically: true, encoding: .utf8)
    }
    let kept = try String(contentsOfFile: Self.file, encoding: .utf8).split(separator: "\n").map(String.init)
    let missing = lines.filter { !kept.contains($0) }
    let stale = kept.filter { !lines.contains($0) }
    #expect(missing.isEmpty && stale.isEmpty, "data/api/columns.csv lacks \(missing), has too much \(stale)")
    print("summary: \(lines.count - 1) columns of answers described")
  }

  /// The document is whole: every data route, every parameter, no reference to nowhere.
  @Test func documentIsWhole() async throws {
    try await TestSite.with(.sqlite) { site in
      let mount = try await site.mount()
      let answer = try await TestClient(mount).get("/api/v1/openapi.json")
      #expect(answer.status == 200 && answer.header("Content-Type") == "application/json")
      let document = try JSON.parse(answer.bytes)
      #expect(document["openapi"]?.text == "3.1.0")
      var operations = 0
      var names: Set<String> = []
      for route in mount.routes where route.faces.contains(.data) {
        let path =
          "/"
          + route.path.split(separator: "/").map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0) }
          .joined(separator: "/")
        let operation = try #require(
          document["paths"]?[path]?[route.method.rawValue.lowercased()], "\(route)")
        operations += 1
        let isNew = names.insert(operation["operationId"]?.text ?? "").inserted
        #expect(isNew, "\(route): operationId twice")
        let parameters = operation["parameters"]?.elements ?? []
        let inPath = parameters.filter { $0["in"]?.text == "path" }.compactMap { $0["name"]?.text }
        #expect(
          inPath
            == route.path.split(separator: "/").filter { $0.hasPrefix(":") }.map { String($0.dropFirst()) })
        let hasRefusal = operation["responses"]?["401"] != nil
        #expect(hasRefusal == (route.access != .everyone), "\(route)")
        #expect(operation["responses"]?["default"] != nil)
      }
      let described = (document["paths"]?.members ?? []).reduce(0) { $0 + ($1.value.members?.count ?? 0) }
      #expect(described == operations)
      for match in answer.text.matches(of: /"\$ref":"#\/([^"]+)"/) {
        var place: JSON? = document
        for part in match.1.split(separator: "/") { place = place?[String(part)] }
        #expect(place != nil, "\(match.1)")
      }
      print("summary: \(operations) operations described in OpenAPI 3.1")
    }
  }

  // MARK: Help

  /// Someone who may do all, for a State and for an organization in turn.
  private struct Everyone: SessionSource {
    let standing: [String: TestViewers.Standing]
    func viewer(for credentials: Credentials) async -> Viewer {
      let isState = credentials.bearer == "state"
      return Viewer(
        role: isState ? .focalPoint : .officer, name: "test", state: isState ? AccessRecords.own : nil,
        organisation: isState ? nil : AccessRecords.organisation, sees: Set(Visibility.allCases),
        grants: .everything,
        account: standing[
          isState ? TestViewers.token(.focalPoint, AccessRecords.own) : TestViewers.token(.officer)]?.account,
        isProved: true)
    }
  }
  private static func exercise(_ record: RouteRecord) async throws -> [Route] {
    try await TestSite.with(.sqlite) { site in
      let records = try await AccessRecords.fill(site)
      let mount = try await site.mount {
        $0.record = record
        $0.sessions = Everyone(standing: records.standing)
        $0.cacheBytes = 0
      }
      let client = TestClient(mount)
      for route in mount.routes.sorted(by: { $0.method == .get && $1.method != .get }) {
        let paths = records.paths(route)
        #expect(!paths.isEmpty, "AccessRecords has no record for \(route)")
        for (_, path) in paths {
          for viewer in ["state", "officer"] {
            for fields in [[:], route.values] { try await ask(route, path, fields, viewer, client) }
          }
        }
      }
      return mount.routes
    }
  }
  private static func ask(
    _ route: Route, _ path: String, _ fields: [String: String], _ viewer: String, _ client: TestClient
  ) async throws {
    let pairs = fields.sorted { $0.key < $1.key }.map {
      Address.encode($0.key) + "=" + Address.encode($0.value)
    }
    .joined(separator: "&")
    let key = ("Authorization", "Bearer " + viewer)
    for face in Route.Face.allCases where route.faces.contains(face) {
      let address = (face == .page ? "/en" : "/api/v1") + (path.isEmpty ? "" : "/" + path)
      if route.method == .get {
        _ = try await client.get(address + (pairs.isEmpty ? "" : "?" + pairs), [key])
      } else {
        let form = TestSite.form()
        let type = ("Content-Type", "application/x-www-form-urlencoded")
        let body = pairs + (face == .page ? "&_csrf=" + form.token : "")
        _ = try await client.send(
          route.method.rawValue, address, [key, type, ("Cookie", form.cookie)], Array(body.utf8))
      }
    }
  }
  private static func fits(_ field: FieldDescription, _ read: RouteRecord.Read, of route: Route) -> Bool {
    guard read.isQuery == (route.method == .get || field.isInQuery) else { return false }
    // The parts of a day, to show a form again as it was filled in.
    if field.kind == .date, read.kind == nil,
      ["-day", "-month", "-year"].contains(where: { read.name == field.name + $0 })
    {
      return true
    }
    guard field.name == read.name else { return false }
    guard let kind = read.kind else { return true }
    return kind == field.kind && (field.words.isEmpty || field.words == read.words)
  }
  private static func words(_ read: RouteRecord.Read) -> String {
    "\(read.isQuery ? "query" : "field") \(read.name)" + (read.kind.map { " as \($0)" } ?? "")
  }
  /// The words to add to a route table.
  private static func declaration(_ read: RouteRecord.Read) -> String {
    let required = read.isRequired ? ", required: true" : ""
    switch read.kind {
    case nil: return ".text(\"\(read.name)\"\(required))"
    case .text(let max):
      return ".text(\"\(read.name)\"" + (max == 10_000 ? "" : ", max: \(max)") + required + ")"
    case .code: return ".code(\"\(read.name)\"" + (read.words.count < 12 ? ", of: \(read.words)" : "") + ")"
    case .codes: return ".codes(\"\(read.name)\")"
    case .integer(let range): return ".integer(\"\(read.name)\", in: \(range))"
    case .money: return ".money(\"\(read.name)\")"
    case .date: return ".date(\"\(read.name)\")"
    case .flag: return ".flag(\"\(read.name)\")"
    case .file: return ".file(\"\(read.name)\")"
    case .cursor: return ".cursor"
    }
  }
}
