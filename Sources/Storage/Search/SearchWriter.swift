/// Keeps the index. What it writes follows from the records themselves, so no audit entry stands for it.
package final class SearchWriter: Reader {
  private static let most = 400

  /// Puts records in, or again where their words changed.
  /// - Parameter always: also where they are the same.
  /// - Returns: how many were written.
  @discardableResult
  package func put(_ entries: [SearchEntry], always: Bool = false) throws -> Int {
    var changed = 0
    for start in stride(from: 0, to: entries.count, by: Self.most) {
      changed += try putPart(Array(entries[start..<min(start + Self.most, entries.count)]), always)
    }
    return changed
  }

  private func putPart(_ entries: [SearchEntry], _ always: Bool) throws -> Int {
    var known: [String: (id: Int64, hash: [UInt8])] = [:]
    for (kind, group) in Dictionary(grouping: entries, by: \.kind) {
      try each(
        "SELECT record, id, hash FROM sys_search WHERE kind = \(kind) AND record IN \(list: group.map(\.record))"
      ) { known["\(kind)/\(try $0[at: 0] as String)"] = (try $0[at: 1], try $0[at: 2]) }
    }
    let changed = entries.filter { always || known["\($0.kind)/\($0.record)"]?.hash != $0.hash }
    if changed.isEmpty { return 0 }
    try remove(changed.compactMap { known["\($0.kind)/\($0.record)"]?.id })
    var taken = Set(
      try values("SELECT id FROM sys_search WHERE id IN \(list: changed.map(\.place))", as: Int64.self))
    let row = RowBuffer()
    let record = try connection.statement(
      "INSERT INTO sys_search (id, kind, record, number, hash) VALUES (?,?,?,?,?)")
    let words = try connection.statement(SearchIndex.insert(engine))
    for entry in changed {
      var place = entry.place
      while taken.contains(place) { place = try free(below: place, taken) }
      taken.insert(place)
      row.clear()
      row.int(place)
      row.text(entry.kind)
      row.text(entry.record)
      row.int(Int64(entry.record))
      row.blob(entry.hash)
      _ = try record.run(row)
      row.clear()
      row.int(place)
      if engine == .sqlite {
        row.text(entry.title.joined(separator: " "))
        row.text(entry.body.joined(separator: " "))
        row.text(entry.marks.joined(separator: " "))
      } else {
        row.text(SearchIndex.vector(entry))
      }
      _ = try words.run(row)
    }
    return changed.count
  }
  // Two records of one day with the same 44 bits: once in millions of records.
  private func free(below place: Int64, _ taken: Set<Int64>) throws -> Int64 {
    var next = place - 1
    while try taken.contains(next)
      || value("SELECT 1 FROM sys_search WHERE id = \(next)", as: Int.self) != nil
    {
      next -= 1
    }
    return next
  }

  /// Takes records out.
  package func remove(kind: String, records: [String]) throws {
    for start in stride(from: 0, to: records.count, by: Self.most) {
      let part = records[start..<min(start + Self.most, records.count)]
      try remove(
        try values(
          "SELECT id FROM sys_search WHERE kind = \(kind) AND record IN \(list: part)", as: Int64.self))
    }
  }
  private func remove(_ places: [Int64]) throws {
    if places.isEmpty { return }
    let record = try connection.statement("DELETE FROM sys_search WHERE id = ?")
    let words = try connection.statement(SearchIndex.delete(engine))
    let row = RowBuffer()
    for place in places {
      row.clear()
      row.int(place)
      _ = try record.run(row)
      _ = try words.run(row)
    }
  }
  /// Takes out words that belong to no record.
  package func sweep() throws { try connection.script(SearchIndex.sweep(engine)) }
}

extension Writer {
  /// The index, inside this transaction.
  package var index: SearchWriter { SearchWriter(connection, context: context) }
}

extension Database {
  /// One transaction that keeps the index and nothing else.
  @discardableResult
  package func index<T: Sendable>(_ body: @escaping @Sendable (SearchWriter) throws -> T) async throws -> T {
    let context = context
    return try await submit(quietly: true) { connection in
      let writer = SearchWriter(connection, context: context)
      defer { writer.end() }
      let value = try body(writer)
      _ = try connection.settle()
      return value
    }
  }
}

extension Reader {
  /// Records of a kind that the index holds.
  package func indexed(_ kind: String) throws -> [String] {
    try values("SELECT record FROM sys_search WHERE kind = \(kind) ORDER BY record")
  }
  /// Those of the entries that the index holds otherwise, or not at all.
  package func unlike(_ entries: [SearchEntry]) throws -> [SearchEntry] {
    if entries.isEmpty { return [] }
    var places: [Int64: SearchEntry] = [:]
    for (kind, group) in Dictionary(grouping: entries, by: \.kind) {
      let byRecord = Dictionary(group.map { ($0.record, $0) }, uniquingKeysWith: { first, _ in first })
      try each(
        "SELECT id, record FROM sys_search WHERE kind = \(kind) AND record IN \(list: group.map(\.record))"
      ) {
        places[try $0[at: 0]] = byRecord[try $0[at: 1]]
      }
    }
    var equal: Set<String> = []
    try each(SearchIndex.stored(engine, places.keys.sorted())) { row in
      let place: Int64 = try row[at: 0]
      guard let entry = places[place] else { return }
      let stored = try (1...3).map { index in
        let text: String = try row[at: index]
        return text.split(separator: " ").map(String.init).sorted()
      }
      // A place may have been moved a little by one that was taken.
      if stored == [entry.title, entry.body, entry.marks].map({ $0.sorted() }), entry.place - place < 64,
        entry.place >= place
      {
        equal.insert("\(entry.kind)/\(entry.record)")
      }
    }
    return entries.filter { !equal.contains("\($0.kind)/\($0.record)") }
  }
  /// What is wrong where the list of records and the index over words are not of one length.
  package func indexFault() throws -> String? {
    let records = try value("SELECT count(*) FROM sys_search", as: Int64.self) ?? 0
    let words = try value("SELECT count(*) FROM sys_search_index", as: Int64.self) ?? 0
    return records == words ? nil : "\(records) records, \(words) in the index"
  }
}
