package import Web

extension Treaty {
  package static func routes(_ panels: Panels) -> [Route] {
    [
      .get(
        "provisions", access: .everyone, cached: true,
        takes: [
          .code("instrument", example: "UNTOC"), .code("area", from: "areas", example: "ICOOP"),
          .code("paper", from: "areas"), .code("obligation", example: "mandatory"),
        ], list),
      .get("provisions/:id", access: .everyone, cached: true, takes: [yearField]) {
        try await show($0, panels)
      },
      .get("areas", access: .everyone, cached: true, areas),
      .get("areas/:id", access: .everyone, cached: true, takes: [yearField]) {
        try await showArea($0, panels)
      },
    ]
  }

  /// The year of the figures that subjects above show on a record's page.
  private static let yearField = FieldDescription.integer("year", in: 1990...2100, example: "2026")

  private static func list(_ call: Call) async throws -> Reply {
    let book = try await book(of: call.services.database())
    var query = call.query.reader
    let instrument = query.code("instrument", of: Set(book.instruments.map(\.id)))
    let area = query.code("area", of: Set(book.coveredAreas.map(\.id)))
    let paper = query.code("paper", of: Set(book.areas(of: paperList).map(\.id)))
    let obligation = query.code("obligation", of: Set(book.obligations.map(\.id)))
    try query.finish()
    // An area of the paper's list stands for several; only provisions with substance belong to one.
    let ofPaper = paper.map { Set(book.workingAreas(ofPaper: $0)) }
    let chosen = book.provisions.filter { provision in
      let areas = book.areasOfProvision[provision.id] ?? []
      return (instrument == nil || provision.instrument == instrument)
        && (area == nil || areas.contains(area ?? ""))
        && (obligation == nil || provision.obligation == obligation)
        && (ofPaper == nil || (provision.isSubstantive && !(ofPaper ?? []).isDisjoint(with: areas)))
    }
    return call.reply(chosen, columns: provisionColumns(book, call), total: chosen.count) {
      listPage($0, book, call)
    }
  }

  private static func show(_ call: Call, _ panels: Panels) async throws -> Reply {
    let book = try await book(of: call.services.database())
    guard let provision = book.provision(try call.parameter("id")) else { throw Problem.notFound }
    var trace = HTML.empty
    var extra = HTML.empty
    if call.format == .html {
      let step = Trace.Step(
        call.t("needs.trace.provision"), citation(provision, book, call.t), address: nil, current: true)
      trace = try await panels.trace("provision", provision.id, [(.provision, step)], call)
      extra = try await panels.html("provision", provision.id, call)
    }
    return call.reply(provision, columns: provisionColumns(book, call)) {
      showPage($0, book, trace, extra, call)
    }
  }

  /// An area of the working list, in which needs and activities are classified.
  private static func showArea(_ call: Call, _ panels: Panels) async throws -> Reply {
    let book = try await book(of: call.services.database())
    let id = try call.parameter("id")
    guard let area = book.coveredAreas.first(where: { $0.id == id }) else { throw Problem.notFound }
    var trace = HTML.empty
    var extra = HTML.empty
    if call.format == .html {
      let t = call.t
      var own = [
        (
          place: Trace.Place.area,
          step: Trace.Step(
            t("overview.trace.area"), name(area.name, t), address: nil, current: true)
        )
      ]
      let provisions = book.provisionsOfArea[id] ?? []
      if !provisions.isEmpty {
        own.append(
          (
            .provision,
            Trace.Step(
              t("needs.trace.provision"),
              HTML(t("overview.trace.provisions", ["count": .number(provisions.count)])),
              address: call.link("provisions", [("area", id)]))
          ))
      }
      trace = try await panels.trace("area", id, own, call)
      extra = try await panels.html("area", id, call)
    }
    return call.reply(area, columns: areaColumns(call)) { areaPage($0, book, trace, extra, call) }
  }

  private static func areas(_ call: Call) async throws -> Reply {
    let book = try await book(of: call.services.database())
    let areas = book.areas.filter { $0.id != "NONE" }
    return call.reply(areas, columns: areaColumns(call)) { _ in areasPage(book, call) }
  }
}
