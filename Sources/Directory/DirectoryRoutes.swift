import Language
import Treaty
package import Web

extension Directory {
  package static func routes(_ panels: Panels) -> [Route] {
    [
      .get(
        "states", access: .everyone, cached: true,
        takes: [.code("group", example: "african"), .code("party", of: ["UNTOC", "TIP", "SOM", "FAP"])], list),
      .get("states/:id", access: .everyone, cached: true, takes: [yearField]) { try await show($0, panels) },
    ]
  }

  /// The year of the figures that subjects above show on a record's page.
  private static let yearField = FieldDescription.integer("year", in: 1990...2100, example: "2026")

  private static func list(_ call: Call) async throws -> Reply {
    let directory = try await book(of: call.services.database())
    var query = call.query.reader
    let group = query.code("group", of: Set(directory.groups.map(\.id)))
    let instrument = query.code("party", of: ["UNTOC", "TIP", "SOM", "FAP"])
    try query.finish()
    let today = String(call.services.clock.now().prefix(10))
    var parties: Set<String>?
    if let instrument {
      parties = try await call.read {
        Set(try Directory.parties(to: instrument, on: today, in: $0).map(\.state))
      }
    }
    let chosen = directory.states.filter { state in
      (group == nil || state.group == group) && (parties == nil || parties?.contains(state.id) == true)
    }
    let states = directory.sorted(chosen, call.t)
    return call.reply(states, columns: columns(directory, call), total: states.count) {
      listPage($0, directory, call)
    }
  }
  private static func show(_ call: Call, _ panels: Panels) async throws -> Reply {
    let directory = try await book(of: call.services.database())
    let treaty = try await Treaty.book(of: call.services.database())
    guard let state = directory.state(try call.parameter("id")) else { throw Problem.notFound }
    let parties = try await call.read { try status(of: state.id, in: $0) }
    var trace = HTML.empty
    var extra = HTML.empty
    if call.format == .html {
      let step = Trace.Step(
        call.t("directory.state.name"), Treaty.name(state.name, call.t), address: nil, current: true)
      trace = try await panels.trace("state", state.id, [(.state, step)], call)
      extra = try await panels.html("state", state.id, call)
    }
    return call.reply(state, columns: columns(directory, call)) {
      showPage($0, parties, directory, treaty, (trace, extra), call)
    }
  }

  static func columns(_ directory: Book, _ call: Call) -> [Column<State>] {
    let t = call.t
    return [
      Column("name", .text, "directory.state.name", show: { state, call in link(state, call) }) {
        .text($0.name.text(t.language))
      },
      Column(
        "group", .code, "directory.state.group",
        show: { state, call in
          directory.group(state.group).map { Treaty.name($0.name, call.t) } ?? HTML(state.group)
        }
      ) { .text($0.group) },
      Column("code", .code, "directory.state.code") { .text($0.id) },
      Column("ldc", .flag, "directory.state.ldc", onPage: false) { .flag($0.isLDC) },
      Column("lldc", .flag, "directory.state.lldc", onPage: false) { .flag($0.isLLDC) },
      Column("sids", .flag, "directory.state.sids", onPage: false) { .flag($0.isSIDS) },
      Column("unverified", .list, "directory.state.unverified", onPage: false) { .texts($0.unverified) },
    ]
  }
  /// A State's name as a link to its page.
  package static func link(_ state: State, _ call: Call) -> HTML {
    a(href: call.link("states/" + state.id), Treaty.name(state.name, call.t))
  }

  private static func listPage(_ states: [State], _ directory: Book, _ call: Call) -> Page {
    let t = call.t
    return Page(t("directory.states.title"), width: .wide) {
      h1(t("directory.states.title"))
      p(t("directory.states.lead", ["count": .number(states.count)]), .class("lead"))
      Facets(
        [
          Facets.Facet(
            "group", t("directory.state.group"), .one,
            directory.groups.map { entry in
              Facets.Choice(
                entry.id, entry.name, count: directory.states.filter { $0.group == entry.id }.count, t)
            })
        ], call)
      Table(states, caption: t("directory.states.title"), columns: columns(directory, call), call)
      TakeAway(call)
    }
  }

  private static func showPage(
    _ state: State, _ parties: [Party], _ directory: Book, _ treaty: Treaty.Book,
    _ parts: (trace: HTML, extra: HTML), _ call: Call
  ) -> Page {
    let t = call.t
    var marks: [HTML] = []
    if state.isLDC { marks.append(Tag(t("directory.state.ldc")).html) }
    if state.isLLDC { marks.append(Tag(t("directory.state.lldc")).html) }
    if state.isSIDS { marks.append(Tag(t("directory.state.sids")).html) }
    return Page(
      state.name.text(t.language), crumbs: [Page.Crumb("states", t("directory.states.title"))], width: .wide
    ) {
      h1 { Treaty.name(state.name, t) }
      p(.class("lead")) {
        directory.group(state.group).map { Treaty.name($0.name, t) }
        if state.unverified.contains("un_regional_group") {
          HTML(" ")
          Tag(t("directory.unverified"), .quiet)
        }
      }
      if !marks.isEmpty { p { HTML.joined(marks, by: " ") } }
      parts.trace
      h2(t("directory.status.title"))
      statusLine(parties, treaty, call)
      Details(t("overview.status.table")) {
        statusTable(parties, treaty, call)
        p(t("directory.status.note"), .class("quiet"))
      }
      parts.extra
    }
  }

  /// Signatures and deposits in the order of their days; what has no day, and what a State is no party to, last.
  private static func statusLine(_ parties: [Party], _ treaty: Treaty.Book, _ call: Call) -> HTML {
    let t = call.t
    var dated: [(day: String, item: Timeline.Item)] = []
    var others: [Timeline.Item] = []
    for instrument in treaty.instruments {
      guard let party = parties.first(where: { $0.instrument == instrument.id }) else { continue }
      let name = Treaty.name(instrument.short, t)
      var word = HTML(t("directory.party." + party.status.rawValue))
      if party.status == .yesUnverified || party.status == .noUnverified {
        word = word + HTML(" ") + Tag(t("directory.unverified"), .quiet).html
      }
      if let day = party.signed {
        dated.append((day, Timeline.Item(day, name, HTML(t("directory.status.signed")))))
      }
      if let day = party.deposited {
        let text = HTML(t("directory.status.deposited")) + HTML(" · ") + word
        dated.append((day, Timeline.Item(day, name, text, party.status.isParty ? .now : .done)))
      } else {
        others.append(Timeline.Item(nil, name, word, party.status.isParty ? .now : .open))
      }
    }
    return Timeline(dated.sorted { $0.day < $1.day }.map(\.item) + others, t).html
  }

  private static func statusTable(_ parties: [Party], _ treaty: Treaty.Book, _ call: Call) -> HTML {
    let t = call.t
    let position = Dictionary(
      treaty.instruments.enumerated().map { ($0.element.id, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    let ordered = parties.sorted { (position[$0.instrument] ?? 0) < (position[$1.instrument] ?? 0) }
    let columns: [Column<Party>] = [
      Column(
        "instrument", .text, "directory.status.instrument",
        show: { party, call in
          treaty.instrument(party.instrument).map { Treaty.name($0.short, call.t) } ?? HTML(party.instrument)
        }
      ) { .text($0.instrument) },
      Column(
        "status", .code, "directory.status.status",
        show: { party, call in
          let word = HTML(call.t("directory.party." + party.status.rawValue))
          guard party.status == .yesUnverified || party.status == .noUnverified else { return word }
          return word + HTML(" ") + Tag(call.t("directory.unverified"), .quiet).html
        }
      ) { .text($0.status.rawValue) },
      Column("signed", .date, "directory.status.signed", show: { party, call in day(party.signed, call) }) {
        .date($0.signed)
      },
      Column(
        "deposited", .date, "directory.status.deposited", show: { party, call in day(party.deposited, call) }
      ) {
        .date($0.deposited)
      },
      Column("as_of", .date, "directory.status.as-of", show: { party, call in day(party.asOf, call) }) {
        .date($0.asOf)
      },
    ]
    return Table(ordered, caption: t("directory.status.title"), columns: columns, call).html
  }
  private static func day(_ text: String?, _ call: Call) -> HTML {
    text.map { time($0, call.t) } ?? span(call.t("directory.not-known"), .class("quiet"))
  }
}
