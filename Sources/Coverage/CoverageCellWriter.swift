import Storage

/// Adds differences to the stored cells; a cell that comes to nothing is taken away.
struct CellWriter {
  private let db: Writer
  init(_ db: Writer) { self.db = db }

  // A growing cell may be new; a shrinking one is there. Two statements, since a CHECK refuses a negative row
  // before a conflict is looked for.
  func write(_ sums: CellSums) throws {
    let grow = try db.statement(
      """
      INSERT INTO coverage_activity (place, area, provision, year, activities, strong) VALUES (?,?,?,?,?,?)
      ON CONFLICT (place, area, provision, year) DO UPDATE SET
        activities = coverage_activity.activities + excluded.activities, strong = coverage_activity.strong + excluded.strong
      """)
    let keys = sums.counts.keys.sorted()
    for key in keys {
      guard let delta = sums.counts[key], delta.activities != 0 || delta.strong != 0 else { continue }
      let cell = sums.cell(key)
      if delta.activities > 0 && delta.strong >= 0 {
        try grow.run {
          $0.text(cell.place)
          $0.text(cell.area)
          $0.text(cell.provision)
          $0.int(cell.year)
          $0.int(delta.activities)
          $0.int(delta.strong)
        }
      } else {
        try db.run(
          """
          UPDATE coverage_activity SET activities = activities + \(delta.activities), strong = strong + \(delta.strong)
          WHERE place = \(cell.place) AND area = \(cell.area) AND provision = \(cell.provision) AND year = \(cell.year)
          """)
        if delta.activities < 0 {
          try db.run(
            """
            DELETE FROM coverage_activity WHERE place = \(cell.place) AND area = \(cell.area)
              AND provision = \(cell.provision) AND year = \(cell.year) AND activities = 0
            """)
        }
      }
    }
    try writeMoney(sums)
  }

  private func writeMoney(_ sums: CellSums) throws {
    let grow = try db.statement(
      """
      INSERT INTO coverage_money (place, area, year, kind, currency, minor, entries) VALUES (?,?,?,?,?,?,?)
      ON CONFLICT (place, area, year, kind, currency) DO UPDATE SET
        minor = coverage_money.minor + excluded.minor, entries = coverage_money.entries + excluded.entries
      """)
    for key in sums.money.keys.sorted() {
      guard let delta = sums.money[key], delta.minor != 0 || delta.entries != 0 else { continue }
      let cell = sums.moneyCell(key)
      if delta.entries > 0 {
        try grow.run {
          $0.text(cell.place)
          $0.text(cell.area)
          $0.int(cell.year)
          $0.text(cell.kind)
          $0.text(cell.currency)
          $0.int(delta.minor)
          $0.int(delta.entries)
        }
      } else {
        try db.run(
          """
          UPDATE coverage_money SET minor = minor + \(delta.minor), entries = entries + \(delta.entries)
          WHERE place = \(cell.place) AND area = \(cell.area) AND year = \(cell.year) AND kind = \(cell.kind)
            AND currency = \(cell.currency)
          """)
        if delta.entries < 0 {
          try db.run(
            """
            DELETE FROM coverage_money WHERE place = \(cell.place) AND area = \(cell.area) AND year = \(cell.year)
              AND kind = \(cell.kind) AND currency = \(cell.currency) AND entries = 0
            """)
        }
      }
    }
  }

  func write(_ delta: [NeedLedger.Cell: Int64]) throws {
    for (cell, count) in delta where count != 0 {
      if count > 0 {
        try db.run(
          """
          INSERT INTO coverage_need (state, area, provision, year, visibility, status, needs)
          VALUES (\(cell.state), \(cell.area), \(cell.provision), \(cell.year), \(cell.visibility), \(cell.status), \(count))
          ON CONFLICT (state, area, provision, year, visibility, status) DO UPDATE SET
            needs = coverage_need.needs + excluded.needs
          """)
      } else {
        try db.run(
          """
          UPDATE coverage_need SET needs = needs + \(count)
          WHERE state = \(cell.state) AND area = \(cell.area) AND provision = \(cell.provision) AND year = \(cell.year)
            AND visibility = \(cell.visibility) AND status = \(cell.status)
          """)
        try db.run(
          """
          DELETE FROM coverage_need
          WHERE state = \(cell.state) AND area = \(cell.area) AND provision = \(cell.provision) AND year = \(cell.year)
            AND visibility = \(cell.visibility) AND status = \(cell.status) AND needs = 0
          """)
      }
    }
  }
}
