import Activities
import Directory
import Dispatch
import Needs
import Storage
import Synchronization
import Treaty

/// Gathers what a transaction changes about activities, then moves the cells and the needs they bear on.
final class ActivityLedger: Accumulator, Sendable {
  // The sums are made beside the thread that writes rows: an import is held up by its rows alone.
  private let sums: Mutex<CellSums>
  private let queue = DispatchQueue(label: "wasl.coverage.sums")
  private let waiting = DispatchSemaphore(value: 16)

  init(in db: Reader) throws {
    sums = Mutex(CellSums(try Treaty.book(in: db), try Directory.book(in: db)))
  }
  func add(_ changes: [Activities.FootprintChange]) {
    waiting.wait()
    queue.async { [self] in
      sums.withLock { sums in
        for change in changes where change.old != change.new {
          if let old = change.old { sums.add(old, sign: -1) }
          if let new = change.new { sums.add(new, sign: 1) }
        }
      }
      waiting.signal()
    }
  }
  func finish(in db: Writer) throws {
    queue.sync {}
    let whole = sums.withLock { $0 }
    try CellWriter(db).write(whole)
    for state in whole.states.sorted() {
      let needs = try Needs.standings(ofState: state, in: db)
      if !needs.isEmpty { try NeedLedger.refresh(needs.map(\.id), needs, in: db) }
    }
  }
}

/// Gathers which needs a transaction changes, then counts them anew.
final class NeedLedger: Accumulator {
  private var ids: Set<Needs.ID> = []

  func add(_ changed: [Needs.ID]) { ids.formUnion(changed) }
  func finish(in db: Writer) throws {
    let sorted = ids.sorted()
    // Lists of a bounded length: an import may change thousands.
    for start in stride(from: 0, to: sorted.count, by: 500) {
      let part = Array(sorted[start..<min(start + 500, sorted.count)])
      try Self.refresh(part, try Needs.standings(part, in: db), in: db)
    }
  }

  /// What is stored of a need is what it added to the counts, so taking it away needs nothing else.
  struct Entry: Hashable {
    let need: Needs.ID
    let state: String
    let visibility: String
    let areas: [String]
    let provisions: [String]
    let year: Int
    let status: Coverage.Status
  }

  static func refresh(_ ids: [Needs.ID], _ standings: [Needs.Standing], in db: Writer) throws {
    let old = try stored(ids, in: db)
    let new = Set(try current(standings, in: db))
    let gone = old.subtracting(new)
    let come = new.subtracting(old)
    if gone.isEmpty && come.isEmpty { return }
    var delta: [Cell: Int64] = [:]
    for entry in gone { cells(entry) { delta[$0, default: 0] -= 1 } }
    for entry in come { cells(entry) { delta[$0, default: 0] += 1 } }
    for entry in gone {
      try db.run("DELETE FROM coverage_status WHERE need = \(entry.need) AND year = \(entry.year)")
    }
    let insert = try db.statement(
      """
      INSERT INTO coverage_status (need, year, status, state, visibility, areas, provisions) VALUES (?,?,?,?,?,?,?)
      """)
    for entry in come {
      try insert.run {
        $0.int(entry.need)
        $0.int(entry.year)
        $0.text(entry.status.rawValue)
        $0.text(entry.state)
        $0.text(entry.visibility)
        $0.text(entry.areas.joined(separator: ";"))
        $0.text(entry.provisions.joined(separator: ";"))
      }
    }
    try CellWriter(db).write(delta)
  }

  struct Cell: Hashable {
    let state: String
    let area: String
    let provision: String
    let year: Int
    let visibility: String
    let status: Coverage.Status
  }
  static func cells(_ entry: Entry, _ body: (Cell) -> Void) {
    func cell(_ area: String, _ provision: String) -> Cell {
      Cell(
        state: entry.state, area: area, provision: provision, year: entry.year, visibility: entry.visibility,
        status: entry.status)
    }
    body(cell(Coverage.anyArea, ""))
    for area in entry.areas { body(cell(area, "")) }
    for provision in entry.provisions { body(cell(Coverage.anyArea, provision)) }
  }

  private static func stored(_ ids: [Needs.ID], in db: Reader) throws -> Set<Entry> {
    var found: Set<Entry> = []
    try db.each(
      """
      SELECT need, year, status, state, visibility, areas, provisions FROM coverage_status WHERE need IN \(list: ids)
      """
    ) {
      let areas: String = try $0[at: 5]
      let provisions: String = try $0[at: 6]
      found.insert(
        Entry(
          need: try $0[at: 0], state: try $0[at: 3], visibility: try $0[at: 4],
          areas: areas.split(separator: ";").map(String.init),
          provisions: provisions.split(separator: ";").map(String.init), year: try $0[at: 1],
          status: try $0[at: 2]))
    }
    return found
  }

  /// The entries that the needs should have, by the cells as they stand now.
  static func current(_ standings: [Needs.Standing], in db: Reader) throws -> [Entry] {
    var result: [Entry] = []
    for (state, needs) in Dictionary(grouping: standings, by: \.state) {
      let cells = try StateCells(state, in: db)
      for need in needs {
        for year in need.years {
          result.append(
            Entry(
              need: need.id, state: state, visibility: need.visibility.rawValue, areas: need.areas,
              provisions: need.provisions, year: year,
              status: Coverage.status(areas: need.areas, provisions: need.provisions, in: cells.year(year))))
        }
      }
    }
    return result
  }
}

/// The activity cells of one State, read once.
struct StateCells {
  private var counts: [Key: Coverage.Count] = [:]
  private struct Key: Hashable {
    let area: String
    let provision: String
    let year: Int
  }
  init(_ state: String, in db: Reader) throws {
    try db.each(
      "SELECT area, provision, year, activities, strong FROM coverage_activity WHERE place = \(state)"
    ) {
      counts[Key(area: try $0[at: 0], provision: try $0[at: 1], year: try $0[at: 2])] =
        Coverage.Count(activities: try $0[at: 3], strong: try $0[at: 4])
    }
  }
  func year(_ year: Int) -> Coverage.StateYear {
    Coverage.StateYear(
      all: counts[Key(area: Coverage.allReported, provision: "", year: year)] ?? Coverage.Count(),
      area: { counts[Key(area: $0, provision: "", year: year)] ?? Coverage.Count() },
      provision: { counts[Key(area: Coverage.anyArea, provision: $0, year: year)] ?? Coverage.Count() })
  }
}
