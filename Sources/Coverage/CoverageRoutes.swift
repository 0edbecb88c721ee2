import Activities
import Directory
import Language
import Needs
import Storage
import Treaty
package import Web

extension Coverage {
  package static let routes: [Route] = [
    .get("coverage", access: .everyone, cached: true, takes: [yearField], world),
    .get("coverage/:group", access: .everyone, cached: true, takes: [yearField], group),
    .get(
      "needs-coverage", access: .everyone, cached: true,
      takes: [.choice("status", Status.self)] + Needs.listFields,
      needs),
  ]
  private static let yearField = FieldDescription.integer("year", in: 1990...2100, example: "2026")

  /// The needs behind a figure: those that stand so in a year.
  private static func needs(_ call: Call) async throws -> Reply {
    var query = call.query.reader
    let status: Status? = query.choice("status")
    let year = query.integer("year", in: 1990...2100)
    try query.finish()
    let asked = year ?? Int(call.services.clock.now().prefix(4)) ?? 2026
    var condition: SQL = "EXISTS (SELECT 1 FROM coverage_status s WHERE s.need = n.id AND s.year = \(asked))"
    if let status {
      condition = """
        EXISTS (SELECT 1 FROM coverage_status s WHERE s.need = n.id AND s.year = \(asked) AND s.status = \(status))
        """
    }
    return try await Needs.reply(call, also: condition)
  }

  struct Books: Sendable {
    let treaty: Treaty.Book
    let directory: Directory.Book
    let rates: Rates
    init(_ call: Call) async throws {
      let database = try call.services.database()
      treaty = try await Treaty.book(of: database)
      directory = try await Directory.book(of: database)
      rates = try await database.remembered("coverage.rates") { try Rates(in: $0) }
    }
  }

  /// The year asked for, else the present one, with the years that can be chosen.
  struct YearChoice: Sendable {
    let year: Int
    let years: [Int]
  }
  static func year(_ call: Call) async throws -> YearChoice {
    var query = call.query.reader
    let asked = query.integer("year", in: 1990...2100)
    try query.finish()
    let viewer = call.viewer
    let present = Int(call.services.clock.now().prefix(4)) ?? 2026
    let found = try await call.read { try years(for: viewer, in: $0) }
    return YearChoice(year: asked ?? present, years: Array(Set(found + [asked ?? present])).sorted())
  }

  private static func world(_ call: Call) async throws -> Reply {
    let books = try await Books(call)
    let choice = try await year(call)
    let viewer = call.viewer
    let cells = try await call.read { try byGroup(year: choice.year, for: viewer, in: $0) }
    let rows = flat(cells, places: books.directory.groups.map(\.id) + [Coverage.world], books)
    return call.reply(rows, columns: columns(choice.year, books, call), total: rows.count) { _ in
      worldPage(cells, choice, books, call)
    }
  }

  private static func group(_ call: Call) async throws -> Reply {
    let books = try await Books(call)
    let id = try call.parameter("group")
    guard let found = books.directory.group(id) else { throw Problem.notFound }
    let choice = try await year(call)
    let viewer = call.viewer
    let cells = try await call.read { try byState(group: id, year: choice.year, for: viewer, in: $0) }
    let states = books.directory.sorted(books.directory.states(of: id), call.t)
    let rows = flat(cells, places: states.map(\.id), books)
    return call.reply(rows, columns: columns(choice.year, books, call), total: rows.count) { _ in
      groupPage(found, states, cells, choice, books, call)
    }
  }

  /// One row per place and area, for the data formats.
  private static func flat(_ cells: [String: [String: Cell]], places: [String], _ books: Books) -> [Cell] {
    let areas = books.treaty.coveredAreas.map(\.id) + [anyArea]
    return places.flatMap { place in
      areas.map { area in cells[place]?[area] ?? Cell(place: place, area: area) }
    }
  }

  private static func placeName(_ id: String, _ books: Books, _ call: Call) -> HTML {
    if id == world { return HTML(call.t("coverage.all-groups")) }
    if let group = books.directory.group(id) { return Treaty.name(group.name, call.t) }
    return books.directory.state(id).map { Treaty.name($0.name, call.t) } ?? HTML(id)
  }
  private static func areaName(_ id: String, _ books: Books, _ call: Call) -> HTML {
    if id == anyArea { return HTML(call.t("coverage.all-areas")) }
    return books.treaty.area(id).map { Treaty.name($0.name, call.t) } ?? HTML(id)
  }

  static func columns(_ year: Int, _ books: Books, _ call: Call) -> [Column<Cell>] {
    @Sendable func dollars(_ cell: Cell, spent: Bool) -> CellValue {
      let found = books.rates.dollars(cell.money, spent: spent, digits: Formats.digits)
      return found.minor.map { .money(minor: $0, currency: "USD") } ?? .none
    }
    return [
      Column(
        "place", .code, "coverage.column.place", show: { cell, call in placeName(cell.place, books, call) }
      ) {
        .text($0.place)
      },
      Column("area", .code, "coverage.column.area", show: { cell, call in areaName(cell.area, books, call) })
      {
        .text($0.area)
      },
      Column("year", .integer, "coverage.column.year") { _ in .number(year) },
      Column("needs", .integer, "coverage.column.needs") { .number($0.needs.stated) },
      Column("covered", .integer, "coverage.status.covered") { .number($0.needs.covered) },
      Column("partly", .integer, "coverage.status.partly") { .number($0.needs.partly) },
      Column("uncovered", .integer, "coverage.status.uncovered") { .number($0.needs.uncovered) },
      Column("unknown", .integer, "coverage.status.unknown") { .number($0.needs.unknown) },
      Column("activities", .integer, "coverage.column.activities") { .number($0.activities) },
      Column("budget_usd", .money, "coverage.column.budget", unit: "USD") { dollars($0, spent: false) },
      Column("spent_usd", .money, "coverage.column.spent", unit: "USD") { dollars($0, spent: true) },
      Column("unconverted", .list, "coverage.column.unconverted") { cell in
        .texts(
          cell.money.filter { amount in
            !books.rates.dollars([amount], spent: amount.isSpent, digits: Formats.digits).unconverted.isEmpty
          }.map { "\($0.isSpent ? "spent" : "budget") \($0.currency) \($0.minor)" })
      },
    ]
  }
}
