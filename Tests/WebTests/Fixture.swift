import Foundation
import Storage
import Synchronization
import Testing

@testable import Language
@testable import Web

extension Viewer {
  static let all = Viewer(
    role: .operator, name: "operator", sees: [.secretariat, .parties, .providers, .public],
    grants: .everything,
    isProved: true)
}
extension Permission {
  static let publishThing: Permission = "things.publish"
}

/// A small site with one route of each kind.
struct Fixture {
  let mount: Mount
  var client: TestClient
  let revision: Counter
  let handled: Counter
  let logged: Lines
  static let secret = Array("0123456789abcdef0123456789abcdef".utf8)
  static let data = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/data"

  final class Counter: Sendable {
    private let count = Atomic<UInt64>(0)
    var value: UInt64 { count.load(ordering: .relaxed) }
    func add() { count.add(1, ordering: .relaxed) }
  }
  final class Lines: Sendable {
    private let bytes = Mutex<[UInt8]>([])
    func add(_ more: [UInt8]) { bytes.withLock { $0 += more } }
    var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
  }
  struct Thing: Sendable {
    let id: Int
    let title: String
  }
  static let columns: [Column<Thing>] = [
    Column("id", .integer, "web.problem.code") { .number($0.id) },
    Column("title", .text, "web.problem.title", sort: "title") { .text($0.title) },
  ]

  /// Sessions by plain words, for tests of what a role may do.
  struct Words: SessionSource {
    func viewer(for credentials: Credentials) async -> Viewer {
      switch credentials.session ?? credentials.bearer {
      case "operator": .all
      case "kenya", "kenya2":
        Viewer(
          role: .focalPoint, name: credentials.session ?? "kenya", state: "KEN", sees: [.parties, .public],
          grants: .these([.publishThing: [.ofOwnState]]))
      case "stateless":
        Viewer(role: .delegate, name: "d", sees: [.public], grants: .these([.publishThing: [.ofOwnState]]))
      case "reader":
        Viewer(role: .delegate, name: "reader", sees: [.public], language: "ru")
      case "robot": Viewer(role: .machine, name: "robot", sees: [.public], machine: "feed")
      default: .guest
      }
    }
  }

  init(
    sessions: (any SessionSource)? = nil, extra: [Route] = [], https: Bool = false, cacheBytes: Int = 1 << 20,
    clock: Clock = .system, configure: (inout WebSettings) -> Void = { _ in }
  ) throws {
    let catalogue = try Catalogue.load(from: Fixture.data)
    let revision = Counter()
    let handled = Counter()
    let logged = Lines()
    var settings = WebSettings(secret: Fixture.secret, assetDirectory: Fixture.data + "/assets")
    settings.revision = { revision.value }
    settings.sessions = sessions ?? Words()
    settings.isHTTPS = https
    settings.cacheBytes = cacheBytes
    settings.log = RequestLog(now: { "2026-01-15T09:30:00Z" }, sink: { logged.add($0) })
    configure(&settings)
    let services = Services(catalogue: catalogue, dataDirectory: Fixture.data, clock: clock)
    mount = try Mount(routes: Fixture.routes(handled) + extra, services: services, settings: settings)
    client = TestClient(mount)
    self.revision = revision
    self.handled = handled
    self.logged = logged
  }

  static func routes(_ handled: Counter) -> [Route] {
    [
      .get("", access: .everyone) { call in call.page(Page("Home") { h1("Home") }) },
      .get(
        "things", access: .everyone, cached: true, takes: [.cursor, .limit(), .text("q", max: 100)]
      ) { call in
        handled.add()
        let things = [Thing(id: 1, title: "One"), Thing(id: 2, title: "=cmd|' /C calc'!A0, \"x\"\n")]
        _ = try call.query.cursor(shape: "it")
        return call.reply(things, columns: columns, next: Cursor(.int(2), .text("é")), total: 7) { things in
          Page("Things", width: .wide) {
            h1("Things for \(call.viewer.role.rawValue)")
            Table(things, caption: "All things", columns: columns, call)
            Pager(shown: things.count, total: 7, next: Cursor(.int(2), .text("é")), call)
          }
        }
      },
      .get("things/new", access: .everyone, cached: true) { call in
        handled.add()
        return call.page(
          Page("New") {
            h1("New")
            FormFrame("things", call) { TextField(FieldFrame("title", "Title", call.t)) }
          })
      },
      .get("things/:id", access: .everyone) { call in
        let id = try call.id()
        return call.reply(Thing(id: Int(id), title: "T"), columns: columns) { thing in
          Page("T") { h1(thing.title) }
        }
      },
      .post("things", access: .everyone, bodyLimit: 2000) { call in
        handled.add()
        return try await call.change {
          var form = call.form.reader
          let title = form.required("title", max: 10)
          _ = form.date("day")
          try form.finish()
          return call.redirect(to: "things/9", [("made", title)], created: true)
        } again: { problem in
          Page("New", hasFaults: true) {
            ErrorSummary(problem.faults, call.t)
            h1("New")
            FormFrame("things", call) {
              TextField(FieldFrame("title", "Title", problem: problem, call.t), value: call.form["title"])
            }
          }
        }
      },
      .post("files", access: .everyone, bodyLimit: 200_000) { call in
        let sizes = call.form.files.map { "\($0.field)=\($0.name):\($0.size)" }.joined(separator: ";")
        return call.json(
          .string(
            sizes + "|" + call.form.fields.pairs.map { "\($0.name)=\($0.value)" }.joined(separator: "&")))
      },
      .get("secret", access: .signedIn) { call in call.page(Page("Secret") { h1("Secret") }) },
      .post("publish", access: .may(.publishThing, .ofOwnState)) { call in call.redirect(to: "things") },
      .get("feed", access: .machine("feed")) { call in call.json(.bool(true)) },
      .get("broken", access: .everyone) { _ in throw Broken() },
      .get("echo/:text", access: .everyone) { call in call.json(.string(try call.parameter("text"))) },
      .change(.put, "things/:id", access: .everyone) { call in call.json(.string(call.ifMatch ?? "none")) },
    ]
  }
  struct Broken: Error {
    let secret = "confidential-word"
  }

  /// Cookie and token of a visitor who opened the form.
  func form(session: String? = nil) async throws -> (cookie: String, token: String) {
    let answer = try await client.get(
      "/en/things/new", session.map { [("Cookie", "wasl_session=\($0)")] } ?? [])
    let made = answer.header("Set-Cookie").map { String($0.prefix { $0 != ";" }) }
    let token = try #require(answer.text.firstMatch(of: /name="_csrf" value="([^"]+)"/)).1
    let cookie = session.map { "wasl_session=\($0)" } ?? made
    return (try #require(cookie), String(token))
  }
}
