import Foundation
import Storage
import TestKit
import Testing
import Web

/// What every role meets at every route: open (the handler is reached), closed (401, 403) or hidden (404).
struct AccessMatrix: Sendable, Equatable {
  struct Viewer: Sendable {
    /// Heading of its column: `focal_point own`.
    let name: String
    let token: String?
  }
  /// Of own and other State or organization, where the role has one.
  static let viewers: [Viewer] =
    [Viewer(name: "guest", token: nil)]
    + TestViewers.roles.flatMap { role -> [Viewer] in
      let pair: (String, String)
      if TestViewers.ofState.contains(role) {
        pair = (AccessRecords.own, AccessRecords.other)
      } else if TestViewers.ofOrganisation.contains(role) {
        pair = (AccessRecords.organisation, AccessRecords.otherOrganisation)
      } else {
        return [Viewer(name: role.rawValue, token: TestViewers.token(role))]
      }
      return [
        Viewer(name: role.rawValue + " own", token: TestViewers.token(role, pair.0)),
        Viewer(name: role.rawValue + " other", token: TestViewers.token(role, pair.1)),
      ]
    } + [Viewer(name: "section", token: AccessPeople.sectionToken)]
  static let head = ["method", "path", "record", "face"]
  /// What a row says: the guard of the route, then each viewer.
  static let columns = ["guard"] + viewers.map(\.name)

  /// `GET,needs/:id,public,page` → column → word.
  var rows: [String: [String: String]] = [:]
  var order: [String] = []

  /// Asks every route that `wanted` takes as every viewer. A request that changed the database is followed by a
  /// fresh site, so that no answer depends on the one before.
  static func measured(
    _ engine: Engine, changed: @escaping @Sendable ([Route]) -> [Route] = { $0 },
    as viewers: [Viewer] = AccessMatrix.viewers, wanted: @escaping @Sendable (Route) -> Bool = { _ in true }
  ) async throws -> AccessMatrix {
    var matrix = AccessMatrix()
    var next = 0
    var isFinished = false
    while !isFinished {
      (matrix, next, isFinished) = try await TestSite.with(engine) { site in
        var matrix = matrix
        let records = try await AccessRecords.fill(site)
        let mount = try await site.mount(stored: true).remade(routes: changed)
        let client = TestClient(mount)
        var position = 0
        for route in mount.routes.filter(wanted) {
          let paths = records.paths(route)
          #expect(!paths.isEmpty, "AccessRecords has no record for \(route)")
          for (record, path) in paths {
            for face in Route.Face.allCases where route.faces.contains(face) {
              let row = [route.method.rawValue, route.path, record, face.rawValue].joined(separator: ",")
              if matrix.rows[row] == nil {
                matrix.order.append(row)
                matrix.rows[row] = [
                  "guard": route.access.words + (route.needsProof ? " with a second factor" : "")
                ]
              }
              for viewer in viewers {
                position += 1
                guard position > next else { continue }
                let before = route.method == .get ? "" : try await standing(site)
                let answer = try await ask(route, face, path, viewer, client)
                matrix.rows[row, default: [:]][viewer.name] = word(answer.status)
                #expect(answer.status < 500, "\(row) as \(viewer.name): \(answer.status)")
                if route.method != .get, try await standing(site) != before {
                  return (matrix, position, false)
                }
              }
            }
          }
        }
        return (matrix, position, true)
      }
    }
    return matrix
  }

  private static func ask(
    _ route: Route, _ face: Route.Face, _ path: String, _ viewer: Viewer, _ client: TestClient
  ) async throws -> TestClient.Answer {
    let address = (face == .page ? "/en" : "/api/v1") + (path.isEmpty ? "" : "/" + path)
    // A browser's session on both faces; programs' tokens are the same viewers with fewer permissions.
    let form = viewer.token.map { TestSite.form(session: AccessPeople.session($0)) } ?? TestSite.form()
    let headers = [("Cookie", form.cookie)]
    if route.method == .get { return try await client.get(address, headers) }
    // A change of a record with good values, so that what is refused is refused for who asks.
    let values = route.path.contains(":") ? route.values : [:]
    let body = values.sorted { $0.key < $1.key }.map {
      Address.encode($0.key) + "=" + Address.encode($0.value)
    }
    .joined(separator: "&")
    return try await client.send(
      route.method.rawValue, address,
      headers + [("Content-Type", "application/x-www-form-urlencoded"), ("X-CSRF-Token", form.token)],
      Array(body.utf8))
  }
  /// What a request may have changed: records, sessions, attempts.
  private static func standing(_ site: TestSite) async throws -> String {
    try await site.database.read { db in
      let entries = try db.value("SELECT max(id) FROM sys_audit", as: Int64.self) ?? 0
      let sessions = try db.values(
        "SELECT hash FROM sys_session WHERE ended_at IS NULL ORDER BY hash", as: String.self)
      let attempts =
        try db.value("SELECT CAST(sum(failures) AS BIGINT) FROM sys_attempt", as: Int64.self) ?? 0
      return "\(entries) \(attempts) \(sessions.joined())"
    }
  }
  private static func word(_ status: Int) -> String {
    switch status {
    case 401, 403: "closed"
    case 404: "hidden"
    case 500...: "fault"
    default: "open"
    }
  }
}

extension AccessMatrix {
  static let file = TestSite.root + "/Tests/SiteTests/access.csv"

  func line(_ row: String) -> String {
    row + "," + AccessMatrix.columns.map { rows[row]?[$0] ?? "" }.joined(separator: ",")
  }
  var text: String {
    ([(AccessMatrix.head + AccessMatrix.columns).joined(separator: ",")] + order.map(line))
      .joined(separator: "\n") + "\n"
  }
  /// - Returns: nil when there is no such file, or when its head is another.
  init?(file: String) {
    guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { return nil }
    let lines = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    guard let head = lines.first, head.starts(with: AccessMatrix.head) else { return nil }
    for cells in lines.dropFirst() where cells.count == head.count {
      let row = cells.prefix(4).joined(separator: ",")
      order.append(row)
      rows[row] = Dictionary(
        zip(head.dropFirst(4), cells.dropFirst(4)), uniquingKeysWith: { first, _ in first })
    }
  }

  /// One sentence for each difference among the viewers asked: route, face, viewer, what was reviewed and what happened.
  func differences(from reviewed: AccessMatrix, among wanted: (String) -> Bool = { _ in true }) -> [String] {
    var found: [String] = []
    for row in order where wanted(row) {
      guard let known = reviewed.rows[row] else {
        found.append("no row for this route; review and add:\n\(line(row))")
        continue
      }
      for column in AccessMatrix.columns {
        let before = known[column] ?? "absent"
        guard let now = rows[row]?[column] else { continue }
        if before != now { found.append("\(row) as \(column): \(before) was reviewed, it is \(now)") }
      }
    }
    for row in reviewed.order where wanted(row) && rows[row] == nil {
      found.append("\(row): no such route any more")
    }
    return found
  }
}
