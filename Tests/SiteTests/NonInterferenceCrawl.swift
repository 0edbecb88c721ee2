import Foundation
import Language
import Needs
import Storage
import TestKit
import Web

/// Facts of one State that some may see: planted in one of two sites, so that the two differ in nothing else.
///
/// A new kind of fact that is not public gets a line in `NonInterferenceSecrets.all`.
struct Secret: Sendable {
  /// `need state`
  let name: String
  let state: String
  let level: Visibility
  /// Stands in every field of text of the fact.
  let word: String
  /// Planted after what both sites have: numbers of offices and people are given in order.
  var isLate = false
  /// - Returns: beginning of a route's path → beginning of an address that leads to the fact (`needs/:id` → `needs/7`).
  let plant: @Sendable (TestSite) async throws -> [(pattern: String, path: String)]
  /// Those entitled; by the level where it is nil.
  var openTo: (@Sendable (Viewer) -> Bool)?

  /// Whether someone may see it.
  func isOpen(to viewer: Viewer) -> Bool {
    openTo?(viewer)
      ?? (viewer.sees.contains(level) || viewer.state == state || (isLate && viewer.section != nil))
  }
}

enum NonInterferenceSecrets {
  static let state = AccessRecords.own
  /// One word for each level, in every field of text; none is a part of another.
  static func word(_ level: Visibility) -> String { "ZQXCONFIDENTIAL7" + level.rawValue.uppercased() + "Z" }

  static let needs: [Secret] = [Visibility.state, .secretariat, .parties, .providers].map(need)
  static let all: [Secret] = needs + [contribution, people]

  /// What an expert wrote by a section's link, for the State's own focal point.
  static let contribution = Secret(
    name: "contribution", state: state, level: .state, word: "ZQXCONFIDENTIAL7CONTRIBUTIONZ", isLate: true
  ) { site in
    try await site.database.write(by: Actor("test")) { db in
      try db.run(
        """
        INSERT INTO people_contribution (section, version, language, text, written_at, stage, reason)
        VALUES (1, 2, 'fr', 'ZQXCONFIDENTIAL7CONTRIBUTIONZ text', \(db.now), 'written',
          'ZQXCONFIDENTIAL7CONTRIBUTIONZ reason')
        """)
      db.record(Event("people.contributed", subject: "section", record: "1", state: state))
    }
    return []
  }

  /// An office, a person, a nomination, a letter, a receipt of a State, and who saw a need of it: for those who may
  /// read the State's offices or its trail.
  static let people: Secret = {
    var secret = Secret(
      name: "people", state: state, level: .secretariat, word: "ZQXCONFIDENTIAL8PEOPLEZ"
    ) { site in
      let word = "ZQXCONFIDENTIAL8PEOPLEZ"
      let (office, nomination, code) = try await site.database.write(by: Actor("person:1", onBehalf: state)) {
        db -> (Int64, Int64, ReceiptSlip) in
        let office: Int64 = try db.insert(
          """
          INSERT INTO people_office (kind, state, name, language, email)
          VALUES ('focal_point', \(state), \(word + " office"), 'en', \(word + "@example.org")) RETURNING id
          """)
        let person: Int64 = try db.insert(
          """
          INSERT INTO people_person (name, language, email, email_key, created_at)
          VALUES (\(word + " person"), 'en', \(word + "2@example.org"), 'zqx2@example.org', \(db.now)) RETURNING id
          """)
        try db.run(
          """
          INSERT INTO people_account (person, office, role, function, valid_from, confirmed_at)
          VALUES (\(person), \(office), 'focal_point', \(word), '2026-01-01', \(db.now))
          """)
        let nomination: Int64 = try db.insert(
          """
          INSERT INTO people_nomination (office, role, person_name, function, email, language, reference, noted_on,
            stage, recorded_by, recorded_at)
          VALUES (\(office), 'focal_point', \(word + " nominated"), \(word), \(word + "3@example.org"), 'en', \(word),
            '2026-05-01', 'received', 'person:1', \(db.now)) RETURNING id
          """)
        db.record(Event("people.nominated", subject: "nomination", record: String(nomination), state: state))
        let slip = try db.receipt(
          act: "people.nominated", subject: "nomination", record: String(nomination), state: state,
          content: ["person_name": word])
        return (office, nomination, slip)
      }
      try await ViewLog.note(
        [ViewLog.View(state: state, subject: "need", record: "1")], by: word, behalf: word,
        way: { _ in .page },
        in: site.database)
      return [
        ("offices/:id", "offices/\(office)"), ("nominations/:id", "nominations/\(nomination)"),
        ("receipts/:code", "receipts/\(code.code ?? "none")"),
      ]
    }
    secret.isLate = true
    secret.openTo = { viewer in
      viewer.may("offices.read", .anywhere) || viewer.may("receipts.read", .anywhere)
        || (viewer.state == state
          && (viewer.may("offices.read", .ofOwnState) || viewer.may("audit.own", .ofOwnState)
            || viewer.may("receipts.own")))
    }
    return secret
  }()

  /// Needs at one level: open, withdrawn, in a language of their own, of an area that no public need has.
  static func need(_ level: Visibility) -> Secret {
    let word = word(level)
    return Secret(name: "need \(level.rawValue)", state: state, level: level, word: word) { site in
      var paths: [(pattern: String, path: String)] = []
      for (number, stage) in [Needs.Stage.stated, .met, .withdrawn].enumerated() {
        var draft = TestSite.need("\(word)-\(number)", state: state, visibility: level, stage: stage)
        draft.title = "\(word) title"
        draft.missing = "\(word) missing"
        draft.beneficiaries = "\(word) beneficiaries"
        draft.quotation = "\(word) quotation"
        draft.authority = "\(word) authority"
        draft.language = "fr"
        draft.urgency = .low
        draft.areas = ["ICOOP", "CRIM"]
        draft.statedOn = "2024-0\(number + 1)-11"
        if case .added(let id) = try await site.make(draft) {
          paths.append(("needs/:id", "needs/\(id)"))
          try await translation(of: id, word, in: site)
        }
      }
      return paths
    }
  }
}

extension NonInterferenceSecrets {
  static func translation(of need: Needs.ID, _ word: String, in site: TestSite) async throws {
    try await site.database.write(by: Actor("test")) { db in
      try db.run(
        """
        INSERT INTO translations_text (kind, record, field, language, body, status, made_by, made_for, made_at,
          original_version, original_hash)
        VALUES ('need', \(String(need)), 'missing', 'ar', \(word + " translation"), 'unreviewed', 'person:1',
          'state', \(db.now), 1, '')
        """)
      db.record(Event("translations.written", subject: "need", record: String(need), state: state))
    }
  }
}

/// Everything that can be asked of a site without changing it.
struct Crawl: Sendable {
  struct Ask: Sendable, Hashable {
    let method: String
    let address: String
    let language: String?
  }
  /// Values tried in filters, by the field's name; others come from the declaration.
  static let values: [String: [String]] = [
    "state": ["KEN", "BRA"], "group": ["african"], "area": ["ICOOP", "CRIM"], "paper": [],
    "year": ["2025", "2026"],
    "provision": ["UNTOC-18"], "form": ["legal_advice"], "limit": ["1", "2"], "reporter": ["XI-TEST-1"],
    "instrument": ["UNTOC"], "after": ["zzzz"],
    // Beginnings of the words of secrets, and words that public and other needs share.
    "q": ["ZQXCONF", "ZQXCONFIDENTIAL7ST", "quotation", "need"],
  ]

  let mount: Mount
  /// Records that both sites have, and beginnings of addresses that only one has or neither.
  let places: [(pattern: String, path: String)]

  /// Addresses of every route: each language and format plain; filters, cursors and refusals in two languages.
  func asks() -> [Ask] {
    var asks: [Ask] = []
    for route in mount.routes {
      for path in paths(route) {
        if route.method == .get {
          asks += plain(route, path)
          for query in queries(route) {
            if route.faces.contains(.page) {
              asks.append(Ask(method: "GET", address: "/en/\(path)?\(query)", language: nil))
            }
            if route.faces.contains(.data) {
              asks.append(Ask(method: "GET", address: "/api/v1/\(path)?\(query)", language: nil))
            }
          }
        } else if route.path.hasPrefix("needs/:id") {
          // Changes of a record that the viewer cannot see, as a program asks for them; without values, so that none
          // succeeds. Further kinds of secrets add theirs here.
          if route.faces.contains(.data) {
            asks.append(Ask(method: route.method.rawValue, address: "/api/v1/\(path)", language: nil))
          }
        }
      }
    }
    return asks
  }

  private func plain(_ route: Route, _ path: String) -> [Ask] {
    let tail = path.isEmpty ? "" : "/" + path
    var asks: [Ask] = []
    if route.faces.contains(.page) {
      for language in Language.all {
        asks.append(Ask(method: "GET", address: "/\(language.code)\(tail)", language: nil))
      }
      if !path.isEmpty {
        for format in ["json", "csv", "xlsx"] {
          asks.append(Ask(method: "GET", address: "/en\(tail).\(format)", language: nil))
        }
      }
    }
    if route.faces.contains(.data) {
      for language in Language.all {
        asks.append(Ask(method: "GET", address: "/api/v1\(tail)", language: language.code))
      }
      asks.append(Ask(method: "GET", address: "/api/v1\(tail).csv", language: nil))
      asks.append(Ask(method: "HEAD", address: "/api/v1\(tail)", language: nil))
    }
    return asks
  }

  /// Routes for which there is no record.
  var unreached: [String] {
    mount.routes.filter { paths($0).isEmpty }.map(\.description)
  }

  private func paths(_ route: Route) -> [String] {
    guard route.path.contains(":") else { return [route.path] }
    let known = places.filter { route.path == $0.pattern || route.path.hasPrefix($0.pattern + "/") }
    let longest = known.map(\.pattern.count).max() ?? 0
    return known.filter { $0.pattern.count == longest }.map {
      $0.path + route.path.dropFirst($0.pattern.count)
    }
    .filter { !$0.contains(":") }
  }

  private func queries(_ route: Route) -> [String] {
    route.fields.flatMap { field -> [String] in
      let values =
        Crawl.values[field.name] ?? (field.words.isEmpty ? field.example.map { [$0] } ?? [] : field.words)
      return (values + ["no-such"]).map { Address.encode(field.name) + "=" + Address.encode($0) }
    }
  }

  static let requestID = "compare"

  func answer(_ ask: Ask, _ token: String?) async throws -> TestClient.Answer {
    // The same form cookie and request id in both sites: what they bring is no difference.
    var headers =
      TestViewers.header(token) + [("X-Request-ID", Crawl.requestID), ("Cookie", TestSite.form().cookie)]
    if let language = ask.language { headers.append(("Accept-Language", language)) }
    return try await TestClient(mount).send(ask.method, ask.address, headers)
  }
}

extension TestClient.Answer {
  /// All that a reader gets, as one text: status, headers in order, bytes.
  var whole: [UInt8] {
    let head = headers.filter { $0.name.lowercased() != "date" }.map { "\($0.name): \($0.value)\n" }.sorted()
      .joined()
    return Array("\(status)\n\(head)\n".utf8) + bytes
  }
}
