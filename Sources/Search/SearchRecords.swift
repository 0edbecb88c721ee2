import Activities
import Directory
import Language
import Mandates
import Needs
import Storage
import Treaty

/// The texts under which records are found.
extension Search {
  /// Records of a kind by id; those that do not exist are left out. In no certain order.
  static func records(_ kind: Kind, _ ids: [String], in db: Reader) throws -> [Record] {
    if ids.isEmpty { return [] }
    switch kind {
    case .need: return try needs(ids.compactMap(Int64.init), in: db)
    case .activity: return try activities(ids.compactMap(Int64.init), in: db)
    default:
      let wanted = Set(ids)
      return try ofData(in: db).filter { $0.kind == kind && wanted.contains($0.id) }
    }
  }

  /// States, provisions, areas and clauses: all of them.
  static func ofData(in db: Reader) throws -> [Record] {
    let treaty = try Treaty.book(in: db)
    let directory = try Directory.book(in: db)
    var records: [Record] = []
    // Within a kind in the order of its list.
    func add(_ kind: Kind, _ id: String, _ names: [Multilingual], codes: [String], bodies: [Line] = []) {
      let place = records.count { $0.kind == kind }
      var record = Record(
        kind: kind, id: id, day: 65_535 - place, titles: names.flatMap(lines), bodies: bodies)
      record.titles += codes.map { Line(text: $0, language: "") }
      records.append(record)
    }
    for state in directory.states { add(.state, state.id, [state.name], codes: [state.id]) }
    for provision in treaty.provisions {
      let instrument = treaty.instrument(provision.instrument)
      add(
        .provision, provision.id, [provision.name], codes: [provision.id],
        bodies: instrument.map { lines($0.short) + lines($0.name) } ?? [])
    }
    for area in treaty.areas where area.id != "NONE" {
      add(.area, area.list + "/" + area.id, [area.name], codes: [area.id])
    }
    for clause in try Mandates.clauses(of: Mandates.decision, in: db) {
      add(
        .clause, clause.id, [clause.name], codes: [clause.id],
        bodies: [Line(text: clause.statement, language: "en"), Line(text: clause.decision, language: "")])
    }
    return records
  }

  static func lines(_ name: Multilingual) -> [Line] {
    Multilingual.codes.compactMap { code in name.texts[code].map { Line(text: $0, language: code) } }
  }

  private static func needs(_ ids: [Needs.ID], in db: Reader) throws -> [Record] {
    let directory = try Directory.book(in: db)
    return try needRecords(ids, in: db).map { need in
      Record(
        kind: .need, id: String(need.id), version: need.version, day: day(need.statedOn),
        titles: [Line(text: need.title, language: need.language)],
        bodies: [need.missing, need.beneficiaries, need.quotation, need.authority]
          .map { Line(text: $0, language: need.language) } + [Line(text: need.reference, language: "")],
        further: directory.state(need.state).map { lines($0.name).map(\.text) } ?? [], state: need.state)
    }
  }

  private static func activities(_ ids: [Activities.ID], in db: Reader) throws -> [Record] {
    let details = try activityDetails(ids, in: db)
    let directory = try Directory.book(in: db)
    return try activityRecords(ids, in: db).map { activity in
      let own = details[activity.id]?.texts ?? []
      let recipients = details[activity.id]?.places.compactMap(\.state) ?? []
      // The first title is the one that stands on pages; the others are the same in further languages.
      var titles = [Line(text: activity.title, language: activity.titleLanguage)]
      titles += own.filter { $0.kind == "title" && $0.body != activity.title }
        .map { Line(text: $0.body, language: $0.language) }
      let bodies = own.filter { $0.kind != "title" }.map { Line(text: $0.body, language: $0.language) }
      return Record(
        kind: .activity, id: String(activity.id), version: activity.version, day: day(activity.startOn),
        titles: titles.filter { !$0.text.isEmpty },
        bodies: bodies + [activity.identifier, activity.reporterName].map { Line(text: $0, language: "") },
        further: recipients.compactMap { directory.state($0) }.flatMap { lines($0.name).map(\.text) },
        provider: activity.reporterName.isEmpty ? activity.reporter : activity.reporterName)
    }
  }

  /// Days since 1900; 0 where there is no day.
  private static func day(_ iso: String?) -> Int {
    guard let iso, let milliseconds = CivilTime.milliseconds(iso) else { return 0 }
    return Int(milliseconds / 86_400_000) + 25_567
  }
}
