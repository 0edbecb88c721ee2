import Language
import Storage

/// The parts of an activity as one JSON text instead of some twenty rows (docs/adr/0025): arrays in a fixed order of
/// fields. What SQL asks for stands beside it: the activity's own row, its States, its claims.
extension Activities {
  package struct Detail: Sendable {
    package internal(set) var texts: [Text] = []
    package internal(set) var organisations: [Organisation] = []
    package internal(set) var dates: [DateEntry] = []
    package internal(set) var places: [PlaceRow] = []
    package internal(set) var classes: [ClassRow] = []
    package internal(set) var budgets: [BudgetRow] = []
    package internal(set) var transactions: [TransactionRow] = []
    package internal(set) var links: [Link] = []
  }
  /// `kind` is `title`, `description`, `description:TYPE`, `org:N` (further names of the nth organisation) or `reporter`.
  package struct Text: Sendable, Equatable {
    package let kind: String
    package let language: String
    package let body: String
  }
  package struct Organisation: Sendable, Equatable {
    package let role: String
    package let ref: String
    package let type: String
    package let name: String
    package let language: String
    /// Identifier of that organisation's own activity.
    package let linked: String
    package let line: Int
  }
  package struct DateEntry: Sendable, Equatable {
    package let type: String
    /// `YYYY-MM-DD`.
    package let day: String
    package let line: Int
  }
  /// A recipient country (`vocabulary` empty) or region.
  package struct PlaceRow: Sendable, Equatable {
    package let vocabulary: String
    package let code: String
    package let state: String?
    /// 10⁻¹⁰ per cent.
    package let share: Int64?
    package let line: Int
  }
  /// `kind` is `budget` or `planned` (a planned disbursement, with provider and receiver).
  package struct BudgetRow: Sendable, Equatable {
    package let kind: String
    package let type: String
    package let status: String
    package let startOn: String?
    package let endOn: String?
    package let minor: Int64?
    package let currency: String?
    package let valueDate: String?
    package let provider: String
    package let receiver: String
    package let line: Int
  }
  package struct TransactionRow: Sendable, Equatable {
    package let ref: String
    package let type: String
    package let day: String?
    package let minor: Int64?
    package let currency: String?
    package let valueDate: String?
    package let providerRef: String
    package let providerName: String
    package let providerActivity: String
    package let receiverRef: String
    package let receiverName: String
    package let receiverActivity: String
    package let state: String?
    package let country: String
    /// `vocabulary:code`.
    package let region: String
    /// `vocabulary:code`, separated by semicolons.
    package let sectors: String
    package let body: String
    package let bodyLanguage: String
    package let line: Int
    package var provider: String { providerName.isEmpty ? providerRef : providerName }
    package var receiver: String { receiverName.isEmpty ? receiverRef : receiverName }
  }
  /// `kind` is `sector`, `tag`, `marker` (its significance in `name`) or `aid`.
  package struct ClassRow: Sendable, Equatable {
    package let kind: String
    package let vocabulary: String
    package let code: String
    /// 10⁻¹⁰ per cent.
    package let share: Int64?
    package let uri: String
    package let name: String
    package let line: Int
  }
  /// `kind` is `identifier`, `related`, `document` or `location`.
  package struct Link: Sendable, Equatable {
    package let kind: String
    package let type: String
    package let target: String
    package let name: String
    package let language: String
    package let detail: String
    package let line: Int
  }
}

extension Activities.Detail {
  /// - Throws: `StorageError.columnValue` when the stored text is not what `DetailWriter` writes.
  init(stored text: String) throws {
    let json = try? JSON.parse(Array(text.utf8))
    func rows(_ name: String) throws -> [[JSON]] {
      guard let rows = json?[name]?.elements else {
        throw StorageError.columnValue(
          column: "body", found: "no \(name)", wanted: "the parts of an activity")
      }
      return rows.map { $0.elements ?? [] }
    }
    func word(_ row: [JSON], _ index: Int) -> String { index < row.count ? row[index].text ?? "" : "" }
    func optional(_ row: [JSON], _ index: Int) -> String? { index < row.count ? row[index].text : nil }
    func number(_ row: [JSON], _ index: Int) -> Int { index < row.count ? row[index].integer ?? 0 : 0 }
    func amount(_ row: [JSON], _ index: Int) -> Int64? {
      index < row.count ? row[index].integer.map(Int64.init) : nil
    }
    texts = try rows("texts").map {
      Activities.Text(kind: word($0, 0), language: word($0, 1), body: word($0, 2))
    }
    organisations = try rows("organisations").map {
      Activities.Organisation(
        role: word($0, 0), ref: word($0, 1), type: word($0, 2), name: word($0, 3), language: word($0, 4),
        linked: word($0, 5), line: number($0, 6))
    }
    dates = try rows("dates").map {
      Activities.DateEntry(type: word($0, 0), day: word($0, 1), line: number($0, 2))
    }
    places = try rows("places").map {
      Activities.PlaceRow(
        vocabulary: word($0, 0), code: word($0, 1), state: optional($0, 2), share: amount($0, 3),
        line: number($0, 4))
    }
    budgets = try rows("budgets").map {
      Activities.BudgetRow(
        kind: word($0, 0), type: word($0, 1), status: word($0, 2), startOn: optional($0, 3),
        endOn: optional($0, 4), minor: amount($0, 5), currency: optional($0, 6), valueDate: optional($0, 7),
        provider: word($0, 8), receiver: word($0, 9), line: number($0, 10))
    }
    transactions = try rows("transactions").map {
      Activities.TransactionRow(
        ref: word($0, 0), type: word($0, 1), day: optional($0, 2), minor: amount($0, 3),
        currency: optional($0, 4), valueDate: optional($0, 5), providerRef: word($0, 6),
        providerName: word($0, 7), providerActivity: word($0, 8), receiverRef: word($0, 9),
        receiverName: word($0, 10), receiverActivity: word($0, 11), state: optional($0, 12),
        country: word($0, 13), region: word($0, 14), sectors: word($0, 15), body: word($0, 16),
        bodyLanguage: word($0, 17), line: number($0, 18))
    }
    classes = try rows("classes").map {
      Activities.ClassRow(
        kind: word($0, 0), vocabulary: word($0, 1), code: word($0, 2),
        share: amount($0, 3), uri: word($0, 4), name: word($0, 5),
        line: number($0, 6))
    }
    links = try rows("links").map {
      Activities.Link(
        kind: word($0, 0), type: word($0, 1), target: word($0, 2), name: word($0, 3), language: word($0, 4),
        detail: word($0, 5), line: number($0, 6))
    }
  }
}
