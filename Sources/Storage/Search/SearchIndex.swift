/// The index over words, and what differs in it by engine: FTS5 on SQLite, `tsvector` with a GIN index on PostgreSQL
/// (docs/adr/0026). Words come folded from `Language`: letters beyond ASCII, a–z and digits alone.
package enum SearchIndex {
  /// Part of a record that a word stands in.
  package enum Field: Sendable {
    case title
    /// Title or body.
    case text
    /// Marks, such as the languages of the text: not words of the record.
    case mark
  }

  static func schema(_ engine: Engine) -> String {
    switch engine {
    case .sqlite:
      """
      CREATE VIRTUAL TABLE sys_search_index USING fts5(
        title, body, mark, tokenize = 'ascii', detail = 'column', columnsize = 0, prefix = '3');
      """
    case .postgres:
      """
      CREATE TABLE sys_search_index (id BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
      CREATE INDEX sys_search_index_words ON sys_search_index USING GIN (words);
      """
    }
  }

  /// `id` of every record that fits, within a range of places, read in the order of places.
  static func hits(_ expression: SearchExpression, _ places: ClosedRange<Int64>, _ engine: Engine) -> SQL {
    if engine == .sqlite { return unordered(expression, places, engine) }
    // For words that many records hold (`few`): CASE keeps the planner from gathering them all before it sorts them.
    return """
      (SELECT id FROM sys_search_index
       WHERE CASE WHEN words @@ CAST(\(expression.tsquery) AS TSQUERY) THEN TRUE ELSE FALSE END
         AND id BETWEEN \(places.lowerBound) AND \(places.upperBound))
      """
  }
  /// The same, in the order in which the engine comes by them. SQLite always comes by the order of places.
  static func unordered(_ expression: SearchExpression, _ places: ClosedRange<Int64>, _ engine: Engine) -> SQL
  {
    let (low, high) = (places.lowerBound, places.upperBound)
    switch engine {
    case .sqlite:
      return """
        (SELECT rowid AS id FROM sys_search_index
         WHERE sys_search_index MATCH \(expression.fts5) AND rowid BETWEEN \(low) AND \(high))
        """
    case .postgres:
      return """
        (SELECT id FROM sys_search_index
         WHERE words @@ CAST(\(expression.tsquery) AS TSQUERY) AND id BETWEEN \(low) AND \(high))
        """
    }
  }
  /// PostgreSQL sorts so many records rather than walk through all places.
  static let few = 2_000
  static func some(_ expression: SearchExpression, _ places: ClosedRange<Int64>, limit: Int) -> SQL {
    "SELECT s.id FROM \(unordered(expression, places, .postgres)) s LIMIT \(limit)"
  }

  static func insert(_ engine: Engine) -> String {
    engine == .sqlite
      ? "INSERT INTO sys_search_index (rowid, title, body, mark) VALUES (?,?,?,?)"
      : "INSERT INTO sys_search_index (id, words) VALUES (?, CAST(? AS TSVECTOR))"
  }
  static func delete(_ engine: Engine) -> String {
    "DELETE FROM sys_search_index WHERE \(engine == .sqlite ? "rowid" : "id") = ?"
  }
  static func sweep(_ engine: Engine) -> String {
    let id = engine == .sqlite ? "rowid" : "id"
    return "DELETE FROM sys_search_index WHERE \(id) NOT IN (SELECT id FROM sys_search)"
  }
  /// Title, body and marks of each record as the index holds them, separated by spaces.
  static func stored(_ engine: Engine, _ places: [Int64]) -> SQL {
    switch engine {
    case .sqlite:
      return "SELECT rowid, title, body, mark FROM sys_search_index WHERE rowid IN \(list: places)"
    case .postgres:
      return """
        SELECT id, array_to_string(tsvector_to_array(ts_filter(words, '{a}')), ' '),
          array_to_string(tsvector_to_array(ts_filter(words, '{b}')), ' '),
          array_to_string(tsvector_to_array(ts_filter(words, '{c}')), ' ')
        FROM sys_search_index WHERE id IN \(list: places)
        """
    }
  }
  /// How words are held by PostgreSQL: title A, body B, mark C. At one position a word has one weight only, so each
  /// part has its own.
  static func vector(_ entry: SearchEntry) -> String {
    var text = ""
    for (words, place) in [(entry.title, "1A"), (entry.body, "2B"), (entry.marks, "3C")] {
      for word in words { text += "'\(word)':\(place) " }
    }
    return text
  }
}

/// What is looked for in the index.
package indirect enum SearchExpression: Sendable {
  case word(String, isPrefix: Bool, in: SearchIndex.Field)
  /// Neither may be empty.
  case all([SearchExpression])
  case any([SearchExpression])
  case but(SearchExpression, not: SearchExpression)

  // A word holds no quotation mark, backslash or space: `SearchEntry.isPlain`.
  var fts5: String {
    switch self {
    case .word(let word, let isPrefix, let field):
      let column =
        switch field {
        case .title: "title"
        case .text: "{title body}"
        case .mark: "mark"
        }
      return "\(column) : \"\(word)\"" + (isPrefix ? " *" : "")
    case .all(let parts): return "(" + parts.map(\.fts5).joined(separator: " AND ") + ")"
    case .any(let parts): return "(" + parts.map(\.fts5).joined(separator: " OR ") + ")"
    case .but(let part, let other): return "(\(part.fts5) NOT \(other.fts5))"
    }
  }
  var tsquery: String {
    switch self {
    case .word(let word, let isPrefix, let field):
      let weights =
        switch field {
        case .title: "A"
        case .text: "AB"
        case .mark: "C"
        }
      return "'\(word)':\(isPrefix ? "*" : "")\(weights)"
    case .all(let parts): return "(" + parts.map(\.tsquery).joined(separator: " & ") + ")"
    case .any(let parts): return "(" + parts.map(\.tsquery).joined(separator: " | ") + ")"
    case .but(let part, let other): return "(\(part.tsquery) & !\(other.tsquery))"
    }
  }
}
