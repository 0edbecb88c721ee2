import Foundation
import Storage
import TestKit
import Testing
import Web

/// Every route × every role × own and other State or organization, against the reviewed table `access.csv`.
///
/// `WASL_WRITE_ACCESS=1` writes the table anew; the change is then reviewed line by line.
@Suite(.serialized) struct AccessTests {
  @Test(arguments: TestSite.engines) func everyRouteForEveryRole(on engine: Engine) async throws {
    let now = try await AccessMatrix.measured(engine)
    if ProcessInfo.processInfo.environment["WASL_WRITE_ACCESS"] == "1" {
      try now.text.write(toFile: AccessMatrix.file, atomically: true, encoding: .utf8)
    }
    let reviewed = try #require(AccessMatrix(file: AccessMatrix.file), "Tests/SiteTests/access.csv is missing")
    let differences = now.differences(from: reviewed)
    #expect(differences.isEmpty, "\n\(differences.joined(separator: "\n"))")
    let cells = now.order.count * AccessMatrix.viewers.count
    print(
      "summary: \(now.order.count) routes × \(AccessMatrix.viewers.count) roles = \(cells) cells of access, "
        + "\(differences.count) differences")
  }

  /// A guard taken away is named, and nothing else is.
  @Test func oneGuardTakenAwayIsNamed() async throws {
    let reviewed = try #require(AccessMatrix(file: AccessMatrix.file))
    let guarded = try await TestSite.with(.sqlite) { try await $0.mount().routes.filter { $0.access != .everyone } }
    let first = try #require(guarded.first { $0.method == .get })
    let open: @Sendable (String) -> @Sendable ([Route]) -> [Route] = { name in
      { routes in routes.map { $0.description == name ? $0.guarded(by: .everyone) : $0 } }
    }
    let whole = try await AccessMatrix.measured(.sqlite, changed: open(first.description))
    let named = whole.differences(from: reviewed)
    let prefix = "\(first.method.rawValue),\(first.path),"
    #expect(!named.isEmpty && named.allSatisfy { $0.hasPrefix(prefix) }, "\(named)")

    var missed: [String] = []
    for route in guarded {
      let name = route.description
      let part = try await AccessMatrix.measured(.sqlite, changed: open(name)) { $0.description == name }
      let row = "\(route.method.rawValue),\(route.path),"
      if part.differences(from: reviewed, among: { $0.hasPrefix(row) }).isEmpty { missed.append(name) }
    }
    let unnoticed = missed.filter { AccessTests.guardedTwice[$0] == nil }
    #expect(unnoticed.isEmpty, "taking the guard away changes nothing: \(unnoticed)")
    print("summary: \(guarded.count) guards taken away one by one, \(guarded.count - missed.count) named by the matrix")
  }
  /// Routes whose handler refuses the same viewers as the guard: route → why.
  static let guardedTwice: [String: String] = [:]

  /// Each permission of `data/roles.csv` opens some route, and each that a route asks for is granted to some role.
  @Test func permissionsAreUsedAndGranted() async throws {
    let routes = try await TestSite.with(.sqlite) { try await $0.mount().routes }
    var asked: Set<String> = []
    for case .may(let permission, _) in routes.map(\.access) { asked.insert(permission.rawValue) }
    let granted = Set(TestViewers().granted.values.flatMap(\.keys).map(\.rawValue))
    #expect(!granted.isEmpty, "data/roles.csv grants nothing")
    let unused = granted.subtracting(asked).filter { AccessTests.awaited[$0] == nil }.sorted()
    let ungranted = asked.subtracting(granted).filter { AccessTests.awaited[$0] == nil }.sorted()
    #expect(unused.isEmpty, "granted, and no route asks for it: \(unused)")
    #expect(ungranted.isEmpty, "asked for, and granted to no role: \(ungranted)")
    let stale = AccessTests.awaited.keys.filter { asked.contains($0) == granted.contains($0) }.sorted()
    #expect(stale.isEmpty, "no longer awaited: \(stale)")
    print("summary: \(asked.count) permissions asked for by routes, \(granted.count) granted to \(TestViewers().granted.count) roles, \(AccessTests.awaited.count) awaited")
  }
  /// Permission → why it is asked for or granted, and not yet both.
  static let awaited: [String: String] = [:]

  /// The description of viewers used by these tests is itself right.
  @Test func viewersOfTests() {
    let viewers = TestViewers()
    #expect(viewers.viewer(token: "test-focal_point-KEN")?.state == "KEN")
    #expect(viewers.viewer(token: "test-focal_point-IRN")?.sees == [.public])
    #expect(viewers.viewer(token: "test-delegate-KEN")?.state == nil)
    #expect(viewers.viewer(token: "test-provider-XI-TEST-1")?.organisation == "XI-TEST-1")
    #expect(viewers.viewer(token: "test-guest-none") == nil && viewers.viewer(token: "focal_point-KEN") == nil)
    #expect(AccessMatrix.viewers.count == 20)
  }
}
