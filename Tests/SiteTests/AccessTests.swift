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
    let reviewed = try #require(
      AccessMatrix(file: AccessMatrix.file), "Tests/SiteTests/access.csv is missing")
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
    let guarded = try await TestSite.with(.sqlite) {
      try await $0.mount().routes.filter { $0.access != .everyone }
    }
    let first = try #require(guarded.first { $0.description == "GET imports/new" })
    // One guard less: its route is named and no other. Reading alone, since no answer then depends on another.
    let whole = try await AccessMatrix.measured(.sqlite) { routes in
      routes.map { $0.description == first.description ? $0.guarded(by: .everyone) : $0 }
    } wanted: {
      $0.method == .get
    }
    let named = whole.differences(from: reviewed, among: { $0.hasPrefix("GET,") })
    let prefix = "\(first.method.rawValue),\(first.path),"
    #expect(!named.isEmpty && named.allSatisfy { $0.hasPrefix(prefix) }, "\(named)")

    // Every guard less: each of them is named.
    let names = Set(guarded.map(\.description))
    let open = try await AccessMatrix.measured(
      .sqlite, changed: { $0.map { $0.guarded(by: .everyone) } },
      as: [AccessMatrix.viewers[0], AccessMatrix.viewers[6]]
    ) { names.contains($0.description) }
    var missed: [String] = []
    var twice = 0
    for route in guarded {
      let found = open.differences(
        from: reviewed, among: { $0.hasPrefix("\(route.method.rawValue),\(route.path),") })
      if found.isEmpty { missed.append(route.description) }
      // Nothing but the guard's own column differs: the handler refuses the same viewers once more.
      if found.allSatisfy({ $0.contains(" as guard:") }) { twice += 1 }
    }
    #expect(missed.isEmpty, "taking the guard away changes nothing: \(missed)")
    #expect(twice * 2 < guarded.count)
    print(
      "summary: \(guarded.count) guards taken away, \(guarded.count - missed.count) named by the matrix "
        + "(at \(twice) the handler refuses as well)")
  }

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
    print(
      "summary: \(asked.count) permissions asked for by routes, \(granted.count) granted to \(TestViewers().granted.count) roles, \(AccessTests.awaited.count) awaited"
    )
  }
  /// Permission → why it is asked for or granted, and not yet both.
  static let awaited: [String: String] = [
    "needs.import": "needs are taken in by a command",
    "receipts.read": "no door of its own: widens what the doors of receipts.own show",
    "system.begin": "the operator alone, before there is an administrator",
  ]

  /// The description of viewers used by these tests is itself right.
  @Test func viewersOfTests() {
    let viewers = TestViewers()
    #expect(viewers.viewer(token: "test-focal_point-KEN")?.state == "KEN")
    #expect(viewers.viewer(token: "test-focal_point-IRN")?.sees == [.public])
    #expect(viewers.viewer(token: "test-delegate-KEN")?.state == nil)
    #expect(viewers.viewer(token: "test-provider-XI-TEST-1")?.organisation == "XI-TEST-1")
    #expect(
      viewers.viewer(token: "test-guest-none") == nil && viewers.viewer(token: "focal_point-KEN") == nil)
    #expect(AccessMatrix.viewers.count == 21)
    #expect(viewers.viewer(token: "test-section")?.sees == [.public])
  }
}
