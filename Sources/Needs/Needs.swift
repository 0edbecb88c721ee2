package import Storage
package import Translations
package import Web

/// What States say they need (R-1a, R-1b).
package enum Needs {
  package static let migrations = [
    Migration("20261124-3-needs", PackageResources._0261124_3_needs_sql),
    Migration("20261127-2-needs-invented", PackageResources._0261127_2_needs_invented_sql),
  ]

  package typealias ID = Int64

  package enum Stage: String, Sendable, CaseIterable, SQLBindable, SQLReadable {
    case stated, clarified, proposed
    case beingMet = "being_met"
    case met, withdrawn
    package var isClosed: Bool { self == .met || self == .withdrawn }
  }
  package enum Urgency: String, Sendable, CaseIterable, SQLBindable, SQLReadable { case high, medium, low }

  /// Where the State said so: article 32, paragraph 5 of the Convention.
  package enum Source: String, Sendable, CaseIterable, SQLBindable, SQLReadable {
    case answer, request, supplementary
  }

  /// What the aggregates above need to know of a need.
  package struct Standing: Sendable, Equatable {
    package let id: ID
    package let state: String
    package let visibility: Visibility
    package let years: ClosedRange<Int>
    package let areas: [String]
    package let provisions: [String]
  }
  /// Told inside the transaction of every change: ids of the needs that changed.
  package static let changed = Topic<[ID]>("needs.changed")

  package struct Record: DecodableRow, Sendable {
    package let id: ID
    /// `KEN-2026-003`: the State's own or given by the register; never used twice.
    package let reference: String
    package let state: String
    /// Language of title, missing, beneficiaries and quotation.
    package let language: String
    package let title: String
    package let missing: String
    package let beneficiaries: String
    package let urgency: Urgency
    package let form: String?
    package let stage: Stage
    package let visibility: Visibility
    package let source: Source
    package let quotation: String
    package let authority: String
    package let statedOn: String
    package let closedOn: String?
    package let fromYear: Int
    package let toYear: Int
    package let isInvented: Bool
    package let version: Int64
    /// Sorted codes; filled by `Needs.list` and `Needs.find`.
    package internal(set) var areas: [String] = []
    package internal(set) var provisions: [String] = []
    package internal(set) var translations: [Translations.Text] = []

    package init(row: Row) throws {
      id = try row["id"]
      reference = try row["reference"]
      state = try row["state"]
      language = try row["language"]
      title = try row["title"]
      missing = try row["missing"]
      beneficiaries = try row["beneficiaries"]
      urgency = try row["urgency"]
      form = try row["form"]
      stage = try row["stage"]
      visibility = try row["visibility"]
      source = try row["source"]
      quotation = try row["quotation"]
      authority = try row["authority"]
      statedOn = try row["stated_on"]
      closedOn = try row["closed_on"]
      fromYear = try row["from_year"]
      toYear = try row["to_year"]
      isInvented = try row["invented"]
      version = try row["version"]
    }
  }

  package static let importing: Permission = "needs.import"
  /// To state a need: a State's own act, or the Secretariat's on its behalf.
  package static let stating: Permission = "needs.state"
  /// To choose who may see a need.
  package static let showing: Permission = "needs.visibility"

  static func stated(_ draft: Draft, id: ID) -> Event {
    Event(
      "needs.stated", subject: "need", record: String(id),
      after: [
        "reference": draft.reference, "stage": draft.stage.rawValue, "visibility": draft.visibility.rawValue,
      ],
      state: draft.state)
  }
  /// Which fields changed: codes as they are; of words only how long they were and a mark under the register's own
  /// key, by which the same text is known again. The trail is for ever and holds no State's words.
  static func changed(_ old: Draft, to new: Draft, id: ID, key: String) -> Event {
    let before = traced(old, key)
    let after = traced(new, key)
    let names = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }
    func kept(_ fields: [String: String]) -> [String: String] {
      var kept = fields.filter { names.contains($0.key) }
      for name in ["stage", "visibility"] { kept[name] = fields[name] }
      return kept
    }
    var told = kept(after)
    told["reference"] = new.reference
    return Event(
      "needs.changed", subject: "need", record: String(id), before: kept(before), after: told,
      state: new.state)
  }
  private static func traced(_ draft: Draft, _ key: String) -> [String: String] {
    func mark(_ name: String, _ text: String) -> String {
      if text.isEmpty { return "" }
      let hash = Digest.hex(Digest.sha256(Array("\(key)|trail|\(name)|\(text)".utf8)))
      return "text:\(text.unicodeScalars.count):\(hash.prefix(8))"
    }
    return [
      "state": draft.state, "stage": draft.stage.rawValue, "visibility": draft.visibility.rawValue,
      "urgency": draft.urgency.rawValue, "form": draft.form ?? "", "source": draft.source.rawValue,
      "language": draft.language, "stated_on": draft.statedOn, "closed_on": draft.closedOn ?? "",
      "provisions": draft.provisions.joined(separator: ", "), "areas": draft.areas.joined(separator: ", "),
      "title": mark("title", draft.title), "missing": mark("missing", draft.missing),
      "beneficiaries": mark("beneficiaries", draft.beneficiaries),
      "quotation": mark("quotation", draft.quotation), "authority": mark("authority", draft.authority),
    ]
  }
}

extension Visibility: SQLBindable, SQLReadable {}
