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
  static let viewers: [Viewer] = [Viewer(name: "guest", token: nil)]
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
    }
  static let head = ["method", "path", "record", "face"]

  /// `GET,needs/:id,public,page` → column → word.
  var rows: [String: [String: String]] = [:]
  var order: [String] = []

  /// Asks every route that `wanted` takes as every viewer. A request that changed the database is followed by a
  /// fresh site, so that no answer depends on the one before.
  static func measured(
    _ engine: Engine, changed: @escaping @Sendable ([Route]) -> [Route] = { $0 },
    wanted: @escaping @Sendable (Route) -> Bool = { _ in true }
  ) async throws -> AccessMatrix {
    var matrix = AccessMatrix()
    var next = 0
    var isFinished = false
    while !isFinished {
      (matrix, next, isFinished) = try await TestSite.with(engine) { site in
        var matrix = matrix
        let records = try await AccessRecords.fill(site)
        let mount = try await site.mount { $0.sessions = TestViewers(standing: records.standing) }.remade(changed)
        let client = TestClient(mount)
        var position = 0
        for route in mount.routes.filter(wanted) {
          let paths = records.paths(route)
          #expect(!paths.isEmpty, "AccessRecords has no record for \(route)")
          for (record, path) in paths {
            for face in Route.Face.allCases where route.faces.contains(face) {
              let row = [route.method.rawValue, route.path, record, face.rawValue].joined(separator: ",")
              for viewer in viewers {
                position += 1
                guard position > next else { continue }
                let before = site.database.revision
                let answer = try await ask(route, face, path, viewer, client)
                if matrix.rows[row] == nil { matrix.order.append(row) }
                matrix.rows[row, default: [:]][viewer.name] = word(answer.status)
                #expect(answer.status < 500, "\(row) as \(viewer.name): \(answer.status)")
                if site.database.revision != before { return (matrix, position, false) }
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
    var headers = TestViewers.header(viewer.token)
    if route.method == .get { return try await client.get(address, headers) }
    let form = TestSite.form()
    headers.append(("Content-Type", "application/x-www-form-urlencoded"))
    if face == .page { headers.append(("Cookie", form.cookie)) }
    let body = face == .page ? "_csrf=" + form.token : ""
    return try await client.send(route.method.rawValue, address, headers, Array(body.utf8))
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
    row + "," + AccessMatrix.viewers.map { rows[row]?[$0.name] ?? "" }.joined(separator: ",")
  }
  var text: String {
    ([(AccessMatrix.head + AccessMatrix.viewers.map(\.name)).joined(separator: ",")] + order.map(line))
      .joined(separator: "\n") + "\n"
  }
  /// - Returns: nil when there is no such file, or when its head is another.
  init?(file: String) {
    guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { return nil }
    let lines = text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    guard let head = lines.first, head.starts(with: AccessMatrix.head) else { return nil }
    for cells in lines.dropFirst() where cells.count == head.count {
      let row = cells.prefix(4).joined(separator: ",")
      order.append(row)
      rows[row] = Dictionary(zip(head.dropFirst(4), cells.dropFirst(4)), uniquingKeysWith: { first, _ in first })
    }
  }

  /// One sentence for each difference: route, face, viewer, what was reviewed and what happened.
  func differences(from reviewed: AccessMatrix, among wanted: (String) -> Bool = { _ in true }) -> [String] {
    var found: [String] = []
    for row in order where wanted(row) {
      guard let known = reviewed.rows[row] else {
        found.append("no row for this route; review and add:\n\(line(row))")
        continue
      }
      for viewer in AccessMatrix.viewers {
        let before = known[viewer.name] ?? "absent"
        let now = rows[row]?[viewer.name] ?? "absent"
        if before != now { found.append("\(row) as \(viewer.name): \(before) was reviewed, it is \(now)") }
      }
    }
    for row in reviewed.order where wanted(row) && rows[row] == nil { found.append("\(row): no such route any more") }
    return found
  }
}
