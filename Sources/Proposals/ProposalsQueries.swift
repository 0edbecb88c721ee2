import Activities
import Coverage
import Directory
package import Language
import Needs
package import Storage
import Treaty
import Web

extension Proposals {
  /// Providers named in a chapter; the others are counted.
  private static let providersNamed = 8

  /// The figures of the proposals paper on a day. A paper of general distribution is open to everyone, so it holds
  /// only needs that everyone may see.
  package static func paperData(_ masthead: PaperMasthead, asOf day: String, in db: Reader) throws
    -> PaperData
  {
    let treaty = try Treaty.book(in: db)
    let year = Int(day.prefix(4)) ?? 0
    let viewer = Viewer.guest
    var parties: [String: Set<String>] = [:]
    for instrument in treaty.instruments {
      parties[instrument.id] = Set(try Directory.parties(to: instrument.id, on: day, in: db).map(\.state))
    }
    var chapters: [PaperChapter] = []
    for area in PaperArea.allCases {
      chapters.append(try chapter(area, year, viewer, parties, treaty, in: db))
    }
    var filter = Needs.Filter()
    filter.year = year
    let states = try Needs.counts(of: .state, filter, for: viewer, in: db).keys.sorted()
    let world = try Coverage.byGroup(year: year, for: viewer, in: db)[Coverage.world]?[Coverage.anyArea]
    let stages = try Needs.counts(of: .stage, filter, for: viewer, in: db)
    let awaiting = (stages["stated"] ?? 0) + (stages["clarified"] ?? 0)
    return PaperData(
      masthead: masthead, asOf: day, year: year,
      isInvented: try Needs.hasInvented(in: db) || Activities.hasInvented(in: db),
      parties: treaty.instruments.map {
        PaperData.Parties($0.id, PaperFigure(parties[$0.id]?.count ?? 0, "states?party=\($0.id)"))
      },
      states: states, stating: PaperFigure(states.count, "needs?year=\(year)"),
      needs: PaperFigure(try Needs.count(filter, for: viewer, in: db), "needs?year=\(year)"),
      awaiting: PaperFigure(awaiting, "needs?year=\(year)"),
      money: (world?.money ?? []).filter { !$0.isSpent && $0.minor > 0 }.map {
        PaperAmount(minor: $0.minor, currency: $0.currency, "activities?area=*&year=\(year)")
      },
      chapters: chapters)
  }

  private static func chapter(
    _ area: PaperArea, _ year: Int, _ viewer: Viewer, _ parties: [String: Set<String>], _ treaty: Treaty.Book,
    in db: Reader
  ) throws -> PaperChapter {
    let areas = treaty.workingAreas(ofPaper: area.rawValue)
    var filter = Needs.Filter()
    filter.year = year
    filter.areas = areas
    let link = "needs?paper=\(area.rawValue)&year=\(year)"
    let needs = try Needs.list(filter, for: viewer, after: nil, limit: 10_000, in: db)
    let stating = Set(needs.map(\.state))
    let provisions = treaty.provisions.filter { provision in
      provision.isSubstantive && !Set(treaty.areasOfProvision[provision.id] ?? []).isDisjoint(with: areas)
    }
    var counts: [Coverage.Status: Int] = [:]
    for need in needs {
      if let status = try Coverage.statuses(of: need.id, in: db).first(where: { $0.year == year })?.status {
        counts[status, default: 0] += 1
      }
    }
    func standing(_ status: Coverage.Status) -> PaperFigure {
      PaperFigure(
        counts[status] ?? 0, "needs-coverage?paper=\(area.rawValue)&year=\(year)&status=\(status.rawValue)")
    }
    var activities = Activities.Filter()
    activities.areas = areas
    activities.year = year
    let activityLink = "activities?paper=\(area.rawValue)&year=\(year)"
    let providers = try Activities.providers(activities, in: db)
    let groups = try Directory.book(in: db)
    let open = needs.filter { $0.stage == .stated || $0.stage == .clarified }
    return PaperChapter(
      area: area, articles: articles(provisions), obligations: obligations(provisions, treaty, area),
      participation: treaty.instruments.filter { instrument in
        provisions.contains { $0.instrument == instrument.id }
      }.map {
        let members = parties[$0.id] ?? []
        return PaperChapter.Participation(
          $0.id, stating: PaperFigure(stating.intersection(members).count, link),
          parties: PaperFigure(members.count, "states?party=\($0.id)"))
      },
      needs: PaperFigure(needs.count, link), states: PaperFigure(stating.count, link),
      coverage: PaperChapter.Standing(
        uncovered: standing(.uncovered), partly: standing(.partly), covered: standing(.covered),
        unknown: standing(.unknown)),
      forms: shares(needs.compactMap(\.form), in: treaty.forms.map(\.id)) { "\(link)&form=\($0)" },
      groups: shares(needs.compactMap { groups.state($0.state)?.group }, in: groups.groups.map(\.id)) {
        "\(link)&group=\($0)"
      },
      activities: PaperFigure(try Activities.count(activities, in: db), activityLink),
      providers: try providers.prefix(providersNamed).map {
        try provider($0, activities, activityLink, in: db)
      },
      furtherProviders: max(0, providers.count - providersNamed),
      awaiting: try open.map { try need($0, treaty, in: db) })
  }

  private static func provider(
    _ found: Activities.ProviderCount, _ filter: Activities.Filter, _ link: String, in db: Reader
  ) throws -> PaperChapter.Provider {
    var own = filter
    own.reporter = found.reporter
    var years: ClosedRange<Int>?
    if let from = found.fromYear, let to = found.toYear, from <= to { years = from...to }
    return PaperChapter.Provider(
      PaperText(found.name.isEmpty ? found.reporter : found.name, language: nil),
      activities: PaperFigure(found.activities, "\(link)&reporter=\(Address.encode(found.reporter))"),
      states: try Activities.recipients(own, in: db), years: years, money: [])
  }
  private static func need(_ need: Needs.Record, _ treaty: Treaty.Book, in db: Reader) throws
    -> PaperChapter.Need
  {
    let provisions = try Needs.provisions(of: need.id, in: db).compactMap { treaty.provision($0) }
    return PaperChapter.Need(
      reference: need.reference, path: "needs/\(need.id)", state: need.state,
      title: PaperText(need.title, language: need.language), form: need.form, urgency: need.urgency.rawValue,
      articles: articles(provisions))
  }
  /// Article numbers by instrument, in the order of the treaty, each once.
  private static func articles(_ provisions: [Treaty.Provision]) -> [PaperChapter.Articles] {
    var order: [String] = []
    var numbers: [String: [String]] = [:]
    for provision in provisions {
      if numbers[provision.instrument] == nil { order.append(provision.instrument) }
      if numbers[provision.instrument]?.contains(provision.article) != true {
        numbers[provision.instrument, default: []].append(provision.article)
      }
    }
    return order.map { PaperChapter.Articles($0, numbers[$0] ?? []) }
  }
  private static func obligations(
    _ provisions: [Treaty.Provision], _ treaty: Treaty.Book, _ area: PaperArea
  ) -> [PaperChapter.Share] {
    shares(provisions.map(\.obligation), in: treaty.obligations.map(\.id)) {
      "provisions?paper=\(area.rawValue)&obligation=\(Address.encode($0))"
    }
  }
  private static func shares(
    _ codes: [String], in order: [String], _ path: (String) -> String
  ) -> [PaperChapter.Share] {
    order.compactMap { code in
      let count = codes.filter { $0 == code }.count
      return count == 0 ? nil : PaperChapter.Share(code, PaperFigure(count, path(code)))
    }
  }

  /// Official names in a language, from data.
  /// - Parameter original: language of the paper's original, whose order of States holds in every language.
  package static func paperNames(_ language: Language, original: Language, in db: Reader) throws -> PaperNames
  {
    let treaty = try Treaty.book(in: db)
    let directory = try Directory.book(in: db)
    func names(_ entries: [Treaty.Entry]) -> [String: String] {
      Dictionary(entries.map { ($0.id, $0.name.text(language)) }, uniquingKeysWith: { first, _ in first })
    }
    return PaperNames(
      states: Dictionary(
        directory.states.map { ($0.id, $0.name.text(language)) }, uniquingKeysWith: { first, _ in first }),
      original: Dictionary(
        directory.states.map { ($0.id, $0.name.text(original)) }, uniquingKeysWith: { first, _ in first }),
      instruments: Dictionary(
        treaty.instruments.map { ($0.id, $0.short.text(language)) }, uniquingKeysWith: { first, _ in first }),
      forms: names(treaty.forms), groups: names(directory.groups), obligations: names(treaty.obligations))
  }
}
