package import Web

extension Treaty {
  package static func routes(_ panels: Panels) -> [Route] {
    [
      .get("provisions", access: .everyone, cached: true, list),
      .get("provisions/:id", access: .everyone, cached: true) { try await show($0, panels) },
      .get("areas", access: .everyone, cached: true, areas),
    ]
  }

  private static func list(_ call: Call) async throws -> Reply {
    let book = try await book(of: call.services.database())
    var query = call.query.reader
    let instrument = query.code("instrument", of: Set(book.instruments.map(\.id)))
    let area = query.code("area", of: Set(book.coveredAreas.map(\.id)))
    try query.finish()
    let chosen = book.provisions.filter { provision in
      (instrument == nil || provision.instrument == instrument)
        && (area == nil || book.areasOfProvision[provision.id]?.contains(area ?? "") == true)
    }
    return call.reply(chosen, columns: provisionColumns(book, call), total: chosen.count) {
      listPage($0, book, call)
    }
  }

  private static func show(_ call: Call, _ panels: Panels) async throws -> Reply {
    let book = try await book(of: call.services.database())
    guard let provision = book.provision(try call.parameter("id")) else { throw Problem.notFound }
    let extra = call.format == .html ? try await panels.html("provision", provision.id, call) : .empty
    return call.reply(provision, columns: provisionColumns(book, call)) { showPage($0, book, extra, call) }
  }

  private static func areas(_ call: Call) async throws -> Reply {
    let book = try await book(of: call.services.database())
    let areas = book.areas.filter { $0.id != "NONE" }
    return call.reply(areas, columns: areaColumns(call)) { _ in areasPage(book, call) }
  }
}
